//! Answers in time. What a request waits for has bounds of its own, mostly of two seconds; this is the bound of them together. A stream is
//! answered when it begins.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::{Either, Map};
use http_body_util::BodyExt;
use tokio::time::error::Elapsed;
use tokio::time::{Timeout, timeout};
use tower::Service;

use crate::better_auth::failure::Failure;
use crate::problem::Problem;

/// What is answered when it is too late. A command that was sent is not taken back: nobody knows what becomes of it.
pub fn too_late(method: &Method) -> Problem {
    tracing::warn!("a request was not answered in time");
    match method.is_safe() {
        true => Problem::unavailable("Memberships can't be read just now. Try again in a moment."),
        false => Problem::unavailable("It may or may not be done. Read it again in a moment."),
    }
}

/// The same where the request did not come to its end: nothing was asked, and so nothing is done.
fn too_slow() -> Problem {
    Problem::new("request-timeout", "The body did not arrive in time.")
}

/// The same request, and what tells whether all of it has come.
fn watched(request: Request) -> (Request, Arc<AtomicBool>) {
    let arrived = Arc::new(AtomicBool::new(request.body().is_end_stream()));
    let has_arrived = arrived.clone();
    // Asked for trailers when there is nothing more: that is all that is wanted of it.
    let at_its_end = async move {
        has_arrived.store(true, Ordering::Relaxed);
        None
    };
    (request.map(|body| Body::new(body.with_trailers(at_its_end))), arrived)
}

/// Answers calls of better-auth's client in time, as they are answered there.
pub async fn better_auth(State(within): State<Duration>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let (request, arrived) = watched(request);
    match timeout(within, next.run(request)).await {
        Ok(response) => response,
        Err(_) if !arrived.load(Ordering::Relaxed) => Failure::from(too_slow()).into_response(),
        Err(_) => Failure::from(too_late(&method)).into_response(),
    }
}

/// Answers what lies below `/v1` in time, but for membership checks, which the journal bounds and which are spared even a timer. Pages and better-auth's wire see to it themselves, each in its own words. A service by hand: on the
/// way of every request, axum's `from_fn` costs two boxes more.
#[derive(Clone)]
pub struct Timely<S> {
    service: S,
    within: Duration,
}

impl<S> Timely<S> {
    /// Around this service.
    pub fn new(service: S, within: Duration) -> Self {
        Self { service, within }
    }
}

type Answer<E> = Box<dyn FnOnce(Result<Result<Response, E>, Elapsed>) -> Result<Response, E> + Send>;

impl<S> Service<Request> for Timely<S>
where
    S: Service<Request, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<Map<Timeout<S::Future>, Answer<S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if !is_bounded_here(&request) {
            return Either::Right(self.service.call(request));
        }
        if changes_nothing(&request) {
            let answer: Answer<S::Error> =
                Box::new(|answered| answered.unwrap_or_else(|_| Ok(too_late(&Method::GET).into_response())));
            return Either::Left(timeout(self.within, self.service.call(request)).map(answer));
        }
        let (request, arrived) = watched(request);
        let answer: Answer<S::Error> = Box::new(move |answered| {
            answered.unwrap_or_else(|_| match arrived.load(Ordering::Relaxed) {
                true => Ok(too_late(&Method::POST).into_response()),
                false => Ok(too_slow().into_response()),
            })
        });
        Either::Left(timeout(self.within, self.service.call(request)).map(answer))
    }
}

/// Whether it only asks, whatever its method: membership checks may come with any.
fn changes_nothing(request: &Request) -> bool {
    let path = request.uri().path();
    request.method().is_safe() || path == "/v1/access" || path == "/v1/authorize" || path.starts_with("/v1/authorize/")
}

fn is_bounded_here(request: &Request) -> bool {
    let (path, is_safe) = (request.uri().path(), request.method().is_safe());
    path.starts_with("/v1/") && !(is_safe && path.ends_with("/access"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use axum::Router;
    use axum::body::Bytes;
    use axum::http::StatusCode;
    use axum::routing::any;
    use tower::ServiceExt;

    use super::*;

    const WITHIN: Duration = Duration::from_secs(30);

    async fn ask(method: Method, path: &str) -> Option<(StatusCode, String)> {
        let never = any(std::future::pending::<Response>);
        let app =
            Router::new().fallback_service(never).layer(tower::layer::layer_fn(|service| Timely::new(service, WITHIN)));
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = timeout(2 * WITHIN, app.oneshot(request)).await.ok()?.unwrap();
        let (status, body) = (response.status(), response.into_body().collect().await.unwrap().to_bytes());
        Some((status, String::from_utf8(body.to_vec()).unwrap()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_command_that_takes_too_long_may_have_been_carried_out() {
        for method in [Method::POST, Method::PATCH, Method::DELETE] {
            let (status, body) = ask(method, "/v1/organizations/acme/leave").await.unwrap();
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            assert!(body.contains("It may or may not be done."), "{body}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_that_takes_too_long_changed_nothing() {
        let (status, body) = ask(Method::GET, "/v1/organizations/acme").await.unwrap();
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.contains("can't be read just now"), "{body}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_can_change_nothing_is_never_said_to_be_done_perhaps() {
        for path in ["/v1/access", "/v1/authorize", "/v1/authorize/app/acme/"] {
            let (status, body) = ask(Method::POST, path).await.unwrap();
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            assert!(body.contains("can't be read just now"), "{path}: {body}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn of_a_body_that_never_comes_nothing_is_done() {
        let reads = any(async |request: Request| drop(request.into_body().collect().await));
        let app =
            Router::new().fallback_service(reads).layer(tower::layer::layer_fn(|service| Timely::new(service, WITHIN)));
        let never = Body::from_stream(futures::stream::pending::<Result<Bytes, axum::Error>>());
        let request = Request::post("/v1/organizations/acme/leave").body(never).unwrap();
        let response = timeout(2 * WITHIN, app.oneshot(request)).await.unwrap().unwrap();
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
    }

    #[tokio::test(start_paused = true)]
    async fn who_answers_in_words_of_their_own_is_left_alone() {
        assert_eq!(ask(Method::POST, "/api/auth/organization/leave").await, None);
        assert_eq!(ask(Method::POST, "/app/acme/leave").await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_check_is_spared_the_timer() {
        assert_eq!(ask(Method::GET, "/v1/organizations/acme/access").await, None);
        assert!(ask(Method::POST, "/v1/access").await.is_some(), "many at once are no such check");
    }
}
