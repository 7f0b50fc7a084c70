//! What docker-compose.yml says, against itself and against nats.conf.

use std::collections::BTreeSet;
use std::process::Command;

use clap::Parser;
use gateway::identity::parse_duration;
use servers::nats::{Version, program};

use crate::files::{compose, environment, path, read, service, text, texts};

const GATEWAYS: [&str; 2] = ["gateway-1", "gateway-2"];

fn setting(name: &str) -> String {
    let set = environment(&service("gateway-1")).into_iter().find(|(known, _)| known == name);
    set.unwrap_or_else(|| panic!("{name} is not set")).1
}

/// `18.4` of `postgres:18.4`, `2.15.1` of `nats:2.15.1-alpine`.
fn version(of: &str) -> Vec<u32> {
    let service = service(of);
    let (name, tag) = text(&service["image"]).split_once(':').expect("a pinned image");
    assert_eq!(name, of);
    let numbers = tag.split('-').next().expect("a version").split('.');
    numbers.map(|number| number.parse().unwrap_or_else(|_| panic!("{tag} is no version"))).collect()
}

#[test]
fn two_gateways_differ_in_their_port_and_in_nothing_else() {
    let [mut first, mut second] = GATEWAYS.map(service);
    let port = setting("ROSTER_LISTEN").rsplit(':').next().expect("a port").to_owned();
    let mut published = BTreeSet::new();
    for gateway in [&mut first, &mut second] {
        let ports = gateway["ports"].take();
        let [one] = texts(&ports)[..] else { panic!("one port each: {ports}") };
        let [address, outside, inside] = one.split(':').collect::<Vec<_>>()[..] else {
            panic!("address:port:port: {one}")
        };
        assert_eq!(address, "127.0.0.1", "with the development identity, whoever reaches it is anybody");
        assert_eq!(inside, port, "where it listens");
        published.insert(outside.to_owned());
    }
    assert_eq!(first, second);
    assert_eq!(published.len(), 2);
    for quiet in ["postgres", "nats"] {
        assert!(service(quiet)["ports"].is_null(), "{quiet} is for the gateways alone");
    }
}

#[test]
fn images_are_pinned_to_versions_that_are_tested() {
    let postgres = version("postgres");
    assert!(postgres.len() == 2 && postgres[0] >= 17, "{postgres:?}");
    let nats = version("nats");
    assert!(nats.len() == 3 && nats[..2] >= [2, 12][..], "{nats:?}");
    let output = Command::new(program(Version::Newest)).arg("--version").output().expect("nats-server runs");
    let told = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let tested = told.rsplit('v').next().expect("a version").split('.');
    assert_eq!(nats, tested.map(|number| number.parse().expect("a number")).collect::<Vec<u32>>(), "{told}");
}

#[test]
fn each_volume_is_named_and_lies_where_its_service_writes() {
    let mut mounted = BTreeSet::new();
    let mut at = |of: &str| {
        let service = service(of);
        let volumes: Vec<_> = texts(&service["volumes"]).into_iter().map(str::to_owned).collect();
        let named = volumes.into_iter().filter(|volume| !volume.starts_with('.'));
        let [one] = &named.collect::<Vec<_>>()[..] else { panic!("one volume of {of}") };
        let (name, place) = one.split_once(':').expect("name:place");
        mounted.insert(name.to_owned());
        place.to_owned()
    };
    for gateway in GATEWAYS {
        assert_eq!(at(gateway), setting("ROSTER_DATA"));
    }
    // From 18 on the image keeps its data in a folder per version below this one, and refuses the old place.
    let below = if version("postgres")[0] >= 18 { "" } else { "/data" };
    assert_eq!(at("postgres"), format!("/var/lib/postgresql{below}"));
    assert!(read("nats.conf").contains(&format!("store_dir: {:?}", at("nats"))));
    let compose = compose();
    let declared: BTreeSet<_> = compose["volumes"].as_object().expect("volumes").keys().cloned().collect();
    assert_eq!(mounted, declared);
}

#[test]
fn addresses_and_passwords_fit_together() {
    let postgres = service("postgres");
    let of = |name: &str| text(&postgres["environment"][name]).to_owned();
    let (user, password, database) = (of("POSTGRES_USER"), of("POSTGRES_PASSWORD"), of("POSTGRES_DB"));
    assert_eq!(setting("DATABASE_URL"), format!("postgres://{user}:{password}@postgres/{database}"));
    let url = setting("NATS_URL");
    let port = url.strip_prefix("nats://nats:").unwrap_or_else(|| panic!("{url} names the service"));
    assert!(read("nats.conf").contains(&format!("listen: \"0.0.0.0:{port}\"")));
}

#[test]
fn every_service_has_a_health_check_that_can_be_run() {
    let compose = compose();
    for (name, service) in compose["services"].as_object().expect("services") {
        let test = texts(&service["healthcheck"]["test"]);
        assert_eq!(test[0], "CMD", "{name}");
        match name.as_str() {
            "postgres" => assert_eq!(test[1], "pg_isready"),
            "nats" => {
                let asked = test.last().expect("a URL").strip_prefix("http://").expect("a URL");
                let address = asked.strip_suffix("/healthz").expect("its health");
                assert!(read("nats.conf").contains(&format!("http: {address:?}")), "{address}");
            }
            _ => {
                gateway::cli::Cli::try_parse_from(&test[1..]).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(test[1..], ["roster", "health"], "its default is where the gateways listen");
            }
        }
        for (needed, how) in service["depends_on"].as_object().into_iter().flatten() {
            assert!(compose["services"][needed].is_object(), "{name} depends on {needed}");
            assert_eq!(how["condition"], "service_healthy");
        }
    }
}

#[test]
fn nobody_is_killed_while_answering() {
    let grace = service("gateway-1")["stop_grace_period"].clone();
    let drain = crate::files::settings().into_iter().find(|setting| setting.name == "ROSTER_DRAIN");
    let drain = drain.and_then(|setting| setting.default).expect("a default");
    assert!(parse_duration(text(&grace)).ok() > parse_duration(&drain).ok(), "{grace} against {drain}");
}

#[test]
fn nats_conf_is_what_the_service_runs_and_nats_server_accepts() {
    let nats = service("nats");
    let [_, _, config] = texts(&nats["command"])[..] else { panic!("nats-server --config FILE") };
    assert_eq!(texts(&nats["command"])[..2], ["nats-server", "--config"]);
    assert!(texts(&nats["volumes"]).contains(&format!("./nats.conf:{config}:ro").as_str()));
    let accepts = |file: &std::path::Path| {
        let output = Command::new(program(Version::Newest)).arg("-t").arg("-c").arg(file).output();
        output.expect("nats-server runs").status.success()
    };
    assert!(accepts(&path("nats.conf")));
    let text = read("nats.conf");
    assert!(text.contains("sync_interval: always"), "what is acknowledged is on the disk");
    // The control: it would have noticed.
    let wrong = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(wrong.path(), text.replace("sync_interval", "sync_intervall")).expect("the file is ours");
    assert!(!accepts(wrong.path()));
}
