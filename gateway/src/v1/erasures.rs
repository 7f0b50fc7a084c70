//! That people were erased, without who.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use journal::Noted;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::events::position;
use crate::caller::Caller;
use crate::extract::Query;
use crate::identity::Scope;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(erasures))
}

/// A page of erasures.
#[derive(Serialize, ToSchema)]
struct ErasuresBody {
    erasures: Vec<ErasureBody>,
    /// Where the next page begins (`after`); null at the end.
    next_after: Option<u64>,
}

/// An erasure, without who was erased.
#[derive(Serialize, ToSchema)]
struct ErasureBody {
    /// 1, 2, 3 …, in the order in which they happened.
    number: u64,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// That people were erased, and when, oldest first, for `roster:audit`. Who it was is told nowhere.
#[utoipa::path(get, path = "/v1/erasures", tag = "people",
    params(("after" = Option<u64>, Query, description = "The last number you have"), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = ErasuresBody), (status = "4XX", body = Problem)))]
async fn erasures(State(roster): State<Roster>, caller: Caller, query: Query) -> Result<Response, Problem> {
    if !caller.may(Scope::Audit) {
        return Err(Problem::new("permission-denied", "Reading when people were erased needs the scope roster:audit."));
    }
    let (after, limit) = (position(&query, "after")?.unwrap_or(0), query.limit()?);
    let mut noted = roster.journal.erasure().noted(after, u32::try_from(limit + 1).unwrap_or(u32::MAX)).await?;
    let more = noted.len() > limit;
    noted.truncate(limit);
    let next_after = noted.last().filter(|_| more).map(|last| last.number);
    let erasures = noted.into_iter().map(|Noted { number, at }| ErasureBody { number, at }).collect();
    Ok(axum::Json(ErasuresBody { erasures, next_after }).into_response())
}
