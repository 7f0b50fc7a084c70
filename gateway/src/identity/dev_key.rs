//! The development identity's key: `dev-key.pem` in the data folder, made by whoever comes first and shared by all who
//! use the folder.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::keys::VerifyingKey;

/// `iss` of development tokens.
pub const DEVELOPMENT_ISSUER: &str = "urn:roster:development";
/// `aud` of development tokens.
pub const DEVELOPMENT_AUDIENCE: &str = "roster";

const FILE: &str = "dev-key.pem";
const LARGEST: u64 = 16 * 1024;

/// An Ed25519 key that signs development tokens.
pub struct DevKey {
    pub(crate) pair: Ed25519KeyPair,
    pub(crate) kid: String,
}

/// The development key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DevKeyError {
    /// It is there, but closed to us.
    #[error("the development key {path} cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// It is not there and cannot be made.
    #[error("the development key {path} cannot be made")]
    NotMade {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// It is there and is something else.
    #[error(
        "{path} is not an Ed25519 private key in PKCS#8 PEM; \
         once removed, a new one is made, and development tokens signed with the old one end"
    )]
    Garbage {
        /// The file.
        path: PathBuf,
    },
}

impl DevKey {
    /// Reads the key in the data folder, and makes it first where there is none. Several processes may do so at once
    /// and end up with the same key.
    ///
    /// # Errors
    /// The file can neither be read nor made, or is not a key.
    pub fn open_or_create(data_dir: &Path) -> Result<Self, DevKeyError> {
        let path = data_dir.join(FILE);
        let unreadable = |source| DevKeyError::Unreadable { path: path.clone(), source };
        let text = match read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                create(data_dir, &path).map_err(|source| DevKeyError::NotMade { path: path.clone(), source })?;
                read(&path).map_err(unreadable)?
            }
            read => read.map_err(unreadable)?,
        };
        Self::from_pem(&text).ok_or(DevKeyError::Garbage { path })
    }

    /// Whether there is one in the data folder.
    pub fn is_in(data_dir: &Path) -> bool {
        data_dir.join(FILE).exists()
    }

    fn from_pem(text: &[u8]) -> Option<Self> {
        let block = pem::parse(text).ok().filter(|block| block.tag() == "PRIVATE KEY")?;
        let pair = Ed25519KeyPair::from_pkcs8(block.contents()).ok()?;
        // Another key has another name, so that a token of a former one is refused for what it is.
        let print = digest(&SHA256, pair.public_key().as_ref());
        let kid = URL_SAFE_NO_PAD.encode(&print.as_ref()[..12]);
        Some(Self { pair, kid })
    }

    /// What tokens of this key are verified with.
    pub(crate) fn verifying(&self) -> VerifyingKey {
        VerifyingKey::ed25519(self.kid.clone(), self.pair.public_key().as_ref())
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "others on this machine may read the development key: chmod 600 it");
    }
    let mut text = Vec::new();
    file.take(LARGEST).read_to_end(&mut text)?;
    Ok(text)
}

/// Writes a new key beside its place and links it there: a link, unlike a rename, never replaces what another process
/// has put there meanwhile, and nobody ever reads half a key.
fn create(data_dir: &Path, path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(data_dir)?;
    let key = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(|_| io::Error::other("no random key"))?;
    let text = pem::encode(&pem::Pem::new("PRIVATE KEY", key.as_ref()));
    let beside = data_dir.join(format!(".{FILE}.{}", Uuid::new_v4()));
    let written = write(&beside, text.as_bytes()).and_then(|()| match std::fs::hard_link(&beside, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    let removed = std::fs::remove_file(&beside);
    written?;
    removed?;
    File::open(data_dir)?.sync_all()
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}
