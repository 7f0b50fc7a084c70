//! One browser with a profile of its own.

use std::sync::Mutex;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use servers::processes::send;

use crate::driver::{Driver, chromium};
use crate::options::{Options, Scheme};

/// A browser. Ends when dropped, and the drop blocks until it has; [`Browser::close`] waits without blocking.
pub struct Browser {
    pub(crate) client: Client,
    session: String,
    process: u32,
    /// As it looks now.
    pub(crate) options: Mutex<Options>,
}

impl Browser {
    /// A fresh one, on an empty page.
    pub async fn open(options: Options) -> Self {
        let driver = tokio::task::spawn_blocking(Driver::of_this_process).await.expect("a chromedriver");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(options.capabilities(&chromium()));
        let client = builder.connect(&driver.url()).await.unwrap_or_else(|error| panic!("no browser: {error}"));
        let told = client.capabilities().and_then(|told| told.get("goog:processID")?.as_u64()?.try_into().ok());
        let process = told.expect("chromedriver tells the process of its browser");
        let session = client.session_id().await.ok().flatten().expect("a session");
        // Ending it is our business: fantoccini would try on a runtime that may be gone.
        client.persist().await.expect("fantoccini lets go");
        let browser = Self { client, session, process, options: Mutex::new(options) };
        browser.looks().await;
        browser
    }

    /// Ends it.
    pub async fn close(self) {
        tokio::task::spawn_blocking(move || drop(self)).await.expect("a browser that ends");
    }

    /// Gives the page this many CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        {
            let mut options = self.options.lock().expect("nobody panicked here");
            (options.width, options.height) = (width, height);
        }
        self.looks().await;
    }

    /// Prefers these colours from now on.
    pub async fn scheme(&self, scheme: Scheme) {
        self.options.lock().expect("nobody panicked here").scheme = scheme;
        self.looks().await;
    }

    /// Prefers less motion from now on, or not.
    pub async fn reduced_motion(&self, reduced: bool) {
        self.options.lock().expect("nobody panicked here").reduced_motion = reduced;
        self.looks().await;
    }

    /// The process id of its Chromium.
    pub fn process(&self) -> u32 {
        self.process
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if Driver::of_this_process().ends(&self.session).is_err() {
            send("KILL", &[self.process]);
        }
    }
}
