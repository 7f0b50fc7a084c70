//! Ben is a member of `mine`, not of `theirs`. An nginx, set up as the docs say, stands before an application.

use servers::Nginx;
use tests::{Person, Server};

use crate::application;

/// All of it.
pub struct Scene {
    pub server: Server,
    pub nginx: Nginx,
    pub ana: Person,
    pub ben: Person,
    /// The id of `mine`.
    pub mine: String,
}

impl Scene {
    pub async fn set() -> Self {
        Self::with("").await
    }

    /// The same with more `server` blocks beside; `{socket}` in them is a path to listen at.
    pub async fn with(beside: &str) -> Self {
        let server = Server::start();
        let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
        let mine = ana.founds("mine").await.expect(201).text("/id");
        ana.takes_in("mine", &ben, "member").await;
        server.person("zoe").founds("theirs").await.expect(201);
        let application = application::starts().await;
        let roster = server.url.trim_start_matches("http://").to_owned();
        let nginx = Nginx::start(|port| format!("{}\n{beside}", of_the_docs(port, &roster, &application)));
        Self { server, nginx, ana, ben, mine }
    }

    /// Ben at the proxy.
    pub fn ben_outside(&self) -> Person {
        self.ben.at(&self.nginx.url())
    }
}

/// What `docs/proxy.md` tells to write, with these addresses in place of its own.
fn of_the_docs(port: u16, roster: &str, application: &str) -> String {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/proxy.md")).expect("the page");
    let block = page.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next()).expect("what to write");
    let here = [
        ("listen 80;", format!("listen 127.0.0.1:{port};")),
        ("127.0.0.1:8080", roster.to_owned()),
        ("127.0.0.1:3000", application.to_owned()),
    ];
    here.into_iter().fold(block.to_owned(), |block, (there, here)| {
        assert!(block.contains(there), "the page no longer says {there}");
        block.replace(there, &here)
    })
}
