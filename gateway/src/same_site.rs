//! A browser sends its cookie along whoever asks it to: what changes something by cookie must come from a page of ours, as
//! `Sec-Fetch-Site` or `Origin` tell. A token in the `Authorization` header is sent by nobody's accident, and passes.

use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response};
use tower::{Layer, Service};
use tower_http::csrf::{Csrf, CsrfLayer, ProtectionError};

use crate::pages::shield::shield;
use crate::problem::Problem;
use crate::{better_auth, v1};

type Refuse = fn(ProtectionError) -> Response;

/// Refuses what another site makes a browser do.
#[derive(Clone)]
pub struct SameSite<S>(Csrf<S, Refuse>);

impl<S> SameSite<S> {
    /// Around this service.
    pub fn new(service: S) -> Self {
        // Seen in a browser, and by nobody else.
        let refuse: Refuse =
            |_why| shield(Problem::new("permission-denied", "This request comes from another site.").into_response());
        Self(CsrfLayer::new().with_rejection_response(refuse).layer(service))
    }
}

impl<S> Service<Request> for SameSite<S>
where
    S: Service<Request, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = <Csrf<S, Refuse> as Service<Request>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        // better-auth's wire has a rule of its own, which is no weaker, and answers of its own. The check at the proxy changes nothing.
        let path = request.uri().path();
        let has_its_own = path.starts_with(better_auth::BASE) || v1::authorize::is_asked(path);
        if (has_its_own || request.headers().contains_key(AUTHORIZATION)) && !request.method().is_safe() {
            let site = request.headers_mut().entry("sec-fetch-site").or_insert(HeaderValue::from_static("none"));
            // As if it had been typed into the browser: by whoever has the token, from wherever.
            if site != "same-origin" {
                *site = HeaderValue::from_static("none");
            }
        }
        self.0.call(request)
    }
}
