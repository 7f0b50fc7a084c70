//! What kind of browser a test wants, and how Chromium is told.

use std::path::Path;

use serde_json::{Map, Value, json};

/// Flags of every browser. As root there is no sandbox; nothing may speak to anybody but the pages under test.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
];

/// What a page may ask as `prefers-color-scheme`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `light`
    Light,
    /// `dark`
    Dark,
}

/// What kind of browser. By default: English, a laptop's size, light, with script.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// `Accept-Language` without its weights, the best first: `ja,en`.
    pub language: &'static str,
    /// Whether pages may run script.
    pub script: bool,
    /// CSS pixels; less than what a window could be made on a screen is fine.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Colours.
    pub scheme: Scheme,
    /// `prefers-reduced-motion: reduce`
    pub reduced_motion: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { language: "en", script: true, width: 1280, height: 800, scheme: Scheme::Light, reduced_motion: false }
    }
}

impl Options {
    /// What a new session asks for. Size and colours are set once it is there, and may change.
    pub(crate) fn capabilities(&self, chromium: &Path) -> Map<String, Value> {
        // A content setting: 1 allows, 2 blocks.
        let script = if self.script { 1 } else { 2 };
        let asked = json!({
            "browserName": "chrome",
            "timeouts": { "pageLoad": 20_000, "script": 20_000 },
            "goog:chromeOptions": {
                "binary": chromium,
                "args": FLAGS,
                "prefs": {
                    "intl.accept_languages": self.language,
                    "profile.default_content_setting_values.javascript": script,
                    "credentials_enable_service": false,
                },
            },
        });
        let Value::Object(asked) = asked else { unreachable!("it is written as an object") };
        asked
    }
}
