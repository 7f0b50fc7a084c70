//! A NATS that encrypts and asks who one is.

use servers::nats::{Nats, Version};
use servers::{Certificates, Credentials, Postgres};
use tests::{Server, eventually};

use crate::{SECRET, refused, talkative};

/// Ana founds an organization, and all of it is carried; nothing secret is said.
async fn is_used(mut server: Server) {
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    eventually("it is carried", async || {
        let metrics = ana.gets("/metrics").await;
        metrics.raw.lines().any(|line| line == "roster_relay_position 2").then_some(())
    })
    .await;
    let ready = ana.gets("/readyz").await.expect(200);
    assert_eq!((&ready.body["status"], &ready.body["nats"]), (&"ready".into(), &"connected".into()), "{ready:#?}");
    assert!(server.stop().success());
    assert!(!server.log().contains(SECRET), "{}", server.log());
}

/// It is not used, the server runs on without it, and the log says why, once.
async fn is_away(mut server: Server, why: &str) {
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    let awaited = format!("the log says {why}");
    eventually(&awaited, async || server.log().contains(why).then_some(())).await;
    assert_eq!(ana.gets("/readyz").await.expect(200).body["nats"], "away");
    let said = server.log();
    let said = said.lines().filter(|line| line.contains("NATS can't be reached") && line.contains(why)).count();
    assert_eq!(said, 1, "once is enough");
    assert!(server.stop().success());
    assert!(!server.log().contains(SECRET), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nats_with_tls_and_a_password_is_used() {
    for version in [Version::Oldest, Version::Newest] {
        let certificates = Certificates::new();
        let who = format!("{}\nauthorization {{ user: roster, password: {SECRET:?} }}", certificates.for_nats());
        let nats = Nats::with(version, &who);
        let url = nats.url().replace("nats://", &format!("tls://roster:{SECRET}@"));
        let database = Postgres::shared().create_database();
        let ca = certificates.authority().display().to_string();
        is_used(talkative(&[("DATABASE_URL", &database), ("NATS_URL", &url), ("ROSTER_NATS_CA", &ca)])).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nats_whose_certificate_or_password_is_another_is_told_of_and_done_without() {
    let certificates = Certificates::new();
    let who = format!("{}\nauthorization {{ user: roster, password: {SECRET:?} }}", certificates.for_nats());
    let nats = Nats::with(Version::Newest, &who);
    let url = |password: &str| nats.url().replace("nats://", &format!("tls://roster:{password}@"));
    let ca = |certificates: &Certificates| certificates.authority().display().to_string();
    let database = || Postgres::shared().create_database();
    let others = Certificates::new();
    let stranger = [("DATABASE_URL", &*database()), ("NATS_URL", &url(SECRET)), ("ROSTER_NATS_CA", &ca(&others))];
    is_away(talkative(&stranger), "invalid peer certificate").await;
    let guess = [("DATABASE_URL", &*database()), ("NATS_URL", &url("guessed")), ("ROSTER_NATS_CA", &ca(&certificates))];
    is_away(talkative(&guess), "authorization violation").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credentials_file_is_used() {
    for version in [Version::Oldest, Version::Newest] {
        let credentials = Credentials::new();
        let nats = Nats::with(version, &credentials.for_nats());
        let file = credentials.file();
        let text = std::fs::read_to_string(&file).expect("it was just written");
        let seed = text.lines().find(|line| line.starts_with("SU")).expect("a seed").to_owned();
        let token = text.lines().nth(1).expect("a token").to_owned();
        let (database, file) = (Postgres::shared().create_database(), file.display().to_string());
        let url = nats.url();
        let settings = [("DATABASE_URL", database.as_str()), ("NATS_URL", &url), ("ROSTER_NATS_CREDS", &file)];
        let mut server = talkative(&settings);
        let ana = server.person("ana");
        ana.founds("acme").await.expect(201);
        eventually("it is carried", async || {
            let metrics = ana.gets("/metrics").await;
            metrics.raw.lines().any(|line| line == "roster_relay_position 2").then_some(())
        })
        .await;
        assert!(server.stop().success());
        let log = server.log();
        assert!(!log.contains(&seed) && !log.contains(&token), "{log}");

        // Another operator's user is nobody here.
        let others = Credentials::new();
        let file = others.file().display().to_string();
        let database = Postgres::shared().create_database();
        let settings = [("DATABASE_URL", database.as_str()), ("NATS_URL", &url), ("ROSTER_NATS_CREDS", &file)];
        is_away(talkative(&settings), "authorization violation").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nats_that_takes_no_events_is_told_of_once_and_done_without() {
    let user = format!("user: r, password: {SECRET:?}");
    let without_jetstream = format!("accounts {{ PLAIN {{ users: [ {{ {user} }} ] }} }}");
    let everything_else = r#"publish: ["$JS.>", "roster.written"], subscribe: [">"]"#;
    let not_allowed = format!("authorization {{ users: [ {{ {user}, permissions: {{ {everything_else} }} }} ] }}");
    for (version, settings) in
        [(Version::Oldest, &without_jetstream), (Version::Newest, &without_jetstream), (Version::Newest, &not_allowed)]
    {
        let nats = Nats::with(version, settings);
        let url = nats.url().replace("nats://", &format!("nats://r:{SECRET}@"));
        let mut server = talkative(&[("DATABASE_URL", &Postgres::shared().create_database()), ("NATS_URL", &url)]);
        let ana = server.person("ana");
        ana.founds("acme").await.expect(201);
        eventually("it is found to take nothing", async || {
            let ready = ana.gets("/readyz").await.expect(200);
            (ready.body["status"] == "degraded" && ready.body["nats"] == "failing").then_some(())
        })
        .await;
        eventually("it is tried again", async || {
            server.log().contains("the relay was interrupted again").then_some(())
        })
        .await;
        let log = server.log();
        let told = log.lines().filter(|line| line.contains("WARN") && line.contains("the relay was interrupted"));
        assert_eq!(told.count(), 1, "once is enough");
        let metrics = ana.gets("/metrics").await.raw;
        assert!(metrics.lines().any(|line| line == "roster_relay_leader 0"), "{metrics}");
        assert!(server.stop().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none_are_told_of_at_once() {
    let nonsense = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(nonsense.path(), SECRET).expect("the file is ours");
    let path = nonsense.path().display().to_string();
    let url = ("NATS_URL", "nats://127.0.0.1:1");
    for (name, file, why) in [
        ("ROSTER_NATS_CREDS", "/nowhere/nats.creds", "No such file"),
        ("ROSTER_NATS_CREDS", &path, "credentials file"),
        ("ROSTER_NATS_CA", "/nowhere/ca.pem", "No such file"),
        ("ROSTER_NATS_CA", &path, "holds no certificate"),
    ] {
        let told = refused(&[url, (name, file)]).await;
        assert!(told.contains(file) && told.contains(why), "{told}");
    }
}
