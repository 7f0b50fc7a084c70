//! Every setting, as flags and environment variables. The defaults are the embedded mode.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderName;
use clap::{Args, ValueEnum};
use journal::{NatsSettings, StreamLimits};

use crate::links::PublicUrl;
use crate::original::{Original, Pattern};
use crate::origins::TrustedOrigins;
use crate::webhooks::Schedule;
use crate::webhooks::address::Allowed;

/// Settings that every subcommand takes.
#[derive(Args, Clone, Debug)]
pub struct Shared {
    /// Folder for the journal's file and the development key
    #[arg(long, env = "ROSTER_DATA", default_value = "./roster-data", global = true, value_name = "FOLDER")]
    pub data: PathBuf,

    /// Keep the journal in this Postgres, for as many servers as one likes; without it, in a file in the data folder
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true, value_name = "postgres://…")]
    pub database_url: Option<String>,

    /// Carry events to this NATS (JetStream), for the lists of all servers and for subscribers; several URLs of one cluster
    /// are separated by commas
    #[arg(long, env = "NATS_URL", hide_env_values = true, global = true, value_name = "nats://…")]
    pub nats_url: Option<String>,

    /// Credentials file for NATS
    #[arg(long, env = "ROSTER_NATS_CREDS", global = true, value_name = "FILE")]
    pub nats_creds: Option<PathBuf>,

    /// Certificates (PEM) to trust at NATS, in place of the platform's
    #[arg(long, env = "ROSTER_NATS_CA", global = true, value_name = "FILE")]
    pub nats_ca: Option<PathBuf>,

    /// How many servers of the NATS cluster keep the stream, when Roster makes it: 1 to 5
    #[arg(long, env = "ROSTER_NATS_REPLICAS", default_value_t = 1, global = true, value_name = "NUMBER",
        value_parser = clap::value_parser!(u8).range(1..=5))]
    pub nats_replicas: u8,

    /// How many bytes the stream holds at most, when Roster makes it; the oldest events go. Without it there is no limit
    #[arg(long, env = "ROSTER_NATS_MAX_BYTES", global = true, value_name = "BYTES",
        value_parser = clap::value_parser!(i64).range(1..))]
    pub nats_max_bytes: Option<i64>,

    /// How long the stream keeps an event, when Roster makes it. Without it there is no limit
    #[arg(long, env = "ROSTER_NATS_MAX_AGE", global = true, value_parser = crate::identity::parse_duration, value_name = "DURATION")]
    pub nats_max_age: Option<Duration>,
}

/// Settings of the server.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "ROSTER_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: String,

    /// Found a demo organization with a dozen people when the journal is empty
    #[arg(long)]
    pub demo: bool,

    /// Issuer (`iss`) of the tokens to trust; without it Roster has a development identity of its own
    #[arg(long, env = "ROSTER_ISSUER", value_name = "ISSUER")]
    pub issuer: Option<String>,

    /// Audience (`aud`) the tokens must be meant for
    #[arg(long, env = "ROSTER_AUDIENCE", value_name = "AUDIENCE")]
    pub audience: Option<String>,

    /// The issuer's keys: an https URL or a file
    #[arg(long, env = "ROSTER_JWKS", value_name = "URL|FILE")]
    pub jwks: Option<String>,

    /// Where the pages send people to sign in; `{return_to}` in it becomes the page to come back to
    #[arg(long, env = "ROSTER_SIGN_IN_URL", value_name = "URL")]
    pub sign_in_url: Option<String>,

    /// Other origins whose pages may call `/api/auth` with a person's cookie, separated by commas
    #[arg(long, env = "ROSTER_TRUSTED_ORIGINS", value_name = "https://…")]
    pub trusted_origins: Option<TrustedOrigins>,

    /// The header in which a proxy that asks `/v1/authorize` says what address it holds; no other is believed
    #[arg(long, env = "ROSTER_AUTHORIZE_HEADER", default_value = "X-Original-URI", value_name = "HEADER")]
    pub authorize_header: HeaderName,

    /// Where the organization stands in that address: literal segments and one {slug}, by slug or id; /… at the end for anything below
    #[arg(long, env = "ROSTER_AUTHORIZE_PATTERN", default_value = "/app/{slug}/…", value_name = "PATTERN")]
    pub authorize_pattern: Pattern,

    /// Where people reach the pages, for links in answers and mails; without it links are paths
    #[arg(long, env = "ROSTER_PUBLIC_URL", value_name = "https://…")]
    pub public_url: Option<PublicUrl>,

    /// Allow the development identity when not listening on loopback
    #[arg(long, env = "ROSTER_DEV_IDENTITY", value_enum, default_value_t = Switch::Off, value_name = "on|off")]
    pub dev_identity: Switch,

    /// How long an invitation can be accepted
    #[arg(long, env = "ROSTER_INVITATION_VALIDITY", default_value = "7d", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub invitation_validity: Duration,

    /// How long the address of a settled invitation is kept
    #[arg(long, env = "ROSTER_KEEP_ADDRESSES", default_value = "90d", value_parser = crate::identity::parse_duration, value_name = "DURATION")]
    pub keep_addresses: Duration,

    /// How long the `Idempotency-Key` of a command is remembered
    #[arg(long, env = "ROSTER_KEEP_KEYS", default_value = "24h", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub keep_keys: Duration,

    /// Commands a caller may send each second; a backend that acts for others is one caller. 0 means without a limit
    #[arg(long, env = "ROSTER_COMMANDS_PER_SECOND", default_value_t = 500, value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    pub commands_per_second: u32,

    /// Commands a caller may send at once, after a while without any
    #[arg(long, env = "ROSTER_COMMANDS_BURST", default_value = "2000", value_name = "NUMBER")]
    pub commands_burst: NonZeroU32,

    /// How long an answer may take
    #[arg(long, env = "ROSTER_REQUEST_TIMEOUT", default_value = "30s", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub request_timeout: Duration,

    /// How long a client may take for the headers of a request, be silent between requests, and not read its answer
    #[arg(long, env = "ROSTER_CLIENT_TIMEOUT", default_value = "30s", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub client_timeout: Duration,

    /// Let webhooks be sent to private addresses too, and by http: for development, and for receivers in one's own network
    #[arg(long, env = "ROSTER_WEBHOOKS_ALLOW_PRIVATE", value_enum, default_value_t = Switch::Off, value_name = "on|off")]
    pub webhooks_allow_private: Switch,

    /// How long the receiver of a webhook may take to answer
    #[arg(long, env = "ROSTER_WEBHOOKS_TIMEOUT", default_value = "15s", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub webhooks_timeout: Duration,

    /// The pause before a delivery is tried again for the first time; each further one is four times as long, six hours at most
    #[arg(long, env = "ROSTER_WEBHOOKS_RETRY_FIRST", default_value = "5s", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub webhooks_retry_first: Duration,

    /// For how long a delivery may fail before its webhook is disabled
    #[arg(long, env = "ROSTER_WEBHOOKS_GIVE_UP_AFTER", default_value = "3d", value_parser = crate::identity::parse_time, value_name = "DURATION")]
    pub webhooks_give_up_after: Duration,

    /// How long open requests may take when the server is told to stop
    #[arg(long, env = "ROSTER_DRAIN", default_value = "10s", value_parser = crate::identity::parse_duration, value_name = "DURATION")]
    pub drain: Duration,

    /// Connections open at once: 1 to 1,000,000
    #[arg(long, env = "ROSTER_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "NUMBER",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,

    /// What to log: a level, or levels by module (`info,journal=debug`)
    #[arg(long, env = "ROSTER_LOG", default_value = crate::telemetry::filter::EVERYTHING_OF_NOTE, value_name = "FILTER")]
    pub log: String,

    /// Logs as text, as JSON, or text on a terminal and JSON elsewhere
    #[arg(long, env = "ROSTER_LOG_FORMAT", value_enum, default_value_t = LogFormat::Auto, value_name = "auto|text|json")]
    pub log_format: LogFormat,

    /// Leave the database's schema as it is; `roster migrate` brings it up to date apart
    #[arg(long)]
    pub no_migrate: bool,
}

impl Serve {
    /// Where webhooks may be sent.
    pub fn webhooks_allowed(&self) -> Allowed {
        match self.webhooks_allow_private {
            Switch::On => Allowed::Private,
            Switch::Off => Allowed::Public,
        }
    }

    /// When a webhook that failed is tried again.
    pub fn webhooks_schedule(&self) -> Schedule {
        Schedule { first: self.webhooks_retry_first, give_up_after: self.webhooks_give_up_after }
    }

    /// Where the check at the proxy reads the address it is asked about.
    pub fn original(&self) -> Original {
        Original { header: self.authorize_header.clone(), pattern: self.authorize_pattern.clone() }
    }
}

/// A setting that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Yes.
    On,
    /// No.
    Off,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Text,
    /// One object a line.
    Json,
}

impl Shared {
    /// The database's URL, if the journal is to be in one. Set but empty is as good as unset.
    pub fn database(&self) -> Option<&str> {
        self.database_url.as_deref().filter(|url| !url.is_empty())
    }

    /// Where NATS is, if events are to be carried there. Set but empty is as good as unset.
    pub fn nats(&self) -> Option<NatsSettings> {
        let url = self.nats_url.clone().filter(|url| !url.is_empty())?;
        Some(NatsSettings {
            url,
            credentials: self.nats_creds.clone(),
            certificates: self.nats_ca.clone(),
            limits: StreamLimits {
                replicas: self.nats_replicas.into(),
                max_bytes: self.nats_max_bytes,
                max_age: self.nats_max_age.filter(|age| !age.is_zero()),
            },
        })
    }
}
