//! What fails on the way to a page, or does not get there in time: a page that says so, or another page where one can go on.

use std::time::Duration;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::frame::Frame;
use super::notice::Notice;
use super::visit::Visit;
use crate::problem::Problem;
use crate::timely::too_late;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    detail: String,
    again: Option<String>,
}

/// Turns problems of pages into pages.
pub async fn as_pages(State(within): State<Duration>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (visit, method) = (Visit::of(&parts), parts.method.clone());
    let Ok(response) = tokio::time::timeout(within, next.run(Request::from_parts(parts, body))).await else {
        return failed(&visit, too_late(&method));
    };
    match response.extensions().get::<Problem>() {
        Some(problem) => failed(&visit, problem.clone()),
        None => response,
    }
}

fn failed(visit: &Visit, problem: Problem) -> Response {
    match problem.code() {
        "unauthenticated" => {
            let back: String = form_urlencoded::byte_serialize(visit.path.as_bytes()).collect();
            visit.failed_over(&problem, &format!("/sign-in?return_to={back}"), None)
        }
        // Gone, never there, or not theirs: for them that is the same, and there are other places to go.
        "organization-not-found" => visit.failed_over(&problem, "/app", Some(&Notice::NotThere)),
        _ if visit.by_script => problem.into_response(),
        code => page(visit, code, problem.clone()),
    }
}

fn page(visit: &Visit, code: &str, problem: Problem) -> Response {
    let status = problem.status();
    let problem = problem.in_language(visit.language);
    let frame = Frame::outside(visit, problem.title().to_owned());
    let again = (code == "unavailable").then(|| visit.path.clone());
    let mut response = visit.page(status, &ProblemPage { frame, detail: problem.detail().to_owned(), again });
    if code == "unavailable" {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
