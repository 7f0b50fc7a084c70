//! The stream. Its sequence is the journal's position, and so its last message says how far the journal was carried.

use std::sync::Arc;

use async_nats::HeaderMap;
use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::context::{GetStreamError, GetStreamErrorKind};
use async_nats::jetstream::stream::{Config, StorageType, Stream};
use domain::Position;

use super::connect::{Nats, NatsError};
use super::message::{self, JOURNAL};
use crate::row::Row;
use crate::store::Store;

/// The stream's name.
pub const NAME: &str = "ROSTER";

impl Nats {
    /// The stream as it is; `None` where there is none.
    pub(super) async fn stream(&self) -> Result<Option<Stream>, NatsError> {
        match self.jetstream.get_stream(NAME).await {
            Ok(stream) => Ok(Some(stream)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(NatsError::away(error)),
        }
    }

    /// The stream, made where it is missing. One that somebody made beforehand is taken as it is.
    pub(super) async fn stream_or_new(&self) -> Result<Stream, NatsError> {
        if let Some(stream) = self.stream().await? {
            let state = &stream.cached_info().state;
            if state.messages > 0 || state.last_sequence == 0 {
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
            num_replicas: self.replicas,
            deny_delete: true,
            deny_purge: true,
            ..Config::default()
        };
        self.jetstream.create_stream(config).await.map_err(NatsError::away)
    }

    /// Deletes the stream: the relay makes it anew and fills it from the journal.
    pub async fn delete_stream(&self) -> Result<(), NatsError> {
        if self.stream().await?.is_some() {
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
pub(super) async fn carried(stream: &Stream, store: &Arc<dyn Store>, journal: &str) -> Result<Position, NatsError> {
    let state = stream.get_info().await.map_err(NatsError::away)?.state;
    if state.messages == 0 {
        return Ok(0);
    }
    let position = state.last_sequence;
    let last = stream.get_raw_message(position).await.map_err(NatsError::away)?;
    let row = store.rows(position - 1, 1).await?.into_iter().next().filter(|row| row.position == position);
    agrees(&last.headers, &last.payload, row.as_ref(), position, journal)?;
    Ok(position)
}

fn agrees(
    headers: &HeaderMap,
    payload: &[u8],
    row: Option<&Row>,
    position: Position,
    journal: &str,
) -> Result<(), NatsError> {
    let told = |why: String| Err(NatsError::Disagrees(why));
    if headers.get(JOURNAL).map(|id| id.as_str()) != Some(journal) {
        return told("it was filled from another journal".into());
    }
    let Some(row) = row else {
        return told(format!("it reaches to position {position}, which the journal does not have"));
    };
    if message::identity(payload) != message::identity(message::encode(row).as_bytes()) {
        return told(format!("position {position} is another event there"));
    }
    Ok(())
}
