//! What sticks out of a page or is cut off, and how much of it there was to load.

use crate::browser::Browser;

/// Finds what is cut off.
const CLIPPED: &str = include_str!("scripts/clipped.js");

impl Browser {
    /// Whether the page is wider than the screen.
    pub async fn scrolls_sideways(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        self.script(script, &[]).await == true
    }

    /// Texts that a person can't read whole, and elements that stick out of the screen sideways where nothing scrolls; each with
    /// its selector, what is wrong and what it says. What is hidden on purpose (for screen readers only) does not count.
    pub async fn clipped(&self) -> Vec<String> {
        let found = self.script(CLIPPED, &[]).await;
        serde_json::from_value(found).expect("a list of sentences")
    }

    /// Bytes that the current page took to load, as they came over the wire: itself and all it loaded since, headers included
    /// (the browser counts 300 each). What came from the browser's cache counts nothing.
    pub async fn bytes_over_the_wire(&self) -> u64 {
        let script = "return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))\
                      .reduce((sum, entry) => sum + entry.transferSize, 0)";
        self.script(script, &[]).await.as_u64().expect("a number of bytes")
    }
}
