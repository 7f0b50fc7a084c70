//! What was, as it is told: the same JSON by `/v1` and by `roster audit`.

use domain::{Act, Departure, MemberId, Notes, OrganizationId, Role, Sequence, Slug, Stay, Timestamp, UserId};
use journal::StayAt;
use serde::Serialize;
use utoipa::ToSchema;

/// By whose act something came about.
#[derive(Serialize, ToSchema)]
pub struct ActBody {
    /// The event, by its place in the organization's history.
    pub sequence: Sequence,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// When it happened, where it was taken over from elsewhere (`roster import`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub happened_at: Option<Timestamp>,
    /// `person:…`, `service:…` or `operator:…`.
    pub actor: String,
    /// Beside a service: the person it acted for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub acts_for: Option<UserId>,
    /// Through which door.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Why, in an operator's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the request it came from was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlationid: Option<String>,
}

impl From<&Act> for ActBody {
    fn from(act: &Act) -> Self {
        let Act { sequence, at, actor, notes, .. } = act;
        let Notes { via, reason, correlationid, happened_at } = notes.clone();
        let (sequence, at, acts_for) = (*sequence, *at, actor.acts_for().cloned());
        Self { sequence, at, happened_at, actor: actor.to_string(), acts_for, via, reason, correlationid }
    }
}

/// A member at some time.
#[derive(Serialize, ToSchema)]
pub struct MemberThenBody {
    /// Which tenure.
    #[schema(value_type = uuid::Uuid)]
    pub id: MemberId,
    /// Whose.
    #[schema(value_type = String)]
    pub user_id: UserId,
    /// The role they had then.
    #[schema(value_type = String)]
    pub role: Role,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub joined_at: Timestamp,
    /// How they became a member.
    pub joined_by: ActBody,
    /// What had given them the role; how they became a member, where nothing changed it since.
    pub role_by: ActBody,
}

impl From<&Stay> for MemberThenBody {
    fn from(stay: &Stay) -> Self {
        Self {
            id: stay.tenure.member_id,
            user_id: stay.tenure.user_id.clone(),
            role: stay.role,
            joined_at: stay.joined.at,
            joined_by: ActBody::from(&stay.joined),
            role_by: ActBody::from(&stay.role_given),
        }
    }
}

/// One tenure of a person.
#[derive(Serialize, ToSchema)]
pub struct TenureBody {
    /// Where.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// What it had as its slug then, or had last.
    #[schema(value_type = Option<String>)]
    pub slug: Option<Slug>,
    /// Which tenure.
    #[schema(value_type = uuid::Uuid)]
    pub member_id: MemberId,
    /// The role they had then, or had last.
    #[schema(value_type = String)]
    pub role: Role,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Null while it lasted.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
    /// By whose act it ended: `person:…`, `service:…` or `operator:…`.
    pub ended_by: Option<String>,
    /// `left`, `removed` or `organization-deleted`.
    pub ended_how: Option<&'static str>,
}

impl From<StayAt> for TenureBody {
    fn from(StayAt { organization, slug, stay }: StayAt) -> Self {
        let ended = stay.ended.as_ref();
        Self {
            organization_id: organization,
            slug,
            member_id: stay.tenure.member_id,
            role: stay.role,
            from: stay.joined.at,
            to: ended.map(|ended| ended.by.at),
            ended_by: ended.map(|ended| ended.by.actor.to_string()),
            ended_how: ended.map(|ended| Departure::as_str(ended.how)),
        }
    }
}
