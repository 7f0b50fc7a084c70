//! Many membership checks in one call, all true at one moment.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::{IntoResponse, Response};
use domain::{MemberId, OrganizationId, Role, Subject, UserId};
use journal::{Excerpt, OrganizationRef};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::{asks_about_others, may_ask_about_anybody};
use crate::caller::Checker;
use crate::extract::{Asked, text};
use crate::problem::Problem;
use crate::roster::Roster;

/// Pairs in one call at most.
const PAIRS: usize = 1000;

pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new().routes(routes!(access_of_many))
}

/// Who is asked about, and where.
#[derive(Deserialize, ToSchema)]
struct PairsBody {
    /// 1,000 at most.
    #[schema(max_items = 1000)]
    pairs: Vec<PairBody>,
}

/// Somebody and an organization, both by id.
#[derive(Deserialize, ToSchema)]
struct PairBody {
    #[schema(value_type = uuid::Uuid)]
    #[serde(deserialize_with = "text")]
    organization_id: OrganizationId,
    #[schema(value_type = String)]
    user_id: UserId,
}

/// The answers, in the order asked.
#[derive(Serialize, ToSchema)]
struct ResultsBody {
    results: Vec<ResultBody>,
    /// What was recorded up to this position is in all of the answers.
    position: u64,
}

/// Whether somebody was a member.
#[derive(Serialize, ToSchema)]
struct ResultBody {
    #[schema(value_type = uuid::Uuid)]
    organization_id: OrganizationId,
    #[schema(value_type = String)]
    user_id: UserId,
    member: bool,
    /// Null where they are not a member.
    #[schema(value_type = Option<uuid::Uuid>)]
    member_id: Option<MemberId>,
    /// Null where they are not a member.
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
    /// The organization's last sequence when it was read; null where there is no such organization, and for those who may not know
    /// whether there is.
    sequence: Option<u64>,
}

/// Up to 1,000 membership checks, all answered from one moment. About others may ask who may ask about them one by one; where that
/// is not so of a single pair, nothing is answered.
#[utoipa::path(post, path = "/v1/access", tag = "access", request_body = PairsBody,
    responses((status = 200, body = ResultsBody), (status = "4XX", body = Problem)))]
async fn access_of_many(
    Checker { caller, roster }: Checker,
    Asked(body): Asked<PairsBody>,
) -> Result<Response, Problem> {
    if body.pairs.len() > PAIRS {
        return Err(Problem::invalid("/pairs", "may be 1,000 at most"));
    }
    let asks_anybody = may_ask_about_anybody(&caller);
    let mut people: BTreeMap<OrganizationId, BTreeSet<&UserId>> = BTreeMap::new();
    for pair in &body.pairs {
        people.entry(pair.organization_id).or_default().insert(&pair.user_id);
    }
    let asked = people.iter_mut().map(|(organization, users)| {
        if !asks_anybody {
            users.insert(&caller.user);
        }
        let subjects = users.iter().map(|user| Subject::User((*user).clone()));
        (OrganizationRef::from(*organization), subjects.collect::<Vec<_>>())
    });
    let (position, excerpts) = roster.journal.excerpts_apart(&asked.collect::<Vec<_>>()).await?;
    let found: BTreeMap<OrganizationId, Excerpt> =
        excerpts.into_iter().flatten().map(|excerpt| (excerpt.organization, excerpt)).collect();

    let results = body.pairs.into_iter().map(|PairBody { organization_id, user_id }| {
        let excerpt = found.get(&organization_id);
        let member = |user: &UserId| excerpt.and_then(|excerpt| excerpt.state.membership(user));
        let inside = asks_anybody || member(&caller.user).is_some();
        if !inside && user_id != caller.user {
            return Err(asks_about_others());
        }
        let membership = member(&user_id);
        Ok(ResultBody {
            member: membership.is_some(),
            member_id: membership.map(|membership| membership.member_id),
            role: membership.map(|membership| membership.role),
            sequence: excerpt.filter(|_| inside).map(|excerpt| excerpt.sequence),
            organization_id,
            user_id,
        })
    });
    let results = results.collect::<Result<_, _>>()?;
    Ok(axum::Json(ResultsBody { results, position }).into_response())
}
