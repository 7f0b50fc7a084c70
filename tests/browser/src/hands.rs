//! Clicking and typing, with real events. Waits for what is to be clicked, since a page may still be coming.

use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus, WebDriver};
use serde_json::{Value, json};

use crate::browser::Browser;

/// Finds what can be clicked by what it is called.
const BY_TEXT: &str = include_str!("scripts/by_text.js");

/// How WebDriver marks a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// Clicks the first element of a selector. One that is hidden, or covered by another, can't be clicked.
    pub async fn clicks(&self, css: &str) {
        self.with_css(&format!("click {css}"), css, async |element| element.click().await).await;
    }

    /// Clicks the first link or button that is called just so.
    pub async fn clicks_text(&self, text: &str) {
        let doing = format!("click {text:?}");
        self.with(&doing, async |client| called(client, text).await, async |element| element.click().await).await;
    }

    /// Types into a field, instead of what it held.
    pub async fn types(&self, css: &str, text: &str) {
        let typing = async |element: &Element| {
            element.clear().await?;
            element.send_keys(text).await
        };
        self.with_css(&format!("type into {css}"), css, typing).await;
    }

    /// Chooses the option that is called just so.
    pub async fn chooses(&self, css: &str, label: &str) {
        let choosing = async |element: &Element| element.select_by_label(label).await;
        self.with_css(&format!("choose {label:?} in {css}"), css, choosing).await;
    }

    /// Puts the focus on an element without clicking it.
    pub async fn focuses(&self, css: &str) {
        let focusing = async |element: &Element| {
            let argument = serde_json::to_value(element)?;
            self.client.execute("arguments[0].focus()", vec![argument]).await
        };
        self.with_css(&format!("focus {css}"), css, focusing).await;
    }
}

/// The link or button of this name; where there is none, the driver's error, with the names there are.
async fn called(client: &Client, text: &str) -> Result<Element, CmdError> {
    let found = client.execute(BY_TEXT, vec![json!(text)]).await?;
    if let Some(id) = found[0][ELEMENT].as_str() {
        return Ok(Element::from_element_id(client.clone(), id.to_owned().into()));
    }
    let names = found[1].as_array().map(Vec::as_slice).unwrap_or_default();
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    let message = format!("links and buttons here are {names:?}");
    Err(CmdError::Standard(WebDriver::new(ErrorStatus::NoSuchElement, message)))
}
