//! Invitations that nobody may send, and that nobody can answer any more. Some of these errors have no code.

use super::Alike;

#[rustfmt::skip]
pub const REFUSED: [Alike; 21] = [
    (400, "ORGANIZATION_NOT_FOUND", "Organization not found", &[
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": "member"}"#),
        ("ana", "inviteMember", r#"{"email": "nonsense", "role": "boss"}"#),
    ]),
    (400, "MEMBER_NOT_FOUND", "Member not found", &[
        ("zoe", "inviteMember", r#"{"email": "x@acme.test", "role": "boss", "organizationId": "$acme"}"#),
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": "member", "organizationId": "nowhere"}"#),
        ("zoe", "cancelInvitation", r#"{"invitationId": "$tom"}"#),
    ]),
    (400, "ROLE_NOT_FOUND", "Role not found", &[
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": "", "organizationId": "$acme"}"#),
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": [], "organizationId": "$acme"}"#),
    ]),
    (400, "INVALID_EMAIL", "Invalid email", &[
        ("ana", "inviteMember", r#"{"email": "nonsense", "role": "member", "organizationId": "$acme"}"#),
        ("zoe", "inviteMember", r#"{"email": "", "role": "boss", "organizationId": "$acme"}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION", "You are not allowed to invite users to this organization", &[
        ("ben", "inviteMember", r#"{"email": "x@acme.test", "role": "member", "organizationId": "$acme"}"#),
        ("ben", "inviteMember", r#"{"email": "x@acme.test", "role": "boss", "organizationId": "$acme"}"#),
        ("ben", "inviteMember", r#"{"email": "tom@acme.test", "role": "member", "organizationId": "$acme", "resend": true}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_INVITE_USER_WITH_THIS_ROLE", "You are not allowed to invite a user with this role", &[
        ("cleo", "inviteMember", r#"{"email": "x@acme.test", "role": "owner", "organizationId": "$acme"}"#),
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": "member,owner", "organizationId": "$acme"}"#),
    ]),
    (400, "USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION", "User is already a member of this organization", &[
        ("ana", "inviteMember", r#"{"email": "Ben@acme.test", "role": "member", "organizationId": "$acme"}"#),
        ("ana", "inviteMember", r#"{"email": "ana@acme.test", "role": "member", "organizationId": "$acme", "resend": true}"#),
    ]),
    (400, "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION", "User is already invited to this organization", &[
        ("cleo", "inviteMember", r#"{"email": "tom@acme.test", "role": "admin", "organizationId": "$acme"}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_LIST_INVITATIONS", "You are not allowed to list invitations for this organization", &[
        ("ben", "listInvitations", r#"{"query": {"organizationId": "$acme"}}"#),
    ]),
    (403, "YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION", "You are not allowed to cancel this invitation", &[
        ("ben", "cancelInvitation", r#"{"invitationId": "$tom"}"#),
    ]),
    (400, "INVITATION_NOT_FOUND", "Invitation not found", &[
        ("tom", "acceptInvitation", r#"{"invitationId": "nothing"}"#),
        ("tom", "acceptInvitation", r#"{"invitationId": "$nothing"}"#),
        ("tom", "getInvitation", r#"{"query": {"id": ""}}"#),
        ("tom", "getInvitation", r#"{"query": {"id": "$nothing"}}"#),
        ("ana", "cancelInvitation", r#"{"invitationId": "nothing"}"#),
        ("ana", "cancelInvitation", r#"{"invitationId": "$nothing"}"#),
        ("ben", "acceptInvitation", r#"{"invitationId": "$accepted"}"#),
        ("ben", "getInvitation", r#"{"query": {"id": "$accepted"}}"#),
        ("ana", "cancelInvitation", r#"{"invitationId": "$accepted"}"#),
        ("tom", "acceptInvitation", r#"{"invitationId": "$canceled"}"#),
        ("tom", "getInvitation", r#"{"query": {"id": "$canceled"}}"#),
        ("ana", "cancelInvitation", r#"{"invitationId": "$canceled"}"#),
    ]),
    (400, "INVITATION_NOT_FOUND", "Invitation not found!", &[
        ("tom", "rejectInvitation", r#"{"invitationId": "nothing"}"#),
        ("tom", "rejectInvitation", r#"{"invitationId": "$nothing"}"#),
        ("ben", "rejectInvitation", r#"{"invitationId": "$accepted"}"#),
        ("tom", "rejectInvitation", r#"{"invitationId": "$canceled"}"#),
    ]),
    (403, "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION", "You are not the recipient of the invitation", &[
        ("zoe", "acceptInvitation", r#"{"invitationId": "$tom"}"#),
        ("ana", "acceptInvitation", r#"{"invitationId": "$tom"}"#),
        ("zoe", "rejectInvitation", r#"{"invitationId": "$tom"}"#),
        ("ana", "getInvitation", r#"{"query": {"id": "$tom"}}"#),
        ("uma", "acceptInvitation", r#"{"invitationId": "$tom"}"#),
    ]),
    (403, "EMAIL_VERIFICATION_REQUIRED_BEFORE_ACCEPTING_OR_REJECTING_INVITATION",
     "Email verification required before accepting or rejecting invitation", &[
        ("uma", "acceptInvitation", r#"{"invitationId": "$uma"}"#),
        ("uma", "rejectInvitation", r#"{"invitationId": "$uma"}"#),
    ]),
    (403, "EMAIL_VERIFICATION_REQUIRED_FOR_INVITATION",
     "Email verification required to view or list invitations for the session email", &[
        ("uma", "getInvitation", r#"{"query": {"id": "$uma"}}"#),
        ("uma", "listUserInvitations", ""),
    ]),
    (400, "INVITER_IS_NO_LONGER_A_MEMBER_OF_THE_ORGANIZATION", "Inviter is no longer a member of the organization", &[
        ("pia", "getInvitation", r#"{"query": {"id": "$pia"}}"#),
        ("pia", "acceptInvitation", r#"{"invitationId": "$pia"}"#),
    ]),
    (400, "", "ROLE_NOT_FOUND: boss", &[
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": "boss", "organizationId": "$acme"}"#),
        ("cleo", "inviteMember", r#"{"email": "x@acme.test", "role": "owner,boss", "organizationId": "$acme"}"#),
    ]),
    (400, "", "ROLE_NOT_FOUND: Member, chief", &[
        ("ana", "inviteMember", r#"{"email": "x@acme.test", "role": ["Member", "admin,chief"], "organizationId": "$acme"}"#),
    ]),
    (400, "", "Organization ID is required", &[
        ("ana", "listInvitations", r#"{"query": {}}"#),
    ]),
    (403, "", "You are not a member of this organization", &[
        ("zoe", "listInvitations", r#"{"query": {"organizationId": "$acme"}}"#),
        ("ana", "listInvitations", r#"{"query": {"organizationId": "nowhere"}}"#),
    ]),
    (400, "", "User email cannot be passed for client side API calls.", &[
        ("tom", "listUserInvitations", r#"{"query": {"email": "tom@acme.test"}}"#),
    ]),
];
