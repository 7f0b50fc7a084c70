//! Screenshots.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// Writes the whole page, from top to bottom, as a PNG.
    pub async fn screenshot(&self, path: impl AsRef<Path>) {
        let measured = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let measured = self.must("measure the page", measured).await;
        let size = &measured["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        // Asked for more than there is to see, Chromium shifts what is written from right to left.
        let is_longer = size["height"].as_f64() > measured["cssLayoutViewport"]["clientHeight"].as_f64();
        let asked = json!({ "format": "png", "captureBeyondViewport": is_longer, "clip": clip });
        let taken = self.devtools("Page.captureScreenshot", asked).await;
        let taken = self.must("take a picture", taken).await;
        let bytes = STANDARD.decode(taken["data"].as_str().expect("a picture")).expect("it is in base64");
        let path = path.as_ref();
        std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
