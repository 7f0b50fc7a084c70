//! How much is sent, and how fast a long list is shown. By hand, with a release binary and 100,000 members:
//! `ROSTER_BIN=target/release/roster ROSTER_TEST_STRICT=1 ROSTER_TEST_MEMBERS=100000 cargo test -p tests --test doors size`

use std::time::Duration;

use tests::Server;
use tokio::time::Instant;

use crate::reader::Reader;

/// Members if nobody says how many.
const MEMBERS: usize = 300;

/// All of a page may be so large at first sight, with style, script and icon.
const LARGEST: usize = 60 * 1024;

const ASKED: usize = 200;

fn members() -> usize {
    std::env::var("ROSTER_TEST_MEMBERS").map_or(MEMBERS, |text| text.parse().expect("a number"))
}

/// How long a page may take at the median: this binary may not be built to be fast.
fn bound() -> Duration {
    let strict = std::env::var_os("ROSTER_TEST_STRICT").is_some() || !cfg!(debug_assertions);
    Duration::from_millis(if strict { 20 } else { 100 })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_page_is_small_and_quick_however_many_there_are() {
    // Ana alone takes everybody in.
    let server = Server::with(&[], &[("ROSTER_COMMANDS_PER_SECOND", "0")]);
    let (ana, members) = (server.person("ana"), members());
    ana.founds("acme").await.expect(201);
    let since = Instant::now();
    ana.takes_in_all("acme", &server.people("somebody", members - 1), "member").await;
    println!("{members} members came in {:?}", since.elapsed());
    let zoe = server.person("zoe");
    ana.invites("acme", &zoe, "member").await.expect(201);
    let reader = Reader::of(&server, &ana);
    let position = ana.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position");
    let listed = ana.lists("/v1/organizations/acme/members", position).await.expect(200);
    assert_eq!(listed.body["total"], members);

    let page = reader.opens("/app/acme/members").await.expect(200);
    let mut addresses: Vec<_> = page.raw.split('"').filter(|text| text.starts_with("/assets/")).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 3, "style, script, icon");
    let mut size = page.raw.len();
    println!("the members page: {} bytes", page.raw.len());
    for address in addresses {
        let asset = reader.opens(address).await.expect(200);
        println!("{address}: {} bytes", asset.raw.len());
        size += asset.raw.len();
    }
    println!("together: {size} bytes");
    assert!(size < LARGEST, "{size}");

    let mut slow = Vec::new();
    for path in [
        "/app/acme/members",
        "/app/acme/members?search=somebody-1",
        "/app/acme/members?role=member",
        "/app/acme",
        "/app/acme/history",
        "/app/acme/settings",
        "/app/acme/transfer",
        "/app/select",
    ] {
        let mut times = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let since = Instant::now();
            reader.opens(path).await.expect(200);
            times.push(since.elapsed());
        }
        times.sort_unstable();
        println!("{path} of {members}: {:?} at the median, {:?} of 95 %", times[ASKED / 2], times[ASKED * 95 / 100]);
        // To render a page is one thing. A search that a tenth of everybody matches counts them all before, and the history
        // everybody who ever came.
        let counts = path.contains("search=") || path.contains("history");
        let bound = if counts { bound() * 5 } else { bound() };
        if times[ASKED / 2] > bound {
            slow.push((path, times[ASKED / 2]));
        }
    }
    assert!(slow.is_empty(), "slower than {:?}: {slow:?}", bound());
}
