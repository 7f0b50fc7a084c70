//! What is sent twice, as by a double click, is done once, and both answers lead to the same place.

use tests::Server;

use crate::reader::{Reader, location};

#[tokio::test]
async fn ana_founds_twice_and_has_one_organization() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    let reader = Reader::of(&server, &ana);
    let fields = [("name", "Acme"), ("slug", "acme")];
    for _ in 0..2 {
        assert_eq!(location(&reader.posts("/app/onboarding", &fields).await.expect(303)), "/app/acme");
    }
    assert_eq!(ana.history("acme").await.len(), 2, "founded, and joined by its owner");
    // Whoever is not the owner, or wants another one, is told.
    Reader::of(&server, &ben).posts("/app/onboarding", &fields).await.expect(409);
    reader.posts("/app/onboarding", &[("name", "Another"), ("slug", "acme")]).await.expect(409);
}

#[tokio::test]
async fn ben_accepts_twice_and_is_a_member_once() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let invitation = ana.invites("acme", &ben, "member").await.expect(201).text("/id");
    let (reader, path) = (Reader::of(&server, &ben), format!("/app/invitations/{invitation}/accept"));
    for _ in 0..2 {
        assert_eq!(location(&reader.posts(&path, &[]).await.expect(303)), "/app/acme");
    }
    let joined = ana.history("acme").await.iter().filter(|event| event["type"] == "MemberJoined").count();
    assert_eq!(joined, 2, "Ana and Ben");
    // After leaving, the old invitation is no way back.
    ben.leaves("acme").await.expect(200);
    reader.posts(&path, &[]).await.expect(409);
    ben.checks("acme").await.refused(403, "not-a-member");
}
