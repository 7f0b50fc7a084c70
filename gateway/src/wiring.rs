//! The one place where the parts meet: identity, journal, projections, HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::TimeDelta;
use journal::{Journal, LocalFeed};
use projections::{Entry, MemoryViews, Projector, ViewsError};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::task::AbortOnDropHandle;

use crate::directory::People;
use crate::greeting::greet;
use crate::identity::{Identity, IdentitySettings, Verifier};
use crate::known::Known;
use crate::roster::Roster;
use crate::server::{self, Limits};
use crate::settings::{Serve, Shared, Switch};
use crate::{app, demo, telemetry};

/// How long a projector that failed waits before it tries again.
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
    let journal = Journal::open(&shared.data, &identity.issuer).await?;
    let listener = TcpListener::bind(address).await.with_context(|| format!("can't listen on {address}"))?;
    let address = listener.local_addr()?;
    if settings.demo && journal.position() == 0 {
        demo::found(&journal).await.context("can't found the demo organization")?;
    }

    let validity = TimeDelta::from_std(settings.invitation_validity)?;
    let roster = assemble(journal.clone(), identity.verifier.clone(), validity);
    let _background = [
        spawn(project(journal.feed(0), roster.projector.clone())),
        spawn(telemetry::keep_up(metrics.clone())),
        spawn(tidy(journal, TimeDelta::from_std(settings.keep_addresses)?)),
    ];

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    };
    tracing::info!(%address, "listening");
    if let Err(error) = greet(&address.to_string(), &shared.data, identity.dev_key.is_some(), settings.demo) {
        // Nobody listens any more, as in `roster | head -n 1`: no reason not to serve.
        tracing::debug!(%error, "the greeting was not read to its end");
    }
    let limits = Limits { connections: settings.max_connections, drain: settings.drain };
    server::serve(listener, app::router(roster, metrics), limits, stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// The address to listen on; a name is looked up.
async fn resolve(listen: &str) -> anyhow::Result<SocketAddr> {
    let found = tokio::net::lookup_host(listen).await;
    let mut addresses = found.with_context(|| format!("{listen} is no address and port to listen on"))?;
    addresses.next().with_context(|| format!("{listen} has no address"))
}

/// The parts, on a journal that is open. The projector is not turning yet: see [`project`].
pub fn assemble(journal: Journal, verifier: Verifier, invitation_validity: TimeDelta) -> Roster {
    let views = Arc::new(MemoryViews::new(Arc::new(People(journal.clone()))));
    let projector = Arc::new(Projector::new(views.clone()));
    projector.replay_until(journal.position());
    let known = Known::start(journal.clone());
    Roster { journal, views, projector, verifier, known, invitation_validity }
}

fn spawn(task: impl Future<Output = ()> + Send + 'static) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(task))
}

/// Turns the views along the feed, for ever. A failure is loud, and tried again from where the views are.
pub async fn project(mut feed: LocalFeed, projector: Arc<Projector>) {
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
