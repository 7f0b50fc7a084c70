//! Gateways, the one that relays among them, NATS and Postgres killed in turn while people come and go: what was
//! acknowledged is there, every event is carried once and in order, and every server's lists are what the events come to.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, RwLock};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use servers::{Nats, Postgres};
use tests::carried::{messages, of_organization};
use tests::{Answer, Person, Server, carried, eventually, told};

/// The whole promise is 10 (`ROSTER_TEST_KILLS=10`); a quick run shows the same with fewer.
const ROUNDS: usize = 2;
const CALLERS: usize = 6;
/// Who could come at each of them: more than there is time for.
const GUESTS: usize = 5_000;

/// What the callers share.
struct World {
    /// Where the servers are now.
    urls: RwLock<Vec<String>>,
    enough: AtomicBool,
    acknowledged: AtomicU64,
    /// The highest position an answer told.
    position: AtomicU64,
}

impl World {
    /// The answer, or nothing: refused for now, or no answer at all.
    async fn call(&self, who: &Person, n: usize, method: Method, path: &str, body: Option<Value>) -> Option<Answer> {
        let url = {
            let urls = self.urls.read().expect("nobody panicked");
            urls[n % urls.len()].clone()
        };
        let answer = who.at(&url).tries(method, path, body).await.ok()?;
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            // Nobody hammers a door that is closed.
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            return None;
        }
        assert!(!answer.status.is_server_error(), "{answer:#?}");
        if answer.status.is_success() {
            self.acknowledged.fetch_add(1, SeqCst);
            self.position.fetch_max(answer.position(), SeqCst);
        }
        Some(answer)
    }
}

/// People join `org` and two of three leave again, until it is enough. Who is surely in, and who surely is not.
async fn come_and_go(world: Arc<World>, owner: Person, guests: Vec<Person>, org: String) -> (Vec<Person>, Vec<Person>) {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for (n, one) in guests.into_iter().enumerate() {
        if world.enough.load(SeqCst) {
            break;
        }
        let body = json!({ "email": one.email(), "role": "member" });
        let path = format!("/v1/organizations/{org}/invitations");
        let Some(invited) = world.call(&owner, n, Method::POST, &path, Some(body)).await else { continue };
        let path = format!("/v1/invitations/{}/accept", invited.expect(201).text("/id"));
        let Some(accepted) = world.call(&one, n + 1, Method::POST, &path, None).await else { continue };
        accepted.expect(200);
        if n % 3 == 0 {
            inside.push(one);
        } else if let Some(left) =
            world.call(&one, n + 2, Method::POST, &format!("/v1/organizations/{org}/leave"), None).await
        {
            left.expect(200);
            outside.push(one);
        }
    }
    (inside, outside)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_nothing_is_lost_and_nothing_is_there_twice() {
    let rounds = std::env::var("ROSTER_TEST_KILLS").map_or(ROUNDS, |text| text.parse().expect("a number"));
    let (mut postgres, mut nats) = (Postgres::start(), Nats::start());
    let database = postgres.create_database();
    let first = Server::in_production(&database, &nats.url());
    let mut servers = vec![first.another(), first.another()];
    servers.insert(0, first);
    let world = Arc::new(World {
        urls: RwLock::new(servers.iter().map(|server| server.url.clone()).collect()),
        enough: AtomicBool::new(false),
        acknowledged: AtomicU64::new(0),
        position: AtomicU64::new(0),
    });
    let mut callers = Vec::new();
    for caller in 0..CALLERS {
        let owner = servers[0].person(&format!("owner-{caller}"));
        let org = owner.founds(&format!("acme-{caller}")).await.expect(201).text("/id");
        let guests = servers[0].people(&format!("guest-{caller}"), GUESTS);
        let crowd = tokio::spawn(come_and_go(world.clone(), owner.clone(), guests, org.clone()));
        callers.push((owner, org, crowd));
    }
    let goes_on = async |what: &str| {
        let before = world.acknowledged.load(SeqCst);
        eventually(&format!("work goes on after {what}"), async || {
            (world.acknowledged.load(SeqCst) > before + 30).then_some(())
        })
        .await;
    };
    goes_on("the start").await;
    for round in 0..rounds {
        for (n, server) in servers.iter_mut().enumerate() {
            server.kill();
            server.restart();
            world.urls.write().expect("nobody panicked")[n].clone_from(&server.url);
            goes_on("a gateway was killed").await;
        }
        nats.kill();
        if round == 0 {
            nats.wipe();
        }
        goes_on("NATS was killed").await;
        nats.restart();
        postgres.kill();
        postgres.restart();
        goes_on("Postgres was killed").await;
    }
    world.enough.store(true, SeqCst);

    let mut crowds = Vec::new();
    for (owner, org, caller) in callers {
        crowds.push((owner, org, caller.await.expect("a caller ends")));
    }
    let ready = servers[0].person("ana").gets("/readyz").await.expect(200);
    let end = ready.body["position"].as_u64().expect("a position");
    assert!(end >= world.position.load(SeqCst), "an acknowledged position is gone");
    eventually("all is carried", async || (carried(&nats.url()).await == end).then_some(())).await;
    let messages = messages(&nats.url()).await;
    let mut people = 0;
    for (owner, org, (inside, outside)) in crowds {
        let history = told::told(&owner.at(&servers[0].url).history(&org).await);
        let carried = of_organization(&messages, &org);
        assert_eq!(carried.len(), history.len());
        assert!(carried.iter().zip(&history).all(|(a, b)| (a.position, &a.event) == (b.position, &b.event)));
        let state = told::fold(&history);
        for one in inside {
            assert!(state.membership(&one.id.parse().expect("a user id")).is_some(), "{} was lost", one.id);
        }
        for one in outside {
            assert!(state.membership(&one.id.parse().expect("a user id")).is_none(), "{} is back", one.id);
        }
        for server in &servers {
            let there = members(&owner.at(&server.url), &org, end).await;
            let folded = state.members().map(|(user, member)| (user.to_string(), member.member_id.to_string()));
            let mut folded: Vec<_> = folded.collect();
            folded.sort();
            assert_eq!(there, folded);
            people += there.len();
        }
    }
    // Row by row, both projections, beside the same lists in memory.
    let mut verify = Server::command(servers[0].data());
    let verified = verify.env("DATABASE_URL", &database).arg("verify").output().expect("roster runs");
    assert!(verified.status.success(), "{verified:?}");
    print!("{}", String::from_utf8_lossy(&verified.stdout));
    println!(
        "{rounds} rounds of killing 3 gateways, NATS and Postgres: {} commands acknowledged and there, {end} events \
         carried once each in order, {people} rows of lists equal the fold",
        world.acknowledged.load(SeqCst)
    );
}

/// All members as the list shows them, page by page, sorted.
async fn members(owner: &Person, org: &str, position: u64) -> Vec<(String, String)> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = owner.lists(&format!("/v1/organizations/{org}/members?limit=100{cursor}"), position).await;
        let rows = page.body["members"].as_array().expect("members").iter();
        all.extend(rows.map(|row| (text(&row["user_id"]), text(&row["id"]))));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    all.sort();
    all
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
