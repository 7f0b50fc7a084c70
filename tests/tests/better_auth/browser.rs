//! The flow's own call in a real browser: from a page of another origin, by the cookie that the browser has.

use gateway::identity::TokenRequest;
use serde_json::{Value, json};
use tests::other_origin::{calls, front_end};
use tests::surfer::Surfer;
use tests::{Person, Server, eventually, says};

/// Acme of Ana with Ben in it, at a server that trusts one front end; Ben is at his browser, and looks at acme there and
/// on another device.
struct Scene {
    server: Server,
    trusted: String,
    ana: Person,
    ben: Person,
    /// Ben at another device.
    elsewhere: Person,
    acme: String,
    member: String,
    browser: Surfer,
}

impl Scene {
    async fn set() -> Self {
        let trusted = front_end().await;
        let server = Server::with(&[], &[("ROSTER_TRUSTED_ORIGINS", &trusted)]);
        let [ana, elsewhere] = ["ana", "ben"].map(|id| server.person(id));
        let ben = server.person_with(&TokenRequest { session: Some("browser".to_owned()), ..says("ben") });
        let acme = ana.founds("acme").await.expect(201).text("/id");
        let member = ana.takes_in("acme", &ben, "member").await;
        for person in [&ben, &elsewhere] {
            let looks = json!({ "organizationId": acme });
            person.posts("/api/auth/organization/set-active", looks).await.expect(200);
        }
        let browser = Surfer::at(&server, &ben).await;
        Self { server, trusted, ana, ben, elsewhere, acme, member, browser }
    }

    /// Ben opens the page of this front end.
    async fn opens(&self, front_end: &str) {
        self.browser.goes(&format!("{front_end}/?roster={}", self.server.url)).await;
    }

    /// What the page does when Ben leaves.
    fn leaving(&self) -> Option<Value> {
        Some(json!({ "memberIdOrEmail": self.member, "organizationId": self.acme }))
    }
}

async fn active(person: &Person) -> Value {
    person.gets("/api/auth/get-session").await.expect(200).body["session"]["activeOrganizationId"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn ben_leaves_from_a_page_of_another_origin() {
    let scene = Scene::set().await;
    scene.opens(&scene.trusted).await;
    let page = &scene.browser;
    let session = calls(page, "getSession", None).await.expect("an answer");
    assert_eq!((session.text("/user/name"), session.text("/session/id")), ("Ben".to_owned(), "browser".to_owned()));
    assert_eq!(session.text("/session/activeOrganizationId"), scene.acme);

    let removed = calls(page, "organization.removeMember", scene.leaving()).await.expect("an answer");
    removed.date("/member/createdAt");
    assert_eq!(removed.text("/member/id"), scene.member);
    scene.ben.checks("acme").await.refused(403, "not-a-member");
    let last = scene.ana.history("acme").await.pop().expect("a history");
    assert_eq!((&last["type"], &last["actor"]), (&json!("MemberLeft"), &json!("person:ben")));

    // The page is told that there is none, and Ben's other device as well.
    let session = calls(page, "getSession", None).await.expect("an answer");
    assert_eq!(session.data["session"]["activeOrganizationId"], Value::Null, "{session:#?}");
    assert_eq!(active(&scene.elsewhere).await, Value::Null);
    let again = calls(page, "organization.removeMember", scene.leaving()).await.expect("an answer");
    again.refused(400, "MEMBER_NOT_FOUND");
    // And where people of Roster's own pages read it, it is over too.
    scene.browser.opens("/app/acme").await;
    eventually("Ben is sent away", async || (!scene.browser.path().await.contains("acme")).then_some(())).await;
    scene.browser.closes().await;
}

/// The control: the same page, the same cookie, and an origin that nobody trusts.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_page_of_an_origin_that_is_not_trusted_does_and_reads_nothing() {
    let scene = Scene::set().await;
    let before = scene.ana.history("acme").await;
    scene.opens(&front_end().await).await;
    let page = &scene.browser;
    for (call, argument) in
        [("organization.removeMember", scene.leaving()), ("organization.list", None), ("getSession", None)]
    {
        let thrown = calls(page, call, argument).await.expect_err("the browser lets no answer through");
        assert!(thrown.contains("Failed to fetch"), "{call}: {thrown}");
    }
    // What browsers send without asking first, and with the cookie: said to be text, or nothing at all.
    let body = json!({ "memberIdOrEmail": scene.member, "organizationId": scene.acme }).to_string();
    let url = format!("{}/api/auth/organization/remove-member", scene.server.url);
    for sent in ["arguments[1]", "new Blob([arguments[1]])"] {
        let script = format!(
            "return fetch(arguments[0], {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: {sent} }})\
             .then(answer => answer.type)"
        );
        assert_eq!(
            page.script(&script, &[json!(url), json!(body)]).await,
            "opaque",
            "sent, and not to be read: {sent}"
        );
    }
    assert_eq!(scene.ana.history("acme").await, before);
    assert_eq!(active(&scene.ben).await, scene.acme.as_str());
    scene.ben.checks("acme").await.expect(200);
    scene.browser.closes().await;
}
