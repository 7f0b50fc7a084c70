//! What is in a body.

use reqwest::Method;
use serde_json::{Value, json};

use crate::Scene;

const FOUND: &str = "/v1/organizations";
const ACME: &str = "/v1/organizations/acme";
const INVITE: &str = "/v1/organizations/acme/invitations";
const TRANSFER: &str = "/v1/organizations/acme/ownership";

#[tokio::test]
async fn what_is_not_one_json_object_is_refused() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let broken: [&[u8]; 17] = [
        b"",
        b"   ",
        b"hello",
        b"null",
        b"\"beta\"",
        b"[\"Beta\", \"beta\", null, null]",
        b"[{\"name\": \"Beta\", \"slug\": \"beta\"}]",
        b"{\"name\": \"Beta\", \"slug\": \"beta\"",
        b"{\"name\": \"Beta\", \"slug\": \"beta\"} trailing",
        b"{\"name\": \"Beta\", \"slug\": \"beta\"}{}",
        b"{\"name\": \"Beta\", \"slug\": \"beta\",}",
        b"{'name': 'Beta', 'slug': 'beta'}",
        b"{\"name\": \"Be\xff\xfeta\", \"slug\": \"beta\"}",
        b"{\"name\": \"Be\\ud800ta\", \"slug\": \"beta\"}",
        b"{\"name\": \"Beta\", \"name\": \"Beta\", \"slug\": \"beta\"}",
        b"{\"name\": \"Beta\", \"slug\": \"beta\", \"metadata\": {\"a\": 1e999}}",
        b"\xef\xbb\xbf{\"name\": \"Beta\", \"slug\": \"beta\"}",
    ];
    for body in broken {
        scene.ana_sends(Method::POST, FOUND, body).await.invalid("");
    }
    let (open, close) = ("[".repeat(500), "]".repeat(500));
    let deep = format!("{{\"name\": \"Beta\", \"slug\": \"beta\", \"metadata\": {{\"a\": {open}{close}}}}}");
    scene.ana_sends(Method::POST, FOUND, deep).await.invalid("");
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn a_mistake_in_a_field_is_pointed_at() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let long = "x".repeat(101);
    let founding = [
        ("/name", json!({ "slug": "beta" })),
        ("/slug", json!({ "name": "Beta" })),
        ("/name", json!({ "name": null, "slug": "beta" })),
        ("/name", json!({ "name": 5, "slug": "beta" })),
        ("/name", json!({ "name": ["Beta"], "slug": "beta" })),
        ("/name", json!({ "name": "", "slug": "beta" })),
        ("/name", json!({ "name": " \u{a0} ", "slug": "beta" })),
        ("/name", json!({ "name": long, "slug": "beta" })),
        ("/slug", json!({ "name": "Beta", "slug": null })),
        ("/slug", json!({ "name": "Beta", "slug": { "a": 1 } })),
        ("/logo", json!({ "name": "Beta", "slug": "beta", "logo": 1 })),
        ("/logo", json!({ "name": "Beta", "slug": "beta", "logo": "" })),
        ("/logo", json!({ "name": "Beta", "slug": "beta", "logo": "x".repeat(2049) })),
        ("/logo", json!({ "name": "Beta", "slug": "beta", "logo": "https://acme.test/\n/logo" })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": "text" })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": ["a"] })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": { "a": [{ "b": "x\u{0}y" }] } })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": { "a\u{0}": 1 } })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": { "a": "x".repeat(17_000) } })),
        ("/metadata", json!({ "name": "Beta", "slug": "beta", "metadata": nested(33) })),
    ];
    for (pointer, body) in founding {
        scene.ana.posts(FOUND, body).await.invalid(pointer);
    }
    for (pointer, body) in [
        ("/name", json!({ "name": null })),
        ("/slug", json!({ "slug": null })),
        ("/name", json!({ "name": long, "slug": "beta" })),
        ("/slug", json!({ "name": "Beta", "slug": "Beta" })),
        ("/metadata", json!({ "metadata": true })),
    ] {
        scene.ana.patches(ACME, body).await.invalid(pointer);
    }
    let member = format!("{ACME}/members/{}", scene.ben_member);
    for (pointer, path, body) in [
        ("/role", member.as_str(), json!({})),
        ("/role", member.as_str(), json!({ "role": "boss" })),
        ("/role", member.as_str(), json!({ "role": "Member" })),
        ("/role", member.as_str(), json!({ "role": "" })),
        ("/role", member.as_str(), json!({ "role": null })),
        ("/role", member.as_str(), json!({ "role": ["member"] })),
        ("/role", member.as_str(), json!({ "role": { "member": null } })),
        ("/role", INVITE, json!({ "email": "tom@acme.test" })),
        ("/role", INVITE, json!({ "email": "tom@acme.test", "role": "boss" })),
        ("/role", INVITE, json!({ "email": "tom@acme.test", "role": { "member": null } })),
        ("/email", INVITE, json!({ "role": "member" })),
        ("/email", INVITE, json!({ "email": null, "role": "member" })),
        ("/member_id", TRANSFER, json!({})),
        ("/member_id", TRANSFER, json!({ "member_id": null })),
        ("/member_id", TRANSFER, json!({ "member_id": "ben" })),
        ("/member_id", TRANSFER, json!({ "member_id": format!("{{{}}}", scene.ben_member) })),
    ] {
        let method = if path == member { Method::PATCH } else { Method::POST };
        scene.ana.calls(method, path, Some(body)).await.invalid(pointer);
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

fn nested(levels: usize) -> Value {
    (1..levels).fold(json!({}), |inner, _| json!({ "a": inner }))
}

#[tokio::test]
async fn characters_that_would_poison_or_disguise_a_name_are_refused() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    for bad in ['\0', '\u{1}', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{2029}', '\u{202a}'] {
        let name = format!("Be{bad}ta");
        scene.ana.posts(FOUND, json!({ "name": name, "slug": "beta" })).await.invalid("/name");
        scene.ana.patches(ACME, json!({ "name": name })).await.invalid("/name");
    }
    for bad in ('\u{202b}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
        scene.ana.patches(ACME, json!({ "name": format!("Be{bad}ta") })).await.invalid("/name");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn every_rule_of_slugs_is_kept() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let long = "x".repeat(49);
    let bad = [
        "",
        "a",
        &long,
        "Beta",
        "be ta",
        "-beta",
        "beta-",
        "be--ta",
        "be_ta",
        "be.ta",
        "be/ta",
        "münchen",
        "b\u{0}eta",
        "new",
        "select",
        "onboarding",
        "api",
        "app",
        "me",
        "sign-in",
        "organizations",
        "invitations",
        "healthz",
        "0192f0c1-0000-7000-8000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ];
    for slug in bad {
        scene.ana.posts(FOUND, json!({ "name": "Beta", "slug": slug })).await.invalid("/slug");
        scene.ana.patches(ACME, json!({ "slug": slug })).await.invalid("/slug");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn what_is_no_address_is_not_invited() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let long = format!("{}@{}.test", "x".repeat(60), "y".repeat(200));
    for email in [
        "",
        " ",
        "tom",
        "tom@",
        "@acme.test",
        "tom@acme@test",
        "Tom <tom@acme.test>",
        "tom@acme.test, mia@acme.test",
        "tom@[127.0.0.1]",
        "tom@acme.test\r\nBcc: mia@acme.test",
        "to\u{0}m@acme.test",
        "t\u{202e}om@acme.test",
        &long,
    ] {
        scene.ana.posts(INVITE, json!({ "email": email, "role": "member" })).await.invalid("/email");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn nobody_is_made_owner_by_a_role() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let owner = json!({ "email": "tom@acme.test", "role": "owner" });
    scene.ana.posts(INVITE, owner).await.refused(403, "permission-denied");
    let member = format!("{ACME}/members/{}", scene.ben_member);
    scene.ana.patches(&member, json!({ "role": "owner" })).await.refused(403, "permission-denied");
    let own = scene.ana.gets(ACME).await.expect(200).text("/owner/member_id");
    let own = format!("{ACME}/members/{own}");
    scene.ana.patches(&own, json!({ "role": "member" })).await.refused(403, "permission-denied");
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn markup_and_fields_nobody_knows_are_no_mistake() {
    let scene = Scene::set().await;
    let name = "<script>alert('acme')</script>";
    let body = json!({ "name": name, "slug": "beta", "colour": { "of": ["the", null] }, "owner": "mia" });
    let founded = scene.ana.posts(FOUND, body).await.expect(201);
    assert_eq!(founded.body["name"], name);
    assert_eq!(founded.body["owner"]["user_id"], "ana");
    assert_eq!(scene.ana.gets("/v1/organizations/beta").await.expect(200).body["name"], name);
    let composed = json!({ "name": "  Cafe\u{301} ", "metadata": nested(31) });
    let changed = scene.ana.patches("/v1/organizations/beta", composed).await.expect(200);
    assert_eq!(changed.body["name"], "Caf\u{e9}", "trimmed and composed");
}
