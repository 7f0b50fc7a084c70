//! A word from server to server: something was written. It makes the relay quick; its polling makes it sure.

use async_nats::Subscriber;
use domain::Position;
use futures::StreamExt;
use tokio::sync::watch;

use super::connect::Nats;

/// Outside the stream's subjects: nobody keeps it.
const SUBJECT: &str = "roster.written";

impl Nats {
    /// Tells whoever relays whenever this process has written something, as long as it lives.
    pub async fn wake(self, mut written: watch::Receiver<Position>) {
        while written.changed().await.is_ok() {
            if self.is_there() {
                let _the_relay_polls_too = self.client.publish(SUBJECT, "".into()).await;
            }
        }
    }

    /// Hears the others.
    pub(super) async fn hear(&self) -> Option<Subscriber> {
        self.client.subscribe(SUBJECT).await.ok()
    }
}

/// Waits for the next word; for ever where nobody can be heard.
pub(super) async fn heard(subscriber: &mut Option<Subscriber>) {
    if let Some(words) = subscriber
        && words.next().await.is_some()
    {
        return;
    }
    std::future::pending::<()>().await;
}
