//! Tells open pages, and those who follow events, that something happened in their organization. Every server reads the journal itself
//! for it, as long as somebody listens: no list, no NATS has to be on time for a page to learn that its reader is gone.
//!
//! What is told carries no content: a listener looks for itself, with its own rights.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{OrganizationId, UserId};
use journal::{Feed, Journal};
use tokio::sync::watch;
use tokio::time::{interval, sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Pages and streams of events that one person may have open at once; a browser opens no more than six.
const EACH: usize = 20;

/// How often it is looked whether a page is still open.
const LOOK_AROUND: Duration = Duration::from_secs(5);

/// How long the journal is left alone after it could not be read, and how long a page waits for it.
const TRY_AGAIN: Duration = Duration::from_millis(500);
const WAIT: Duration = Duration::from_secs(2);

/// Why a page is not listened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deaf {
    /// This person, or everybody together, has too many pages open.
    TooMany,
    /// The journal can't be read just now.
    Away,
}

/// What listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page, which then looks for itself.
    Page,
    /// A stream of events.
    Stream,
}

/// A cheap handle to what is told on this server.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    journal: Journal,
    closing: CancellationToken,
    /// Pages that may be open at once.
    places: usize,
    open: Mutex<Open>,
    /// True once the journal is followed from a position on that was read after the first page began to listen.
    follows: watch::Sender<bool>,
}

#[derive(Default)]
struct Open {
    pages: usize,
    streams: usize,
    by_person: HashMap<UserId, usize>,
    by_organization: HashMap<OrganizationId, watch::Sender<()>>,
    followed: bool,
}

impl Open {
    fn of(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::Page => &mut self.pages,
            Kind::Stream => &mut self.streams,
        }
    }

    fn all(&self) -> usize {
        self.pages + self.streams
    }

    fn show(&self) {
        metrics::gauge!("roster_pages_open").set(self.pages as f64);
        metrics::gauge!("roster_streams_open").set(self.streams as f64);
    }
}

impl Live {
    /// Nobody listens yet. At most so many pages will; all of them go when `closing` is cancelled.
    pub fn new(journal: Journal, closing: CancellationToken, places: usize) -> Self {
        Self(Arc::new(Inner { journal, closing, places, open: Mutex::default(), follows: watch::Sender::new(false) }))
    }

    /// Resolves when the server stops, which is when pages must let go.
    pub async fn closing(&self) {
        self.0.closing.cancelled().await;
    }

    /// Listens for a page or a stream of this organization: every event of it that is committed after this call returned is told.
    pub async fn listen(&self, person: &UserId, organization: OrganizationId, kind: Kind) -> Result<Ear, Deaf> {
        let ear = self.take_place(person, organization, kind)?;
        let mut follows = self.0.follows.subscribe();
        match timeout(WAIT, follows.wait_for(|follows| *follows)).await {
            Ok(Ok(_)) => Ok(ear),
            _ => Err(Deaf::Away),
        }
    }

    fn take_place(&self, person: &UserId, organization: OrganizationId, kind: Kind) -> Result<Ear, Deaf> {
        let mut open = self.0.open();
        let of_person = open.by_person.get(person).copied().unwrap_or(0);
        if open.all() >= self.0.places || of_person >= EACH {
            return Err(Deaf::TooMany);
        }
        *open.of(kind) += 1;
        open.by_person.insert(person.clone(), of_person + 1);
        let words = open.by_organization.entry(organization).or_default().subscribe();
        if !std::mem::replace(&mut open.followed, true) {
            tokio::spawn(self.0.clone().follow());
        }
        open.show();
        Ok(Ear { words, kind, person: person.clone(), organization, live: self.0.clone() })
    }
}

impl Inner {
    fn open(&self) -> MutexGuard<'_, Open> {
        // Nobody panics while holding it; and if somebody did, counts may be off by one.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows the journal as long as a page is open.
    async fn follow(self: Arc<Self>) {
        let guard = Following(self.clone());
        let mut feed = loop {
            match self.journal.store().position().await {
                Ok(head) => break self.journal.feed(head),
                Err(error) => tracing::debug!(%error, "open pages are not told what happens"),
            }
            sleep(TRY_AGAIN).await;
        };
        self.follows.send_replace(true);
        let mut look_around = interval(LOOK_AROUND);
        tokio::select! {
            () = self.tell(&mut feed, &mut look_around) => {}
            () = self.closing.cancelled() => {}
        }
        drop(guard);
    }

    /// Tells what the feed brings until nobody listens.
    async fn tell(&self, feed: &mut Feed, look_around: &mut tokio::time::Interval) {
        loop {
            let mut next = std::pin::pin!(feed.next());
            let rows = loop {
                tokio::select! {
                    rows = &mut next => break rows,
                    _ = look_around.tick() => if self.is_alone() { return },
                }
            };
            match rows {
                Ok(rows) => {
                    let open = self.open();
                    for row in rows {
                        let organization = row.map_or_else(|lost| lost.organization, |recorded| recorded.organization);
                        if let Some(words) = open.by_organization.get(&organization) {
                            words.send_replace(());
                        }
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "open pages are not told what happens");
                    sleep(TRY_AGAIN).await;
                }
            }
        }
    }

    /// Whether no page is open any more; then the next one that is begins anew.
    fn is_alone(&self) -> bool {
        let mut open = self.open();
        if open.all() == 0 {
            open.followed = false;
            self.follows.send_replace(false);
        }
        open.all() == 0
    }
}

/// However following ends, the next page may begin it again.
struct Following(Arc<Inner>);

impl Drop for Following {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.open().followed = false;
            self.0.follows.send_replace(false);
        }
    }
}

/// A page, or a stream, that listens. Gives its place back when it is dropped.
pub struct Ear {
    kind: Kind,
    words: watch::Receiver<()>,
    person: UserId,
    organization: OrganizationId,
    live: Arc<Inner>,
}

impl Ear {
    /// Waits until something happens, or has since the last time.
    pub async fn hears(&mut self) {
        // Its sender lives as long as this page does.
        let _told = self.words.changed().await;
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let mut open = self.live.open();
        *open.of(self.kind) -= 1;
        if let Some(pages) = open.by_person.get_mut(&self.person) {
            *pages -= 1;
            if *pages == 0 {
                open.by_person.remove(&self.person);
            }
        }
        // This page's receiver is still counted.
        if open.by_organization.get(&self.organization).is_some_and(|words| words.receiver_count() <= 1) {
            open.by_organization.remove(&self.organization);
        }
        open.show();
    }
}
