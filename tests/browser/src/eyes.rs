//! Reading a page: only what a person sees counts as text.

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;

use crate::browser::Browser;

/// Reads visible texts.
const SEEN: &str = include_str!("scripts/seen.js");

/// Says what has the focus.
const FOCUSED: &str = include_str!("scripts/focused.js");

impl Browser {
    /// The visible text of the first element of a selector; waits for one.
    pub async fn text(&self, css: &str) -> String {
        self.with_css(&format!("read {css}"), css, async |element| self.reads(element).await).await
    }

    /// The visible texts of all elements of a selector, as the page is now.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let texts = self.script(SEEN, &[css.into()]).await;
        serde_json::from_value(texts).expect("a list of texts")
    }

    /// An attribute of the first element of a selector; waits for the element.
    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let asking = async |element: &Element| element.attr(name).await;
        self.with_css(&format!("read {name} of {css}"), css, asking).await
    }

    /// What the first field of a selector holds; waits for one.
    pub async fn value(&self, css: &str) -> String {
        let asking = async |element: &Element| element.prop("value").await;
        self.with_css(&format!("read the value of {css}"), css, asking).await.unwrap_or_default()
    }

    /// Whether the page has such an element now, visible or not.
    pub async fn exists(&self, css: &str) -> bool {
        let found = self.client.find_all(Locator::Css(css)).await;
        !self.must(&format!("look for {css}"), found).await.is_empty()
    }

    /// Whether a person sees such an element now.
    pub async fn sees(&self, css: &str) -> bool {
        let script = "return [...document.querySelectorAll(arguments[0])]\
                      .some(element => element.checkVisibility({ visibilityProperty: true }))";
        self.script(script, &[css.into()]).await == true
    }

    /// The visible text of the whole page.
    pub async fn page_text(&self) -> String {
        self.text("body").await
    }

    /// Waits until an element's visible text contains this.
    pub async fn eventually_text(&self, css: &str, text: &str) {
        let reads = async || {
            let found = self.client.find(Locator::Css(css)).await.ok()?;
            self.reads(&found).await.ok()?.contains(text).then_some(())
        };
        self.eventually(&format!("{text:?} in {css}"), reads).await;
    }

    /// What has the focus, as `a#home "Home"` or `input[name=email] "Your address"`: the tag, the id or else the name, and what
    /// a screen reader would call it. `body` when nothing has.
    pub async fn focused(&self) -> String {
        let told = self.script(FOCUSED, &[]).await;
        told.as_str().expect("a sentence").to_owned()
    }

    /// Whether the browser draws something around what has the focus, or the page does so.
    pub async fn focus_is_visible(&self) -> bool {
        let script = "const style = getComputedStyle(document.activeElement); \
                      return document.activeElement.matches(':focus-visible') \
                      && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')";
        self.script(script, &[]).await == true
    }

    async fn reads(&self, element: &Element) -> Result<String, CmdError> {
        let texts = self.client.execute(SEEN, vec![serde_json::to_value(element)?]).await?;
        Ok(texts[0].as_str().unwrap_or_default().to_owned())
    }
}
