//! One connection a process. It is made in the background and made again whenever it breaks: nothing but lists waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::{self, context::ContextBuilder};
use async_nats::{Client, Event, Server, rustls};

use super::settings::{NatsSettings, StreamLimits};

/// How long anything asked of NATS may take. A full disk makes JetStream silent: only a limit on our side notices.
pub const WITHIN: Duration = Duration::from_secs(2);

/// The longest pause between two tries to connect.
const AGAIN: Duration = Duration::from_secs(1);

/// NATS as this process knows it. Cheap to clone.
#[derive(Clone)]
pub struct Nats {
    pub(super) client: Client,
    pub(super) jetstream: jetstream::Context,
    pub(super) limits: StreamLimits,
    stopped: Arc<AtomicBool>,
    failing: Arc<AtomicBool>,
    why: Arc<Why>,
}

/// Why NATS can't be used.
#[derive(Debug, thiserror::Error)]
pub enum NatsError {
    /// The settings make no sense.
    #[error("{0}")]
    Settings(String),
    /// NATS did not do what it was asked, or not in time.
    #[error("NATS: {0}")]
    Away(String),
    /// The stream holds something else than the journal, or can't hold what the journal does; it takes a person to decide.
    #[error("the stream ROSTER {0}")]
    Disagrees(String),
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] crate::store::StoreError),
}

impl NatsError {
    pub(super) fn away(why: impl std::fmt::Display) -> Self {
        Self::Away(why.to_string())
    }
}

impl Nats {
    /// Connects in the background. Fails only where the settings can't be meant.
    pub async fn connect(settings: &NatsSettings) -> Result<Self, NatsError> {
        // Two libraries bring one each, and with a choice the client's TLS makes none and panics.
        let _chosen_already = rustls::crypto::ring::default_provider().install_default();
        let (addresses, options) = settings.read().await?;
        let why = Arc::new(Why::default());
        let (told, tried) = (why.clone(), why.clone());
        let options = options
            .name("roster")
            .retry_on_initial_connect()
            .connection_timeout(WITHIN)
            .request_timeout(Some(WITHIN))
            // A server that hangs keeps its connections open: two pings without an answer, and it counts as away.
            .ping_interval(WITHIN)
            .reconnect_delay_callback(|tries| (Duration::from_millis(50) * tries.min(20) as u32).min(AGAIN))
            // Asked before each try, and the only one who is told why the last one failed. Which server is next is not our choice.
            .reconnect_to_server_callback(move |servers, _| {
                tried.tell(&servers);
                std::future::ready(None)
            })
            .event_callback(move |event| {
                told.hear(&event);
                std::future::ready(())
            });
        let client = options.connect(addresses).await.map_err(|error| NatsError::Settings(format!("NATS: {error}")))?;
        let jetstream = ContextBuilder::new().timeout(WITHIN).build(client.clone());
        Ok(Self { client, jetstream, limits: settings.limits, stopped: Arc::default(), failing: Arc::default(), why })
    }

    /// Whether it is there, as far as known.
    pub fn is_there(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// Why it could not be reached the last time that was tried, since it last was there.
    pub fn why_away(&self) -> Option<String> {
        let last = self.why.0.lock().unwrap_or_else(PoisonError::into_inner);
        (!last.is_empty()).then(|| last.clone())
    }

    /// Whether the stream was found to hold something else than the journal, when this process last looked: then nothing is
    /// carried there until a person decides.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Whether this process, whose turn it is to carry, can't, though it is connected: there is no JetStream, or it does not do what is asked.
    pub fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    /// Remembers whether events can be carried.
    pub(super) fn carries(&self, well: bool) {
        self.failing.store(!well, Ordering::Relaxed);
    }

    /// This process looks at the stream no more, and has nothing to say of it.
    pub(super) fn is_not_looked_at(&self) {
        self.stopped.store(false, Ordering::Relaxed);
    }

    /// Remembers what a look at the stream came to.
    pub(super) fn found<T>(&self, looked: Result<T, NatsError>) -> Result<T, NatsError> {
        match &looked {
            Ok(_) => self.stopped.store(false, Ordering::Relaxed),
            Err(NatsError::Disagrees(_)) => self.stopped.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        looked
    }
}

/// Why the last try to connect failed. Told once: the next try follows within a second, and may fail alike.
#[derive(Default)]
struct Why(Mutex<String>);

impl Why {
    fn tell(&self, servers: &[Server]) {
        let failures: Vec<&str> = servers.iter().filter_map(|server| server.last_error.as_deref()).collect();
        let now = failures.join("; ");
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !now.is_empty() && *last != now {
            tracing::warn!(why = now, "NATS can't be reached");
            *last = now;
        }
    }

    fn hear(&self, event: &Event) {
        match event {
            Event::Connected => {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
                tracing::info!("connected to NATS");
            }
            Event::Disconnected => tracing::warn!("NATS is away; lists may lag until it is back"),
            Event::ServerError(error) => tracing::warn!(%error, "NATS refused something"),
            _ => {}
        }
    }
}
