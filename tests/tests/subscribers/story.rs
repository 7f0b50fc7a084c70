//! Everything that can happen to organizations, each at least once.

use serde_json::json;
use tests::{Person, Server, carried, eventually};

/// Ana's acme, with everything that can happen in it, somebody who comes back, and apex, which ends. The last position.
pub async fn everything(server: &Server) -> u64 {
    let [ana, ben, cleo, dan, eve] = ["ana", "ben", "cleo", "dan", "eve"].map(|name| server.person(name));
    ana.founds("acme").await.expect(201);
    let change = json!({ "name": "Acme & Söhne", "slug": "acme-2", "logo": "/acme.png", "metadata": { "seats": 12 } });
    ana.patches("/v1/organizations/acme", change).await.expect(200);
    ana.patches("/v1/organizations/acme-2", json!({ "logo": null, "metadata": null, "slug": "acme" }))
        .await
        .expect(200);
    let bens = ana.takes_in("acme", &ben, "member").await;
    ana.patches(&format!("/v1/organizations/acme/members/{bens}"), json!({ "role": "admin" })).await.expect(200);
    let cleos = ana.takes_in("acme", &cleo, "member").await;
    ana.removes("acme", &cleos).await.expect(204);
    let (dans, eves) = (ana.invites("acme", &dan, "member").await, ana.invites("acme", &eve, "admin").await);
    sends_again(&ana, &dan).await;
    ana.deletes(&format!("/v1/organizations/acme/invitations/{}", dans.expect(201).text("/id"))).await.expect(204);
    eve.calls(reqwest::Method::POST, &format!("/v1/invitations/{}/decline", eves.expect(201).text("/id")), None).await;
    ana.transfers("acme", &bens).await.expect(200);
    ana.leaves("acme").await.expect(200);
    // Whoever comes back is another member.
    ben.takes_in("acme", &ana, "member").await;
    ben.takes_in("acme", &cleo, "admin").await;
    dan.founds("apex").await.expect(201);
    dan.takes_in("apex", &eve, "member").await;
    dan.deletes("/v1/organizations/apex").await.expect(204).position()
}

/// Over the one wire that has it.
async fn sends_again(ana: &Person, dan: &Person) {
    let organization = ana.gets("/v1/organizations/acme").await.text("/id");
    let body = json!({ "email": dan.email(), "role": "member", "organizationId": organization, "resend": true });
    ana.posts("/api/auth/organization/invite-member", body).await.expect(200);
}

/// Waits until the stream has all up to this position, where there is a stream.
pub async fn is_carried(server: &Server, position: u64) {
    if let Some(url) = server.nats_url() {
        eventually("all is carried", async || (carried(url).await == position).then_some(())).await;
    }
}
