//! The stream. Its sequence is the journal's position, and so its last message says how far the journal was carried.

use std::sync::Arc;

use async_nats::HeaderMap;
use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::context::{GetStreamError, GetStreamErrorKind};
use async_nats::jetstream::stream::{Config, StorageType, Stream};
use domain::Position;

use super::connect::{Nats, NatsError};
use super::message::{self, JOURNAL};
use super::suited::{forgets, unsuited};
use crate::row::Row;
use crate::store::Store;

/// The stream's name.
pub const NAME: &str = "ROSTER";

impl Nats {
    /// The stream as it is; `None` where there is none.
    ///
    /// # Errors
    /// [`NatsError::Disagrees`] where it is one that can't hold the journal.
    pub(super) async fn stream(&self) -> Result<Option<Stream>, NatsError> {
        let Some(stream) = self.any_stream().await? else { return Ok(None) };
        match unsuited(&stream.cached_info().config) {
            Some(why) => self.found(Err(NatsError::Disagrees(why))),
            None => Ok(Some(stream)),
        }
    }

    /// The stream, whatever it is like.
    pub(super) async fn any_stream(&self) -> Result<Option<Stream>, NatsError> {
        match self.jetstream.get_stream(NAME).await {
            Ok(stream) => Ok(Some(stream)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(NatsError::away(error)),
        }
    }

    /// The stream, made where it is missing. One that somebody made beforehand is taken as it is.
    pub(super) async fn stream_or_new(&self) -> Result<Stream, NatsError> {
        if let Some(stream) = self.stream().await? {
            let info = stream.cached_info();
            if info.state.messages > 0 || info.state.last_sequence == 0 || forgets(&info.config) {
                return Ok(stream);
            }
            // Emptied by somebody: its sequence would go on where it was.
            tracing::warn!("the stream has lost its messages and is made anew");
            self.delete_stream().await?;
        }
        let config = Config {
            name: NAME.into(),
            description: Some("What happened to organizations, in the journal's order".into()),
            subjects: vec!["roster.events.*.*".into()],
            storage: StorageType::File,
            num_replicas: self.limits.replicas,
            max_bytes: self.limits.max_bytes.unwrap_or(-1),
            max_age: self.limits.max_age.unwrap_or_default(),
            deny_delete: true,
            deny_purge: true,
            ..Config::default()
        };
        self.jetstream.create_stream(config).await.map_err(NatsError::away)
    }

    /// Deletes the stream: the relay makes it anew and fills it from the journal.
    pub async fn delete_stream(&self) -> Result<(), NatsError> {
        if self.any_stream().await?.is_some() {
            self.jetstream.delete_stream(NAME).await.map_err(NatsError::away)?;
        }
        Ok(())
    }
}

fn is_missing(error: &GetStreamError) -> bool {
    matches!(error.kind(), GetStreamErrorKind::JetStream(told) if told.error_code() == ErrorCode::STREAM_NOT_FOUND)
}

/// How far the journal was carried, once it is sure that the stream's last message, read from its leader, is the journal's
/// row at that position: after a restore, or a failover that lost commits, it is not.
pub(super) async fn carried(
    nats: &Nats,
    stream: &Stream,
    store: &Arc<dyn Store>,
    journal: &str,
) -> Result<Position, NatsError> {
    nats.found(compared(stream, store, journal).await)
}

async fn compared(stream: &Stream, store: &Arc<dyn Store>, journal: &str) -> Result<Position, NatsError> {
    let info = stream.get_info().await.map_err(NatsError::away)?;
    let (messages, position) = (info.state.messages, info.state.last_sequence);
    // Emptied by somebody: the relay makes it anew.
    if position == 0 || (messages == 0 && !forgets(&info.config)) {
        return Ok(0);
    }
    let row = store.rows(position - 1, 1).await?.into_iter().next().filter(|row| row.position == position);
    if messages == 0 {
        // All of it has aged away. There is nothing left to compare but how far it was.
        return row.map(|_| position).ok_or_else(|| disagrees(&beyond(position)));
    }
    let last = stream.get_raw_message(position).await.map_err(NatsError::away)?;
    agrees(&last.headers, &last.payload, row.as_ref(), position, journal)?;
    Ok(position)
}

fn beyond(position: Position) -> String {
    format!("it reaches to position {position}, which the journal does not have")
}

fn disagrees(why: &str) -> NatsError {
    NatsError::Disagrees(format!(
        "does not agree with the journal: {why}; if the journal is right, `roster republish` makes the stream anew from it"
    ))
}

fn agrees(
    headers: &HeaderMap,
    payload: &[u8],
    row: Option<&Row>,
    position: Position,
    journal: &str,
) -> Result<(), NatsError> {
    let told = |why: String| Err(disagrees(&why));
    if headers.get(JOURNAL).map(|id| id.as_str()) != Some(journal) {
        return told("it was filled from another journal".into());
    }
    let Some(row) = row else {
        return told(beyond(position));
    };
    if message::identity(payload) != message::identity(message::encode(row).as_bytes()) {
        return told(format!("position {position} is another event there"));
    }
    Ok(())
}
