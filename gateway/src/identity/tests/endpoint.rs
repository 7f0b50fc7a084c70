//! Keys from an endpoint: rotation, its being down, and how seldom it is asked.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::future::join_all;
use serde_json::Value;

use super::{HandClock, TestKey, ana, jwks, verifier};
use crate::identity::IdentityError::{self, Invalid, KeysUnavailable};
use crate::identity::jwks::{ENDPOINT_EVERY, ENDPOINT_PAUSE, Jwks};
use crate::identity::key_source::LARGEST;

const UNKNOWN: IdentityError = Invalid("its key is not known");

/// An issuer on a free port of this machine, which counts how often it is asked.
struct Issuer {
    url: String,
    asked: Arc<AtomicUsize>,
    answer: Arc<Mutex<(StatusCode, String)>>,
}

impl Issuer {
    async fn start() -> Self {
        let (asked, answer) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new((StatusCode::OK, String::new()))));
        let (count, said) = (asked.clone(), answer.clone());
        let jwks = get(move || {
            count.fetch_add(1, SeqCst);
            let (status, body) = said.lock().unwrap().clone();
            async move { (status, [("location", "/elsewhere")], body).into_response() }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let app = Router::new().route("/jwks", jwks.clone()).route("/elsewhere", jwks);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, asked, answer }
    }

    fn says(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (StatusCode::from_u16(status).unwrap(), body.to_owned());
    }

    fn publishes(&self, keys: &[Value]) {
        self.says(200, &jwks(keys).to_string());
    }

    fn asked(&self) -> usize {
        self.asked.load(SeqCst)
    }
}

#[tokio::test]
async fn a_rotation_is_followed() {
    let (issuer, clock, old, new) = (Issuer::start().await, HandClock::new(), TestKey::ec(), TestKey::ed());
    let (by_old, by_new) = (old.token("old", &ana(&clock)), new.token("new", &ana(&clock)));
    issuer.publishes(&[old.named("old")]);
    let (verifier, jwks) = verifier(&issuer.url, &clock);
    assert!(verifier.verify(&by_old).await.is_ok());

    issuer.publishes(&[old.named("old"), new.named("new")]);
    assert_eq!(verifier.verify(&by_new).await, Err(UNKNOWN));
    clock.pass(ENDPOINT_PAUSE);
    assert!(verifier.verify(&by_new).await.is_ok());

    issuer.publishes(&[new.named("new")]);
    clock.pass(ENDPOINT_EVERY - Duration::from_secs(1));
    jwks.turn().await;
    assert!(verifier.verify(&by_old).await.is_ok());
    clock.pass(Duration::from_secs(1));
    jwks.turn().await;
    assert_eq!(verifier.verify(&by_old).await, Err(UNKNOWN));
    assert!(verifier.verify(&by_new).await.is_ok());
    assert_eq!(issuer.asked(), 3);
}

#[tokio::test]
async fn unknown_keys_ask_once_in_thirty_seconds_however_many_come_at_once() {
    let (issuer, clock, key) = (Issuer::start().await, HandClock::new(), TestKey::ed());
    issuer.publishes(&[key.named("k1")]);
    let (verifier, _) = verifier(&issuer.url, &clock);
    let flood: Vec<String> = (0..50).map(|n| key.token(&format!("unknown {n}"), &ana(&clock))).collect();
    for (round, asked) in [(0, 1), (29, 1), (1, 2), (30, 3)] {
        clock.pass(Duration::from_secs(round));
        let verdicts = join_all(flood.iter().map(|token| verifier.verify(token))).await;
        assert!(verdicts.iter().all(|verdict| *verdict == Err(UNKNOWN)));
        assert_eq!(issuer.asked(), asked);
    }
    assert!(verifier.verify(&key.token("k1", &ana(&clock))).await.is_ok());
}

#[tokio::test]
async fn a_new_key_is_found_for_all_who_wait_for_it() {
    let (issuer, clock, key) = (Issuer::start().await, HandClock::new(), TestKey::ed());
    issuer.publishes(&[]);
    let (verifier, _) = verifier(&issuer.url, &clock);
    assert_eq!(verifier.verify(&key.token("k1", &ana(&clock))).await, Err(UNKNOWN));
    issuer.publishes(&[key.named("k1")]);
    clock.pass(ENDPOINT_PAUSE);
    let tokens: Vec<String> = ["ana", "ben", "cleo"]
        .map(|sub| key.token("k1", &super::with(&ana(&clock), &serde_json::json!({ "sub": sub }))))
        .into();
    let verdicts = join_all(tokens.iter().map(|token| verifier.verify(token))).await;
    assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    assert_eq!(issuer.asked(), 2);
}

#[tokio::test]
async fn an_endpoint_that_is_down_at_first_is_asked_again() {
    let (issuer, clock, key) = (Issuer::start().await, HandClock::new(), TestKey::rsa());
    let token = key.token("k1", &ana(&clock));
    let (verifier, jwks) = verifier(&issuer.url, &clock);
    let large = format!("{}{}", super::jwks(&[key.named("k1")]), " ".repeat(LARGEST));
    let redirected = super::jwks(&[key.named("k1")]).to_string();
    for (status, body) in [(500, "down"), (200, "<html>"), (200, large.as_str()), (302, redirected.as_str())] {
        issuer.says(status, body);
        for _ in 0..3 {
            assert_eq!(verifier.verify(&token).await, Err(KeysUnavailable));
            jwks.turn().await;
        }
        clock.pass(ENDPOINT_PAUSE);
    }
    assert_eq!(issuer.asked(), 4);
    issuer.publishes(&[key.named("k1")]);
    assert!(verifier.verify(&token).await.is_ok());
}

#[tokio::test]
async fn known_keys_outlive_an_endpoint_by_a_day() {
    let (issuer, clock, key) = (Issuer::start().await, HandClock::new(), TestKey::ed());
    issuer.publishes(&[key.named("k1")]);
    let (verifier, jwks) = verifier(&issuer.url, &clock);
    assert!(verifier.verify(&key.token("k1", &ana(&clock))).await.is_ok());
    issuer.says(503, "");
    clock.pass(ENDPOINT_EVERY);
    jwks.turn().await;
    assert!(verifier.verify(&key.token("k1", &ana(&clock))).await.is_ok());
    clock.pass(Duration::from_secs(24 * 3600));
    assert_eq!(verifier.verify(&key.token("k1", &ana(&clock))).await, Err(KeysUnavailable));
    issuer.publishes(&[key.named("k1")]);
    clock.pass(ENDPOINT_PAUSE);
    jwks.turn().await;
    assert!(verifier.verify(&key.token("k1", &ana(&clock))).await.is_ok());
}

#[tokio::test]
async fn a_caller_who_hangs_up_does_not_take_the_reading_along() {
    let (issuer, clock, key) = (Issuer::start().await, HandClock::new(), TestKey::ed());
    issuer.publishes(&[key.named("k1")]);
    let (verifier, _) = verifier(&issuer.url, &clock);
    let token = key.token("k1", &ana(&clock));
    // Polled once, which starts the reading, then dropped.
    assert!(futures::FutureExt::now_or_never(verifier.verify(&token)).is_none());
    assert!(verifier.verify(&token).await.is_ok());
    assert_eq!(issuer.asked(), 1);
}

#[tokio::test]
async fn nobody_listening_does_not_prevent_the_start() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    drop(listener);
    let jwks = Jwks::open(&url, HandClock::new()).await.unwrap();
    assert!(jwks.current().await.is_none());
}
