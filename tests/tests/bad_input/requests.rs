//! Paths, methods and headers.

use reqwest::Method;

use crate::Scene;

#[tokio::test]
async fn there_is_nothing_at_other_addresses() {
    let scene = Scene::set().await;
    for path in ["/v1", "/v1/", "/v2/organizations", "/v1/organizations/", "/v1/organizations/acme/nothing"] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            scene.ana.calls(method, path, None).await.refused(404, "not-found");
        }
    }
    for path in ["/v1//organizations", "/V1/organizations", "/healthz/", "/v1/organizations/acme/members/x/y"] {
        scene.ana.gets(path).await.refused(404, "not-found");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_are_taken() {
    let scene = Scene::set().await;
    let before = scene.all().await;
    let places = [
        ("/v1/organizations", "GET HEAD POST"),
        ("/v1/organizations/acme", "DELETE GET HEAD PATCH"),
        ("/v1/organizations/acme/members", "GET HEAD"),
        ("/v1/organizations/acme/members/x", "DELETE PATCH"),
        ("/v1/organizations/acme/leave", "POST"),
        ("/v1/organizations/acme/ownership", "POST"),
        ("/v1/organizations/acme/invitations", "GET HEAD POST"),
        ("/v1/organizations/acme/invitations/x", "DELETE GET HEAD"),
        ("/v1/organizations/acme/access", "GET HEAD"),
        ("/v1/organizations/acme/history", "GET HEAD"),
        ("/v1/organizations/acme/webhooks", "GET HEAD POST"),
        ("/v1/organizations/acme/webhooks/x", "DELETE GET HEAD PATCH"),
        ("/v1/organizations/acme/webhooks/x/secret", "POST"),
        ("/v1/organizations/acme/webhooks/x/redeliveries", "POST"),
        ("/v1/organizations/acme/webhooks/x/test", "POST"),
        ("/v1/webhooks", "GET HEAD POST"),
        ("/v1/webhooks/x", "DELETE GET HEAD PATCH"),
        ("/v1/people/ana/memberships", "GET HEAD"),
        ("/v1/access", "POST"),
        ("/v1/permissions", "GET HEAD"),
        ("/v1/people/ben", "DELETE"),
        ("/v1/erasures", "GET HEAD"),
        ("/v1/invitations", "GET HEAD"),
        ("/v1/invitations/x", "GET HEAD"),
        ("/v1/invitations/x/accept", "POST"),
        ("/v1/invitations/x/decline", "POST"),
        ("/healthz", "GET HEAD"),
        ("/readyz", "GET HEAD"),
        ("/metrics", "GET HEAD"),
        ("/openapi.json", "GET HEAD"),
    ];
    let strange = Method::from_bytes(b"LEAVE").expect("a method");
    for (path, taken) in places {
        for method in
            [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, strange.clone()]
        {
            if taken.split(' ').any(|one| one == method.as_str()) {
                continue;
            }
            let answer = scene.ana.calls(method, path, None).await.refused(405, "method-not-allowed");
            let mut allowed: Vec<_> = answer.header("allow").unwrap_or_default().split(',').map(str::trim).collect();
            allowed.sort_unstable();
            assert_eq!(allowed.join(" "), taken, "{answer:#?}");
        }
    }
    Scene::expect_unchanged(&before, &scene.all().await);
}

#[tokio::test]
async fn huge_headers_are_refused_and_large_ones_are_not() {
    let scene = Scene::set().await;
    let with = async |value: String| {
        let request = scene.ana.request(Method::GET, "/v1/organizations/acme").header("x-padding", value);
        scene.ana.sends(request).await
    };
    with("x".repeat(16 * 1024)).await.expect(200);
    with("x".repeat(40 * 1024)).await.expect(431);
    let mut many = scene.ana.request(Method::GET, "/v1/organizations/acme");
    for n in 0..100 {
        many = many.header(format!("x-{n}"), "x");
    }
    scene.ana.sends(many).await.expect(431);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let scene = Scene::set().await;
    for path in ["/v1/organizations/acme", "/v1/organizations/acme/members", "/healthz", "/metrics", "/openapi.json"] {
        let got = scene.ana.gets(path).await.expect(200);
        let head = scene.ana.calls(Method::HEAD, path, None).await.expect(200);
        assert!(head.raw.is_empty() && !got.raw.is_empty(), "{head:#?}");
        assert_eq!(head.header("content-type"), got.header("content-type"));
    }
    let head = scene.zoe.calls(Method::HEAD, "/v1/organizations/acme", None).await.expect(404);
    assert!(head.raw.is_empty(), "{head:#?}");
}

#[tokio::test]
async fn no_answer_is_kept_or_sniffed() {
    let scene = Scene::set().await;
    for path in ["/v1/organizations/acme", "/v1/organizations/unknown", "/nothing", "/readyz"] {
        let answer = scene.ana.gets(path).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:#?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:#?}");
    }
}
