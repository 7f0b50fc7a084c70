//! A browser sends its cookie along whoever asks it to: what changes something by cookie must come from a page of ours (or, at
//! `/api/auth`, of a trusted origin: see [`crate::origins`]), as
//! `Sec-Fetch-Site` or `Origin` tell. A token in the `Authorization` header is sent by nobody's accident, and passes.

use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response};
use futures::future::Either;
use tower::{Layer, Service};
use tower_http::csrf::{Csrf, CsrfLayer, ProtectionError};

use crate::pages::shield::shield;
use crate::problem::Problem;
use crate::{better_auth, v1};

type Refuse = fn(ProtectionError) -> Response;

/// Refuses what another site makes a browser do.
#[derive(Clone)]
pub struct SameSite<S> {
    guarded: Csrf<S, Refuse>,
    /// For what has a rule of its own.
    open: S,
}

impl<S: Clone> SameSite<S> {
    /// Around this service.
    pub fn new(service: S) -> Self {
        // Seen in a browser, and by nobody else.
        let refuse: Refuse =
            |_why| shield(Problem::new("permission-denied", "This request comes from another site.").into_response());
        Self { guarded: CsrfLayer::new().with_rejection_response(refuse).layer(service.clone()), open: service }
    }
}

impl<S> Service<Request> for SameSite<S>
where
    S: Service<Request, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<<Csrf<S, Refuse> as Service<Request>>::Future, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        ready!(self.open.poll_ready(context))?;
        self.guarded.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        // better-auth's wire asks the same, trusts more, and has answers of its own. The check at the proxy changes nothing.
        let path = request.uri().path();
        if path.starts_with(better_auth::BASE) || v1::authorize::is_asked(path) {
            return Either::Right(self.open.call(request));
        }
        if request.headers().contains_key(AUTHORIZATION) && !request.method().is_safe() {
            // As if it had been typed into the browser: by whoever has the token, from wherever.
            request.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("none"));
        }
        Either::Left(self.guarded.call(request))
    }
}
