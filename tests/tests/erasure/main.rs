//! People who are erased: by whom, what goes, what stays, and that nothing of what went comes back.
//!
//! - [`who`]: who may erase whom, and how the history tells it
//! - [`owners`]: owners stay until they have handed over
//! - [`claims`]: what older tokens say is not kept again, at any server; what newer ones say is
//! - [`addresses`]: which invitations are theirs
//! - [`racing`]: whoever joins meanwhile
//! - [`often`]: whoever asks for it again and again
//! - [`canary`]: a name and an address that are looked for everywhere, first found and then not
//! - [`by_an_operator`]: at the command line
//! - [`restored`]: a backup has them again, until they are erased again

mod addresses;
mod by_an_operator;
mod canary;
mod claims;
mod often;
mod owners;
mod racing;
mod restored;
mod who;

use serde_json::{Value, json};
use tests::{Answer, Person, Server};

/// Whether several servers share a journal, and commands run beside them.
fn beside() -> bool {
    std::env::var("ROSTER_TEST_DATABASE").is_ok_and(|database| database == "postgres")
}

/// `DELETE /v1/people/{user}`.
async fn erases(somebody: &Person, user: &str) -> Answer {
    somebody.deletes(&format!("/v1/people/{user}")).await
}

/// Invites this address.
async fn invites(host: &Person, org: &str, email: &str) -> String {
    let body = json!({ "email": email, "role": "member" });
    host.posts(&format!("/v1/organizations/{org}/invitations"), body).await.expect(201).text("/id")
}

/// A member as the list shows them, once it is as far as this position.
async fn listed(ana: &Person, org: &str, user: &str, position: u64) -> Option<Value> {
    let list = ana.lists(&format!("/v1/organizations/{org}/members?limit=200"), position).await.expect(200);
    list.body["members"].as_array()?.iter().find(|member| member["user_id"] == user).cloned()
}

/// Whether somebody is a member, asked by one.
async fn is_member(ana: &Person, org: &str, user: &str) -> bool {
    let answer = ana.gets(&format!("/v1/organizations/{org}/access?user_id={user}")).await;
    match answer.status.as_u16() {
        200 => true,
        _ => {
            answer.refused(403, "not-a-member");
            false
        }
    }
}

/// How far the journal is.
async fn position(server: &Server) -> u64 {
    let ready = server.bearer("anybody", "").gets("/readyz").await.expect(200);
    ready.body["position"].as_u64().expect("a position")
}
