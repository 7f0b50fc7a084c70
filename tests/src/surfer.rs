//! Somebody at a browser, signed in by cookie.

use std::ops::Deref;

use browser::{Browser, Cookie, Options};

use crate::person::Person;
use crate::server::Server;

/// Somebody looking at Roster's pages. Everything a [`Browser`] can do, they can.
pub struct Surfer {
    browser: Browser,
    url: String,
}

impl Surfer {
    /// A browser on the way-in page, with nobody signed in.
    pub async fn stranger(server: &Server, options: Options) -> Self {
        let browser = Browser::open(options).await;
        let surfer = Self { browser, url: server.url.clone() };
        surfer.opens("/sign-in").await;
        surfer
    }

    /// A browser in which this person is signed in.
    pub async fn of(server: &Server, person: &Person, options: Options) -> Self {
        let surfer = Self::stranger(server, options).await;
        surfer.is(person).await;
        surfer
    }

    /// The same with an ordinary browser.
    pub async fn at(server: &Server, person: &Person) -> Self {
        Self::of(server, person, Options::default()).await
    }

    /// Signs this person in here.
    pub async fn is(&self, person: &Person) {
        let cookie = Cookie::build(("roster_session", person.token().to_owned())).path("/").http_only(true).build();
        self.browser.set_cookie(cookie).await;
    }

    /// Reads this language from now on.
    pub async fn reads(&self, tag: &str) {
        self.browser.set_cookie(Cookie::build(("roster_language", tag.to_owned())).path("/").build()).await;
    }

    /// Goes to a page.
    pub async fn opens(&self, path: &str) {
        self.browser.goes(&format!("{}{path}", self.url)).await;
    }

    /// What the page says at its top: the notice, without the marks that isolate names.
    pub async fn notice(&self) -> String {
        plain(&self.browser.text(".notice").await)
    }

    /// The page's text without the marks that isolate names.
    pub async fn page(&self) -> String {
        plain(&self.browser.text("main").await)
    }

    /// Ends it.
    pub async fn closes(self) {
        self.browser.close().await;
    }
}

impl Deref for Surfer {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

/// Without the marks (U+2068, U+2069) that keep a name's direction to itself.
pub fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
