//! Moves the lists along the journal: in memory every server its own, in tables one server for all.

use std::sync::Arc;
use std::time::Duration;

use domain::Position;
use journal::row::Row;
use journal::{Feed, Journal, Nats, Unreadable};
use projections::{Entry, PostgresViews, Progress, ProjectionName, Projector, ViewsError};

/// How long a projector that failed waits before it tries again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// How often one is tried again that only a person can mend. Sooner than the lease is over, so that it stays with who has told
/// of it.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// How often the checkpoints are read while somebody waits for the lists, and while nobody does.
const WAITED_FOR: Duration = Duration::from_millis(5);
const IDLE: Duration = Duration::from_millis(500);

/// How far the lists are, as this process knows it. In memory both are one.
#[derive(Clone)]
pub struct Lists {
    members: Arc<Progress>,
    user_organizations: Arc<Progress>,
}

impl Lists {
    /// Both projections turn together.
    pub fn as_one() -> Self {
        let both = Arc::new(Progress::default());
        Self { members: both.clone(), user_organizations: both }
    }

    /// Each turns by itself.
    pub fn apart() -> Self {
        Self { members: Arc::default(), user_organizations: Arc::default() }
    }

    /// How far this one is.
    pub fn of(&self, name: ProjectionName) -> &Arc<Progress> {
        match name {
            ProjectionName::Members => &self.members,
            ProjectionName::UserOrganizations => &self.user_organizations,
        }
    }

    /// Whether all of them may be shown.
    pub fn ready(&self) -> bool {
        ProjectionName::ALL.iter().all(|name| self.of(*name).ready())
    }

    /// How far all of them are.
    pub fn position(&self) -> Position {
        self.members.position().min(self.user_organizations.position())
    }
}

/// What is followed from a position on: NATS where there is one, else the journal itself.
fn feed(journal: &Journal, nats: Option<&Nats>, after: Position) -> Feed {
    nats.map_or_else(|| journal.feed(after), |nats| journal.feed_from(nats, after))
}

/// Turns views in memory, for ever. A failure is loud, and tried again from where the views are.
pub async fn in_memory(journal: Journal, nats: Option<Nats>, projector: Projector) {
    loop {
        let Err(error) = turn(&journal, nats.as_ref(), &projector).await;
        tracing::error!(%error, "the views could not be moved on");
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

/// Turns one projection in tables whenever it is this server's turn, for ever.
pub async fn in_tables(
    journal: Journal,
    nats: Option<Nats>,
    views: PostgresViews,
    name: ProjectionName,
    progress: Arc<Progress>,
) {
    let lease = journal.lease(format!("project {name}"));
    let projection = name.as_str();
    let (leads, stopped) = ("roster_projection_leader", "roster_projection_stopped");
    metrics::gauge!(leads, "projection" => projection).set(0);
    metrics::gauge!(stopped, "projection" => projection).set(0);
    loop {
        let epoch = lease.taken().await;
        metrics::gauge!(leads, "projection" => projection).set(1);
        let projector = Projector::new(Arc::new(views.projection(name, epoch)), progress.clone());
        let why = tokio::select! {
            why = lease.lost() => Interrupted::Lost(why),
            Err(why) = lead(&journal, nats.as_ref(), &projector) => why,
        };
        metrics::gauge!(leads, "projection" => projection).set(0);
        metrics::gauge!(stopped, "projection" => projection).set(0);
        let pause = match why {
            Interrupted::Disagrees(position) => {
                metrics::gauge!(stopped, "projection" => projection).set(1);
                tracing::error!(
                    projection,
                    position,
                    "the projection is at an event that the journal does not have there (a restore?); \
                     `roster rebuild {projection}` builds it anew"
                );
                LOOK_AGAIN
            }
            Interrupted::Lost(why) => {
                tracing::warn!(projection, why, "the projector was interrupted");
                TRY_AGAIN
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Why a projector does not go on.
enum Interrupted {
    /// Something failed, or another server does it now; it passes.
    Lost(String),
    /// The journal has another event at the checkpoint, or none.
    Disagrees(Position),
}

impl<E: std::error::Error> From<E> for Interrupted {
    fn from(error: E) -> Self {
        Self::Lost(error.to_string())
    }
}

/// Moves on from the checkpoint, if it is one of this journal's.
async fn lead(
    journal: &Journal,
    nats: Option<&Nats>,
    projector: &Projector,
) -> Result<std::convert::Infallible, Interrupted> {
    let checkpoint = projector.resume().await?;
    if checkpoint.position > 0 {
        let there = journal.row_at(checkpoint.position).await?;
        // A row that could not be read may have no id, here or there.
        let same = |row: Row| match (row.event_id(), checkpoint.event_id) {
            (Some(here), Some(kept)) => here == kept,
            _ => true,
        };
        if !there.is_some_and(same) {
            return Err(Interrupted::Disagrees(checkpoint.position));
        }
    }
    metrics::gauge!("roster_projection_stopped", "projection" => projector.name()).set(0);
    Ok(turn(journal, nats, projector).await?)
}

/// Follows from where the projection is until something fails.
async fn turn(
    journal: &Journal,
    nats: Option<&Nats>,
    projector: &Projector,
) -> Result<std::convert::Infallible, ViewsError> {
    let mut feed = feed(journal, nats, projector.resume().await?.position);
    loop {
        let rows = feed.next().await.map_err(ViewsError::unavailable)?;
        projector.turn(&rows.into_iter().map(entry).collect::<Vec<_>>()).await?;
    }
}

/// A row as projections take it.
pub fn entry(row: Result<domain::Recorded, Unreadable>) -> Entry {
    match row {
        Ok(recorded) => Entry::Event(recorded),
        Err(Unreadable { position, organization, why }) => Entry::Poison { position, organization, why },
    }
}

/// Learns how far the tables are, whichever server moves them: often while somebody waits for it, for ever.
pub async fn watch(views: PostgresViews, lists: Lists) {
    loop {
        match views.states().await {
            Ok(states) => {
                for (name, (position, parked)) in ProjectionName::ALL.into_iter().zip(states) {
                    lists.of(name).found_at(position);
                    metrics::gauge!("roster_projection_parked", "projection" => name.as_str()).set(parked as f64);
                }
            }
            Err(error) => tracing::debug!(%error, "the checkpoints could not be read"),
        }
        tokio::time::sleep(WAITED_FOR).await;
        tokio::select! {
            () = lists.members.somebody_waits() => {}
            () = lists.user_organizations.somebody_waits() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
}
