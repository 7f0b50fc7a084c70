//! The JSON of all answers, as better-auth's client knows it.

use chrono::{Datelike, SecondsFormat, TimeZone, Utc};
use domain::{
    EmailAddress, InvitationId, InvitationState, MemberId, Membership, Name, OrganizationId, Person, Role, Slug,
    Timestamp, UserId,
};
use journal::Summary;
use projections::{InvitationRow, MemberRow};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::roster::MemberDetails;
use crate::roster::invited::InvitationDetails;

/// A time as it is shown: the one form of dates that the client revives. It knows four digits of a year.
pub fn shown(at: Timestamp) -> String {
    let last = Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 59).single();
    let at = last.filter(|_| at.year() > 9999).unwrap_or(at);
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The same in JSON.
pub fn date<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&shown(*at))
}

/// An organization.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationBody {
    id: OrganizationId,
    name: Name,
    slug: Slug,
    logo: Option<String>,
    #[serde(serialize_with = "date")]
    created_at: Timestamp,
    /// An object where it was just written, and then missing where there is none; else its text, and then `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Value>,
    /// Where it was just founded: its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<MemberBody>>,
}

impl OrganizationBody {
    /// As it is told to whoever has just written it.
    pub fn written(summary: Summary) -> Self {
        let metadata = summary.profile.metadata.as_ref().map(|metadata| Value::Object(metadata.as_map().clone()));
        Self::of(summary, metadata)
    }

    /// The same with the one member it begins with.
    pub fn founded(summary: Summary) -> Self {
        let owner = MemberBody {
            id: summary.owner.member_id,
            organization_id: summary.id,
            user_id: summary.owner.user_id.clone(),
            role: Role::Owner,
            created_at: summary.created_at,
            user: None,
        };
        Self { members: Some(vec![owner]), ..Self::written(summary) }
    }

    /// As it is read.
    pub fn read(summary: Summary) -> Self {
        let text =
            summary.profile.metadata.as_ref().map(|metadata| Value::Object(metadata.as_map().clone()).to_string());
        Self::of(summary, Some(text.map_or(Value::Null, Value::String)))
    }

    fn of(summary: Summary, metadata: Option<Value>) -> Self {
        let Summary { id, profile, created_at, .. } = summary;
        let logo = profile.logo.map(String::from);
        Self { id, name: profile.name, slug: profile.slug, logo, created_at, metadata, members: None }
    }
}

/// An organization with who belongs to it and who is invited.
#[derive(Serialize)]
pub struct FullOrganizationBody {
    /// The organization.
    #[serde(flatten)]
    pub organization: OrganizationBody,
    /// The first of its members.
    pub members: Vec<MemberBody>,
    /// Nothing for those who may not invite.
    pub invitations: Vec<InvitationBody>,
}

/// A member.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberBody {
    id: MemberId,
    organization_id: OrganizationId,
    user_id: UserId,
    role: Role,
    #[serde(serialize_with = "date")]
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<UserBody>,
}

/// Who a member is.
#[derive(Clone, Serialize)]
pub struct UserBody {
    id: UserId,
    name: String,
    email: String,
    image: Option<String>,
}

impl UserBody {
    /// What is known of somebody: nothing until a token said it, and after erasure.
    pub fn of(id: UserId, person: Person) -> Self {
        let Person { name, email, picture, .. } = person;
        Self { id, name: name.unwrap_or_default(), email: email.map(String::from).unwrap_or_default(), image: picture }
    }
}

impl MemberBody {
    /// A member, without who they are.
    pub fn of(organization_id: OrganizationId, details: &MemberDetails) -> Self {
        let MemberDetails { membership: Membership { member_id, role }, user, joined_at, .. } = details;
        Self { id: *member_id, organization_id, user_id: user.clone(), role: *role, created_at: *joined_at, user: None }
    }

    /// The same with who they are.
    pub fn with_user(organization_id: OrganizationId, details: MemberDetails) -> Self {
        let member = Self::of(organization_id, &details);
        Self { user: Some(UserBody::of(details.user, details.person)), ..member }
    }

    /// A row of a list.
    pub fn row(organization_id: OrganizationId, row: MemberRow) -> Self {
        let MemberRow { member_id, user_id, role, joined_at, person, .. } = row;
        let user = Some(UserBody::of(user_id.clone(), person.unwrap_or_default()));
        Self { id: member_id, organization_id, user_id, role, created_at: joined_at, user }
    }
}

/// An invitation.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvitationBody {
    /// Which.
    pub id: InvitationId,
    /// Into which organization.
    pub organization_id: OrganizationId,
    /// Where it went; empty once erased.
    pub email: String,
    /// Role on joining.
    pub role: Role,
    /// What became of it: one that is too late is still pending.
    pub status: &'static str,
    /// Until when it can be accepted.
    #[serde(serialize_with = "date")]
    pub expires_at: Timestamp,
    /// When it was sent first.
    #[serde(serialize_with = "date")]
    pub created_at: Timestamp,
    /// By whom.
    pub inviter_id: UserId,
}

/// What became of an invitation, in better-auth's words.
pub fn status(state: InvitationState) -> &'static str {
    match state {
        InvitationState::Pending => "pending",
        InvitationState::Accepted => "accepted",
        InvitationState::Declined => "rejected",
        InvitationState::Revoked => "canceled",
    }
}

impl From<&InvitationDetails> for InvitationBody {
    fn from(details: &InvitationDetails) -> Self {
        Self {
            id: details.id,
            organization_id: details.organization,
            email: details.email.clone().into(),
            role: details.role,
            status: status(details.state),
            expires_at: details.expires_at,
            created_at: details.invited_at,
            inviter_id: details.invited_by.clone(),
        }
    }
}

impl InvitationBody {
    /// A row of an organization's list.
    pub fn row(organization_id: OrganizationId, row: InvitationRow) -> Self {
        Self {
            id: row.id,
            organization_id,
            email: row.email.map(EmailAddress::into).unwrap_or_default(),
            role: row.role,
            status: status(row.state),
            expires_at: row.expires_at,
            created_at: row.invited_at,
            inviter_id: row.invited_by,
        }
    }
}
