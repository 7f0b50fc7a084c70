//! Listing members: by number, in any order, by any field.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::DateTime;
use projections::{Condition, Direction, MemberField, MembersSelection, Operator, ProjectionName};
use serde::Serialize;

use super::bodies::{MemberBody, shown};
use super::call::Incoming;
use super::checked::Checked;
use super::codes::NO_ACTIVE_ORGANIZATION;
use super::failure::Failure;
use super::place::meant_or_spelled;
use super::refused::Call;
use crate::problem::Problem;
use crate::roster::Roster;

/// How many members are listed where nobody says.
pub(super) const LIMIT: usize = 100;

/// How many are listed at most, whatever somebody says: an answer must fit somewhere.
pub(super) const MOST: usize = 10_000;

/// The farthest into a list that can be gone by number: who counts rows reads them all.
const FARTHEST: usize = 100_000;

/// Values of a filter at most.
const MOST_VALUES: usize = 100;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/api/auth/organization/list-members", get(list))
}

/// A page of members.
#[derive(Serialize)]
struct MembersBody {
    members: Vec<MemberBody>,
    /// How many there are by this filter, on all pages.
    total: u64,
}

async fn list(State(roster): State<Roster>, mut call: Incoming) -> Result<Response, Failure> {
    let query = call.query();
    let mut fields = query.fields();
    let selection = selection(&mut fields);
    let (id, slug) = (fields.optional_text("organizationId"), fields.optional_text("organizationSlug"));
    fields.done()?;
    let caller = call.caller(&roster).await?;
    let place = meant_or_spelled(Call::ListMembers, &roster, &caller, id, slug).await?;
    let place = place.ok_or_else(|| Failure::bad(NO_ACTIVE_ORGANIZATION))?;
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let views = roster.views_of_now(ProjectionName::Members).await;
    let (excerpt, _) = roster.as_member(&caller, &place, &[]).await.map_err(Call::ListMembers.failed())?;
    let organization = excerpt.organization;
    let page = views?.0.select_members(organization, &selection).await.map_err(Problem::from)?;
    let members = page.items.into_iter().map(|row| MemberBody::row(organization, row)).collect();
    Ok(Json(MembersBody { members, total: page.total }).into_response())
}

const DIRECTIONS: [(&str, Direction); 2] = [("asc", Direction::Ascending), ("desc", Direction::Descending)];

const OPERATORS: [(&str, Operator); 11] = [
    ("eq", Operator::Equals),
    ("ne", Operator::Differs),
    ("lt", Operator::Below),
    ("lte", Operator::AtMost),
    ("gt", Operator::Above),
    ("gte", Operator::AtLeast),
    ("in", Operator::Among),
    ("not_in", Operator::NotAmong),
    ("contains", Operator::Contains),
    ("starts_with", Operator::StartsWith),
    ("ends_with", Operator::EndsWith),
];

const A_TIME: &str = "Invalid input: expected a date and time such as 2026-11-24T20:17:46.489Z";

const FIELDS: [(&str, MemberField); 5] = [
    ("id", MemberField::Id),
    ("organizationId", MemberField::Organization),
    ("userId", MemberField::User),
    ("role", MemberField::Role),
    ("createdAt", MemberField::JoinedAt),
];

fn selection(fields: &mut Checked<'_>) -> MembersSelection {
    let limit = number(fields, "limit");
    let offset = number(fields, "offset").unwrap_or(0);
    if offset > FARTHEST {
        fields.issue("offset", "Too big: expected at most 100000; read further with the cursors of /v1");
    }
    let sort_by = field(fields, "sortBy");
    let direction = fields.optional_word("sortDirection", &DIRECTIONS).unwrap_or(Direction::Ascending);
    let filter_by = field(fields, "filterField");
    let values: Vec<String> = values(fields);
    let operator = fields.optional_word("filterOperator", &OPERATORS).unwrap_or(Operator::Equals);
    let condition = filter_by.map(|field| condition(fields, field, operator, values));
    MembersSelection {
        limit: limit.filter(|limit| *limit > 0).unwrap_or(LIMIT).min(MOST),
        offset,
        sort: sort_by.map(|field| (field, direction)),
        condition,
    }
}

/// A number that may be missing; what is none is as good as missing, what is one but counts nothing is not.
pub(super) fn number(fields: &mut Checked<'_>, name: &str) -> Option<usize> {
    let Some(text) = fields.raw(name)?.as_str() else {
        fields.issue(name, "Invalid input");
        return None;
    };
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
    if number < 0.0 || number.fract() != 0.0 {
        fields.issue(name, "Invalid input: expected a whole number that is not negative");
        return None;
    }
    // Saturates: more than there can be is all there is.
    Some(number as usize)
}

/// A field of members, which may be missing.
fn field(fields: &mut Checked<'_>, name: &str) -> Option<MemberField> {
    let text = fields.optional_text(name)?;
    let known = FIELDS.iter().find(|(field, _)| *field == text).map(|(_, field)| *field);
    if known.is_none() {
        fields.issue(name, "Invalid input: expected one of id, organizationId, userId, role, createdAt");
    }
    known
}

fn values(fields: &mut Checked<'_>) -> Vec<String> {
    let values = fields.optional_texts("filterValue").unwrap_or_default();
    if values.len() > MOST_VALUES {
        fields.issue("filterValue", "Too big: expected at most 100 values");
    }
    values.into_iter().take(MOST_VALUES).map(str::to_owned).collect()
}

/// Times are compared as they are shown; whole ones may be written in any way, parts of one only as they are shown.
fn condition(fields: &mut Checked<'_>, field: MemberField, operator: Operator, values: Vec<String>) -> Condition {
    let in_parts = matches!(operator, Operator::Contains | Operator::StartsWith | Operator::EndsWith);
    if field != MemberField::JoinedAt || in_parts {
        return Condition { field, operator, values };
    }
    let mut times = Vec::with_capacity(values.len());
    for value in &values {
        match DateTime::parse_from_rfc3339(value) {
            Ok(at) => times.push(shown(at.to_utc())),
            Err(_) => fields.issue("filterValue", A_TIME),
        }
    }
    Condition { field, operator, values: times }
}
