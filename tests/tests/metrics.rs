//! What docs/operating.md says of metrics, compared with what the source records and what a running server shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use servers::{Nats, Postgres};
use tests::{Server, eventually};

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn operating() -> String {
    std::fs::read_to_string(project().join("docs/operating.md")).expect("docs/operating.md")
}

/// Name, and whether it is shown always.
fn documented() -> BTreeMap<String, bool> {
    let mut there = BTreeMap::new();
    for row in operating().lines().filter(|line| line.starts_with("| `roster_")) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let always = match cells[2] {
            "always" => true,
            "once it happens" => false,
            other => panic!("{other:?} in {row}"),
        };
        assert!(there.insert(cells[1].trim_matches('`').to_owned(), always).is_none(), "{row} is there twice");
    }
    there
}

/// Every word that begins like a metric of ours.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_lowercase() && letter != '_');
    words.filter(|word| word.starts_with("roster_")).map(str::to_owned).collect()
}

fn in_source(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            in_source(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            // Names of metrics are literals; cookies are some that are none.
            found.extend(words(&text).into_iter().filter(|word| text.contains(&format!("\"{word}\""))));
            for cookie in ["roster_session", "roster_language", "roster_notice"] {
                found.remove(cookie);
            }
        }
    }
}

#[test]
fn the_table_has_every_metric_that_the_source_records_and_no_other() {
    let mut recorded = BTreeSet::new();
    for package in ["gateway", "journal", "projections"] {
        in_source(&project().join(package).join("src"), &mut recorded);
    }
    assert!(recorded.contains("roster_relay_stopped"), "{recorded:?}");
    assert_eq!(documented().into_keys().collect::<BTreeSet<_>>(), recorded);
}

#[test]
fn alarms_ask_for_metrics_that_there_are() {
    let known = documented();
    let alarms = operating().split("## Alarms worth having").nth(1).expect("the alarms").to_owned();
    let asked: BTreeSet<_> = words(&alarms)
        .into_iter()
        .map(|word| word.trim_end_matches("_bucket").trim_end_matches("_count").to_owned())
        .collect();
    assert!(asked.len() > 5, "{asked:?}");
    for metric in asked {
        assert!(known.contains_key(&metric), "{metric} is asked for by an alarm");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_shows_what_the_table_says() {
    let (database, nats) = (Postgres::shared().create_database(), Nats::start());
    let server = Server::in_production(&database, &nats.url());
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.takes_in("acme", &ben, "member").await;
    let left = ben.leaves("acme").await.expect(200).position();
    ben.checks("acme").await.refused(403, "not-a-member");
    ana.lists("/v1/organizations/acme/members", left).await.expect(200);
    let known = documented();
    let shown = eventually("everything is shown that always is", async || {
        let text = ana.gets("/metrics").await.raw;
        let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next().map(str::to_owned));
        let shown: BTreeSet<String> = types.collect();
        known.iter().all(|(name, always)| !always || shown.contains(name)).then_some(shown)
    })
    .await;
    for name in shown {
        assert!(known.contains_key(&name), "{name} is not in the table");
    }
}
