//! Every bad input has its own error, and changes nothing.
//!
//! - `bodies`: what is in them; `media`: what they come as, and how large
//! - `queries`: parameters of lists, and `Roster-Min-Position`
//! - `addresses`: ids in paths; `requests`: paths, methods, headers

mod addresses;
mod bodies;
mod media;
mod queries;
mod requests;

use reqwest::Method;
use serde_json::Value;
use tests::{Answer, Person, Server};

/// Ana owns acme, Ben is an admin of it, Mia a member, and Zoe, who belongs to nobody, has an organization of her own.
struct Scene {
    server: Server,
    ana: Person,
    mia: Person,
    zoe: Person,
    /// Ben's member id.
    ben_member: String,
    /// Zoe's member id in her own organization.
    zoe_member: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, mia, zoe] = ["ana", "ben", "mia", "zoe"].map(|id| server.person(id));
        ana.founds("acme").await.expect(201);
        let zoe_member = zoe.founds("zoes-own").await.expect(201).text("/owner/member_id");
        let ben_member = ana.takes_in("acme", &ben, "admin").await;
        ana.takes_in("acme", &mia, "member").await;
        Self { server, ana, mia, zoe, ben_member, zoe_member }
    }

    /// All that could have changed: the journal's position, and both histories, each with its last sequence.
    async fn all(&self) -> (Value, Vec<Value>, Vec<Value>) {
        let ready = self.ana.gets("/readyz").await.expect(200);
        (ready.body["position"].clone(), self.ana.history("acme").await, self.zoe.history("zoes-own").await)
    }

    /// Ana sends a body as it is, as JSON.
    async fn ana_sends(&self, method: Method, path: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.ana.request(method, path).header("content-type", "application/json").body(body);
        self.ana.sends(request).await
    }

    #[track_caller]
    fn expect_unchanged(before: &(Value, Vec<Value>, Vec<Value>), now: &(Value, Vec<Value>, Vec<Value>)) {
        assert!(before.0.as_u64().is_some_and(|position| position > 0), "{before:#?}");
        assert_eq!(before, now, "something bad was recorded");
    }
}
