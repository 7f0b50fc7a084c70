//! A person's memberships, then and now.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::then::has_come;
use crate::caller::Caller;
use crate::extract::{Query, Whom};
use crate::identity::Scope;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::roster::Roster;
use crate::then::TenureBody;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(memberships))
}

/// Every tenure of a person.
#[derive(Serialize, ToSchema)]
struct MembershipsBody {
    memberships: Vec<TenureBody>,
}

/// Every membership of a person, oldest first, also those that have ended: as it is known now, or was at a time (`as_of`). The person
/// themself and `roster:audit` may read it.
#[utoipa::path(get, path = "/v1/people/{user}/memberships", operation_id = "memberships", tag = "people",
    params(("user" = String, Path, description = "The id the identity provider has for them"),
           ("as_of" = Option<String>, Query, description = "A time that has come, with its zone")),
    responses((status = 200, body = MembershipsBody), (status = "4XX", body = Problem)))]
async fn memberships(
    State(roster): State<Roster>,
    caller: Caller,
    Whom(user): Whom,
    query: Query,
) -> Result<Response, Problem> {
    let as_of = query.get::<Moment>("as_of")?;
    if user.as_ref().ok() != Some(&caller.user) && !caller.may(Scope::Audit) {
        return Err(Problem::new(
            "permission-denied",
            "Reading the memberships of somebody else needs the scope roster:audit.",
        ));
    }
    let past = roster.journal.past();
    if let Some(time) = as_of {
        has_come(&past, time).await?;
    }
    let stays = past.memberships(&user?, as_of.map(|Moment(time)| time)).await?;
    Ok(axum::Json(MembershipsBody { memberships: stays.into_iter().map(TenureBody::from).collect() }).into_response())
}
