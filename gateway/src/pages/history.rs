//! What happened in an organization, for those who may look back: its owner and admins, and auditors.
//!
//! - `seen`: who may, and what the page stands in; `asked`: which time, which page of the lists
//! - `numbers`: members over time as numbers, [`chart`]: as shapes
//! - `then`: who was a member at some time; `timeline`: every event; `act`: by whose act

mod act;
mod asked;
pub mod chart;
mod numbers;
mod seen;
mod then;
mod timeline;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use self::asked::Asked;
use self::numbers::Numbers;
use self::seen::Seen;
use self::then::Then;
use self::timeline::Timeline;
use super::frame::Frame;
use super::visitor::Visitor;
use crate::extract::{Org, Query};
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/history", get(show))
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    frame: Frame,
    address: String,
    numbers: Numbers,
    height: u32,
    /// What the field for the day holds, and the first and last it takes.
    day: String,
    first: String,
    today: String,
    then: Option<Then>,
    timeline: Timeline,
}

async fn show(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    query: Query,
) -> Result<Response, Problem> {
    let (language, asked) = (visitor.visit.language, Asked::of(&query)?);
    let seen = Seen::by(&roster, &visitor.caller, &org).await?;
    seen.is_used(&roster, &visitor.caller);
    let now = roster.journal.past().clock().await?;
    let (then, day, problem) = match looked_back(&roster, &visitor, &seen, &asked, now).await {
        Ok(Some((then, day))) => (Some(then), day, None),
        Ok(None) => (None, String::new(), None),
        // What was mistaken in the field is said on the page; all else there is to show is shown.
        Err(problem) => (None, String::new(), Some(visitor.visit.shown_again(problem)?)),
    };
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let page = HistoryPage {
        address: seen.address(),
        numbers: Numbers::of(&roster, language, &seen, now).await?,
        height: chart::HEIGHT,
        day,
        first: seen.founded.date_naive().to_string(),
        today: now.date_naive().to_string(),
        then,
        timeline: Timeline::of(&roster, language, &seen, &asked).await?,
        frame: seen.frame(&roster, &visitor, language.say("history-title")).after(problem),
    };
    Ok(visitor.visit.page(status, &page))
}

/// Who was a member at the time that was asked for, and its day.
async fn looked_back(
    roster: &Roster,
    visitor: &Visitor,
    seen: &Seen,
    asked: &Asked,
    now: domain::Timestamp,
) -> Result<Option<(Then, String)>, Problem> {
    let Some(when) = asked.when()? else { return Ok(None) };
    let then = Then::at(roster, visitor, seen, asked, when, now).await?;
    Ok(Some((then, when.day().to_string())))
}
