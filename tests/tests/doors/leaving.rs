//! Leaving by the form: where it leads, what is said there, and that it is done once.

use std::sync::Arc;

use reqwest::Method;
use tests::{Person, Server, at_once};

use crate::reader::{Reader, location, notice, set_cookie};

/// Acme of Ana, with Ben in it and in these others.
async fn scene(others: &[&str]) -> (Server, Person, Person, Reader) {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    for org in others.iter().copied().chain(["acme"]) {
        ana.founds(org).await.expect(201);
        ana.takes_in(org, &ben, "member").await;
    }
    let reader = Reader::of(&server, &ben);
    (server, ana, ben, reader)
}

/// How often Ben left, by the history.
async fn left(ana: &Person) -> usize {
    ana.history("acme").await.iter().filter(|event| event["type"] == "MemberLeft").count()
}

#[tokio::test]
async fn ben_leaves_without_a_word_and_is_told_once() {
    for (others, wanted) in [(&[][..], "/app/onboarding"), (&["beta"], "/app/beta"), (&["beta", "gamma"], "/app/beta")]
    {
        let (_server, ana, ben, reader) = scene(others).await;
        // No body, no Content-Type, and no Content-Length but 0.
        let answer = reader.sends(reader.request(Method::POST, "/app/acme/leave")).await.expect(303);
        assert_eq!(location(&answer), wanted);
        ben.checks("acme").await.refused(403, "not-a-member");
        let page = reader.opens(wanted).await.expect(200);
        assert_eq!(notice(&page).as_deref(), Some("You left acme"));
        assert!(set_cookie(&page, "roster_notice").contains("Max-Age=0"));
        assert_eq!(notice(&reader.opens(wanted).await.expect(200)), None, "it is said once");
        assert_eq!(left(&ana).await, 1);
    }
}

#[tokio::test]
async fn ben_leaves_by_id_and_the_message_has_the_name_it_had() {
    let (_server, ana, _ben, reader) = scene(&["beta"]).await;
    let id = ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    let left = reader.posts(&format!("/app/{id}/leave"), &[]).await.expect(303);
    let (way, page) = reader.follows(left).await;
    assert_eq!((way, notice(&page).as_deref()), (vec!["/app/beta".to_owned()], Some("You left acme")));
    ana.patches("/v1/organizations/acme", serde_json::json!({ "name": "Renamed since" })).await.expect(200);
    let again = reader.posts(&format!("/app/{id}/leave"), &[]).await.expect(303);
    let (_, page) = reader.follows(again).await;
    assert_eq!(notice(&page).as_deref(), Some("You left acme"), "what happened later is not for Ben");
}

#[tokio::test]
async fn asked_twice_ben_has_left_once_and_is_told_the_same() {
    for others in [&[][..], &["beta"]] {
        let (_server, ana, _ben, reader) = scene(others).await;
        let (first, second) = (reader.posts("/app/acme/leave", &[]).await, reader.posts("/app/acme/leave", &[]).await);
        for answer in [&first, &second] {
            assert_eq!(answer.status, 303, "{answer:#?}");
        }
        assert_eq!(location(&first), location(&second));
        assert_eq!(set_cookie(&first, "roster_notice"), set_cookie(&second, "roster_notice"));
        let (_, page) = reader.follows(second).await;
        assert_eq!(notice(&page).as_deref(), Some("You left acme"));
        assert_eq!(left(&ana).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_are_one() {
    let (_server, ana, _ben, reader) = scene(&["beta"]).await;
    let reader = Arc::new(reader);
    let poster = reader.clone();
    let answers = at_once(20, 0..20, move |_| {
        let reader = poster.clone();
        async move { reader.posts("/app/acme/leave", &[]).await }
    })
    .await;
    for answer in &answers {
        assert_eq!(answer.status, 303, "{answer:#?}");
        assert_eq!(location(answer), "/app/beta");
        assert_eq!(set_cookie(answer, "roster_notice"), set_cookie(&answers[0], "roster_notice"));
    }
    assert_eq!((answers.len(), left(&ana).await), (20, 1));
    let page = reader.opens("/app/beta").await.expect(200);
    assert_eq!(notice(&page).as_deref(), Some("You left acme"));
}

#[tokio::test]
async fn who_did_not_leave_is_not_told_that_they_did() {
    let (server, ana, ben, reader) = scene(&["beta"]).await;
    let member = ben.checks("acme").await.expect(200).text("/member_id");
    ana.removes("acme", &member).await.expect(204);
    let zoe = server.person("zoe");
    for (reader, wanted) in [(&reader, "/app/beta"), (&Reader::of(&server, &zoe), "/app/onboarding")] {
        let asked = reader.posts("/app/acme/leave", &[]).await.expect(303);
        let (way, page) = reader.follows(asked).await;
        assert_eq!(way, ["/app", wanted]);
        let said = notice(&page);
        assert_eq!(said.as_deref(), Some("That organization does not exist, or you are not a member of it."));
    }
    assert_eq!(left(&ana).await, 0);
}

#[tokio::test]
async fn who_left_and_came_back_leaves_anew() {
    let (_server, ana, ben, reader) = scene(&[]).await;
    for n in 1..=3 {
        reader.posts("/app/acme/leave", &[]).await.expect(303);
        reader.posts("/app/acme/leave", &[]).await.expect(303);
        assert_eq!(left(&ana).await, n);
        ana.takes_in("acme", &ben, "admin").await;
    }
    ben.checks("acme").await.expect(200);
}
