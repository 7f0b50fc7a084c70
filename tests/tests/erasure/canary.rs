//! A name and an address that are looked for wherever Roster keeps anything: first found, and after the erasure found nowhere.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use gateway::identity::TokenRequest;
use reqwest::Method;
use serde_json::json;
use servers::Postgres;
use servers::postgres::program;
use tests::{Person, Server, carried, eventually, says};

use crate::{beside, erases, invites, position};

/// What must be gone, in lower case: name, address, the address before, picture.
const CANARY: [&str; 5] =
    ["quetzalina", "kanarienvogel", "zeisig@secret.test", "stieglitz@secret.test", "voliere.test"];

/// What stays: the user id in the history, and somebody else's address. Where they are not found, looking finds nothing.
const KEPT: [&str; 2] = ["u-4711", "bird-7@acme.test"];

/// All bytes below a folder, in lower case.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => all.extend(bytes(&path)),
            // Files come and go below a running server.
            false => all.extend(std::fs::read(&path).unwrap_or_default()),
        }
    }
    all.make_ascii_lowercase();
    all
}

fn has(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// Everything that is kept: the data folder with the journal's file, or a dump of the database and the stream's files.
fn kept(server: &Server) -> Vec<u8> {
    let mut kept = bytes(server.data());
    if beside() {
        let dump = Command::new(program("pg_dump")).arg(server.setting("DATABASE_URL")).output().expect("pg_dump runs");
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        kept.extend(dump.stdout.to_ascii_lowercase());
        // What the database has sampled, for its plans.
        let samples =
            "select coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') from pg_stats
                       where tablename in ('people', 'invitation_addresses')";
        kept.extend(Postgres::shared().query(server.setting("DATABASE_URL"), samples).to_ascii_lowercase().bytes());
    }
    kept
}

/// Everything that can be read of these organizations.
async fn exported(ana: &Person, auditor: &Person, at: u64) -> String {
    let mut said = String::new();
    for org in ["acme", "bolt", "cask", "dune"] {
        said += &json!(auditor.history(org).await).to_string();
        said += &ana.lists(&format!("/v1/organizations/{org}/members?limit=200"), at).await.expect(200).raw;
        for state in ["", "&status=accepted", "&status=declined"] {
            said += &ana.gets(&format!("/v1/organizations/{org}/invitations?limit=200{state}")).await.raw;
        }
        said += &ana.gets(&format!("/v1/organizations/{org}/members?search=quetz")).await.expect(200).raw;
    }
    said.to_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_erasure_name_and_address_are_found_nowhere() {
    let mut server = Server::with(&[], &[("ROSTER_LOG", "debug"), ("ROSTER_LOG_FORMAT", "json")]);
    let (ana, auditor) = (server.person("ana"), server.with_scope("sue", "roster:audit"));
    let canary = |email: &str| TokenRequest {
        name: Some("Quetzalina Kanarienvogel".into()),
        email: Some(email.to_owned()),
        picture: Some("https://voliere.test/bild.png".into()),
        session: Some("kanarienvogel-sitzung".into()),
        ..says("u-4711")
    };
    for org in ["acme", "bolt", "cask", "dune"] {
        ana.founds(org).await.expect(201);
    }
    // A flock around her, so that pages of the file are split and put in order anew.
    let flock = server.people("bird", 150);
    ana.takes_in_all("acme", &flock[..75], "member").await;
    let before = SystemTime::now() - Duration::from_secs(60);
    let before = server.person_as_of(&canary("stieglitz@secret.test"), before);
    before.accepts(&invites(&ana, "dune", "stieglitz@secret.test").await).await.expect(200);
    let quetzalina = server.person_with(&canary("zeisig@secret.test"));
    quetzalina.accepts(&invites(&ana, "acme", "zeisig@secret.test").await).await.expect(200);
    let declined = invites(&ana, "bolt", "zeisig@secret.test").await;
    quetzalina.calls(Method::POST, &format!("/v1/invitations/{declined}/decline"), None).await.expect(204);
    let waiting = invites(&ana, "cask", "zeisig@secret.test").await;
    ana.takes_in_all("acme", &flock[75..], "member").await;
    let active = quetzalina.request(Method::POST, "/api/auth/organization/set-active");
    let active = active.json(&json!({ "organizationSlug": "acme" })).header("origin", &server.url);
    quetzalina.sends(active).await.expect(200);
    quetzalina.checks("acme").await.expect(200);
    ana.gets("/v1/organizations/acme/members?search=quetz").await.expect(200);
    ana.gets("/v1/organizations/acme/members?search=zeisig@secret.test").await.expect(200);

    // She is found.
    let (found, said) = (kept(&server), exported(&ana, &auditor, position(&server).await).await);
    for text in CANARY.iter().chain(&KEPT) {
        assert!(has(&found, text), "{text} is not found: this test could not fail");
    }
    assert!(["quetzalina", "zeisig@secret.test"].iter().all(|text| said.contains(text)), "{said}");

    let at = erases(&quetzalina, "u-4711").await.expect(204).position();
    // Her tokens live on, and are shown everywhere.
    for her in [&before, &quetzalina] {
        for path in ["/v1/organizations", "/v1/invitations", "/v1/organizations/acme/access"] {
            her.gets(path).await;
        }
        her.accepts(&waiting).await.refused(404, "invitation-not-found");
        let page = her.request(Method::GET, "/app").header("accept", "text/html");
        her.sends(page).await;
    }
    let stream = server.nats().map(|nats| (nats.url(), nats.store()));
    if let Some((url, _)) = &stream {
        eventually("all is carried", async || (carried(url).await == at).then_some(())).await;
    }

    let said = exported(&ana, &auditor, at).await;
    let mut kept = kept(&server);
    if let Some((_, store)) = &stream {
        let store = bytes(store);
        assert!(has(&store, "u-4711"), "the stream's files are not looked into");
        kept.extend(store);
    }
    server.stop();
    let log = server.log().to_lowercase();
    assert!(log.contains("somebody was erased") && log.len() > 10_000, "{log}");
    for text in KEPT {
        assert!(has(&kept, text), "{text} is gone");
    }
    for text in CANARY {
        assert!(!has(&kept, text), "{text} is still kept");
        assert!(!said.contains(text), "{text} is in {said}");
        assert!(!log.contains(text), "{text} is in the log");
    }
    // Nor after the server has ended.
    let kept = bytes(server.data());
    assert!(CANARY.iter().all(|text| !has(&kept, text)));
}
