//! Members who are not there, and what not everybody may do to those who are.

use super::Alike;

#[rustfmt::skip]
pub const REFUSED: [Alike; 6] = [
    (400, "MEMBER_NOT_FOUND", "Member not found", &[
        ("zoe", "leave", r#"{"organizationId": "$acme"}"#),
        ("ben", "leave", r#"{"organizationId": "nowhere"}"#),
        ("ben", "leave", r#"{"organizationId": ""}"#),
        ("zoe", "removeMember", r#"{"memberIdOrEmail": "$ben", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$ben", "organizationId": "nowhere"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "@", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "ben", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$nothing", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "zoe@acme.test", "organizationId": "$acme"}"#),
        // A member, and the owner, of another organization.
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$zoe", "organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$ben", "organizationId": "$rival"}"#),
        ("zoe", "updateMemberRole", r#"{"memberId": "$ben", "role": "boss", "organizationId": "$acme"}"#),
        ("ana", "updateMemberRole", r#"{"memberId": "$ben", "role": "member", "organizationId": "nowhere"}"#),
        ("ana", "updateMemberRole", r#"{"memberId": "nobody", "role": "boss", "organizationId": "$acme"}"#),
        ("ana", "updateMemberRole", r#"{"memberId": "ben@acme.test", "role": "member", "organizationId": "$acme"}"#),
        ("ana", "updateMemberRole", r#"{"memberId": "$zoe", "role": "member", "organizationId": "$acme"}"#),
        ("ben", "updateMemberRole", r#"{"memberId": "nobody", "role": "member", "organizationId": "$acme"}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER", "You are not allowed to update this member", &[
        ("ben", "updateMemberRole", r#"{"memberId": "$cleo", "role": "member", "organizationId": "$acme"}"#),
        ("ben", "updateMemberRole", r#"{"memberId": "$ben", "role": "admin", "organizationId": "$acme"}"#),
        ("ben", "updateMemberRole", r#"{"memberId": "$cleo", "role": "boss", "organizationId": "$acme"}"#),
        ("cleo", "updateMemberRole", r#"{"memberId": "$ben", "role": "owner", "organizationId": "$acme"}"#),
        ("cleo", "updateMemberRole", r#"{"memberId": "$ana", "role": "member", "organizationId": "$acme"}"#),
    ]),
    (400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER", "You cannot leave the organization without an owner", &[
        ("ana", "updateMemberRole", r#"{"memberId": "$ana", "role": "admin", "organizationId": "$acme"}"#),
    ]),
    (400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER", "You cannot leave the organization as the only owner", &[
        ("ana", "leave", r#"{"organizationId": "$acme"}"#),
        ("ana", "removeMember", r#"{"memberIdOrEmail": "$ana", "organizationId": "$acme"}"#),
        ("cleo", "removeMember", r#"{"memberIdOrEmail": "ana@acme.test", "organizationId": "$acme"}"#),
        ("ben", "removeMember", r#"{"memberIdOrEmail": "$ana", "organizationId": "$acme"}"#),
    ]),
    (401, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER", "You are not allowed to delete this member", &[
        ("ben", "removeMember", r#"{"memberIdOrEmail": "$cleo", "organizationId": "$acme"}"#),
        ("ben", "removeMember", r#"{"memberIdOrEmail": "cleo@acme.test", "organizationId": "$acme"}"#),
    ]),
    (400, "ROLE_NOT_FOUND", "ROLE_NOT_FOUND: boss, chief", &[
        ("ana", "updateMemberRole", r#"{"memberId": "$ben", "role": ["member", "boss", "chief"], "organizationId": "$acme"}"#),
    ]),
];
