//! Accessibility as axe-core judges it. It finds what a program can find: about half of what WCAG asks.

use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::Browser;

/// Runs axe with the options in `arguments[0]`. It gives way to the page between rules; where `arguments[1]` says that pages may
/// run no script, timers never fire, so it gives way to nobody.
const RUN: &str = "if (!arguments[1]) window.setTimeout = (then) => { Promise.resolve().then(then); return 0; }; \
                   return axe.run(document, arguments[0]).then(found => found.violations)";

/// A rule that the page breaks.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule, as axe names it.
    pub id: String,
    /// What to do, in a sentence.
    pub help: String,
    /// How much it hurts: `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// Where.
    pub nodes: Vec<Node>,
}

/// An element that breaks a rule.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// Its selector; more than one where it is in a frame.
    pub target: Vec<Value>,
    /// Itself.
    pub html: String,
    /// What of the rule it breaks.
    #[serde(rename = "failureSummary", default)]
    pub summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}): {}", self.id, self.impact.as_deref().unwrap_or("unrated"), self.help)?;
        for node in &self.nodes {
            let target: Vec<String> = node.target.iter().map(|part| part.as_str().unwrap_or("?").to_owned()).collect();
            write!(out, "\n  {}\n    {}\n    {}", target.join(" "), node.html, node.summary.replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

impl Browser {
    /// All rules that the page breaks as it is now: in this size, these colours, with these menus open.
    pub async fn axe(&self) -> Vec<Violation> {
        self.runs_axe(json!({ "resultTypes": ["violations"] })).await
    }

    /// Texts that are too pale on what is behind them.
    pub async fn contrast_too_low(&self) -> Vec<Violation> {
        self.runs_axe(json!({ "resultTypes": ["violations"], "runOnly": ["color-contrast"] })).await
    }

    /// Panics if axe finds anything, and says what.
    pub async fn is_accessible(&self) {
        let broken: Vec<String> = self.axe().await.iter().map(Violation::to_string).collect();
        assert!(broken.is_empty(), "{} is not accessible:\n{}", self.url().await, broken.join("\n"));
    }

    async fn runs_axe(&self, options: Value) -> Vec<Violation> {
        if self.script("return typeof axe", &[]).await == "undefined" {
            self.script(&format!("{}\nwindow.axe = axe;", source()), &[]).await;
        }
        let may_script = self.options.lock().expect("nobody panicked here").script;
        let found = self.script(RUN, &[options, may_script.into()]).await;
        serde_json::from_value(found).expect("violations as axe writes them")
    }
}

/// axe-core itself; `tests/run` installs it and says where.
fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let installed = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/axe/node_modules/axe-core/axe.min.js");
        let file = std::env::var_os("ROSTER_TEST_AXE").map_or_else(|| installed.into(), PathBuf::from);
        std::fs::read_to_string(&file)
            .unwrap_or_else(|_| panic!("{} is not there: tests/run installs it", file.display()))
    })
}
