//! What verifying costs, from nothing and remembered. Prints figures; run with
//! `cargo test --release -p gateway identity::tests::cost -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{HandClock, TestKey, ana, publish, verifier, with};

const TURNS: u32 = 20_000;

#[tokio::test]
#[ignore = "a measurement"]
async fn verifying_from_nothing_against_remembering() {
    for key in [TestKey::ed(), TestKey::ec(), TestKey::rsa()] {
        let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
        let path = folder.path().join("jwks.json");
        publish(&path, &[key.named("k1")]);
        let (verifier, jwks) = verifier(path.to_str().unwrap(), &clock);
        let said = json!({ "email": "ana@acme.test", "email_verified": true, "name": "Ana", "sid": "s-1" });
        let token = key.token("k1", &with(&ana(&clock), &said));
        let keys = jwks.current().await.unwrap();

        let began = Instant::now();
        for _ in 0..TURNS {
            black_box(verifier.examine(black_box(&token), keys.clone()).await.unwrap());
        }
        let from_nothing = began.elapsed();
        verifier.verify(&token).await.unwrap();
        let began = Instant::now();
        for _ in 0..TURNS {
            black_box(verifier.verify(black_box(&token)).await.unwrap());
        }
        let each = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(TURNS);
        println!(
            "{}: token {} bytes, from nothing {:.1} µs, remembered {:.2} µs",
            key.alg(),
            token.len(),
            each(from_nothing),
            each(began.elapsed())
        );
    }
}
