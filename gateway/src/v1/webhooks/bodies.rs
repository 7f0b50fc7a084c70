//! The JSON of webhooks. A secret is in the answer that makes it and in no other.

use domain::{OrganizationId, Timestamp};
use journal::webhooks::{Failure, Lane, LaneKind, Webhook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::present;
use crate::webhooks::post::Failed;

/// What a new webhook is given.
#[derive(Deserialize, ToSchema)]
pub struct Registering {
    /// Where events are posted.
    pub url: String,
    /// The names of events that are sent; left out or `null`: all.
    #[serde(default)]
    pub types: Option<Vec<String>>,
    /// The position of the first event that is sent; left out: what happens from now on.
    #[serde(default, deserialize_with = "present")]
    pub from: Option<u64>,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
pub struct Changing {
    #[serde(default, deserialize_with = "present")]
    pub url: Option<String>,
    /// `null` for all.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<String>>)]
    pub types: Option<Option<Vec<String>>>,
    /// Whether events are sent.
    #[serde(default, deserialize_with = "present")]
    pub enabled: Option<bool>,
    /// From where: where it `stopped`, or `now`, which passes over what waits.
    #[serde(default, deserialize_with = "resume")]
    #[schema(value_type = Option<String>)]
    pub resume: Option<Resume>,
}

/// From where a webhook goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Where it stopped.
    Stopped,
    /// With what happens from now on.
    Now,
}

/// By hand: serde would also take an object for an enum's name.
fn resume<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Resume>, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "stopped" => Ok(Some(Resume::Stopped)),
        "now" => Ok(Some(Resume::Now)),
        _ => Err(serde::de::Error::custom("must be stopped or now")),
    }
}

/// Which events are delivered once more.
#[derive(Deserialize, ToSchema)]
pub struct Range {
    /// The first position.
    pub from: u64,
    /// The last position.
    pub to: u64,
}

/// A webhook.
#[derive(Serialize, ToSchema)]
pub struct WebhookBody {
    id: Uuid,
    /// Whose events it is sent; null for everybody's.
    #[schema(value_type = Option<Uuid>)]
    organization_id: Option<OrganizationId>,
    url: String,
    /// The names of events it is sent; null for all.
    types: Option<Vec<String>>,
    /// Whether events are sent.
    enabled: bool,
    /// Since when not, and why.
    disabled: Option<DisabledBody>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Every event up to this position was delivered, waits, or is not for it.
    position: u64,
    /// When one was last delivered.
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Timestamp>,
    /// How an attempt last failed.
    last_failure: Option<FailureBody>,
    /// Until when a former secret signs too.
    #[schema(value_type = Option<String>, format = DateTime)]
    former_secret_until: Option<Timestamp>,
}

/// Since when nothing is sent.
#[derive(Serialize, ToSchema)]
pub struct DisabledBody {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `failing`, `gone` (the receiver answered 410) or `switched-off`.
    why: String,
}

/// How an attempt failed.
#[derive(Serialize, ToSchema)]
pub struct FailureBody {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `status`, `redirect`, `timeout`, `unreachable`, `address-refused` or `no-answer`.
    why: String,
    /// What was answered.
    status: Option<u16>,
}

/// A webhook with what waits beside it.
#[derive(Serialize, ToSchema)]
pub struct WholeBody {
    #[serde(flatten)]
    webhook: WebhookBody,
    /// Organizations whose events wait because one could not be delivered, at most 100; the next to be tried first.
    waiting: Vec<WaitingBody>,
    /// Ranges that are delivered once more.
    redelivering: Vec<WaitingBody>,
}

/// Events of an organization that are on a way of their own.
#[derive(Serialize, ToSchema)]
pub struct WaitingBody {
    #[schema(value_type = Uuid)]
    organization_id: OrganizationId,
    /// The next one, in its organization.
    sequence: u64,
    /// The same, or what was passed before it, in the journal.
    position: u64,
    /// Since when it fails.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// How often in a row.
    failures: u32,
    /// When it is tried again.
    #[schema(value_type = String, format = DateTime)]
    next_attempt: Timestamp,
    last_failure: Option<FailureBody>,
}

/// A new webhook.
#[derive(Serialize, ToSchema)]
pub struct NewBody {
    #[serde(flatten)]
    pub webhook: WebhookBody,
    /// What deliveries are signed with. It is not shown again.
    #[schema(example = "whsec_…")]
    pub secret: String,
}

/// An organization's webhooks, or those for all.
#[derive(Serialize, ToSchema)]
pub struct WebhooksBody {
    pub webhooks: Vec<WebhookBody>,
}

/// A secret that takes the place of another.
#[derive(Serialize, ToSchema)]
pub struct SecretBody {
    /// It is not shown again.
    pub secret: String,
    /// Until when the former one signs too.
    #[schema(value_type = String, format = DateTime)]
    pub former_until: Timestamp,
}

/// What is delivered once more.
#[derive(Serialize, ToSchema)]
pub struct RedeliveringBody {
    /// Of how many organizations there are events in the range.
    pub organizations: u64,
}

/// What came of a test.
#[derive(Serialize, ToSchema)]
pub struct TestedBody {
    /// Whether the answer was one of success.
    delivered: bool,
    /// What was answered.
    status: Option<u16>,
    /// How it failed, as in `last_failure`.
    why: Option<&'static str>,
}

impl WebhookBody {
    /// As it is at this time.
    pub fn of(webhook: Webhook, at: Timestamp) -> Self {
        Self {
            id: webhook.id,
            organization_id: webhook.organization,
            url: webhook.url,
            types: webhook.types,
            enabled: webhook.disabled.is_none(),
            disabled: webhook
                .disabled
                .map(|disabled| DisabledBody { at: disabled.at, why: disabled.why.as_str().into() }),
            created_at: webhook.created_at,
            position: webhook.cursor.position,
            delivered_at: webhook.delivered_at,
            last_failure: webhook.failure.map(FailureBody::from),
            former_secret_until: webhook
                .secrets
                .iter()
                .filter_map(|secret| secret.until)
                .filter(|until| *until > at)
                .max(),
        }
    }
}

impl WholeBody {
    /// As it is at this time.
    pub fn of(webhook: Webhook, lanes: Vec<Lane>, at: Timestamp) -> Self {
        let (waiting, again): (Vec<Lane>, Vec<Lane>) =
            lanes.into_iter().partition(|lane| lane.kind == LaneKind::Waiting);
        let bodies = |lanes: Vec<Lane>| lanes.into_iter().map(WaitingBody::from).collect();
        Self { webhook: WebhookBody::of(webhook, at), waiting: bodies(waiting), redelivering: bodies(again) }
    }
}

impl From<Failure> for FailureBody {
    fn from(Failure { at, why, status }: Failure) -> Self {
        Self { at, why, status }
    }
}

impl From<Lane> for WaitingBody {
    fn from(lane: Lane) -> Self {
        Self {
            organization_id: lane.organization,
            sequence: lane.sequence,
            position: lane.position,
            since: lane.failing_since,
            failures: lane.failures,
            next_attempt: lane.next_attempt,
            last_failure: lane.failure.map(FailureBody::from),
        }
    }
}

impl From<Result<u16, Failed>> for TestedBody {
    fn from(tested: Result<u16, Failed>) -> Self {
        match tested {
            Ok(status) => Self { delivered: true, status: Some(status), why: None },
            Err(Failed { why, status, .. }) => Self { delivered: false, status, why: Some(why) },
        }
    }
}
