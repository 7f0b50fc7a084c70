//! Bodies and parameters that mean harm: each is the sender's mistake, none is a failure of ours, and nothing is changed.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server, at_once};

use crate::by_hand::{BASE, fails, sends};

/// Calls with all of their texts, as they would be well, in an order in which all but three do what they say.
#[rustfmt::skip]
const CALLS: [(&str, &str); 14] = [
    ("create", r#"{"name": "Evil", "slug": "evil", "logo": "l"}"#),
    ("check-slug", r#"{"slug": "free"}"#),
    ("update", r#"{"data": {"name": "Evil", "slug": "evil-too", "logo": "l"}, "organizationId": "$acme"}"#),
    ("accept-invitation", r#"{"invitationId": "$own"}"#),
    ("reject-invitation", r#"{"invitationId": "$own"}"#),
    ("set-active", r#"{"organizationId": "$rival"}"#),
    ("set-active", r#"{"organizationSlug": "rival"}"#),
    ("invite-member", r#"{"email": "evil@evil.test", "role": "admin", "organizationId": "$acme"}"#),
    ("cancel-invitation", r#"{"invitationId": "$pending"}"#),
    ("update-member-role", r#"{"memberId": "$ben", "role": "admin", "organizationId": "$acme"}"#),
    ("remove-member", r#"{"memberIdOrEmail": "$ben", "organizationId": "$acme"}"#),
    ("remove-member", r#"{"memberIdOrEmail": "ben@acme.test", "organizationId": "$acme"}"#),
    ("leave", r#"{"organizationId": "$acme"}"#),
    ("delete", r#"{"organizationId": "$acme"}"#),
];

/// Reads, with parameters in which texts are put.
const READS: [&str; 12] = [
    "get-organization?organizationId=",
    "get-organization?organizationSlug=",
    "get-full-organization?membersLimit=",
    "get-invitation?id=",
    "list-invitations?organizationId=",
    "list-user-invitations?email=",
    "get-active-member-role?userId=",
    "list-members?limit=",
    "list-members?filterField=id&filterOperator=gt&filterValue=",
    "list-members?filterField=createdAt&filterOperator=contains&filterValue=",
    "list-members?filterField=userId&filterOperator=in&filterValue=ben&filterValue=",
    "list-members?sortBy=",
];

/// Ana owns acme, with Ben in it and Tom invited; she is invited to rival.
struct Scene {
    _server: Server,
    ana: Person,
    ids: [(&'static str, String); 5],
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, tom, zoe] = ["ana", "ben", "tom", "zoe"].map(|id| server.person(id));
        let acme = ana.founds("acme").await.expect(201).text("/id");
        let rival = zoe.founds("rival").await.expect(201).text("/id");
        let ids = [
            ("$own", zoe.invites("rival", &ana, "member").await.expect(201).text("/id")),
            ("$ben", ana.takes_in("acme", &ben, "member").await),
            ("$pending", ana.invites("acme", &tom, "member").await.expect(201).text("/id")),
            ("$acme", acme.clone()),
            ("$rival", rival),
        ];
        let scene = Self { _server: server, ana, ids };
        sends(&scene.ana, "/organization/set-active", json!({ "organizationId": acme }).to_string()).await.expect(200);
        scene
    }

    /// A call's body with ids for their names.
    fn body(&self, written: &str) -> String {
        self.ids.iter().fold(written.to_owned(), |text, (name, id)| text.replace(name, id))
    }

    /// The journal's position. What Ana looks at may have ended: who asks for what is none of theirs looks at nothing.
    async fn position(&self) -> Value {
        self.ana.gets("/readyz").await.expect(200).body["position"].clone()
    }
}

#[track_caller]
fn is_their_mistake(answer: &Answer) {
    assert!(answer.status.is_client_error(), "{:.2000}", format!("{answer:#?}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_every_body_may_be_anything() {
    let scene = Arc::new(Scene::set().await);
    let before = scene.position().await;
    let long = "x".repeat(10_000);
    let mut bodies = Vec::new();
    for (call, written) in CALLS {
        let well = scene.body(written);
        // The place of each text is where a colon and a quotation mark are.
        for (at, _) in well.match_indices(": \"") {
            let (start, rest) = (&well[..at + 3], &well[at + 3..]);
            let (text, end) = rest.split_at(rest.find('"').expect("a text ends"));
            for evil in
                ["\\u0000", &format!("{text}\\u0000"), "\\ud800", &format!("{text}\\udfff"), &long, "\\u202e\\u0007"]
            {
                bodies.push((call, format!("{start}{evil}{end}")));
            }
        }
    }
    let of = scene.clone();
    let answers = at_once(4, bodies, move |(call, body)| {
        let scene = of.clone();
        async move { sends(&scene.ana, &format!("/organization/{call}"), body).await }
    });
    let answers = answers.await;
    answers.iter().for_each(is_their_mistake);
    assert_eq!(scene.position().await, before, "nothing was recorded");
    println!("{} bodies were somebody's mistake", answers.len());

    // The control: as they are well these calls do what they say, but for what is done already or never.
    let mut in_vain = Vec::new();
    for (call, written) in CALLS {
        let answer = sends(&scene.ana, &format!("/organization/{call}"), scene.body(written)).await;
        in_vain.extend((answer.status != 200).then_some(call));
    }
    assert_eq!(in_vain, ["reject-invitation", "remove-member", "leave"]);
}

#[tokio::test]
async fn parameters_may_be_anything() {
    let scene = Scene::set().await;
    let (ana, before) = (&scene.ana, scene.position().await);
    let (long, many) = ("x".repeat(10_000), vec!["b"; 101].join("&filterValue="));
    for read in READS {
        for evil in ["%00", "a%00b", "%ED%A0%80", "%FF", "%", "%E2%80%AE", "%27%3B--", &long] {
            let answer = ana.gets(&format!("{BASE}/organization/{read}{evil}")).await;
            // A filter that nobody meets is no mistake, nor is a number that is none.
            assert!(answer.status == 200 || answer.status.is_client_error(), "{:.2000}", format!("{answer:#?}"));
            if answer.status == 200 {
                assert!(read.contains('&') || read.ends_with("imit=") || read.ends_with("Id="), "{read}{evil:.20}");
            }
        }
    }
    let list = format!("{BASE}/organization/list-members?filterField=userId&filterOperator=in&filterValue=");
    let answer = ana.gets(&format!("{list}{many}")).await;
    fails(answer, 400, "VALIDATION_ERROR", "[query.filterValue] Too big: expected at most 100 values");
    is_their_mistake(&ana.gets(&format!("{list}{}", vec!["b"; 3_000].join("&filterValue="))).await);
    assert_eq!(scene.position().await, before);
}

#[tokio::test]
async fn bodies_may_be_deep_and_long() {
    let scene = Scene::set().await;
    let (ana, before) = (&scene.ana, scene.position().await);
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let wide = vec!["\"member\""; 15_000].join(",");
    for (call, written) in CALLS {
        let (path, well) = (format!("/organization/{call}"), scene.body(written));
        let more = |what: &str| format!("{}, \"more\": {what}}}", &well[..well.len() - 1]);
        let deep = sends(ana, &path, more(&nested(10_000))).await;
        fails(deep, 400, "BAD_REQUEST", "Invalid JSON in request body");
        sends(ana, &path, nested(30_000)).await.expect(400);
        let long = sends(ana, &path, more(&format!("\"{}\"", "x".repeat(70_000)))).await.expect(413);
        assert_eq!(long.body["code"], "PAYLOAD_TOO_LARGE", "{call}");
        sends(ana, &path, format!("[{wide}]").get(..60_000).unwrap_or_default().to_owned()).await.expect(400);
    }
    // Where lists are read, and where anything is kept.
    let roles = vec!["\"boss\""; 6_000].join(",");
    let body = scene.body(&format!(r#"{{"memberId": "$ben", "organizationId": "$acme", "role": [{roles}]}}"#));
    is_their_mistake(&sends(ana, "/organization/update-member-role", body).await);
    let metadata = |value: &str| format!(r#"{{"name": "Evil", "slug": "evil", "metadata": {{"a": {value}}}}}"#);
    for value in
        [nested(100), format!("\"{}\"", "x".repeat(20_000)), "\"\\u0000\"".into(), "\"\\ud800\"".into(), "1e999".into()]
    {
        is_their_mistake(&sends(ana, "/organization/create", metadata(&value)).await);
    }
    assert_eq!(scene.position().await, before, "nothing was recorded");
    // After all of this Ana is still served, and looks where she looked.
    let session = ana.calls(Method::GET, &format!("{BASE}/get-session"), None).await.expect(200);
    assert_eq!(session.body["session"]["activeOrganizationId"], scene.body("$acme"));
}
