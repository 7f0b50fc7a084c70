//! Tells an open page that something happened in its organization, and that its reader is no longer in it. The page then asks
//! anew for what it shows; what is sent here is no more than a sequence.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::{MemberId, OrganizationId, Sequence};
use futures::Stream;
use tokio::time::{Instant, sleep, sleep_until};

use super::asked;
use super::visitor::Visitor;
use crate::caller::Caller;
use crate::extract::{Org, Query};
use crate::live::{Deaf, Ear, Kind};
use crate::problem::Problem;
use crate::roster::Roster;

/// What happens in quick succession is told as one, to each page at a moment of its own.
const TOGETHER: Duration = Duration::from_millis(80);

/// How often a page that nothing happens to is looked after: that it is still there, and its reader still in.
const HEARTBEAT: Duration = Duration::from_secs(15);

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/live", get(live))
}

/// One open page.
struct Listener {
    roster: Roster,
    caller: Caller,
    organization: OrganizationId,
    /// Whoever leaves and joins again listens anew: what was recorded in between is not for them.
    tenure: MemberId,
    ear: Ear,
    /// What the page shows.
    shown: Sequence,
    signed_in_until: Instant,
    gone: bool,
}

async fn live(
    State(roster): State<Roster>,
    Visitor { caller, .. }: Visitor,
    Org(org): Org,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let again = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let shown = again.or(asked::after(&query, "after")?).unwrap_or(Sequence::MAX);
    let (excerpt, _) = roster.as_member(&caller, &org, &[]).await?;
    let organization = excerpt.organization;
    let ear = roster.live.listen(&caller.user, organization, Kind::Page).await.map_err(|why| match why {
        Deaf::TooMany => Problem::unavailable("Too many pages are open. Close some, or try again in a moment."),
        Deaf::Away => Problem::unavailable("Memberships can't be read just now. Try again in a moment."),
    })?;
    // Listens first, looks then: what happens in between is told.
    let (excerpt, membership) = roster.as_member(&caller, &organization.into(), &[]).await?;
    let remains = (caller.claims.expires_at - chrono::DateTime::from(SystemTime::now())).to_std();
    let listener = Listener {
        organization,
        tenure: membership.member_id,
        shown: shown.min(excerpt.sequence),
        signed_in_until: Instant::now() + remains.unwrap_or_default(),
        gone: false,
        roster,
        caller,
        ear,
    };
    // Nobody between here and the browser keeps it, or holds it back.
    let headers = [(CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    let mut response = Sse::new(listener.events(excerpt.sequence)).into_response();
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    Ok(response)
}

impl Listener {
    /// Everything the page is told, until its reader is gone.
    fn events(self, head: Sequence) -> impl Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold((self, Some(head)), |(mut listener, head)| async move {
            let event = match head {
                Some(head) if head > listener.shown => Some(listener.changed(head)),
                Some(_) => Some(Event::default().comment("listening")),
                None => listener.next().await,
            };
            event.map(|event| (Ok(event), (listener, None)))
        })
    }

    /// The next thing to tell; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if self.gone {
            return None;
        }
        let live = self.roster.live.clone();
        let [.., own] = *self.tenure.0.as_bytes();
        let together = TOGETHER + Duration::from_millis(u64::from(own) / 4);
        let goes_on = tokio::select! {
            () = self.ear.hears() => { sleep(together).await; true }
            () = sleep(HEARTBEAT) => true,
            // The script asks again, and is shown the way in.
            () = sleep_until(self.signed_in_until) => false,
            () = live.closing() => false,
        };
        if !goes_on {
            return None;
        }
        match self.roster.as_member(&self.caller, &self.organization.into(), &[]).await {
            Ok((excerpt, membership)) if membership.member_id == self.tenure => {
                let head = excerpt.sequence;
                Some(if head > self.shown { self.changed(head) } else { Event::default().comment("still here") })
            }
            Err(problem) if problem.code() != "organization-not-found" => None,
            _ => {
                self.gone = true;
                // An event without data is none to a browser.
                Some(Event::default().event("gone").data("gone"))
            }
        }
    }

    fn changed(&mut self, head: Sequence) -> Event {
        self.shown = head;
        Event::default().event("changed").id(head.to_string()).data(head.to_string())
    }
}
