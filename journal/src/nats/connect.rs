//! One connection a process. It is made in the background and made again whenever it breaks: nothing but lists waits for it.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::{self, context::ContextBuilder};
use async_nats::{Client, ConnectOptions, Event, ServerAddr};
use percent_encoding::percent_decode_str;

/// How long anything asked of NATS may take. A full disk makes JetStream silent: only a limit on our side notices.
pub const WITHIN: Duration = Duration::from_secs(2);

/// The longest pause between two tries to connect.
const AGAIN: Duration = Duration::from_secs(1);

/// Where NATS is, and how the stream is to be made there.
#[derive(Clone, Debug)]
pub struct NatsSettings {
    /// One URL, or several of one cluster separated by commas: `nats://` or `tls://`, with or without `user:password@`.
    pub url: String,
    /// A credentials file, as `nsc` writes it.
    pub credentials: Option<PathBuf>,
    /// Certificates (PEM) to trust beside the platform's.
    pub certificates: Option<PathBuf>,
    /// How many servers keep the stream, when Roster makes it: 1 to 5.
    pub replicas: usize,
}

/// NATS as this process knows it. Cheap to clone.
#[derive(Clone)]
pub struct Nats {
    pub(super) client: Client,
    pub(super) jetstream: jetstream::Context,
    pub(super) replicas: usize,
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
    /// The stream holds something else than the journal; nobody but a person can say which is right.
    #[error(
        "the stream ROSTER does not agree with the journal: {0}; if the journal is right, `roster republish` makes the stream anew from it"
    )]
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
        let unusable =
            |what: &str| NatsError::Settings(format!("{what} (NATS_URL is nats://host:port or tls://host:port)"));
        let addresses: Vec<ServerAddr> = settings
            .url
            .split(',')
            .map(|url| url.trim().parse().map_err(|_| unusable("the URL of NATS can't be read")))
            .collect::<Result<_, _>>()?;
        let mut options = ConnectOptions::new()
            .name("roster")
            .retry_on_initial_connect()
            .connection_timeout(WITHIN)
            .request_timeout(Some(WITHIN))
            // A server that hangs keeps its connections open: two pings without an answer, and it counts as away.
            .ping_interval(WITHIN)
            .reconnect_delay_callback(|tries| (Duration::from_millis(50) * tries.min(20) as u32).min(AGAIN))
            .event_callback(|event| async move { tell(&event) });
        // Those of the first URL: servers of one cluster ask for the same.
        let known = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        options = match addresses.first().map(|first| (first.username(), first.password())) {
            Some((Some(user), Some(password))) => options.user_and_password(known(user), known(password)),
            Some((Some(token), None)) => options.token(known(token)),
            _ => options,
        };
        if let Some(file) = &settings.credentials {
            options = options.credentials_file(file).await.map_err(|error| {
                NatsError::Settings(format!("the credentials file {} can't be used: {error}", file.display()))
            })?;
        }
        if let Some(file) = &settings.certificates {
            options = options.add_root_certificates(file.clone());
        }
        let client = options.connect(addresses).await.map_err(|error| NatsError::Settings(format!("NATS: {error}")))?;
        let jetstream = ContextBuilder::new().timeout(WITHIN).build(client.clone());
        Ok(Self { client, jetstream, replicas: settings.replicas })
    }

    /// Whether it is there, as far as known.
    pub fn is_there(&self) -> bool {
        self.client.connection_state() == State::Connected
    }
}

fn tell(event: &Event) {
    match event {
        Event::Connected => tracing::info!("connected to NATS"),
        Event::Disconnected => tracing::warn!("NATS is away; lists may lag until it is back"),
        Event::ServerError(error) => tracing::warn!(%error, "NATS refused something"),
        Event::ClientError(error) => tracing::debug!(%error, "NATS could not be reached"),
        _ => {}
    }
}
