//! What an operator can do about lists that are wrong or parked, beside servers that go on serving: `roster rebuild` and
//! `roster retry`. Whether they are wrong is told by [`crate::verifying`].

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use domain::{OrganizationId, Position, Subject};
use journal::postgres::PostgresStore;
use journal::store::Wanted;
use journal::{Epoch, Lease, OrganizationRef, Store, Unreadable};
use projections::postgres::Rebuild;
use projections::{Entry, PostgresViews, ProjectionName};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::projecting::entry;
use crate::saying::say;

/// Events read and written at once.
const AT_ONCE: u32 = 5_000;

/// How often putting the new tables in place is tried.
const TRIES: u32 = 20;

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// The database that servers use.
pub(crate) struct Tables {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) views: PostgresViews,
}

impl Tables {
    pub(crate) async fn open(url: Option<&str>) -> anyhow::Result<Self> {
        let url = url.context(
            "DATABASE_URL is not set: without a database the lists are in memory, and built anew at every start",
        )?;
        let store = PostgresStore::open(url, false).await?;
        let views = PostgresViews::new(store.browsing(), store.following());
        Ok(Self { store: Arc::new(store), views })
    }
}

/// Builds a projection anew from the journal's first event, beside the tables that are served, and puts it in their place.
pub async fn rebuild(url: Option<&str>, name: ProjectionName) -> anyhow::Result<()> {
    let Tables { store, views } = Tables::open(url).await?;
    let lease = Lease::new(store.clone(), format!("rebuild {name}"), Uuid::now_v7());
    let Some(number) = lease.try_take().await? else {
        bail!("{name} is being rebuilt already (a rebuild that was killed counts for a few seconds)");
    };
    let done = tokio::select! {
        why = lease.lost() => Err(anyhow::anyhow!("broken off, nothing was changed: {why}")),
        done = fill(&store, &views, name, number) => done,
    };
    store.give_up_leases(lease.holder()).await?;
    done
}

async fn fill(
    store: &Arc<dyn Store>,
    views: &PostgresViews,
    name: ProjectionName,
    number: Epoch,
) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut rebuild = views.rebuild(name, number).await?;
    catch_up(store, &mut rebuild, name).await?;
    let took = started.elapsed().as_secs_f64();
    rebuild.analyze().await?;
    for _ in 0..TRIES {
        // Everything recorded since, so that little is left to do while the served projection stands still.
        catch_up(store, &mut rebuild, name).await?;
        let mut switching = rebuild.lock().await?;
        while switching.position() < switching.until() {
            let missing = u32::try_from(switching.until() - switching.position()).unwrap_or(AT_ONCE).min(AT_ONCE);
            let page = store.follow(switching.position(), missing).await?;
            if page.is_empty() {
                // The lists were ahead of the journal, as after a restore: that is what is mended.
                break;
            }
            switching.add(&page.into_iter().map(entry).collect::<Vec<_>>()).await?;
        }
        if let Some(position) = switching.switch().await? {
            let rate = position as f64 / took;
            say(format_args!(
                "{name} is built anew from {position} events in {took:.1} s ({rate:.0} events/s) and served from now on."
            ));
            return Ok(());
        }
        say(format_args!("{name}: its tables are being read or tidied up; trying again"));
    }
    bail!("the tables of {name} were never free of others for a moment: a dump, a long query? Try again later")
}

/// Adds what the journal has until less than a page is missing.
async fn catch_up(store: &Arc<dyn Store>, rebuild: &mut Rebuild, name: ProjectionName) -> anyhow::Result<()> {
    let mut told = Instant::now();
    loop {
        let (from, end) = (rebuild.position(), store.position().await?);
        if end.saturating_sub(from) < u64::from(AT_ONCE) && from > 0 || end == 0 {
            return Ok(());
        }
        // One page is read while the one before it is written.
        let (pages, mut read) = mpsc::channel(2);
        let reader = tokio::spawn(read_on(store.clone(), from, end, pages));
        while let Some(page) = read.recv().await {
            rebuild.add(&page?).await?;
            if told.elapsed() > TELL_EVERY {
                say(format_args!("{name}: {} of {end} events", rebuild.position()));
                told = Instant::now();
            }
        }
        reader.await?;
    }
}

type Page = Result<Vec<Entry>, journal::StoreError>;

async fn read_on(store: Arc<dyn Store>, mut after: Position, end: Position, pages: mpsc::Sender<Page>) {
    while after < end {
        let page = store.follow(after, AT_ONCE).await.map(|rows| rows.into_iter().map(entry).collect::<Vec<_>>());
        let last = page.as_ref().ok().and_then(|page| page.last()).map(Entry::position);
        if pages.send(page).await.is_err() {
            return;
        }
        match last {
            Some(last) => after = last,
            None => return,
        }
    }
}

/// Applies what waited for a row that could not be read, and can be by now.
pub async fn retry(url: Option<&str>, organization: &OrganizationRef) -> anyhow::Result<()> {
    let Tables { store, views } = Tables::open(url).await?;
    let id = find(&store, organization).await?;
    let mut released = Vec::new();
    for name in ProjectionName::ALL {
        let Some(mut retry) = views.retry(name, id).await? else { continue };
        // What lies before the row that could not be read is in the lists.
        let parked = store.rows(retry.from().saturating_sub(1), 1).await?;
        let mut after = parked.first().map_or(0, |row| row.sequence - 1);
        loop {
            let rows = store.history(id, after, AT_ONCE).await?;
            if rows.is_empty() {
                break;
            }
            let page = rows.into_iter().collect::<Result<Vec<_>, _>>().map_err(still_unreadable)?;
            after = page.last().map_or(after, |last| last.sequence);
            retry.add(&page).await?;
        }
        retry.release().await?;
        released.push(name.as_str());
    }
    match released.as_slice() {
        [] => say(format_args!("{id} is not parked.")),
        released => {
            say(format_args!("{id} is released in {} and goes on with the others.", released.join(" and ")));
        }
    }
    Ok(())
}

fn still_unreadable(Unreadable { position, organization, why }: Unreadable) -> anyhow::Error {
    anyhow::anyhow!("position {position} still can't be read: {why}; {organization} stays parked")
}

/// By its id, or by the slug it has now.
async fn find(store: &Arc<dyn Store>, organization: &OrganizationRef) -> anyhow::Result<OrganizationId> {
    if let OrganizationRef::Id(id) = organization {
        return Ok(*id);
    }
    let wanted = Wanted { organization: organization.clone(), subject: Subject::Organization };
    let (found, _) = store.read(&[wanted]).await?;
    found.first().and_then(|found| found.organization).context("there is no organization of this name")
}
