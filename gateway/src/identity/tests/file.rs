//! Keys in a file: each family, and rotation.

use std::time::Duration;

use super::{HandClock, TestKey, ana, publish, verifier};
use crate::identity::IdentityError::{self, Invalid};
use crate::identity::jwks::{FILE_EVERY, Jwks};
use crate::identity::key_source::{JwksError, LARGEST, ReadError};

const UNKNOWN: IdentityError = Invalid("its key is not known");

#[tokio::test]
async fn tokens_of_each_family_are_verified() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
    let path = folder.path().join("jwks.json");
    let keys = [TestKey::ed(), TestKey::ec(), TestKey::rsa()];
    publish(&path, &keys.each_ref().map(|key| key.named(key.alg())));
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    for key in &keys {
        let token = key.token(key.alg(), &ana(&clock));
        for _ in 0..2 {
            assert_eq!(verifier.verify(&token).await.unwrap().user.as_str(), "ana", "{}", key.alg());
        }
    }
}

#[tokio::test]
async fn a_new_key_counts_at_once_and_a_removed_one_ends_with_what_was_verified_before() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
    let path = folder.path().join("jwks.json");
    let (old, new) = (TestKey::ed(), TestKey::ec());
    let (by_old, by_new) = (old.token("old", &ana(&clock)), new.token("new", &ana(&clock)));
    publish(&path, &[old.named("old")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    assert!(verifier.verify(&by_old).await.is_ok());
    assert_eq!(verifier.verify(&by_new).await, Err(UNKNOWN));

    publish(&path, &[old.named("old"), new.named("new")]);
    assert!(verifier.verify(&by_new).await.is_ok());
    assert!(verifier.verify(&by_old).await.is_ok());

    publish(&path, &[new.named("new")]);
    clock.pass(FILE_EVERY);
    assert_eq!(verifier.verify(&by_old).await, Err(UNKNOWN));
    assert!(verifier.verify(&by_new).await.is_ok());
}

#[tokio::test]
async fn where_nobody_sends_tokens_the_file_is_looked_at_all_the_same() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
    let path = folder.path().join("jwks.json");
    publish(&path, &[TestKey::ed().named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    let two_days = Duration::from_secs(2 * 24 * 60 * 60);
    for _ in 0..2 {
        assert!(verifier.can_verify().await);
        clock.pass(two_days);
    }
    std::fs::remove_file(&path).unwrap();
    assert!(!verifier.can_verify().await);
}

#[tokio::test]
async fn another_key_under_the_same_name_ends_the_tokens_of_the_former() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), HandClock::new());
    let path = folder.path().join("jwks.json");
    let (old, new) = (TestKey::ed(), TestKey::ed());
    let (by_old, by_new) = (old.token("k1", &ana(&clock)), new.token("k1", &ana(&clock)));
    publish(&path, &[old.named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    assert!(verifier.verify(&by_old).await.is_ok());
    publish(&path, &[new.named("k1")]);
    clock.pass(FILE_EVERY);
    assert_eq!(verifier.verify(&by_old).await, Err(Invalid("its signature is not the key's")));
    assert!(verifier.verify(&by_new).await.is_ok());
}

#[tokio::test]
async fn a_token_verified_before_still_expires() {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    let token = key.token("k1", &ana(&clock));
    assert!(verifier.verify(&token).await.is_ok());
    clock.pass(Duration::from_secs(3604));
    assert!(verifier.verify(&token).await.is_ok());
    clock.pass(Duration::from_secs(1));
    assert_eq!(verifier.verify(&token).await, Err(Invalid("it has expired")));
}

#[tokio::test]
async fn a_file_spoilt_later_leaves_the_known_keys_in_use_for_a_day() {
    let (folder, clock, key) = (tempfile::tempdir().unwrap(), HandClock::new(), TestKey::ed());
    let path = folder.path().join("jwks.json");
    publish(&path, &[key.named("k1")]);
    let (verifier, _) = verifier(path.to_str().unwrap(), &clock);
    assert!(verifier.verify(&key.token("k1", &ana(&clock))).await.is_ok());
    std::fs::write(&path, "half a fi").unwrap();
    clock.pass(Duration::from_secs(24 * 3600));
    let token = key.token("k1", &ana(&clock));
    assert!(verifier.verify(&token).await.is_ok());
    clock.pass(Duration::from_secs(1));
    assert_eq!(verifier.verify(&token).await, Err(IdentityError::KeysUnavailable));
    publish(&path, &[key.named("k1")]);
    assert!(verifier.verify(&token).await.is_ok());
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jwks.json");
    let open = async || match Jwks::open(path.to_str().unwrap(), HandClock::new()).await {
        Err(JwksError::File { source, .. }) => source,
        _ => unreachable!("it was opened"),
    };
    assert!(matches!(open().await, ReadError::File(_)));
    std::fs::write(&path, "[]").unwrap();
    assert!(matches!(open().await, ReadError::NotJwks));
    publish(&path, &[]);
    assert!(matches!(open().await, ReadError::NoKey));
    std::fs::write(&path, " ".repeat(LARGEST + 1)).unwrap();
    assert!(matches!(open().await, ReadError::TooLarge));
}
