//! Where NATS is, who we are there, and how the stream is to be made.

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_nats::{ConnectOptions, ServerAddr};
use percent_encoding::percent_decode_str;

use super::connect::NatsError;

/// How NATS is reached.
#[derive(Clone, Debug)]
pub struct NatsSettings {
    /// One URL, or several of one cluster separated by commas: `nats://` or `tls://`, with or without `user:password@`.
    pub url: String,
    /// A credentials file, as `nsc` writes it.
    pub credentials: Option<PathBuf>,
    /// Certificates (PEM) to trust in place of the platform's.
    pub certificates: Option<PathBuf>,
    /// How the stream is made where there is none.
    pub limits: StreamLimits,
}

/// What the stream is made with. One that is there already is left as it is.
#[derive(Clone, Copy, Debug)]
pub struct StreamLimits {
    /// How many servers keep it: 1 to 5.
    pub replicas: usize,
    /// How many bytes it holds at most; the oldest events go first.
    pub max_bytes: Option<i64>,
    /// How long it keeps an event.
    pub max_age: Option<Duration>,
}

impl Default for StreamLimits {
    fn default() -> Self {
        Self { replicas: 1, max_bytes: None, max_age: None }
    }
}

impl NatsSettings {
    /// NATS at this URL, with nothing else to say.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), credentials: None, certificates: None, limits: StreamLimits::default() }
    }

    /// What is wrong with the URL, as far as it can be told without connecting.
    ///
    /// # Errors
    /// It can't be meant.
    pub fn check(&self) -> Result<(), NatsError> {
        self.addresses().map(drop)
    }

    /// The servers, and how to identify ourselves to them. Name and password are taken out of the addresses, which the client
    /// writes to the log when it can't reach one.
    fn addresses(&self) -> Result<(Vec<ServerAddr>, ConnectOptions), NatsError> {
        let unusable =
            || NatsError::Settings("NATS_URL can't be read: it is nats://host:port or tls://host:port".into());
        let mut options = ConnectOptions::new();
        let mut addresses = Vec::new();
        for (n, url) in self.url.split(',').enumerate() {
            let address: ServerAddr = url.trim().parse().map_err(|_| unusable())?;
            // Those of the first URL: servers of one cluster ask for the same.
            if n == 0 {
                options = identified(options, &address);
            }
            let mut bare = address.into_inner();
            bare.set_username("").and_then(|()| bare.set_password(None)).map_err(|()| unusable())?;
            addresses.push(ServerAddr::from_url(bare).map_err(|_| unusable())?);
        }
        Ok((addresses, options))
    }

    /// The same, with what is said in files.
    pub(super) async fn read(&self) -> Result<(Vec<ServerAddr>, ConnectOptions), NatsError> {
        let (addresses, mut options) = self.addresses()?;
        if let Some(file) = &self.credentials {
            options = options.credentials_file(file).await.map_err(|error| {
                NatsError::Settings(format!("the credentials file {} can't be used: {error}", file.display()))
            })?;
        }
        if let Some(file) = &self.certificates {
            holds_certificates(file).await?;
            options = options.add_root_certificates(file.clone());
        }
        Ok((addresses, options))
    }
}

fn identified(options: ConnectOptions, address: &ServerAddr) -> ConnectOptions {
    let known = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    match (address.username(), address.password()) {
        (Some(user), Some(password)) => options.user_and_password(known(user), known(password)),
        (Some(token), None) => options.token(known(token)),
        _ => options,
    }
}

/// The client reads the file at each connection and would go on trying for ever.
async fn holds_certificates(file: &Path) -> Result<(), NatsError> {
    let told = |why: String| NatsError::Settings(format!("the certificates file {} {why}", file.display()));
    let text = tokio::fs::read_to_string(file).await.map_err(|error| told(format!("can't be read: {error}")))?;
    match text.contains("BEGIN CERTIFICATE") {
        true => Ok(()),
        false => Err(told("holds no certificate".into())),
    }
}
