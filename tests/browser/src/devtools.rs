//! The DevTools protocol, through chromedriver: what WebDriver has no command for.

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::browser::Browser;
use crate::options::Scheme;

/// A command to chromedriver that fantoccini does not know: where, below the session, and with what.
#[derive(Debug)]
struct Told {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Told {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Browser {
    /// One command of the DevTools protocol to the current tab.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, CmdError> {
        self.tells("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// One command to chromedriver itself.
    pub(crate) async fn tells(&self, path: &'static str, body: Value) -> Result<Value, CmdError> {
        self.client.issue_cmd(Told { path, body }).await
    }

    /// Makes the current tab look as wanted. A tab forgets nothing, but a new one knows nothing.
    pub(crate) async fn looks(&self) {
        let wanted = *self.options.lock().expect("nobody panicked here");
        let size = json!({ "width": wanted.width, "height": wanted.height, "deviceScaleFactor": 1, "mobile": false });
        let scheme = if wanted.scheme == Scheme::Dark { "dark" } else { "light" };
        let motion = if wanted.reduced_motion { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        let told = self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        self.must("take a size", told).await;
        let told = self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        self.must("take colours", told).await;
    }
}
