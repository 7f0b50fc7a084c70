//! People with their applications: better-auth's client is what the application uses, `/v1` tells what came of it.

use std::ops::Deref;

use gateway::identity::TokenRequest;
use serde_json::{Value, json};
use tests::better_auth::Told;
use tests::{AuthClient, Clients, Person, Server, says};

/// A server, and one Node process with everybody's clients.
pub struct Scene {
    pub server: Server,
    clients: Clients,
}

impl Scene {
    /// Without anybody.
    pub fn set() -> Self {
        Self::at(Server::start())
    }

    /// The same on this server.
    pub fn at(server: Server) -> Self {
        Self { server, clients: Clients::start() }
    }

    /// Somebody ordinary.
    pub fn user(&self, id: &str) -> User {
        self.user_with(&says(id))
    }

    /// Somebody whose token says just this.
    pub fn user_with(&self, request: &TokenRequest) -> User {
        self.signed_in(self.server.person_with(request))
    }

    /// Somebody in this session of their identity provider's: another device, another browser.
    pub fn session(&self, id: &str, session: &str) -> User {
        self.user_with(&TokenRequest { session: Some(session.to_owned()), ..says(id) })
    }

    /// Somebody with the token they have.
    pub fn signed_in(&self, person: Person) -> User {
        User { client: self.clients.of(&person), person }
    }

    /// The application of somebody who has not signed in.
    pub fn stranger(&self) -> AuthClient {
        self.clients.anonymous(&self.server.url)
    }
}

/// Somebody at their application, and, as a [`Person`], at `/v1`.
#[derive(Clone)]
pub struct User {
    pub person: Person,
    pub client: AuthClient,
}

impl User {
    /// Calls `organization.<call>` with an argument.
    pub async fn asks(&self, call: &str, arg: Value) -> Told {
        self.client.calls(&format!("organization.{call}"), arg).await
    }

    /// Calls `organization.<call>`, which reads, with these parameters.
    pub async fn reads(&self, call: &str, query: Value) -> Told {
        self.asks(call, json!({ "query": query })).await
    }

    /// Calls `organization.<call>` without an argument.
    pub async fn sees(&self, call: &str) -> Told {
        self.client.calls_without(&format!("organization.{call}")).await
    }

    /// Creates an organization named like its slug: its id.
    pub async fn creates(&self, slug: &str) -> String {
        let created = self.asks("create", json!({ "name": slug, "slug": slug })).await;
        created.clone().ok();
        created.text("/id")
    }

    /// Invites somebody: the invitation's id.
    pub async fn sends(&self, org: &str, somebody: &User, role: &str) -> String {
        let body = json!({ "email": somebody.email(), "role": role, "organizationId": org });
        let sent = self.asks("inviteMember", body).await;
        sent.clone().ok();
        sent.text("/id")
    }

    /// Invites somebody who accepts: their member id.
    pub async fn welcomes(&self, org: &str, somebody: &User, role: &str) -> String {
        let invitation = self.sends(org, somebody, role).await;
        let accepted = somebody.asks("acceptInvitation", json!({ "invitationId": invitation })).await;
        accepted.clone().ok();
        accepted.text("/member/id")
    }

    /// The active organization of their session, as `getSession` tells it.
    pub async fn active(&self) -> Option<String> {
        let told = self.client.calls_without("getSession").await;
        assert_eq!(told.data["user"]["id"], self.id.as_str(), "{told:#?}");
        told.data["session"]["activeOrganizationId"].as_str().map(str::to_owned)
    }

    /// The names of all that happened in an organization, oldest first.
    pub async fn events(&self, org: &str) -> Vec<String> {
        let history = self.history(org).await;
        history.iter().filter_map(|event| event["type"].as_str().map(str::to_owned)).collect()
    }
}

impl Deref for User {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.person
    }
}
