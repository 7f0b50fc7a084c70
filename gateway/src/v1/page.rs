//! Cursors: opaque to callers, a kind of list and a position to us.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Position;

use crate::extract::Query;
use crate::problem::Problem;

/// Turns a position into a cursor for this kind of list (its name and order).
pub fn cursor(list: &str, after: Position) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}:{after}"))
}

/// The position in the `cursor` parameter, if it came from this kind of list.
pub fn after(query: &Query, list: &str) -> Result<Option<Position>, Problem> {
    let Some(cursor) = query.get::<String>("cursor")? else { return Ok(None) };
    let decoded = URL_SAFE_NO_PAD.decode(&cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let position = decoded
        .as_deref()
        .and_then(|text| text.split_once(':'))
        .and_then(|(of, position)| (of == list).then(|| position.parse().ok())?);
    position.map(Some).ok_or_else(|| Problem::invalid("/cursor", "must be a next_cursor of the same list and order"))
}
