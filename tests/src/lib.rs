//! Runs the real binary and speaks to it as people do.
//!
//! - [`server`]: a `roster` process in a folder of its own, on a free port; killed and started again at will
//! - [`person`]: somebody with a token: `ana.founds("acme").await`
//! - [`issuer`]: an identity provider of the tests' own, with keys, tokens of any content, and a JWKS
//! - [`answer`]: what came back, with expectations that print the whole answer when they fail
//! - [`better_auth`]: the same person's application, with better-auth's own client
//! - [`other_origin`]: that client in a page of somebody else's
//! - [`receiver`]: somebody who receives webhooks
//! - [`crowd`]: many people at once; [`earlier`]: long ago
//! - [`stream`]: server-sent events as they arrive
//! - [`told`]: a history read back into the domain's events
//! - [`carried`](mod@carried): the stream as a subscriber reads it; [`schemas`]: what its messages must look like
//! - [`eventually`](fn@eventually): waits for what must become true, instead of sleeping

pub mod answer;
pub mod better_auth;
pub mod carried;
pub mod crowd;
pub mod earlier;
pub mod issuer;
pub mod other_origin;
pub mod person;
pub mod receiver;
pub mod schemas;
pub mod server;
pub mod stream;
pub mod surfer;
pub mod told;

use std::time::{Duration, Instant};

pub use answer::Answer;
pub use better_auth::{AuthClient, Clients};
pub use carried::carried;
pub use crowd::at_once;
pub use issuer::Key;
pub use person::Person;
pub use receiver::{Delivery, Receiver, Reply};
pub use server::{Server, says};
pub use stream::EventStream;

/// How long something may take to become true. Generous: a loaded machine is no failure.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `look` finds something; panics with what was awaited.
pub async fn eventually<T>(awaited: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain: {awaited}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
