//! `roster verify`: every list in the tables, row by row, beside the same list in memory, folded from the journal's first
//! event. Servers may go on meanwhile: a list that differs is compared again once both sides are as far as each other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use domain::{OrganizationEvent, OrganizationId, Position, UserId};
use journal::Store;
use projections::{Entry, InvitationsQuery, MembersQuery, MemoryViews, PostgresViews, Projection, Views, ViewsError};

use crate::directory::People;
use crate::mending::Tables;
use crate::projecting::entry;
use crate::saying::{remark, say};

/// Events read at once.
const AT_ONCE: u32 = 5_000;

/// How often a list that differs is compared, and how long after one another: whoever changes it is done by then.
const TRIES: u32 = 8;
const AGAIN: Duration = Duration::from_millis(250);

/// Lists that are told one by one at most.
const TOLD: usize = 20;

/// A list that is compared.
#[derive(Debug)]
enum List {
    Members(OrganizationId),
    Invitations(OrganizationId),
    Organizations(UserId),
}

/// Fails, and says which lists differ, unless all are equal.
pub async fn verify(url: Option<&str>) -> anyhow::Result<()> {
    let Tables { store, views } = Tables::open(url).await?;
    let mut fold = Fold::new(store);
    let until = positions(&views).await?;
    fold.follow(until).await?;
    let organizations = fold.organizations.iter().flat_map(|id| [List::Members(*id), List::Invitations(*id)]);
    let lists: Vec<List> = organizations.chain(fold.users.iter().cloned().map(List::Organizations)).collect();
    let (mut rows, mut different) = (0, Vec::new());
    for list in &lists {
        match fold.compare(list, &views).await? {
            Some(equal) => rows += equal,
            None => different.push(list),
        }
    }
    let parked = views.parked().await?.len();
    let lists = lists.len();
    say(format_args!(
        "{lists} lists with {rows} rows compared with {until} events; {parked} organizations are parked."
    ));
    if different.is_empty() {
        return Ok(());
    }
    for list in different.iter().take(TOLD) {
        match list {
            List::Members(id) => remark(format_args!("the members of {id} differ")),
            List::Invitations(id) => remark(format_args!("the invitations of {id} differ")),
            List::Organizations(user) => remark(format_args!("the organizations of {user} differ")),
        }
    }
    bail!(
        "{} lists differ from the journal: `roster rebuild members` and `roster rebuild user_organizations` build them anew",
        different.len()
    )
}

async fn positions(views: &PostgresViews) -> anyhow::Result<Position> {
    Ok(views.states().await?.into_iter().map(|(position, _)| position).max().unwrap_or_default())
}

/// The journal, folded in memory.
struct Fold {
    store: Arc<dyn Store>,
    views: MemoryViews,
    organizations: BTreeSet<OrganizationId>,
    users: BTreeSet<UserId>,
}

impl Fold {
    fn new(store: Arc<dyn Store>) -> Self {
        let views = MemoryViews::new(Arc::new(People(store.clone())));
        Self { store, views, organizations: BTreeSet::new(), users: BTreeSet::new() }
    }

    /// On to this position.
    async fn follow(&mut self, until: Position) -> anyhow::Result<()> {
        loop {
            let at = self.views.checkpoint().await?.position;
            if at >= until {
                return Ok(());
            }
            let missing = u32::try_from(until - at).unwrap_or(AT_ONCE).min(AT_ONCE);
            let page: Vec<Entry> = self.store.follow(at, missing).await?.into_iter().map(entry).collect();
            if page.is_empty() {
                bail!("the lists are at position {until}, which the journal does not have: see `roster rebuild`");
            }
            for entry in &page {
                self.organizations.insert(entry.organization());
                if let Entry::Event(recorded) = entry
                    && let OrganizationEvent::MemberJoined { user_id, .. } = &recorded.event
                {
                    self.users.insert(user_id.clone());
                }
            }
            self.views.apply(&page).await?;
        }
    }

    /// How many rows a list has, if it is the same on both sides.
    async fn compare(&mut self, list: &List, tables: &PostgresViews) -> anyhow::Result<Option<usize>> {
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(AGAIN).await;
                self.follow(positions(tables).await?).await?;
            }
            let (folded, served) = (read(&self.views, list).await?, read(tables, list).await?);
            if folded == served {
                return Ok(Some(folded.len()));
            }
        }
        Ok(None)
    }
}

/// All rows of a list as text, and its total; one that is parked says so.
async fn read(views: &dyn Views, list: &List) -> anyhow::Result<Vec<String>> {
    let read = async {
        Ok(match list {
            List::Members(id) => {
                let query = MembersQuery { limit: usize::MAX, ..MembersQuery::default() };
                rows(&views.members(*id, &query).await?)
            }
            List::Invitations(id) => {
                let query = InvitationsQuery { limit: usize::MAX, ..InvitationsQuery::default() };
                rows(&views.invitations(*id, &query).await?)
            }
            List::Organizations(user) => rows(&views.organizations_of(user, usize::MAX, None).await?),
        })
    };
    match read.await {
        Err(ViewsError::Parked(_)) => Ok(vec!["parked".into()]),
        told => told.context("a list could not be read"),
    }
}

fn rows<T: std::fmt::Debug>(page: &projections::Page<T>) -> Vec<String> {
    // A person's name prints as nothing, and is no part of a view.
    let mut rows: Vec<String> = page.items.iter().map(|row| format!("{row:?}")).collect();
    if page.total != rows.len() as u64 {
        rows.push(format!("a total of {}", page.total));
    }
    rows
}
