//! What bodies come as, and how large they are.

use reqwest::Method;
use serde_json::json;
use tests::Answer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::Scene;

const FOUND: &str = "/v1/organizations";
const LIMIT: usize = 64 * 1024;

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let body = r#"{"name": "Beta", "slug": "beta"}"#;
    let plain = scene.ana.request(Method::POST, FOUND).body(body);
    scene.ana.sends(plain).await.refused(415, "unsupported-media-type");
    for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/json-seq"] {
        let request = scene.ana.request(Method::POST, FOUND).header("content-type", kind).body(body);
        scene.ana.sends(request).await.refused(415, "unsupported-media-type");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
    for (n, kind) in ["application/json", "application/json; charset=utf-8", "Application/JSON"].iter().enumerate() {
        let body = json!({ "name": "Beta", "slug": format!("beta-{n}") }).to_string();
        let request = scene.ana.request(Method::POST, FOUND).header("content-type", *kind).body(body);
        scene.ana.sends(request).await.expect(201);
    }
}

#[tokio::test]
async fn a_body_may_have_64_kib() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let founding = |size: usize| {
        let empty = json!({ "name": "Beta", "slug": "beta", "pad": "" }).to_string();
        json!({ "name": "Beta", "slug": "beta", "pad": "x".repeat(size - empty.len()) }).to_string()
    };
    for size in [LIMIT + 1, 16 * LIMIT] {
        scene.ana_sends(Method::POST, FOUND, founding(size)).await.refused(413, "payload-too-large");
    }
    for path in ["/v1/organizations/acme/leave", "/v1/invitations/0192f0c1-0000-7000-8000-000000000000/accept"] {
        scene.ana_sends(Method::POST, path, "x".repeat(LIMIT + 1)).await.refused(413, "payload-too-large");
    }
    Scene::expect_unchanged(&before, &scene.all().await);
    scene.ana_sends(Method::POST, FOUND, founding(LIMIT)).await.expect(201);
}

#[tokio::test]
async fn a_body_that_does_not_say_its_length_is_measured_all_the_same() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let chunk = format!("{:x}\r\n{}\r\n", 16 * 1024, " ".repeat(16 * 1024));
    let answer = raw(&scene, "transfer-encoding: chunked", &format!("{}0\r\n\r\n", chunk.repeat(5))).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("\"code\":\"payload-too-large\""), "{answer}");
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn a_body_that_claims_to_be_huge_is_refused_before_it_arrives() {
    let scene = Scene::set().await;
    let answer = raw(&scene, "content-length: 10000000000", "").await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

/// Sends a founding by hand, body as it is, and reads until the server has answered.
async fn raw(scene: &Scene, length: &str, body: &str) -> String {
    let address = scene.server.url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "POST {FOUND} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\n{length}\r\n\r\n",
        scene.ana.token()
    );
    stream.write_all(head.as_bytes()).await.expect("the head is sent");
    // The server may hang up before it has all.
    let _ = stream.write_all(body.as_bytes()).await;
    let (mut answer, mut buffer) = (String::new(), [0; 4096]);
    while !answer.contains('}') {
        let read = stream.read(&mut buffer).await.expect("an answer");
        assert!(read > 0, "the server hung up after {answer:?}");
        answer.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    answer
}

#[tokio::test]
async fn commands_without_fields_need_neither_body_nor_content_type() {
    let scene = Scene::set().await;
    let (ana, mia, tom) = (&scene.ana, &scene.mia, scene.server.person("tom"));
    let invited = async || ana.invites("acme", &tom, "member").await.expect(201).text("/id");
    let bare = async |method: Method, path: String| -> Answer { tom.sends(tom.request(method, &path)).await };
    bare(Method::POST, format!("/v1/invitations/{}/decline", invited().await)).await.expect(204);
    let member = bare(Method::POST, format!("/v1/invitations/{}/accept", invited().await)).await.expect(200);
    bare(Method::DELETE, format!("/v1/organizations/acme/members/{}", member.text("/id"))).await.expect(204);
    let odd = mia.request(Method::POST, "/v1/organizations/acme/leave").header("content-type", "text/plain");
    mia.sends(odd.body("not looked at")).await.expect(200);
    let taken_back = format!("/v1/organizations/acme/invitations/{}", invited().await);
    ana.sends(ana.request(Method::DELETE, &taken_back)).await.expect(204);
    ana.sends(ana.request(Method::DELETE, "/v1/organizations/acme")).await.expect(204);
}
