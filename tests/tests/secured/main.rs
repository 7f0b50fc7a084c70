//! Postgres and NATS that encrypt and ask who one is: used as they should be, refused in words that say what is wrong, and
//! with no secret in any line of the log.

mod nats;
mod postgres;

use std::process::Stdio;

use servers::{Certificates, Postgres};
use tests::{Server, eventually};

/// What no log and no message may hold.
const SECRET: &str = "s3cret-of-the-service";

/// A Postgres that wants TLS and a password, and the URL of a database on it, to which options can be added.
fn guarded(certificates: &Certificates) -> (Postgres, String) {
    let postgres = Postgres::guarded(certificates);
    postgres.psql(&format!("create role roster login password '{SECRET}'"));
    let url = postgres.create_database();
    let name = url.rsplit('/').next().expect("a name").to_owned();
    postgres.psql(&format!("alter database {name} owner to roster"));
    (postgres, url.replace("app@", &format!("roster:{SECRET}@")))
}

/// `?sslmode=verify-full`, trusting these.
fn verified(url: &str, certificates: &Certificates) -> String {
    format!("{url}?sslmode=verify-full&sslrootcert={}", certificates.authority().display())
}

/// A server that logs all there is to log.
fn talkative(settings: &[(&str, &str)]) -> Server {
    let settings: Vec<_> = settings.iter().copied().chain([("ROSTER_LOG", "trace")]).collect();
    Server::in_folder(tempfile::tempdir().expect("a folder"), &[], &settings)
}

/// What a server says that does not start with these settings; it has no secret in it, nor has its log.
async fn refused(settings: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Server::command(folder.path());
    command.env("ROSTER_LISTEN", "127.0.0.1:0").env("ROSTER_LOG", "trace").envs(settings.iter().copied());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("roster starts");
    // Read meanwhile: a full pipe would stop it.
    let mut errors = child.stderr.take().expect("it is piped");
    let told = std::thread::spawn(move || std::io::read_to_string(&mut errors).expect("text"));
    let status = eventually("it ends", async || child.try_wait().expect("it can be waited for")).await;
    assert_eq!(status.code(), Some(1));
    let told = told.join().expect("nobody panicked");
    assert!(!told.contains(SECRET), "{told}");
    told.lines().find(|line| line.starts_with("roster: ")).unwrap_or_else(|| panic!("{told}")).to_owned()
}
