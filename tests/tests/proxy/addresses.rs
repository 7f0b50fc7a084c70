//! Addresses that lead to `theirs` for whoever puts them in order, with `mine` in them for whoever does not.

use servers::Nginx;

use crate::raw;
use crate::scene::Scene;

/// Each is `/app/theirs/…` to nginx.
const THEIRS: [&str; 14] = [
    "/app/mine/../theirs/x",
    "/app/mine/./../theirs/x",
    "/app/mine//../../app/theirs/x",
    "/app/mine/%2e%2e/theirs/x",
    "/app/mine/%2E./theirs/x",
    "/app/mine/.%2e/theirs/x",
    "/app/mine/..%2ftheirs/x",
    "/app/mine%2f..%2Ftheirs/x",
    "/app/mine/x/%2e%2e/%2e%2e/theirs/x",
    "//app//theirs/x",
    "/mine/../app/theirs/x",
    "/app/%74heirs/x",
    "/app/theirs%2fx",
    "/app/mine/../theirs/x?/app/mine/",
];

#[tokio::test]
async fn what_nginx_reads_as_another_organizations_is_refused() {
    let scene = Scene::set().await;
    // How nginx reads an address, told by itself.
    let reader =
        Nginx::start(|port| format!("server {{ listen 127.0.0.1:{port}; location / {{ return 200 $uri; }} }}"));
    let token = format!("authorization: Bearer {}", scene.ben.token());
    for address in THEIRS {
        let read = raw::sends(&reader.url(), &format!("GET {address} HTTP/1.1")).await;
        assert_eq!((read.status, read.body.as_str()), (200, "/app/theirs/x"), "{address}");
        let answer = raw::sends(&scene.nginx.url(), &format!("GET {address} HTTP/1.1\n{token}")).await;
        assert_eq!(answer.status, 403, "{address}: {answer:?}");
    }
    // The whole URL in place of the path is read as its path.
    let whole = format!("GET http://elsewhere.example/app/mine/ HTTP/1.1\n{token}");
    assert_eq!(raw::sends(&scene.nginx.url(), &whole).await.told()["headers"]["roster-user"][0], "ben");
    let whole = format!("GET http://elsewhere.example/app/theirs/ HTTP/1.1\n{token}");
    assert_eq!(raw::sends(&scene.nginx.url(), &whole).await.status, 403);
}

#[tokio::test]
async fn what_an_application_that_cuts_path_parameters_would_read_as_an_organizations_is_refused() {
    let scene = Scene::set().await;
    let token = format!("authorization: Bearer {}", scene.ben.token());
    let ways = [
        "/app;x/mine/x",
        "/app%3Bx/mine/x",
        "/x/..;/app/mine/x",
        "/x/..%3b/app/mine/x",
        "/;/app/mine/x",
        "/app;/mine/x?y",
        "/x/..;a=b/app/mine",
    ];
    for departed in [false, true] {
        if departed {
            scene.ben.leaves("mine").await.expect(200);
        }
        for address in ways {
            let answer = raw::sends(&scene.nginx.url(), &format!("GET {address} HTTP/1.1\n{token}")).await;
            assert_eq!(answer.status, 403, "{address}: {answer:?}");
        }
    }
    // Elsewhere than in the path it is nothing to worry about.
    let answer = raw::sends(&scene.nginx.url(), "GET /shop?a=1;b=%3b HTTP/1.1").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn what_others_would_read_as_another_organizations_is_refused() {
    let scene = Scene::set().await;
    let token = format!("authorization: Bearer {}", scene.ben.token());
    for address in [
        "/app/mine/..;/theirs/",
        "/app/mine/%5c../theirs",
        "/app/mine/..%5ctheirs",
        "/app/mine\\..\\theirs",
        "/app/mine/%252e%252e/theirs",
        "/app/mine/%c0%ae%c0%ae/theirs",
        "/app/mine#/../theirs",
        "/app/mine/%00",
        "/app/mine/%0d%0a",
        "/app/mine/\u{ff0e}\u{ff0e}/theirs",
    ] {
        let answer = raw::sends(&scene.nginx.url(), &format!("GET {address} HTTP/1.1\n{token}")).await;
        // nginx refuses some by itself.
        assert!([400, 403].contains(&answer.status), "{address}: {answer:?}");
    }
}
