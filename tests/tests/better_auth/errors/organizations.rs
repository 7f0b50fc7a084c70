//! Organizations that are not there, or not theirs, or not for everybody to change.

use super::Alike;

#[rustfmt::skip]
pub const REFUSED: [Alike; 10] = [
    (400, "NO_ACTIVE_ORGANIZATION", "No active organization", &[
        ("ana", "getActiveMember", ""),
        ("ana", "getActiveMemberRole", r#"{"query": {}}"#),
        ("ana", "listMembers", r#"{"query": {}}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$ben"}"#),
        ("ana", "updateMemberRole", r#"{"memberId": "$ben", "role": "admin"}"#),
        ("ana", "hasPermission", r#"{"permissions": {"member": ["delete"]}}"#),
    ]),
    (400, "ORGANIZATION_NOT_FOUND", "Organization not found", &[
        ("ana", "update", r#"{"data": {"name": "x"}}"#),
        ("ana", "update", r#"{"data": {"name": "x"}, "organizationId": ""}"#),
        ("ana", "delete", r#"{"organizationId": ""}"#),
        ("ben", "setActive", r#"{"organizationSlug": "nowhere"}"#),
        ("ben", "getOrganization", r#"{"query": {"organizationSlug": "nowhere"}}"#),
        ("ben", "getFullOrganization", r#"{"query": {"organizationSlug": "nowhere", "organizationId": "$acme"}}"#),
        ("ben", "listMembers", r#"{"query": {"organizationSlug": "nowhere"}}"#),
        ("ben", "getActiveMemberRole", r#"{"query": {"organizationSlug": "nowhere"}}"#),
    ]),
    (400, "ORGANIZATION_ALREADY_EXISTS", "Organization already exists", &[
        ("ben", "create", r#"{"name": "Acme", "slug": "acme"}"#),
    ]),
    (400, "ORGANIZATION_SLUG_ALREADY_TAKEN", "Organization slug already taken", &[
        ("ben", "checkSlug", r#"{"slug": "rival"}"#),
        ("ana", "update", r#"{"data": {"slug": "rival"}, "organizationId": "$acme"}"#),
    ]),
    (400, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION", "User is not a member of the organization", &[
        ("zoe", "update", r#"{"data": {"name": "x"}, "organizationId": "$acme"}"#),
        ("ana", "update", r#"{"data": {"name": "x"}, "organizationId": "nowhere"}"#),
        ("zoe", "delete", r#"{"organizationId": "$acme"}"#),
        ("ana", "delete", r#"{"organizationId": "nowhere"}"#),
    ]),
    (403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION", "User is not a member of the organization", &[
        ("zoe", "setActive", r#"{"organizationId": "$acme"}"#),
        ("zoe", "setActive", r#"{"organizationSlug": "acme"}"#),
        ("ben", "setActive", r#"{"organizationId": "nowhere", "organizationSlug": "acme"}"#),
        ("zoe", "getOrganization", r#"{"query": {"organizationSlug": "acme"}}"#),
        // That there is no such organization is told in the same words.
        ("ben", "getOrganization", r#"{"query": {"organizationId": "nowhere"}}"#),
        ("ben", "getOrganization", r#"{"query": {"organizationId": "$nothing"}}"#),
        ("zoe", "getFullOrganization", r#"{"query": {"organizationId": "$acme"}}"#),
    ]),
    (401, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION", "User is not a member of the organization", &[
        ("zoe", "hasPermission", r#"{"permissions": {"member": ["delete"]}, "organizationId": "$acme"}"#),
        ("ana", "hasPermission", r#"{"permissions": {"member": ["delete"]}, "organizationId": "nowhere"}"#),
    ]),
    (403, "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION", "You are not a member of this organization", &[
        ("zoe", "listMembers", r#"{"query": {"organizationSlug": "acme"}}"#),
        ("ben", "listMembers", r#"{"query": {"organizationId": "nowhere"}}"#),
        ("zoe", "getActiveMemberRole", r#"{"query": {"organizationId": "$acme"}}"#),
        ("ben", "getActiveMemberRole", r#"{"query": {"organizationId": "$acme", "userId": "zoe"}}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION", "You are not allowed to update this organization", &[
        ("ben", "update", r#"{"data": {"name": "x"}, "organizationId": "$acme"}"#),
        ("ben", "update", r#"{"data": {"slug": "rival"}, "organizationId": "$acme"}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION", "You are not allowed to delete this organization", &[
        ("ben", "delete", r#"{"organizationId": "$acme"}"#),
        ("cleo", "delete", r#"{"organizationId": "$acme"}"#),
    ]),
];
