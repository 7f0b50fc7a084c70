//! The worked subscribers of `examples/subscribers`, each with its language's official client against a real NATS: whatever becomes of
//! them and of the stream, their table is `/v1`'s lists in the end, and every event was applied once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use servers::nats::Version;
use servers::{Nats, Postgres};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Row, SqliteConnection};
use tests::{Person, Server, eventually};

use crate::story::everything;

/// Organization, member id, user id, role.
type Member = [String; 4];

/// A table, and how far it is: position, and events applied.
type Table = (BTreeSet<Member>, u64, u64);

/// A subscriber in a folder of its own.
struct Subscriber {
    folder: tempfile::TempDir,
    language: &'static str,
    child: Option<Child>,
}

impl Subscriber {
    fn of(language: &'static str) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), language, child: None }
    }

    fn table(&self) -> PathBuf {
        self.folder.path().join("table")
    }

    fn starts(&mut self, nats: &str) {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/subscribers");
        let mut command = match self.language {
            "node" => {
                // Beside what is installed, or Node does not find it.
                let program = self.folder.path().join("members.mjs");
                std::fs::copy(examples.join("node/members.mjs"), &program).expect("it is copied");
                let modules = installed("node/node_modules");
                let _is_there_already = std::os::unix::fs::symlink(modules, self.folder.path().join("node_modules"));
                let mut node = Command::new("node");
                node.arg(program);
                node
            }
            "python" => {
                let mut python = Command::new(installed("python/bin/python"));
                python.arg(examples.join("python/members.py"));
                python
            }
            _ => Command::new(env!("CARGO_BIN_EXE_members")),
        };
        let errors = std::fs::File::options().append(true).create(true).open(self.folder.path().join("errors"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.arg(self.table()).env_clear().env("PATH", path).env("NATS_URL", nats).stdin(Stdio::null());
        self.child = Some(command.stderr(errors.expect("a file")).spawn().expect("it starts; tests/run installs it"));
    }

    /// `kill -9`.
    fn is_killed(&mut self) {
        let mut child = self.child.take().expect("it runs");
        assert!(child.try_wait().expect("it can be asked about").is_none(), "it ended: {}", self.said());
        child.kill().expect("it is killed");
        child.wait().expect("it has ended");
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("errors")).unwrap_or_default()
    }

    async fn reads(&self) -> Option<Table> {
        if self.language == "node" { self.reads_json() } else { self.reads_sqlite().await.ok() }
    }

    fn reads_json(&self) -> Option<Table> {
        let table: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(self.table()).ok()?).expect("whole");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let members = table["members"].as_object().expect("members").iter().map(|(id, member)| {
            [text(&member["organization"]), id.clone(), text(&member["user_id"]), text(&member["role"])]
        });
        Some((members.collect(), table["position"].as_u64()?, table["applied"].as_u64()?))
    }

    async fn reads_sqlite(&self) -> Result<Table, sqlx::Error> {
        let mut db =
            SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(self.table()).read_only(true)).await?;
        // One snapshot of both.
        let mut db = db.begin().await?;
        let place = sqlx::query("select position, applied from place").fetch_one(&mut *db).await?;
        let members =
            sqlx::query("select organization, member_id, user_id, role from members").fetch_all(&mut *db).await?;
        let members = members.iter().map(|row| [0, 1, 2, 3].map(|column| row.get::<String, _>(column))).collect();
        Ok((members, place.get::<i64, _>(0).unsigned_abs(), place.get::<i64, _>(1).unsigned_abs()))
    }

    /// Waits until the table is that of this position, and sees that it is what `/v1` tells.
    async fn is_equal(&self, people: &[(&Person, &str)], position: u64) {
        let (table, _, applied) = eventually(&format!("{} is at {position}", self.language), async || {
            self.reads().await.filter(|(_, at, _)| *at == position)
        })
        .await;
        assert_eq!(table, told(people, position).await, "{}", self.said());
        assert_eq!(applied, position, "each event once: {}", self.said());
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ended_already = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("{} said: {}", self.language, self.said());
        }
    }
}

fn installed(what: &str) -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/subscribers");
    let path = std::env::var_os("ROSTER_TEST_SUBSCRIBERS").map_or_else(|| here.into(), PathBuf::from).join(what);
    assert!(path.exists(), "{} is not there: tests/run installs it, run it once", path.display());
    path
}

/// The members of these organizations, as their members see them; whoever is in none of them is in no table.
async fn told(people: &[(&Person, &str)], position: u64) -> BTreeSet<Member> {
    let mut members = BTreeSet::new();
    for (person, organization) in people {
        let id = person.gets(&format!("/v1/organizations/{organization}")).await.expect(200).text("/id");
        let list =
            person.lists(&format!("/v1/organizations/{organization}/members?limit=200"), position).await.expect(200);
        assert_eq!(list.body["next_cursor"], serde_json::Value::Null);
        for member in list.body["members"].as_array().expect("members") {
            let text = |name: &str| member[name].as_str().expect("a text").to_owned();
            members.insert([id.clone(), text("id"), text("user_id"), text("role")]);
        }
    }
    members
}

async fn keeps_its_table(language: &'static str, version: Version) {
    let mut nats = Nats::with(version, "");
    let mut server = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    let mut subscriber = Subscriber::of(language);
    // It may be there first.
    subscriber.starts(&nats.url());
    let mut position = everything(&server).await;
    let [ben, cleo, dan, eve] = ["ben", "cleo", "dan", "eve"].map(|name| server.person(name));
    subscriber.is_equal(&[(&ben, "acme")], position).await;

    // Killed in the middle of much, and started again: first where it was, then with all that came meanwhile.
    let organizations: Vec<String> = (0..20).map(|n| format!("org-{n}")).collect();
    for (n, organization) in organizations.iter().enumerate() {
        dan.founds(organization).await.expect(201);
        dan.takes_in(organization, &eve, "admin").await;
        if n % 5 == 4 {
            subscriber.is_killed();
            subscriber.starts(&nats.url());
        }
        if n % 2 == 0 {
            eve.leaves(organization).await.expect(200);
        } else {
            leaves_to(&dan, &eve, organization).await;
        }
    }
    subscriber.is_killed();
    position = dan.founds("org-20").await.expect(201).position();
    let mut people: Vec<(&Person, &str)> = vec![(&ben, "acme"), (&dan, "org-20")];
    people
        .extend(organizations.iter().enumerate().map(|(n, one)| (if n % 2 == 0 { &dan } else { &eve }, one.as_str())));
    subscriber.starts(&nats.url());
    subscriber.is_equal(&people, position).await;

    // A stream that was wiped comes once more from the first event on.
    nats.kill();
    nats.wipe();
    let rejoined = cleo.leaves("acme").await.expect(200).position();
    nats.restart();
    subscriber.is_equal(&people, rejoined).await;
    assert!(republish(&server, &nats).success());
    let members = ben.takes_in("acme", &cleo, "member").await;
    position = rejoined + 3;
    subscriber.is_equal(&people, position).await;
    let (table, ..) = subscriber.reads().await.expect("a table");
    let cleos: Vec<_> = table.iter().filter(|[_, _, user, _]| user == "cleo").collect();
    assert!(cleos.len() == 1 && cleos[0][1] == members, "who comes back is another member: {cleos:?}");

    // Another journal is another history, and nothing of the former is left.
    server.stop();
    drop(server);
    nats.kill();
    nats.wipe();
    nats.restart();
    let other = Server::in_production(&Postgres::shared().create_database(), &nats.url());
    let fay = other.person("fay");
    let position = fay.founds("fay-inc").await.expect(201).position();
    subscriber.is_equal(&[(&fay, "fay-inc")], position).await;

    // An event of a later Roster, which nobody here can read: it stops there, says so, and its table is as before.
    let organization = fay.gets("/v1/organizations/fay-inc").await.text("/id");
    tests::carried::add_of_a_later_version(&nats.url(), &organization, position + 1).await;
    let mut child = subscriber.child.take().expect("it runs");
    let ended = child.wait().expect("it ends");
    assert!(ended.code() == Some(1) && subscriber.said().contains("MemberPaused"), "{ended} {}", subscriber.said());
    subscriber.is_equal(&[(&fay, "fay-inc")], position).await;
}

/// Hands over, and goes.
async fn leaves_to(owner: &Person, heir: &Person, organization: &str) {
    let access = heir.checks(organization).await.expect(200);
    owner.transfers(organization, &access.text("/member_id")).await.expect(200);
    owner.leaves(organization).await.expect(200);
}

fn republish(server: &Server, nats: &Nats) -> std::process::ExitStatus {
    Server::command(server.data()).env("NATS_URL", nats.url()).arg("republish").output().expect("roster runs").status
}

#[tokio::test(flavor = "multi_thread")]
async fn in_node_it_keeps_its_table() {
    keeps_its_table("node", Version::Newest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_python_it_keeps_its_table() {
    keeps_its_table("python", Version::Oldest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_it_keeps_its_table() {
    keeps_its_table("rust", Version::Newest).await;
}
