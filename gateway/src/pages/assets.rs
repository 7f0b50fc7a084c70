//! Style and script, under addresses that change with their content, so that browsers may keep them for ever.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;

const STYLE: &str = include_str!("../../assets/roster.css");
const SCRIPT: &str = include_str!("../../assets/roster.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// The addresses.
pub struct Assets {
    /// The stylesheet.
    pub style: String,
    /// The script.
    pub script: String,
    /// The icon.
    pub icon: String,
}

impl Assets {
    /// All of them.
    pub fn all() -> &'static Self {
        static ALL: OnceLock<Assets> = OnceLock::new();
        ALL.get_or_init(|| Self {
            style: format!("/assets/{:08x}/roster.css", crc32fast::hash(STYLE.as_bytes())),
            script: format!("/assets/{:08x}/roster.js", crc32fast::hash(SCRIPT.as_bytes())),
            icon: format!("/assets/{:08x}/icon.svg", crc32fast::hash(ICON.as_bytes())),
        })
    }
}

/// `/assets/…`
pub fn router() -> Router {
    let asset = |content: &'static str, kind: &'static str| {
        get(move || {
            std::future::ready((
                [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")],
                content,
            ))
        })
    };
    let all = Assets::all();
    Router::new()
        .route(&all.style, asset(STYLE, "text/css; charset=utf-8"))
        .route(&all.script, asset(SCRIPT, "text/javascript; charset=utf-8"))
        .route(&all.icon, asset(ICON, "image/svg+xml"))
}
