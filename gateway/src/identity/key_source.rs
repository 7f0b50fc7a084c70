//! Where an issuer's keys are read from: a file, or a URL. Each reading is bounded in size and time and follows nobody
//! elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Client, StatusCode, Url, redirect};
use tokio::io::AsyncReadExt;

/// The largest JWKS, in bytes.
pub(crate) const LARGEST: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(5);

/// A `ROSTER_JWKS` that cannot be used as it stands; the start is refused.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// Not `https`, and not `http` on this machine.
    #[error("ROSTER_JWKS must be the path of a file, an https URL, or an http URL on loopback")]
    Url,
    /// No TLS: most often, the machine has no certificate authorities.
    #[error("ROSTER_JWKS is a URL, but no HTTPS client can be made here: are certificate authorities installed?")]
    Client(#[source] reqwest::Error),
    /// The file cannot be read, or is no JWKS.
    #[error("the keys in {path}, which ROSTER_JWKS names, cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// What is the matter with it.
        #[source]
        source: ReadError,
    },
}

/// Why one reading failed; the keys known before stay in use.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is missing or closed to us.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// The endpoint does not answer.
    #[error(transparent)]
    Endpoint(reqwest::Error),
    /// The endpoint answers something else.
    #[error("the endpoint answered {0}")]
    Status(StatusCode),
    /// More than 64 KiB.
    #[error("the keys are more than 64 KiB")]
    TooLarge,
    /// Not JSON, or without `keys`.
    #[error("this is not a JWKS")]
    NotJwks,
    /// A file without one key of use; only asked at the start.
    #[error("it has no key that can be used: RSA of 2048 bits or more, P-256 and Ed25519 can")]
    NoKey,
}

/// A file or an endpoint.
#[derive(Debug)]
pub(crate) enum KeySource {
    File(PathBuf),
    Endpoint { url: Url, client: Client },
}

/// What is wrong with a `ROSTER_JWKS`, as far as it can be told without reading the keys.
///
/// # Errors
/// It can't be meant.
pub fn check(setting: &str) -> Result<(), JwksError> {
    KeySource::parse(setting.trim()).map(drop)
}

impl KeySource {
    /// What a `ROSTER_JWKS` means: something with `://` is a URL, the rest are paths.
    pub(crate) fn parse(setting: &str) -> Result<Self, JwksError> {
        if !setting.contains("://") {
            return Ok(Self::File(setting.into()));
        }
        let url = Url::parse(setting).map_err(|_| JwksError::Url)?;
        let secure = url.scheme() == "https";
        if url.cannot_be_a_base() || !(secure || (url.scheme() == "http" && is_loopback(&url))) {
            return Err(JwksError::Url);
        }
        let client = Client::builder()
            .https_only(secure)
            .redirect(redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(JwksError::Client)?;
        Ok(Self::Endpoint { url, client })
    }

    /// Reads the document once.
    pub(crate) async fn read(&self) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::File(path) => {
                let mut content = Vec::new();
                let file = tokio::fs::File::open(path).await?;
                file.take(LARGEST as u64 + 1).read_to_end(&mut content).await?;
                within_bounds(content)
            }
            Self::Endpoint { url, client } => {
                let endpoint = |error: reqwest::Error| ReadError::Endpoint(error.without_url());
                let mut response = client.get(url.clone()).send().await.map_err(endpoint)?;
                if response.status() != StatusCode::OK {
                    return Err(ReadError::Status(response.status()));
                }
                let mut content = Vec::new();
                while let Some(chunk) = response.chunk().await.map_err(endpoint)? {
                    content.extend_from_slice(&chunk);
                    content = within_bounds(content)?;
                }
                Ok(content)
            }
        }
    }
}

fn within_bounds(content: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    if content.len() > LARGEST { Err(ReadError::TooLarge) } else { Ok(content) }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
