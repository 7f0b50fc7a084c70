//! Many at once: invite many addresses, remove many members. Each row is a command of its own, with an answer of its own; sent again under the
//! same key, what was done is not done again and what was not is.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{EmailAddress, InvitationId, MemberId, OrganizationCommand, Refusal, Role};
use futures::future::join_all;
use journal::{OrganizationRef, Outcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bodies::InvitationBody;
use super::{VIA, done};
use crate::caller::Caller;
use crate::extract::terms::Terms;
use crate::extract::{Json, LARGEST_LIST, Org};
use crate::problem::{Problem, not_accepted};
use crate::roster::Roster;

/// Rows in one call at most.
const MOST: usize = 1_000;

/// Commands on their way at once: they are decided in groups, and others have theirs to send.
const AT_ONCE: usize = 128;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(invite)).routes(routes!(remove))
}

/// Who are invited.
#[derive(Deserialize, ToSchema)]
struct ManyInvitations {
    /// 1 to 1,000.
    invitations: Vec<Wanted>,
}

/// One of them; what is wrong with it is told in its own result.
#[derive(Deserialize, ToSchema)]
struct Wanted {
    #[schema(example = "ben@acme.test")]
    email: String,
    /// `admin` or `member`.
    #[schema(example = "member")]
    role: String,
}

/// Who are removed.
#[derive(Deserialize, ToSchema)]
struct ManyRemovals {
    /// 1 to 1,000 member ids.
    member_ids: Vec<String>,
}

/// What became of each row, in the order they were sent.
#[derive(Serialize, ToSchema)]
struct BulkBody<T> {
    results: Vec<ResultBody<T>>,
    /// How many were done.
    done: usize,
    /// How many were not.
    refused: usize,
}

/// One of both: what was done, or why it was not.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ResultBody<T> {
    /// As the single call answers.
    Done(T),
    /// Likewise.
    Problem(Problem),
}

/// The membership that was ended.
#[derive(Serialize, ToSchema)]
struct RemovedBody {
    #[schema(value_type = uuid::Uuid)]
    member_id: MemberId,
}

/// Invite up to 1,000 addresses, each with a result of its own.
#[utoipa::path(post, path = "/v1/organizations/{org}/bulk/invitations", operation_id = "invite_many", tag = "invitations",
    request_body = ManyInvitations, params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = BulkBody<InvitationBody>), (status = "4XX", body = Problem)))]
async fn invite(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Json(body, terms): Json<ManyInvitations, LARGEST_LIST>,
) -> Result<Response, Problem> {
    let rows = body.invitations.into_iter().enumerate().map(|(n, Wanted { email, role })| {
        let pointer = |field| format!("invitations/{n}/{field}");
        let email: EmailAddress = email.parse().map_err(not_accepted(&pointer("email")))?;
        let role: Role = role.parse().map_err(not_accepted(&pointer("role")))?;
        let (invitation_id, valid_for) = (InvitationId(Uuid::now_v7()), roster.invitation_validity);
        Ok(OrganizationCommand::InviteMember { invitation_id, email, role, valid_for })
    });
    let rows: Vec<Result<OrganizationCommand, Problem>> = rows.collect();
    let emails: Vec<Option<EmailAddress>> = rows
        .iter()
        .map(|row| match row {
            Ok(OrganizationCommand::InviteMember { email, .. }) => Some(email.clone()),
            _ => None,
        })
        .collect();
    let outcomes = all(&roster, &caller, &org, terms, rows).await?;
    let told = |(outcome, email): (Result<Outcome, Problem>, Option<EmailAddress>)| {
        let outcome = outcome?;
        let sent = email.and_then(|email| InvitationBody::sent(&outcome, &email, &roster.public_url));
        let sent = sent.ok_or_else(|| Problem::internal("an invitation was recorded without its event"))?;
        Ok((outcome, sent))
    };
    answer(outcomes.into_iter().zip(emails).map(told))
}

/// Remove up to 1,000 members, each with a result of its own; of oneself it is leaving.
#[utoipa::path(post, path = "/v1/organizations/{org}/bulk/removals", operation_id = "remove_many", tag = "members",
    request_body = ManyRemovals, params(("org" = String, Path, description = "Id or slug")),
    responses((status = 200, body = BulkBody<RemovedBody>), (status = "4XX", body = Problem)))]
async fn remove(
    State(roster): State<Roster>,
    caller: Caller,
    Org(org): Org,
    Json(body, terms): Json<ManyRemovals, LARGEST_LIST>,
) -> Result<Response, Problem> {
    // What is no id is the nil id, which nobody has.
    let ids: Vec<MemberId> = body.member_ids.iter().map(|id| id.parse().unwrap_or(MemberId(Uuid::nil()))).collect();
    let rows = ids.iter().map(|member_id| Ok(OrganizationCommand::RemoveMember { member_id: *member_id })).collect();
    let outcomes = all(&roster, &caller, &org, terms, rows).await?;
    let told = |(outcome, member_id): (Result<Outcome, Problem>, MemberId)| Ok((outcome?, RemovedBody { member_id }));
    answer(outcomes.into_iter().zip(ids).map(told))
}

/// Sends every row that can be sent; tells what became of each.
async fn all(
    roster: &Roster,
    caller: &Caller,
    org: &OrganizationRef,
    terms: Terms,
    rows: Vec<Result<OrganizationCommand, Problem>>,
) -> Result<Vec<Result<Outcome, Problem>>, Problem> {
    if rows.is_empty() || rows.len() > MOST {
        return Err(Problem::invalid("", "The body must have 1 to 1,000 rows."));
    }
    if terms.is_for_a_version() {
        return Err(Problem::invalid("/If-Match", "can't be given here: each row leads to a version of its own"));
    }
    keep_key(roster, caller, org, &terms).await?;
    let mut outcomes = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().enumerate();
    loop {
        let some: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let sent = some.into_iter().map(|(n, row)| {
            let terms = terms.of_row(n);
            async move { roster.ask_on(terms, caller, org.clone(), row?, VIA).await }
        });
        outcomes.extend(join_all(sent).await);
    }
    // To whoever is outside there is nothing to tell row by row.
    let nowhere = |outcome: &Result<Outcome, Problem>| matches!(outcome, Err(problem) if problem.refusal() == Some(Refusal::OrganizationNotFound));
    if outcomes.iter().any(nowhere) && !outcomes.iter().any(Result::is_ok) {
        return Err(Refusal::OrganizationNotFound.into());
    }
    Ok(outcomes)
}

/// Keeps the key of the call as a whole with all that it asks, before any row is sent: under it nothing else is asked from here
/// on. What is kept is a change of nothing.
async fn keep_key(roster: &Roster, caller: &Caller, org: &OrganizationRef, terms: &Terms) -> Result<(), Problem> {
    if !terms.have_a_key() {
        return Ok(());
    }
    let nothing = OrganizationCommand::UpdateOrganization { name: None, slug: None, logo: None, metadata: None };
    match roster.ask_on(terms.clone(), caller, org.clone(), nothing, VIA).await {
        // Whoever may change nothing, or has sent too much, is told so row by row: all they can do here is leave.
        Err(problem) if problem.refusal().is_none() && problem.status() != StatusCode::TOO_MANY_REQUESTS => {
            Err(problem)
        }
        _ => Ok(()),
    }
}

fn answer<T: Serialize>(told: impl Iterator<Item = Result<(Outcome, T), Problem>>) -> Result<Response, Problem> {
    let (mut results, mut last): (Vec<ResultBody<T>>, Option<Outcome>) = (Vec::new(), None);
    for one in told {
        results.push(match one {
            Ok((outcome, body)) => {
                let replayed = last.as_ref().is_none_or(|last| last.replayed) && outcome.replayed;
                let latest = last.take().filter(|last| last.position > outcome.position).unwrap_or(outcome);
                last = Some(Outcome { replayed, ..latest });
                ResultBody::Done(body)
            }
            Err(problem) => ResultBody::Problem(problem.in_spoken_language()),
        });
    }
    let done_rows = results.iter().filter(|result| matches!(result, ResultBody::Done(_))).count();
    let body = axum::Json(BulkBody { done: done_rows, refused: results.len() - done_rows, results });
    Ok(match last {
        Some(outcome) => done(StatusCode::OK, &outcome, body),
        None => body.into_response(),
    })
}
