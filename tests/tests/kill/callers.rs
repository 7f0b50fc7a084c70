//! Callers that send commands until the server is gone, and remember what was answered.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server};

/// The organization all callers share.
pub const SHARED: &str = "shared";

/// What an answer promised: this event, about this id, lies at this position.
#[derive(Debug)]
pub struct Acknowledged {
    pub position: u64,
    pub event: &'static str,
    pub about: String,
}

/// Everything one caller sent.
#[derive(Default)]
pub struct Sent {
    pub acknowledged: Vec<Acknowledged>,
    /// Sent, and no answer came.
    pub unanswered: usize,
    /// The slugs of what was founded, or perhaps was.
    pub organizations: Vec<String>,
}

/// One caller: owns an organization of their own, and brings people into it and into the shared one.
pub struct Caller {
    pub name: String,
    /// Who owns the shared organization.
    pub ana: Person,
    pub answered: Arc<AtomicUsize>,
}

impl Caller {
    /// Sends until no answer comes.
    pub async fn send(self, server: &Server) -> Sent {
        let mut sent = Sent::default();
        if self.go_on(server, &mut sent).await.is_none() {
            sent.unanswered += 1;
        }
        sent
    }

    /// `None` when no answer came.
    async fn go_on(&self, server: &Server, sent: &mut Sent) -> Option<()> {
        let owner = server.person(&self.name);
        let own = format!("of-{}", self.name);
        sent.organizations.push(own.clone());
        let body = json!({ "name": own, "slug": own });
        let founded = owner.tries(Method::POST, "/v1/organizations", Some(body)).await;
        let founded = founded.ok()?.expect(201);
        self.keep(sent, &founded, "MemberJoined", founded.text("/owner/member_id"));
        for n in 0_usize.. {
            let (host, org) = if n % 2 == 0 { (&owner, own.as_str()) } else { (&self.ana, SHARED) };
            let newcomer = server.person(&format!("{}-{n}", self.name));
            self.comes_and_goes(host, org, &newcomer, n, sent).await?;
        }
        None
    }

    /// Somebody is invited and joins, becomes admin, and leaves, is removed or stays.
    async fn comes_and_goes(&self, host: &Person, org: &str, one: &Person, n: usize, sent: &mut Sent) -> Option<()> {
        let organization = format!("/v1/organizations/{org}");
        let body = json!({ "email": one.email(), "role": "member" });
        let invited = call(host, Method::POST, &format!("{organization}/invitations"), Some(body)).await?.expect(201);
        let invitation = invited.text("/id");
        self.keep(sent, &invited, "MemberInvited", invitation.clone());

        let accepted = call(one, Method::POST, &format!("/v1/invitations/{invitation}/accept"), None).await?;
        let accepted = accepted.expect(200);
        let member = accepted.text("/id");
        self.keep(sent, &accepted, "MemberJoined", member.clone());

        let at = format!("{organization}/members/{member}");
        let promoted = call(host, Method::PATCH, &at, Some(json!({ "role": "admin" }))).await?.expect(200);
        self.keep(sent, &promoted, "MemberRoleChanged", member.clone());

        match n % 5 {
            0 | 1 => {
                let left = call(one, Method::POST, &format!("{organization}/leave"), None).await?.expect(200);
                self.keep(sent, &left, "MemberLeft", member);
            }
            2 | 3 => {
                let removed = call(host, Method::DELETE, &at, None).await?.expect(204);
                self.keep(sent, &removed, "MemberRemoved", member);
            }
            _ => {}
        }
        Some(())
    }

    fn keep(&self, sent: &mut Sent, answer: &Answer, event: &'static str, about: String) {
        sent.acknowledged.push(Acknowledged { position: answer.position(), event, about });
        self.answered.fetch_add(1, SeqCst);
    }
}

async fn call(person: &Person, method: Method, path: &str, body: Option<Value>) -> Option<Answer> {
    person.tries(method, path, body).await.ok()
}
