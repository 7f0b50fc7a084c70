//! Who was a member at some time: `as_of`, or `at_sequence` for those who count events.

use axum::response::{IntoResponse, Response};
use domain::{OrganizationId, Refusal, Sequence};
use journal::{OrganizationRef, Past, Span};
use serde::Serialize;
use utoipa::ToSchema;

use super::{history, page};
use crate::caller::Caller;
use crate::extract::Query;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::then::MemberThenBody;

/// The name that cursors of this list carry.
const LIST: &str = "members-then";

/// A page of those who were members then, in order of joining.
#[derive(Serialize, ToSchema)]
pub struct MembersThenBody {
    #[schema(value_type = uuid::Uuid)]
    organization_id: OrganizationId,
    /// The last event that had been recorded by then: asked for at this sequence, the answer is the same for ever.
    sequence: Sequence,
    members: Vec<MemberThenBody>,
    next_cursor: Option<String>,
}

/// A time, or a place in the organization's history.
pub(super) enum When {
    AsOf(Moment),
    AtSequence(Sequence),
}

impl When {
    /// What the query asks for, if it asks for the past.
    pub(super) fn of(query: &Query) -> Result<Option<Self>, Problem> {
        let as_of = query.get::<Moment>("as_of")?;
        let at_sequence = match query.get::<String>("at_sequence")?.map(|text| text.parse()) {
            None => None,
            Some(Ok(sequence @ 1..)) => Some(sequence),
            Some(_) => return Err(Problem::invalid("/at_sequence", "must be a whole number from 1 on")),
        };
        let when = match (as_of, at_sequence) {
            (Some(_), Some(_)) => return Err(Problem::invalid("/at_sequence", "does not go together with as_of")),
            (Some(time), None) => Self::AsOf(time),
            (None, Some(sequence)) => Self::AtSequence(sequence),
            (None, None) => return Ok(None),
        };
        for name in ["search", "role", "sort"] {
            if query.get::<String>(name)?.is_some() {
                return Err(Problem::invalid(format!("/{name}"), "does not go together with as_of or at_sequence"));
            }
        }
        Ok(Some(when))
    }

    async fn sequence(&self, past: &Past, organization: OrganizationId) -> Result<Sequence, Problem> {
        match *self {
            Self::AsOf(time) => {
                has_come(past, time).await?;
                match past.sequence_at(organization, time.0).await? {
                    0 => Err(Refusal::OrganizationNotFound.into()),
                    sequence => Ok(sequence),
                }
            }
            Self::AtSequence(sequence) => match past.head(organization).await? {
                head if sequence > head => {
                    Err(Problem::invalid("/at_sequence", "must not be beyond the organization's last sequence"))
                }
                _ => Ok(sequence),
            },
        }
    }
}

/// What will be recorded until a time that has not come is not known.
pub(super) async fn has_come(past: &Past, Moment(time): Moment) -> Result<(), Problem> {
    match time > past.clock().await? {
        true => Err(Problem::invalid("/as_of", "must be a time that has come")),
        false => Ok(()),
    }
}

/// Who was a member then, for those who may read the history.
pub(super) async fn answer(
    roster: &Roster,
    caller: &Caller,
    org: &OrganizationRef,
    query: &Query,
    when: &When,
) -> Result<Response, Problem> {
    let (limit, after) = (query.limit()?, page::after(query, LIST)?.unwrap_or(0));
    let organization = history::may_read(roster, caller, org).await?;
    let past = roster.journal.past();
    let sequence = when.sequence(&past, organization).await?;
    let mut stays = past.members(organization, Span { after, until: sequence }, limit + 1).await?;
    let more = stays.len() > limit;
    stays.truncate(limit);
    let next_cursor = stays.last().filter(|_| more).map(|last| page::cursor(LIST, last.joined.sequence));
    let members = stays.iter().map(MemberThenBody::from).collect();
    Ok(axum::Json(MembersThenBody { organization_id: organization, sequence, members, next_cursor }).into_response())
}
