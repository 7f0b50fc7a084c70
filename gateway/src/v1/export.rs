//! A whole history in one answer, written while it is read: memory holds a page or two of it.

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use journal::{StoreError, Written};
use tokio::sync::mpsc::Receiver;

use crate::audit::entry::Entry;
use crate::audit::lines::{Format, Lines};

/// What is asked for in `Accept`, where that is an export.
pub(super) fn wanted(headers: &HeaderMap) -> Option<Format> {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let types = accepted.flat_map(|value| value.split(',')).filter_map(|one| one.split(';').next());
    types.map(str::trim).find_map(|kind| match kind {
        "application/x-ndjson" => Some(Format::Ndjson),
        "text/csv" => Some(Format::Csv),
        _ => None,
    })
}

/// The answer. What can't be read breaks it off: nobody takes a part for the whole.
pub(super) fn answer(format: Format, pages: Receiver<Result<Vec<Written>, StoreError>>) -> Response {
    let begins = Some(Lines::begin::<Entry<'_>>(format, Vec::new()).and_then(Lines::end));
    let body = futures::stream::unfold((begins, pages), move |(begins, mut pages)| async move {
        let bytes = match begins {
            Some(header) => header.map_err(axum::Error::new),
            None => page(format, pages.recv().await?),
        };
        Some((bytes.map(Bytes::from), (None, pages)))
    });
    let mut response = Response::new(Body::from_stream(body));
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8; header=present",
        Format::Ndjson | Format::Table => "application/x-ndjson",
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn page(format: Format, page: Result<Vec<Written>, StoreError>) -> Result<Vec<u8>, axum::Error> {
    let page = page.map_err(|error| {
        tracing::error!(%error, "an export was broken off");
        axum::Error::new(error)
    })?;
    let mut lines = Lines::resume(format, Vec::new());
    for written in &page {
        lines.write(&Entry::of(written)).map_err(axum::Error::new)?;
    }
    lines.end().map_err(axum::Error::new)
}
