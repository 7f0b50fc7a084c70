//! The one place where the parts meet: identity, journal, projections, HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use chrono::TimeDelta;
use journal::postgres::PostgresStore;
use journal::sqlite::SqliteStore;
use journal::{Feed, Journal, Nats, OpenError, Store};
use metrics_exporter_prometheus::PrometheusHandle;
use projections::{Entry, MemoryViews, Projector, ViewsError};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::task::AbortOnDropHandle;

use crate::directory::People;
use crate::door::Door;
use crate::greeting::greet;
use crate::identity::{Identity, IdentitySettings, Verifier};
use crate::known::Known;
use crate::roster::Roster;
use crate::server::{self, Limits};
use crate::settings::{Serve, Shared, Switch};
use crate::{app, demo, telemetry};

/// How long a projector that failed waits before it tries again, and between tries to reach the database.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// How often addresses of long settled invitations are looked for.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// Runs a server until it is told to stop.
pub async fn run(shared: &Shared, settings: &Serve) -> anyhow::Result<()> {
    let metrics = telemetry::start_metrics()?;
    let address = resolve(&settings.listen).await?;
    let identity_settings = IdentitySettings {
        issuer: settings.issuer.clone(),
        audience: settings.audience.clone(),
        jwks: settings.jwks.clone(),
        dev_identity: settings.dev_identity == Switch::On,
    };
    let identity = Identity::open(&identity_settings, &shared.data, address.ip()).await?;
    let place = shared.database().map_or_else(|| shared.data.display().to_string(), |_| "the database".into());
    let nats = match shared.nats() {
        Some(settings) => Some(Nats::connect(&settings).await?),
        None => None,
    };
    let parts = Parts {
        nats,
        shared: shared.clone(),
        settings: settings.clone(),
        issuer: identity.issuer.clone(),
        verifier: identity.verifier.clone(),
        metrics,
    };

    // Tried once before anybody is let in, so that a mistake in the settings is told to whoever made it.
    let opened = match parts.open().await {
        Err(why) if why.may_pass() => {
            tracing::error!(%why, "the database is away; until it is there, everything is answered with 503");
            None
        }
        told => Some(told?),
    };
    let listener = TcpListener::bind(address).await.with_context(|| format!("can't listen on {address}"))?;
    let address = listener.local_addr()?;
    let (app, mut at_work) = match opened {
        Some(journal) => {
            let (app, background) = parts.start(journal).await?;
            (app, tokio::spawn(hold(background)))
        }
        None => {
            let door = Door::default();
            (door.router(), tokio::spawn(parts.open_later(door)))
        }
    };

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut failed = Ok(());
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            ended = &mut at_work => failed = ended.map_err(Into::into).and_then(|ended| ended),
        }
    };
    tracing::info!(%address, "listening");
    if let Err(error) = greet(&address.to_string(), &place, &shared.data, identity.dev_key.is_some(), settings.demo) {
        // Nobody listens any more, as in `roster | head -n 1`: no reason not to serve.
        tracing::debug!(%error, "the greeting was not read to its end");
    }
    let limits = Limits { connections: settings.max_connections, drain: settings.drain };
    server::serve(listener, app, limits, stop).await;
    at_work.abort();
    tracing::info!("stopped");
    failed
}

/// What a server is made of before its journal is open.
struct Parts {
    nats: Option<Nats>,
    shared: Shared,
    settings: Serve,
    issuer: String,
    verifier: Verifier,
    metrics: PrometheusHandle,
}

impl Parts {
    /// The journal: in the database at `DATABASE_URL`, else in a file.
    async fn open(&self) -> Result<Journal, OpenError> {
        let store: Arc<dyn Store> = match self.shared.database() {
            Some(url) => Arc::new(PostgresStore::open(url, !self.settings.no_migrate).await?),
            None => Arc::new(SqliteStore::open(&self.shared.data).await?),
        };
        Journal::on(store, &self.issuer).await
    }

    /// Everything Roster answers, and what must run beside it.
    async fn start(self, journal: Journal) -> anyhow::Result<(Router, Background)> {
        if self.settings.demo && journal.position() == 0 {
            demo::found(&journal).await.context("can't found the demo organization")?;
        }
        let validity = TimeDelta::from_std(self.settings.invitation_validity)?;
        let keep = TimeDelta::from_std(self.settings.keep_addresses)?;
        let roster = assemble(journal.clone(), self.nats.clone(), self.verifier, validity);
        let feed = self.nats.as_ref().map_or_else(|| journal.feed(0), |nats| journal.feed_from(nats, 0));
        let mut background =
            vec![spawn(project(feed, roster.projector.clone())), spawn(telemetry::keep_up(self.metrics.clone()))];
        if let Some(nats) = self.nats {
            background.push(spawn(journal.relay(&nats).run()));
            background.push(spawn(nats.wake(journal.written())));
        }
        background.push(spawn(tidy(journal, keep)));
        Ok((app::router(roster, self.metrics), background))
    }

    /// Opens the journal as soon as the database is there. Ends only with what will not pass by itself.
    async fn open_later(self, door: Door) -> anyhow::Result<()> {
        let journal = loop {
            tokio::time::sleep(TRY_AGAIN).await;
            match self.open().await {
                Err(why) if why.may_pass() => tracing::warn!(%why, "the database is still away"),
                told => break told?,
            }
        };
        let (app, background) = self.start(journal).await?;
        tracing::info!("the database is there");
        door.open(app);
        hold(background).await
    }
}

/// Tasks that run as long as the server.
type Background = Vec<AbortOnDropHandle<()>>;

async fn hold(background: Background) -> anyhow::Result<()> {
    let _running = background;
    std::future::pending().await
}

/// The address to listen on; a name is looked up.
async fn resolve(listen: &str) -> anyhow::Result<SocketAddr> {
    let found = tokio::net::lookup_host(listen).await;
    let mut addresses = found.with_context(|| format!("{listen} is no address and port to listen on"))?;
    addresses.next().with_context(|| format!("{listen} has no address"))
}

/// The parts, on a journal that is open. The projector is not turning yet: see [`project`].
pub fn assemble(journal: Journal, nats: Option<Nats>, verifier: Verifier, invitation_validity: TimeDelta) -> Roster {
    let views = Arc::new(MemoryViews::new(Arc::new(People(journal.clone()))));
    let projector = Arc::new(Projector::new(views.clone()));
    projector.replay_until(journal.position());
    let known = Known::start(journal.clone());
    Roster { journal, nats, views, projector, verifier, known, invitation_validity }
}

fn spawn(task: impl Future<Output = ()> + Send + 'static) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(task))
}

/// Turns the views along the feed, for ever. A failure is loud, and tried again from where the views are.
pub async fn project(mut feed: Feed, projector: Arc<Projector>) {
    if let Err(error) = projector.resume().await {
        tracing::error!(%error, "the views do not say where they are");
    }
    feed.resume(projector.position());
    loop {
        let turned = match feed.next().await {
            Ok(rows) => projector.turn(&rows.into_iter().map(entry).collect::<Vec<_>>()).await,
            Err(error) => Err(ViewsError::unavailable(error)),
        };
        if let Err(error) = turned {
            tracing::error!(%error, "the views could not be moved on");
            tokio::time::sleep(TRY_AGAIN).await;
            feed.resume(projector.position());
        }
    }
}

fn entry(row: Result<domain::Recorded, journal::Unreadable>) -> Entry {
    match row {
        Ok(recorded) => Entry::Event(recorded),
        Err(journal::Unreadable { position, organization, why }) => Entry::Poison { position, organization, why },
    }
}

/// Forgets the addresses of invitations settled long ago.
async fn tidy(journal: Journal, keep: TimeDelta) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        match journal.people().forget_settled(keep).await {
            Ok(0) => {}
            Ok(addresses) => tracing::info!(addresses, "forgot the addresses of invitations settled long ago"),
            Err(error) => tracing::error!(%error, "addresses could not be forgotten"),
        }
    }
}
