//! Tells an open page that something happened in its organization, and that its reader is no longer in it. The page then asks
//! anew for what it shows; what is sent here is no more than a sequence.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::{MemberId, OrganizationId, Sequence};
use futures::Stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep, sleep_until};

use super::visitor::Visitor;
use crate::caller::Caller;
use crate::extract::{Org, Query};
use crate::live::Word;
use crate::problem::Problem;
use crate::roster::Roster;

/// What happens in quick succession is told as one.
const TOGETHER: Duration = Duration::from_millis(100);

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
    words: Receiver<Word>,
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
    let shown = again.or(query.get::<Sequence>("after")?).unwrap_or(Sequence::MAX);
    // Listens first, looks then: what happens in between is told.
    let words = roster.live.listen().await?;
    let (excerpt, membership) = roster.as_member(&caller, &org, &[]).await?;
    let remains = (caller.claims.expires_at - chrono::DateTime::from(std::time::SystemTime::now())).to_std();
    let listener = Listener {
        organization: excerpt.organization,
        tenure: membership.member_id,
        shown: shown.min(excerpt.sequence),
        signed_in_until: Instant::now() + remains.unwrap_or_default(),
        gone: false,
        roster,
        caller,
        words,
    };
    Ok(Sse::new(listener.events(excerpt.sequence)).into_response())
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
        let until = self.signed_in_until;
        let something = tokio::select! {
            something = self.something_happened() => something,
            () = sleep(HEARTBEAT) => true,
            // The script asks again, and is shown the way in.
            () = sleep_until(until) => false,
            () = live.stopping() => false,
        };
        if !something {
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

    /// Waits for a word about this organization, and a moment for more of them.
    async fn something_happened(&mut self) -> bool {
        loop {
            match self.words.recv().await {
                Ok(word) if word.organization != self.organization => {}
                Ok(Word { sequence: Some(sequence), .. }) if sequence <= self.shown => {}
                // What could not be heard may have been about this one.
                Ok(_) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return false,
            }
        }
        sleep(TOGETHER).await;
        true
    }

    fn changed(&mut self, head: Sequence) -> Event {
        self.shown = head;
        Event::default().event("changed").id(head.to_string()).data(head.to_string())
    }
}
