//! Organizations: created, read, changed, looked at.

use serde_json::{Value, json};
use tests::better_auth::Told;

use crate::scene::Scene;

/// What was answered of an organization, but when it was created, which must be a date.
#[track_caller]
fn undated(told: Told) -> Value {
    told.date("/createdAt");
    let mut body = told.ok();
    body.as_object_mut().expect("an organization").remove("createdAt");
    body
}

#[tokio::test]
async fn ana_creates_organizations_and_looks_at_the_newest_unless_she_says_so() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    // Whoever is named as its user: the session counts.
    let asked = json!({ "name": "Acme", "slug": "acme", "userId": "ben" });
    let created = ana.asks("create", asked).await;
    created.date("/members/0/createdAt");
    let (acme, member) = (created.text("/id"), created.text("/members/0/id"));
    assert_eq!(created.data["createdAt"], created.data["members"][0]["createdAt"]);
    let mut body = undated(created);
    body["members"][0].as_object_mut().expect("a member").remove("createdAt");
    let owner = json!({ "id": member, "organizationId": acme, "userId": "ana", "role": "owner" });
    // No key at all where there is no metadata.
    let expected = json!({ "id": acme, "name": "Acme", "slug": "acme", "logo": null, "members": [owner] });
    assert_eq!(body, expected);
    assert_eq!(ana.checks("acme").await.expect(200).text("/member_id"), member);
    assert_eq!(ana.active().await.as_ref(), Some(&acme));

    let (logo, metadata) = ("https://logo.test/b.png", json!({ "plan": "pro", "seats": 3, "of": ["a", null] }));
    let beside = json!({ "name": "Beta", "slug": "beta", "logo": logo, "metadata": metadata,
        "keepCurrentActiveOrganization": true });
    let beta = ana.asks("create", beside).await.ok();
    assert_eq!((&beta["logo"], &beta["metadata"]), (&json!(logo), &metadata));
    assert_eq!(ana.active().await.as_ref(), Some(&acme), "she keeps looking at the first");
    let gamma = ana.creates("gamma").await;
    assert_eq!(ana.active().await, Some(gamma));

    assert_eq!(ana.asks("checkSlug", json!({ "slug": "delta" })).await.ok(), json!({ "status": true }));
    let taken = ana.asks("checkSlug", json!({ "slug": "acme" })).await;
    assert_eq!(taken.refused(400, "ORGANIZATION_SLUG_ALREADY_TAKEN").message(), "Organization slug already taken");
    // The same once more is no other.
    for name in ["Another", "Acme"] {
        let again = ana.asks("create", json!({ "name": name, "slug": "acme" })).await;
        assert_eq!(again.refused(400, "ORGANIZATION_ALREADY_EXISTS").message(), "Organization already exists");
    }
    assert_eq!(ana.sees("list").await.ok().as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn metadata_is_an_object_for_who_writes_and_a_text_for_who_reads() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let acme = ana.creates("acme").await;
    let of_acme = json!({ "organizationId": acme });
    let read = undated(ana.reads("getOrganization", of_acme.clone()).await);
    let bare = json!({ "id": acme, "name": "acme", "slug": "acme", "logo": null, "metadata": null });
    assert_eq!(read, bare);

    let data = json!({ "name": "Acme Inc", "slug": "acme-inc", "logo": "l", "metadata": { "a": { "b": 1 } } });
    let written = undated(ana.asks("update", json!({ "organizationId": acme, "data": data })).await);
    let mut expected = data.clone();
    expected["id"] = json!(acme);
    assert_eq!(written, expected);
    let text = json!(r#"{"a":{"b":1}}"#);
    expected["metadata"] = text.clone();
    for call in ["getOrganization", "getFullOrganization"] {
        let mut read = undated(ana.reads(call, of_acme.clone()).await);
        for more in ["members", "invitations"] {
            read.as_object_mut().expect("an organization").remove(more);
        }
        assert_eq!(read, expected, "{call}");
    }
    assert_eq!(undated(ana.asks("setActive", of_acme.clone()).await), expected);
    let listed = ana.sees("list").await;
    listed.date("/0/createdAt");
    assert_eq!(listed.ok()[0]["metadata"], text);

    // Of the one that is active, and only what is said. Without anything said, nothing.
    let data = json!({ "logo": null, "metadata": {} });
    let written = ana.asks("update", json!({ "data": data })).await.ok();
    assert_eq!(
        (&written["logo"], &written["metadata"], &written["name"]),
        (&json!(null), &json!({}), &json!("Acme Inc"))
    );
    let before = ana.events("acme-inc").await;
    for nothing in [json!({}), json!({ "unknown": 1 })] {
        assert_eq!(ana.asks("update", json!({ "data": nothing })).await.ok()["name"], "Acme Inc");
    }
    assert_eq!(ana.events("acme-inc").await, before);
    assert_eq!(ana.asks("delete", of_acme).await.ok()["metadata"], "{}");
}

#[tokio::test]
async fn ben_looks_at_one_organization_or_another_or_none() {
    let scene = Scene::set();
    let [ana, ben] = ["ana", "ben"].map(|id| scene.user(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let beta = ana.founds("beta").await.expect(201).text("/id");
    let rival = ana.founds("rival").await.expect(201).text("/id");
    for org in ["acme", "beta"] {
        ana.takes_in(org, &ben, "member").await;
    }
    let looks = async |arg: Value| ben.asks("setActive", arg).await;
    // The client would ask with GET where it is told nothing.
    let goes_on = json!({ "method": "POST", "body": {} });
    let goes_on = async || ben.client.calls("fetch:/organization/set-active", goes_on.clone()).await.ok();
    assert_eq!(goes_on().await, Value::Null, "there is none to go on with");
    assert_eq!(ben.reads("getFullOrganization", json!({})).await.ok(), Value::Null);

    assert_eq!(looks(json!({ "organizationId": acme })).await.ok()["slug"], "acme");
    assert_eq!(ben.active().await.as_ref(), Some(&acme));
    assert_eq!(looks(json!({ "organizationSlug": "beta" })).await.ok()["id"], beta.as_str());
    assert_eq!(ben.active().await.as_ref(), Some(&beta));
    assert_eq!(goes_on().await["id"], beta.as_str());
    assert_eq!(ben.sees("getOrganization").await.ok()["id"], beta.as_str());
    // Of both the id counts here, and the slug where he only reads.
    let both = json!({ "organizationId": acme, "organizationSlug": "beta" });
    assert_eq!(looks(both.clone()).await.ok()["id"], acme.as_str());
    assert_eq!(ben.reads("getOrganization", both).await.ok()["id"], beta.as_str());
    // To read is not to look at, nor to look away.
    for call in ["getOrganization", "getFullOrganization"] {
        let of_another = ben.reads(call, json!({ "organizationId": rival })).await;
        of_another.refused(403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
    }
    assert_eq!(ben.active().await.as_ref(), Some(&acme));
    // He stops by himself, or by choosing what is none of his.
    assert_eq!(looks(json!({ "organizationId": null })).await.ok(), Value::Null);
    assert_eq!(ben.active().await, None);
    looks(json!({ "organizationId": acme })).await.ok();
    looks(json!({ "organizationId": rival })).await.refused(403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
    assert_eq!(ben.active().await, None);
}
