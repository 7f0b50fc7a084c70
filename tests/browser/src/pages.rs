//! Going places: addresses, tabs, back and forth.

use fantoccini::wd::WindowHandle;
use serde_json::Value;

use crate::browser::Browser;

impl Browser {
    /// Goes to an address and waits until it is loaded.
    pub async fn goes(&self, url: &str) {
        let gone = self.client.goto(url).await;
        self.must(&format!("go to {url}"), gone).await;
    }

    /// Where it is.
    pub async fn url(&self) -> String {
        let url = self.client.current_url().await;
        self.must("tell its address", url).await.into()
    }

    /// Where it is on this host, without the query.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await;
        self.must("tell its address", url).await.path().to_owned()
    }

    /// Waits until it is there.
    pub async fn eventually_path(&self, path: &str) {
        self.eventually(&format!("path {path}"), async || (self.path().await == path).then_some(())).await;
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        let title = self.client.title().await;
        self.must("tell its title", title).await
    }

    /// One page back.
    pub async fn back(&self) {
        let back = self.client.back().await;
        self.must("go back", back).await;
    }

    /// The same page once more.
    pub async fn reload(&self) {
        let again = self.client.refresh().await;
        self.must("reload", again).await;
    }

    /// The current tab.
    pub async fn tab(&self) -> WindowHandle {
        let tab = self.client.window().await;
        self.must("tell its tab", tab).await
    }

    /// All tabs, those opened by pages as well.
    pub async fn tabs(&self) -> Vec<WindowHandle> {
        let tabs = self.client.windows().await;
        self.must("tell its tabs", tabs).await
    }

    /// Opens an empty tab, and goes on there.
    pub async fn new_tab(&self) -> WindowHandle {
        let opened = self.client.new_window(true).await;
        let tab = self.must("open a tab", opened).await.handle;
        self.switch(&tab).await;
        tab
    }

    /// Goes on in another tab.
    pub async fn switch(&self, tab: &WindowHandle) {
        let switched = self.client.switch_to_window(tab.clone()).await;
        self.must("switch tabs", switched).await;
        self.looks().await;
    }

    /// Runs a function's body in the page, whatever its content security policy says; a promise is awaited. Also where pages may
    /// run no script, but there timers do not run either.
    pub async fn script(&self, body: &str, arguments: &[Value]) -> Value {
        let answered = self.client.execute(body, arguments.to_vec()).await;
        self.must("run a script", answered).await
    }
}
