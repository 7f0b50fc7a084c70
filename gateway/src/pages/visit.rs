//! A request for a page: whose language, what it brings along, and how it is answered.

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::notice::{self, Notice};
use crate::cookies;
use crate::language::Language;
use crate::problem::Problem;

/// A request for a page.
#[derive(Clone, Debug)]
pub struct Visit {
    /// What is read here.
    pub language: Language,
    /// What a redirect brought along.
    pub notice: Option<Notice>,
    /// Path and query of the page: where to come back to.
    pub path: String,
    /// The script asks, and goes where it is told: answers are JSON.
    pub by_script: bool,
    headers: HeaderMap,
}

impl Visit {
    /// Of this request.
    pub fn of(parts: &Parts) -> Self {
        let headers = &parts.headers;
        let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // What is fetched in the background shows nobody a notice.
        let shown = said("sec-fetch-dest").is_none_or(|destination| destination == "document");
        let path = match parts.uri.path_and_query() {
            Some(path) if parts.method == Method::GET => path.as_str(),
            _ => "/app",
        };
        Self {
            language: Language::of(headers),
            notice: shown.then(|| notice::read(headers)).flatten(),
            path: path.to_owned(),
            by_script: said(ACCEPT.as_str()).is_some_and(|accepted| accepted.starts_with("application/json")),
            headers: headers.clone(),
        }
    }

    /// A page.
    pub fn page(&self, status: StatusCode, template: &impl Template) -> Response {
        let html = match template.render() {
            Ok(html) => html,
            Err(_) => return Problem::internal("a page could not be rendered").into_response(),
        };
        let mut response = (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        if self.notice.is_some() {
            response.headers_mut().append(SET_COOKIE, notice::forget(&self.headers));
        }
        response
    }

    /// Sends the browser there.
    pub fn redirect(&self, to: &str) -> Response {
        match HeaderValue::from_str(to) {
            Ok(_) if self.by_script => axum::Json(json!({ "location": to })).into_response(),
            Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
            Err(_) => Problem::internal("a redirect went nowhere").into_response(),
        }
    }

    /// The same, with something to be said there.
    pub fn redirect_with(&self, to: &str, notice: &Notice) -> Response {
        let mut response = self.redirect(to);
        response.headers_mut().append(SET_COOKIE, notice::write(&self.headers, notice));
        response
    }

    /// The same for what failed but can be gone on from elsewhere; to the script it is a failure still.
    pub fn failed_over(&self, problem: &Problem, to: &str, notice: Option<&Notice>) -> Response {
        let mut response = notice.map_or_else(|| self.redirect(to), |notice| self.redirect_with(to, notice));
        if self.by_script {
            *response.status_mut() = problem.status();
        }
        response
    }

    /// A `Set-Cookie` for this browser.
    pub fn cookie(&self, name: &'static str, value: String, lasts: cookie::time::Duration) -> HeaderValue {
        cookies::write(&self.headers, name, value, lasts)
    }

    /// A `Set-Cookie` that takes a cookie away.
    pub fn forget(&self, name: &'static str) -> HeaderValue {
        cookies::forget(&self.headers, name)
    }

    /// A form that failed is shown again with what is wrong; to the script it is told instead.
    pub fn shown_again(&self, problem: Problem) -> Result<Problem, Problem> {
        let is_passing = problem.status() == StatusCode::SERVICE_UNAVAILABLE;
        let about_the_form = problem.status().is_client_error() && problem.code() != "organization-not-found";
        if self.by_script || !(about_the_form || is_passing) { Err(problem) } else { Ok(problem) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

/// Where to go after signing in: a page of ours, whatever the link said.
pub fn safe_return(to: Option<&str>) -> &str {
    let ours = |to: &&str| {
        let inside = *to == "/app" || to.starts_with("/app/") || to.starts_with("/app?");
        inside && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    to.filter(ours).unwrap_or("/app")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for good in ["/app", "/app/acme", "/app/acme/members?search=a%20b", "/app?x=y"] {
            assert_eq!(safe_return(Some(good)), good);
        }
        for bad in [
            "",
            "/",
            "//evil.test",
            "https://evil.test",
            "/\\evil.test",
            "/app\\evil",
            "/application",
            "/app/\r\nx: y",
            "/app/ü",
        ] {
            assert_eq!(safe_return(Some(bad)), "/app", "{bad:?}");
        }
    }
}
