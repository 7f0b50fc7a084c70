//! Somebody with a token, and what they do.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::eventually;

/// A person speaking to a server. Cheap to clone.
#[derive(Clone)]
pub struct Person {
    /// Their user id; their address is `<id>@acme.test`.
    pub id: String,
    url: String,
    client: Client,
    token: String,
}

impl Person {
    /// Somebody with this token.
    pub fn new(url: String, client: Client, id: &str, token: &str) -> Self {
        Self { id: id.to_owned(), url, client, token: token.to_owned() }
    }

    /// Their token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The server they speak to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Their e-mail address.
    pub fn email(&self) -> String {
        format!("{}@acme.test", self.id)
    }

    /// The same person at another server, or after it started again elsewhere.
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// A request with their token, to be changed before it is sent.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    /// Any call; `Err` when no answer came.
    pub async fn tries(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer, reqwest::Error> {
        let call = format!("{} {method} {path} {body:?}", self.id);
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(call, request.send().await?).await
    }

    /// A request made by hand, which must be answered.
    pub async fn sends(&self, request: reqwest::RequestBuilder) -> Answer {
        let call = format!("{} {request:?}", self.id);
        let response = request.send().await.unwrap_or_else(|error| panic!("{call} got no answer: {error}"));
        Answer::read(call, response).await.expect("a whole answer")
    }

    /// Any call that must be answered.
    pub async fn calls(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.tries(method, path, body).await.unwrap_or_else(|error| panic!("{} got no answer: {error}", self.id))
    }

    /// `GET`.
    pub async fn gets(&self, path: &str) -> Answer {
        self.calls(Method::GET, path, None).await
    }

    /// `POST`.
    pub async fn posts(&self, path: &str, body: Value) -> Answer {
        self.calls(Method::POST, path, Some(body)).await
    }

    /// `PATCH`.
    pub async fn patches(&self, path: &str, body: Value) -> Answer {
        self.calls(Method::PATCH, path, Some(body)).await
    }

    /// `DELETE`.
    pub async fn deletes(&self, path: &str) -> Answer {
        self.calls(Method::DELETE, path, None).await
    }

    /// Founds an organization named like its slug.
    pub async fn founds(&self, slug: &str) -> Answer {
        self.posts("/v1/organizations", json!({ "name": slug, "slug": slug })).await
    }

    /// Invites somebody by their address.
    pub async fn invites(&self, org: &str, somebody: &Person, role: &str) -> Answer {
        let body = json!({ "email": somebody.email(), "role": role });
        self.posts(&format!("/v1/organizations/{org}/invitations"), body).await
    }

    /// Accepts an invitation.
    pub async fn accepts(&self, invitation: &str) -> Answer {
        self.calls(Method::POST, &format!("/v1/invitations/{invitation}/accept"), None).await
    }

    /// Invites somebody who accepts: their member id.
    pub async fn takes_in(&self, org: &str, somebody: &Person, role: &str) -> String {
        let invitation = self.invites(org, somebody, role).await.expect(201).text("/id");
        somebody.accepts(&invitation).await.expect(200).text("/id")
    }

    /// Leaves.
    pub async fn leaves(&self, org: &str) -> Answer {
        self.calls(Method::POST, &format!("/v1/organizations/{org}/leave"), None).await
    }

    /// Removes a member.
    pub async fn removes(&self, org: &str, member: &str) -> Answer {
        self.calls(Method::DELETE, &format!("/v1/organizations/{org}/members/{member}"), None).await
    }

    /// Transfers ownership.
    pub async fn transfers(&self, org: &str, member: &str) -> Answer {
        self.posts(&format!("/v1/organizations/{org}/ownership"), json!({ "member_id": member })).await
    }

    /// Asks whether they are a member.
    pub async fn checks(&self, org: &str) -> Answer {
        self.gets(&format!("/v1/organizations/{org}/access")).await
    }

    /// Reads a list once it shows this position.
    pub async fn lists(&self, path: &str, position: u64) -> Answer {
        eventually(&format!("{path} at position {position}"), async || {
            let request = self.request(Method::GET, path).header("roster-min-position", position);
            let answer = Answer::read(format!("{} GET {path}", self.id), request.send().await.ok()?).await.ok()?;
            (answer.status != 503).then_some(answer)
        })
        .await
    }

    /// The whole history, page by page.
    pub async fn history(&self, org: &str) -> Vec<Value> {
        let (mut events, mut after) = (Vec::new(), 0);
        loop {
            let page = self.gets(&format!("/v1/organizations/{org}/history?limit=200&after={after}")).await.expect(200);
            events.extend(page.body["events"].as_array().cloned().unwrap_or_default());
            match page.body["next_after"].as_u64() {
                Some(next) => after = next,
                None => return events,
            }
        }
    }
}
