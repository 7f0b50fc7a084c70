//! Waiting until something is there instead of sleeping, and telling what was there instead.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::{Client, Locator};

use crate::browser::Browser;

/// How long a page may take to show what is expected. Generous: a loaded machine is no failure.
const PATIENCE: Duration = Duration::from_secs(15);

/// How much of a page a panic tells.
const TOLD: usize = 2000;

impl Browser {
    /// Asks until `look` finds something; panics with what was awaited and the page.
    pub(crate) async fn eventually<T>(&self, awaited: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let since = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if since.elapsed() > PATIENCE {
                self.gives_up(&format!("waited {PATIENCE:?} in vain: {awaited}")).await;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Acts on an element as soon as there is one that lets it.
    pub(crate) async fn with<T>(
        &self,
        doing: &str,
        find: impl AsyncFn(&Client) -> Result<Element, CmdError>,
        act: impl AsyncFn(&Element) -> Result<T, CmdError>,
    ) -> T {
        let since = Instant::now();
        loop {
            let done = match find(&self.client).await {
                Ok(element) => act(&element).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(done) => return done,
                Err(error) if since.elapsed() > PATIENCE || !may_pass(&error) => {
                    self.gives_up(&format!("can't {doing}: {}", first_line(&error))).await;
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Acts on the first element of a selector.
    pub(crate) async fn with_css<T>(
        &self,
        doing: &str,
        css: &str,
        act: impl AsyncFn(&Element) -> Result<T, CmdError>,
    ) -> T {
        self.with(doing, async |client| client.find(Locator::Css(css)).await, act).await
    }

    /// What the driver answered, which has to be good.
    pub(crate) async fn must<T>(&self, doing: &str, answered: Result<T, CmdError>) -> T {
        match answered {
            Ok(answer) => answer,
            Err(error) => self.gives_up(&format!("can't {doing}: {}", first_line(&error))).await,
        }
    }

    /// Panics with the page as it is.
    pub(crate) async fn gives_up(&self, why: &str) -> ! {
        let url = self.client.current_url().await.map_or_else(|error| first_line(&error), |url| url.to_string());
        let text = self.client.execute("return document.body?.innerText", vec![]).await;
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        let told: String = text.chars().take(TOLD).collect();
        panic!("{why}\n--- {url}\n{told}\n---");
    }
}

/// Whether it may be another matter in a moment: a page that is still coming, or moving.
fn may_pass(error: &CmdError) -> bool {
    let CmdError::Standard(told) = error else { return false };
    matches!(
        told.error,
        ErrorStatus::NoSuchElement
            | ErrorStatus::StaleElementReference
            | ErrorStatus::ElementNotInteractable
            | ErrorStatus::ElementClickIntercepted
    )
}

/// The driver adds its stack and version in further lines.
fn first_line(error: &CmdError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
