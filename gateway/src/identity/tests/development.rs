//! The development identity: its key and what it signs.

use std::os::unix::fs::PermissionsExt;
use std::sync::Barrier;
use std::time::{Duration, SystemTime};

use aws_lc_rs::signature::KeyPair;

use crate::identity::{DevKey, DevKeyError, Identity, IdentityError, Scope, TokenRequest};

fn anas() -> TokenRequest {
    TokenRequest {
        user_id: "ana".parse().unwrap(),
        email: Some("ana@acme.test".into()),
        email_verified: true,
        name: Some("Ana \"<b>\" Ü".into()),
        picture: None,
        session: Some("s-1".into()),
        scope: Some("roster:audit roster:admin".into()),
        expires_in: Duration::from_secs(60),
    }
}

#[tokio::test]
async fn what_the_key_signs_is_verified_in_the_same_folder_and_in_no_other() {
    let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let token = DevKey::open_or_create(here.path()).unwrap().sign(&anas(), SystemTime::now().into());
    let identity = Identity::development(DevKey::open_or_create(here.path()).unwrap());
    let claims = identity.verifier.verify(&token).await.unwrap();
    assert_eq!((claims.user.as_str(), claims.session.as_deref()), ("ana", Some("s-1")));
    assert_eq!(claims.person.name.as_deref(), Some("Ana \"<b>\" Ü"));
    assert!(claims.person.email_verified);
    assert_eq!([Scope::ActAs, Scope::Audit, Scope::Admin].map(|scope| claims.has(scope)), [false, true, true]);

    let other = Identity::development(DevKey::open_or_create(elsewhere.path()).unwrap());
    assert_eq!(other.verifier.verify(&token).await, Err(IdentityError::Invalid("its key is not known")));
}

#[tokio::test]
async fn a_token_ends_when_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let key = DevKey::open_or_create(folder.path()).unwrap();
    let old = key.sign(&anas(), (SystemTime::now() - Duration::from_secs(66)).into());
    let verdict = Identity::development(key).verifier.verify(&old).await;
    assert_eq!(verdict, Err(IdentityError::Invalid("it has expired")));
}

#[test]
fn those_who_make_the_key_at_once_agree_on_one() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let (data, start) = (folder.path().join("not/there/yet"), Barrier::new(8));
        let made = std::thread::scope(|scope| {
            let open = || {
                start.wait();
                DevKey::open_or_create(&data).unwrap().pair.public_key().as_ref().to_vec()
            };
            let all: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(made.windows(2).all(|pair| pair[0] == pair[1]));
        let left: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["dev-key.pem"]);
        assert_eq!(std::fs::metadata(data.join("dev-key.pem")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_no_key_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dev-key.pem");
    let public = pem::encode(&pem::Pem::new("PUBLIC KEY", [0; 44]));
    for garbage in ["", "garbage", &public] {
        std::fs::write(&path, garbage).unwrap();
        let error = DevKey::open_or_create(folder.path()).err().unwrap();
        assert!(matches!(error, DevKeyError::Garbage { .. }) && error.to_string().contains("dev-key.pem"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), garbage);
    }
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(matches!(DevKey::open_or_create(folder.path()), Err(DevKeyError::Unreadable { .. })));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = DevKey::open_or_create(&folder.path().join("file/data")).err().unwrap();
    assert!(error.to_string().contains("file/data/dev-key.pem"), "{error}");
}
