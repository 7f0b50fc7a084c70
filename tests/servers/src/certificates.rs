//! An authority of the tests' own, and what it signs.

use std::fs;
use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

/// An authority, and a certificate that it signed for a server on loopback. Made anew each time: no two trust each other.
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// A new authority and what it signed, as PEM files in a folder that goes with it.
    #[expect(clippy::new_without_default, reason = "no two are alike")]
    pub fn new() -> Self {
        let key = || KeyPair::generate().expect("a key");
        let (ours, theirs) = (key(), key());
        let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "an authority for tests");
        let trusted = authority.self_signed(&ours).expect("a certificate");
        let server = CertificateParams::new(vec!["127.0.0.1".into(), "localhost".into()]).expect("parameters");
        let signed = server.signed_by(&theirs, &Issuer::new(authority, ours)).expect("a certificate");
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in
            [("ca.pem", trusted.pem()), ("server.pem", signed.pem()), ("server.key", theirs.serialize_pem())]
        {
            fs::write(folder.path().join(name), text).expect("the folder is ours");
        }
        Self { folder }
    }

    /// Whom to trust.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The server's certificate.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("server.pem")
    }

    /// The server's key.
    pub fn key(&self) -> PathBuf {
        self.folder.path().join("server.key")
    }

    /// What makes a NATS use them.
    pub fn for_nats(&self) -> String {
        format!("tls {{ cert_file: {:?}, key_file: {:?} }}", self.certificate(), self.key())
    }
}
