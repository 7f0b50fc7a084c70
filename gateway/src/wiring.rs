//! The one place where the parts meet: identity, journal, projections, HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use chrono::TimeDelta;
use journal::postgres::PostgresStore;
use journal::sqlite::SqliteStore;
use journal::{Journal, Nats, OpenError};
use metrics_exporter_prometheus::PrometheusHandle;
use projections::{MemoryViews, PostgresViews, ProjectionName, Projector, Views};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::directory::People;
use crate::door::Door;
use crate::erasing::scrubbing::Scrubber;
use crate::greeting::greet;
use crate::identity::{Identity, IdentitySettings, SignIn, Verifier};
use crate::known::Known;
use crate::limits;
use crate::live::Live;
use crate::projecting::{self, Lists};
use crate::roster::{Roster, RosterParts};
use crate::server::{self, Limits};
use crate::settings::{Serve, Shared};
use crate::webhooks::{Deliverer, Post};
use crate::{app, configuration, demo, telemetry};

/// How long between tries to reach the database.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// How often addresses of long settled invitations are looked for.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// Runs a server until it is told to stop.
pub async fn run(shared: &Shared, settings: &Serve) -> anyhow::Result<()> {
    configuration::at_start(shared, settings)?;
    let metrics = telemetry::start_metrics()?;
    let address = resolve(&settings.listen).await?;
    let identity = Identity::open(&IdentitySettings::from(settings), &shared.data, address.ip()).await?;
    let place = shared.database().map_or_else(|| shared.data.display().to_string(), |_| "the database".into());
    let nats = match shared.nats() {
        Some(settings) => Some(Nats::connect(&settings).await?),
        None => None,
    };
    let stopping = CancellationToken::new();
    let parts = Parts {
        nats,
        shared: shared.clone(),
        settings: settings.clone(),
        closing: stopping.child_token(),
        stopping: stopping.clone(),
        issuer: identity.issuer.clone(),
        verifier: identity.verifier.clone(),
        sign_in: identity.sign_in(settings.sign_in_url.clone()),
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
    let closing = parts.closing.clone();
    let (app, mut at_work) = match opened {
        Some(opened) => {
            let (app, background) = parts.start(opened).await?;
            (app, tokio::spawn(background.hold(stopping.clone())))
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
        // Open pages let go, or the server would wait for them.
        closing.cancel();
    };
    tracing::info!(%address, "listening");
    if let Err(error) = greet(&address.to_string(), &place, &shared.data, identity.dev_key.is_some(), settings.demo) {
        // Nobody listens any more, as in `roster | head -n 1`: no reason not to serve.
        tracing::debug!(%error, "the greeting was not read to its end");
    }
    let (connections, client) = (settings.max_connections as usize, settings.client_timeout);
    let limits = Limits { connections, client, drain: settings.drain };
    server::serve(listener, app, limits, stop).await;
    stopping.cancel();
    if failed.is_ok() && tokio::time::timeout(TRY_AGAIN, &mut at_work).await.is_err() {
        at_work.abort();
    }
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
    sign_in: SignIn,
    metrics: PrometheusHandle,
    stopping: CancellationToken,
    /// When open pages must let go: before that.
    closing: CancellationToken,
}

/// What is open: the journal, and where lists are kept if not in memory.
struct Opened {
    journal: Journal,
    tables: Option<PostgresViews>,
}

impl Parts {
    /// Journal and lists: in the database at `DATABASE_URL`, else in a file and in memory.
    async fn open(&self) -> Result<Opened, OpenError> {
        let Some(url) = self.shared.database() else {
            let store = Arc::new(SqliteStore::open(&self.shared.data).await?);
            return Ok(Opened { journal: Journal::on(store, &self.issuer).await?, tables: None });
        };
        let store = Arc::new(PostgresStore::open(url, !self.settings.no_migrate).await?);
        let tables = Some(PostgresViews::new(store.browsing(), store.following()));
        Ok(Opened { journal: Journal::on(store, &self.issuer).await?, tables })
    }

    /// Everything Roster answers, and what must run beside it.
    async fn start(self, opened: Opened) -> anyhow::Result<(Router, Background)> {
        let Opened { journal, tables } = opened;
        if self.settings.demo && journal.position() == 0 {
            demo::found(&journal).await.context("can't found the demo organization")?;
        }
        let validity = TimeDelta::from_std(self.settings.invitation_validity)?;
        let keep = TimeDelta::from_std(self.settings.keep_addresses)?;
        let keep_keys = TimeDelta::from_std(self.settings.keep_keys)?;
        let mut tasks = vec![spawn(telemetry::keep_up(self.metrics.clone()))];
        let (views, lists) = lists(&journal, self.nats.as_ref(), tables, &mut tasks).await;
        if let Some(nats) = &self.nats {
            tasks.push(spawn(journal.relay(nats).run()));
            tasks.push(spawn(nats.clone().wake(journal.written())));
        }
        let post = Post::new(self.settings.webhooks_allowed(), self.settings.webhooks_timeout);
        let deliverer = Deliverer::new(journal.clone(), post.clone(), self.settings.webhooks_schedule());
        tasks.push(spawn(deliverer.run()));
        tasks.push(spawn(tidy(journal.clone(), keep, keep_keys)));
        let limits = limits::Limits::new(self.settings.commands_per_second, self.settings.commands_burst);
        tasks.push(spawn(limits.clone().tidy()));
        let roster = Roster::from(RosterParts {
            journal: journal.clone(),
            nats: self.nats,
            views,
            lists,
            verifier: self.verifier,
            known: Known::start(journal.clone()),
            scrubber: Scrubber::start(journal.clone()),
            invitation_validity: validity,
            limits,
            answer_within: self.settings.request_timeout,
            head: Arc::default(),
            live: Live::new(journal.clone(), self.closing, self.settings.max_connections as usize / 2),
            sign_in: Arc::new(self.sign_in),
            public_url: Arc::new(self.settings.public_url.clone().unwrap_or_default()),
            trusted_origins: Arc::new(self.settings.trusted_origins.clone().unwrap_or_default()),
            original: Arc::new(self.settings.original()),
            post,
        });
        Ok((app::router(roster, self.metrics), Background { tasks, journal }))
    }

    /// Opens the journal as soon as the database is there. Ends only with what will not pass by itself.
    async fn open_later(self, door: Door) -> anyhow::Result<()> {
        let opened = loop {
            tokio::time::sleep(TRY_AGAIN).await;
            match self.open().await {
                Err(why) if why.may_pass() => tracing::warn!(%why, "the database is still away"),
                told => break told?,
            }
        };
        let stopping = self.stopping.clone();
        let (app, background) = self.start(opened).await?;
        tracing::info!("the database is there");
        door.open(app);
        background.hold(stopping).await
    }
}

/// What runs as long as the server.
struct Background {
    tasks: Vec<AbortOnDropHandle<()>>,
    journal: Journal,
}

impl Background {
    /// Lets it run until the server stops. Then others need not wait to go on with what only one may do.
    async fn hold(self, stopping: CancellationToken) -> anyhow::Result<()> {
        stopping.cancelled().await;
        drop(self.tasks);
        if let Err(error) = self.journal.give_up_leases().await {
            tracing::debug!(%error, "others will go on when our leases are over");
        }
        Ok(())
    }
}

/// The address to listen on; a name is looked up.
pub async fn resolve(listen: &str) -> anyhow::Result<SocketAddr> {
    let found = tokio::net::lookup_host(listen).await;
    let mut addresses = found.with_context(|| format!("{listen} is no address and port to listen on"))?;
    addresses.next().with_context(|| format!("{listen} has no address"))
}

/// Lists in tables that are no further behind are shown from the start: they lag, as they may at any time. Of those that are, a
/// new projection's above all, nobody should be shown a half.
const BEHIND: u64 = 10_000;

/// The lists, in tables or in memory, and the tasks that move them along.
pub async fn lists(
    journal: &Journal,
    nats: Option<&Nats>,
    tables: Option<PostgresViews>,
    tasks: &mut Vec<AbortOnDropHandle<()>>,
) -> (Arc<dyn Views>, Lists) {
    let lists = match &tables {
        Some(_) => Lists::apart(),
        None => Lists::as_one(),
    };
    let written = journal.position();
    let Some(tables) = tables else {
        lists.of(ProjectionName::Members).replay_until(written);
        let views = Arc::new(MemoryViews::new(Arc::new(People(journal.store().clone()))));
        let projector = Projector::new(views.clone(), lists.of(ProjectionName::Members).clone());
        tasks.push(spawn(projecting::in_memory(journal.clone(), nats.cloned(), projector)));
        return (views, lists);
    };
    let states = tables.states().await.unwrap_or_default();
    for (name, (position, _)) in ProjectionName::ALL.into_iter().zip(states) {
        lists.of(name).found_at(position);
        lists.of(name).replay_until(if position + BEHIND < written { written } else { position.min(written) });
        let (journal, nats, progress) = (journal.clone(), nats.cloned(), lists.of(name).clone());
        tasks.push(spawn(projecting::in_tables(journal, nats, tables.clone(), name, progress)));
    }
    tasks.push(spawn(projecting::watch(tables.clone(), lists.clone())));
    (Arc::new(tables), lists)
}

fn spawn(task: impl Future<Output = ()> + Send + 'static) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(task))
}

/// Forgets the addresses of invitations settled long ago, the keys of commands, and webhooks without an organization.
async fn tidy(journal: Journal, keep: TimeDelta, keep_keys: TimeDelta) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        match journal.people().forget_settled(keep).await {
            Ok(0) => {}
            Ok(addresses) => tracing::info!(addresses, "forgot the addresses of invitations settled long ago"),
            Err(error) => tracing::error!(%error, "addresses could not be forgotten"),
        }
        match journal.forget_keys(keep_keys).await {
            Ok(0) => {}
            Ok(keys) => tracing::info!(keys, "forgot the keys of commands"),
            Err(error) => tracing::error!(%error, "keys could not be forgotten"),
        }
        match journal.webhooks().remove_orphans().await {
            Ok(0) => {}
            Ok(webhooks) => tracing::info!(webhooks, "webhooks of deleted organizations are removed"),
            Err(error) => tracing::error!(%error, "webhooks of deleted organizations could not be removed"),
        }
    }
}
