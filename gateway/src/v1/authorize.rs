//! The check at the proxy: nginx, Traefik and Envoy ask it before they let a request through. It is the membership check, asked by
//! the address of somebody else's page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::UserId;
use journal::OrganizationRef;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::caller::Checker;
use crate::problem::Problem;
use crate::roster::Roster;

/// Where it is asked.
const AT: &str = "/v1/authorize";

/// What can't stand in a header, and what makes the rest readable again.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'%');

/// Some proxies ask with the method of the request they hold.
pub(super) fn router() -> OpenApiRouter<Roster> {
    OpenApiRouter::new()
        .routes(routes!(authorize).map(|_get| any(authorize)))
        .route("/v1/authorize/", any(below))
        .route("/v1/authorize/{*path}", any(below))
}

/// Whether a request is one to the check. It changes nothing, so no other site can make a browser do harm here; what the request
/// it is asked about does is the proxied application's to guard.
pub fn is_asked(path: &str) -> bool {
    path.strip_prefix(AT).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// The place that the header says.
struct InHeader(Option<OrganizationRef>);

impl FromRequestParts<Roster> for InHeader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, roster: &Roster) -> Result<Self, Self::Rejection> {
        Ok(Self(roster.original.in_header(&parts.headers)))
    }
}

/// The place that the rest of the path says; what headers say is the client's.
struct InPath(Option<OrganizationRef>);

impl FromRequestParts<Roster> for InPath {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, roster: &Roster) -> Result<Self, Self::Rejection> {
        // As it was sent: a path that the router has decoded has lost what it must be judged by. Only what follows a `#` is gone already;
        // Envoy lets no such request in.
        let below = parts.uri.path().strip_prefix(AT);
        Ok(Self(below.and_then(|path| roster.original.in_path(path))))
    }
}

/// Whether the caller may see the page a proxy holds for them: for nginx `auth_request`, Traefik ForwardAuth, Envoy `ext_authz`. The
/// organization is read from the original address in the header `ROSTER_AUTHORIZE_HEADER`, or, at `/v1/authorize/<original path>`,
/// from the rest of the path, by the pattern `ROSTER_AUTHORIZE_PATTERN`. Takes every method.
#[utoipa::path(get, path = "/v1/authorize", tag = "access",
    params(("X-Original-URI" = Option<String>, Header, description = "The address as the client sent it; the header's name is a setting")),
    responses(
        (status = 200, headers(
            ("Roster-User" = String, description = "Who it is; what is not visible ASCII, and %, is percent-encoded"),
            ("Roster-Organization" = String, description = "The organization's id"),
            ("Roster-Role" = String, description = "owner, admin or member"))),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = "4XX", body = Problem)))]
async fn authorize(checker: Checker, InHeader(place): InHeader) -> Result<Response, Problem> {
    pass(checker, place).await
}

async fn below(checker: Checker, InPath(place): InPath) -> Result<Response, Problem> {
    pass(checker, place).await
}

/// Where no organization is, nobody is a member.
async fn pass(Checker { caller, roster }: Checker, place: Option<OrganizationRef>) -> Result<Response, Problem> {
    let access = match &place {
        Some(organization) => roster.journal.access(organization, &caller.user).await?,
        None => {
            tracing::debug!("the original address names no organization");
            None
        }
    };
    let Some((membership, access)) = access.and_then(|access| Some((access.membership?, access))) else {
        return Err(Problem::new("not-a-member", "This person is not a member of this organization."));
    };
    let organization = HeaderValue::try_from(access.organization.to_string());
    let (Ok(user), Ok(organization)) = (in_a_header(&caller.user), organization) else {
        return Err(Problem::internal("an id can't stand in a header"));
    };
    let told = [
        (HeaderName::from_static("roster-user"), user),
        (HeaderName::from_static("roster-organization"), organization),
        (HeaderName::from_static("roster-role"), HeaderValue::from_static(membership.role.as_str())),
    ];
    Ok((told, ()).into_response())
}

fn in_a_header(user: &UserId) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    HeaderValue::try_from(utf8_percent_encode(user.as_str(), ENCODED).to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    #[test]
    fn every_user_id_can_stand_in_a_header_and_be_read_back() {
        for (id, told) in [
            ("ben", "ben"),
            ("auth0|5f7c8ec7c33c6c004bbafe82", "auth0|5f7c8ec7c33c6c004bbafe82"),
            ("a,b;c=\"d\"", "a,b;c=\"d\""),
            ("Zoë 王", "Zo%C3%AB%20%E7%8E%8B"),
            ("100%", "100%25"),
            ("a%20b", "a%2520b"),
        ] {
            let value = in_a_header(&id.parse().unwrap()).unwrap();
            assert_eq!(value.to_str().unwrap(), told);
            assert_eq!(percent_encoding::percent_decode_str(told).decode_utf8().unwrap(), id);
        }
    }

    #[test]
    fn only_the_check_itself_is_one() {
        for path in ["/v1/authorize", "/v1/authorize/", "/v1/authorize/app/acme"] {
            assert!(is_asked(path), "{path}");
        }
        for path in ["/v1/authorized", "/v1/access", "/v1/Authorize", "//v1/authorize", "/x/v1/authorize"] {
            assert!(!is_asked(path), "{path}");
        }
    }
}
