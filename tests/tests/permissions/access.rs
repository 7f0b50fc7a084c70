//! The membership check: who may ask about whom.

use serde_json::json;
use tests::Server;

const OF_BEN: &str = "/v1/organizations/acme/access?user_id=ben";
const OF_ZOE: &str = "/v1/organizations/acme/access?user_id=zoe";

#[tokio::test]
async fn members_may_ask_about_anybody() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let acme = ana.founds("acme").await.expect(201).text("/id");
    let member = ana.takes_in("acme", &ben, "member").await;
    let expected = json!({ "organization_id": acme, "user_id": "ben", "member_id": member, "role": "member",
                           "sequence": 5 });
    assert_eq!(ben.checks("acme").await.expect(200).body, expected);
    assert_eq!(ben.gets(OF_BEN).await.expect(200).body, expected, "to name oneself is to ask about oneself");
    assert_eq!(ana.gets(OF_BEN).await.expect(200).body, expected);
    assert_eq!(ben.gets("/v1/organizations/acme/access?user_id=ana").await.expect(200).body["role"], "owner");
    ben.gets(OF_ZOE).await.refused(403, "not-a-member");
}

#[tokio::test]
async fn outsiders_may_ask_only_with_a_scope_for_it() {
    let server = Server::start();
    let [ana, ben, zoe] = ["ana", "ben", "zoe"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    for about in [OF_BEN, OF_ZOE.replace("zoe", "nobody").as_str()] {
        zoe.gets(about).await.refused(403, "permission-denied");
        server.with_scope("root", "roster:admin openid").gets(about).await.refused(403, "permission-denied");
    }
    zoe.gets(OF_ZOE).await.refused(403, "not-a-member");
    for scope in ["roster:act-as", "roster:audit", "openid roster:audit profile"] {
        let backend = server.with_scope("backend", scope);
        assert_eq!(backend.gets(OF_BEN).await.expect(200).body["user_id"], "ben");
        backend.gets(OF_ZOE).await.refused(403, "not-a-member");
        backend.checks("acme").await.refused(403, "not-a-member");
        backend.gets(&OF_BEN.replace("acme", "unknown")).await.refused(403, "not-a-member");
    }
    ben.leaves("acme").await.expect(200);
    ben.gets("/v1/organizations/acme/access?user_id=ana").await.refused(403, "permission-denied");
}

#[tokio::test]
async fn a_scope_is_a_whole_word() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    for scope in ["", "roster:audit2", "xroster:audit", "roster:AUDIT", "roster:audit,roster:act-as", "roster"] {
        let nearly = server.with_scope("nearly", scope);
        nearly.gets(OF_BEN).await.refused(403, "permission-denied");
        nearly.gets("/v1/organizations/acme/history").await.refused(404, "organization-not-found");
    }
}
