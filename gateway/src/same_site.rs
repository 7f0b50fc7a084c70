//! A browser sends its cookie along whoever asks it to: what changes something by cookie must come from a page of ours, as
//! `Sec-Fetch-Site` or `Origin` tell. A token in the `Authorization` header is sent by nobody's accident, and passes.

use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response};
use futures::future::Either;
use tower::{Layer, Service};
use tower_http::csrf::{Csrf, CsrfLayer, ProtectionError};

use crate::problem::Problem;

type Refuse = fn(ProtectionError) -> Response;

/// Refuses what another site makes a browser do.
#[derive(Clone)]
pub struct SameSite<S> {
    direct: S,
    guarded: Csrf<S, Refuse>,
}

impl<S: Clone> SameSite<S> {
    /// Around this service.
    pub fn new(service: S) -> Self {
        let refuse: Refuse =
            |_why| Problem::new("permission-denied", "This request comes from another site.").into_response();
        let guarded = CsrfLayer::new().with_rejection_response(refuse).layer(service.clone());
        Self { direct: service, guarded }
    }
}

impl<S> Service<Request> for SameSite<S>
where
    S: Service<Request, Response = Response<Body>> + Clone,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<S::Future, <Csrf<S, Refuse> as Service<Request>>::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        std::task::ready!(self.direct.poll_ready(context))?;
        self.guarded.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.headers().contains_key(AUTHORIZATION) {
            Either::Left(self.direct.call(request))
        } else {
            Either::Right(self.guarded.call(request))
        }
    }
}
