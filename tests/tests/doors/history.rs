//! Looking back: who may, what they are shown of then, and nothing of what came after they left.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tests::earlier::today;
use tests::surfer::plain;
use tests::{Person, Server};
use tokio::sync::oneshot;

use crate::reader::{Reader, encoded, notice};

/// Acme of Ana with Ben as admin, Chloe and Dan; Chloe leaves and Dan is removed. In 2025.
struct Scene {
    server: Server,
    ana: Person,
    ben: Person,
    chloe: Person,
    acme: String,
}

impl Scene {
    async fn set() -> Self {
        let server = Server::start();
        let [ana, ben, chloe, dan] = ["ana", "ben", "chloe", "dan"].map(|id| server.person(id));
        let acme = ana.founds("acme").await.expect(201).text("/id");
        let bens = ana.takes_in("acme", &ben, "member").await;
        ana.takes_in("acme", &chloe, "member").await;
        let dans = ana.takes_in("acme", &dan, "member").await;
        chloe.leaves("acme").await.expect(200);
        ana.removes("acme", &dans).await.expect(204);
        ana.patches(&format!("/v1/organizations/acme/members/{bens}"), json!({ "role": "admin" })).await.expect(200);
        let joined = [(3, "2025-03-10"), (6, "2025-05-20"), (9, "2025-05-21")];
        let joined = joined.iter().flat_map(|(first, day)| (*first..first + 3).map(move |n| (n, *day)));
        let more = [(1, "2025-03-03"), (2, "2025-03-03"), (12, "2025-07-01"), (13, "2025-07-02"), (14, "2025-08-01")];
        let times: Vec<(u64, String)> =
            joined.chain(more).map(|(n, day)| (n, format!("{day}T12:00:00.000Z"))).collect();
        let times: Vec<(u64, &str)> = times.iter().map(|(n, time)| (*n, time.as_str())).collect();
        server.backdates(&acme, &times).await;
        Self { server, ana, ben, chloe, acme }
    }

    /// Who was there at this time, with their role and what is said beside them, as Ana reads it.
    async fn then(&self, as_of: &str) -> Vec<(String, String, String)> {
        let page =
            Reader::of(&self.server, &self.ana).opens(&format!("/app/acme/history?as_of={}", encoded(as_of))).await;
        let (_, then) =
            page.expect(200).raw.split_once("id=\"then\"").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("then");
        let (then, _) = then.split_once("</section>").expect("it ends");
        let people = then.split("<bdi class=\"name\">").skip(1).map(|rest| {
            let (name, rest) = rest.split_once("</bdi>").expect("a name");
            let (acts, role) = rest.rsplit_once("<span class=\"tag\">").expect("a role");
            (name.to_owned(), role.split('<').next().expect("a role").to_owned(), plain(acts))
        });
        people.collect()
    }
}

fn names(then: &[(String, String, String)]) -> Vec<&str> {
    then.iter().map(|(name, ..)| name.as_str()).collect()
}

#[tokio::test]
async fn a_day_is_looked_back_to_before_and_after_a_departure() {
    let scene = Scene::set().await;
    assert_eq!(names(&scene.then("2025-06-30").await), ["Ana", "Ben", "Chloe", "Dan"]);
    // The day on which she left means its end; the very moment can be asked for too.
    assert_eq!(names(&scene.then("2025-07-01").await), ["Ana", "Ben", "Dan"]);
    assert_eq!(names(&scene.then("2025-07-01T11:59:59Z").await), ["Ana", "Ben", "Chloe", "Dan"]);
    assert_eq!(names(&scene.then("2025-07-01T14:00+02:00").await), ["Ana", "Ben", "Dan"]);
    assert_eq!(names(&scene.then("2025-07-02").await), ["Ana", "Ben"]);
    let now = scene.then(&today()).await;
    assert_eq!(names(&now), ["Ana", "Ben"]);

    let [(_, role, acts), ..] = &scene.then("2025-07-31").await[1..] else { panic!("Ben was there") };
    assert_eq!(role, "Member");
    assert!(
        acts.contains("Member since Mar 10, 2025") && acts.contains("by Ben") && !acts.contains("by Ana"),
        "{acts}"
    );
    let (_, role, acts) = &now[1];
    assert_eq!(role, "Admin");
    assert!(acts.contains("Admin since Aug 1, 2025") && acts.contains("by Ana"), "{acts}");

    let page = Reader::of(&scene.server, &scene.ana).opens("/app/acme/history?as_of=2025-03-02").await.expect(200);
    assert!(page.raw.contains("The organization was not founded yet."), "{page:#?}");
}

#[tokio::test]
async fn a_time_that_makes_no_sense_is_told_at_its_field_and_the_rest_is_shown() {
    let scene = Scene::set().await;
    let ana = Reader::of(&scene.server, &scene.ana);
    for (as_of, why) in [
        ("soon", "must be a time with its zone"),
        ("2025-07-01T12:00", "must say its time zone"),
        ("2025-02-30", "must be a time with its zone"),
        ("9999-12-31", "must be a time that has come"),
        ("2999-01-01T00:00Z", "must be a time that has come"),
        ("+262142-12-31", "must be a time that has come"),
    ] {
        let page = ana.opens(&format!("/app/acme/history?as_of={}", encoded(as_of))).await.expect(400);
        let text = plain(&page.raw);
        assert!(text.contains(&format!("Which day: {why}")) && text.contains("aria-invalid"), "{as_of}: {page:#?}");
        assert!(text.contains("Chloe left"), "{page:#?}");
    }
    for query in ["before=x", "members_after=-1", "as_of=2025-07-01&as_of=2025-07-02"] {
        ana.opens(&format!("/app/acme/history?{query}")).await.expect(400);
    }
    for strange in [
        "before=0",
        "before=18446744073709551615",
        "members_after=99",
        "as_of=",
        "as_of=-0001-01-01",
        "as_of=0000-01-01",
    ] {
        ana.opens(&format!("/app/acme/history?{strange}")).await.expect(200);
    }
}

#[tokio::test]
async fn the_owner_admins_and_auditors_look_back_and_nobody_else() {
    let scene = Scene::set().await;
    let auditor = scene.server.with_scope("auditor", "roster:audit");
    let member = scene.server.person("eva");
    scene.ana.takes_in("acme", &member, "member").await;
    for (person, dashboard) in [(&scene.ana, true), (&scene.ben, true), (&auditor, false)] {
        let page = Reader::of(&scene.server, person).opens("/app/acme/history").await.expect(200).raw;
        let has = |path: &str| page.contains(&format!("href=\"/app/acme{path}\""));
        assert!(plain(&page).contains("Chloe left") && has("/history"), "{page}");
        assert_eq!(
            (has(""), has("/members"), has("/settings"), page.contains("data-place")),
            (dashboard, dashboard, dashboard, dashboard)
        );
        assert!(!has("/leave"));
    }
    let eva = Reader::of(&scene.server, &member);
    let page = eva.opens("/app/acme/history").await.expect(403).raw;
    assert!(!page.contains("Chloe") && !page.contains("href=\"/app/acme/history"), "{page}");
    assert!(!eva.opens("/app/acme").await.expect(200).raw.contains("href=\"/app/acme/history"));
    assert!(
        Reader::of(&scene.server, &scene.ben)
            .opens("/app/acme")
            .await
            .expect(200)
            .raw
            .contains("href=\"/app/acme/history")
    );
    // An auditor who is a member is shown both.
    let auditing = scene.server.with_scope("eva", "roster:audit");
    let page = Reader::of(&scene.server, &auditing).opens("/app/acme/history").await.expect(200).raw;
    assert!(page.contains("data-place") && page.contains("/app/acme/settings"), "{page}");

    let by_script =
        |reader: &Reader, path: &str| reader.request(Method::GET, path).header("accept", "application/json");
    for (reader, path) in [
        (Reader::of(&scene.server, &scene.chloe), "/app/acme/history"),
        (Reader::of(&scene.server, &scene.server.person("zoe")), "/app/acme/history"),
        (Reader::of(&scene.server, &auditor), "/app/nowhere/history"),
    ] {
        let (_, page) = reader.arrives(path).await;
        assert_eq!(notice(&page).as_deref(), Some("That organization does not exist, or you are not a member of it."));
        assert!(!page.raw.contains("acme"), "{page:#?}");
        assert_eq!(reader.sends(by_script(&reader, path)).await.status, 404);
    }
    let stranger = Reader::stranger(&scene.server).opens("/app/acme/history").await.expect(303);
    assert_eq!(stranger.header("location"), Some("/sign-in?return_to=%2Fapp%2Facme%2Fhistory"));

    scene.ana.deletes("/v1/organizations/acme").await.expect(204);
    for person in [&scene.ana, &auditor] {
        let reader = Reader::of(&scene.server, person);
        for path in ["/app/acme/history".to_owned(), format!("/app/{}/history", scene.acme)] {
            assert_eq!(reader.sends(by_script(&reader, &path)).await.status, 404, "{path} of {}", person.id);
        }
    }
}

#[tokio::test]
async fn an_operator_is_named_with_their_reason_and_who_was_erased_by_id() {
    let mut scene = Scene::set().await;
    // Beside Postgres it need not stop; beside a file it must.
    scene.server.stop();
    for arguments in [
        &["admin", "transfer-ownership", "acme", "--to", "ben", "--reason", "Ana's <account> is lost"][..],
        &["erase-person", "chloe"],
    ] {
        let output = scene.server.command_line().args(arguments).args(["--operator", "maria"]).output();
        let output = output.expect("roster runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    scene.server.restart();
    let page = plain(&Reader::of(&scene.server, &scene.ben).opens("/app/acme/history").await.expect(200).raw);
    let (before, event) = page.split_once("id=\"event-15\"").expect("it is shown");
    assert!(!before.contains("id=\"event-14\""), "the newest comes first");
    let event = event.split("</li>").next().expect("it ends");
    for told in
        ["maria made Ben the owner", "Recorded as operator:maria", "Reason: Ana&#39;s &#60;account&#62; is lost"]
    {
        assert!(event.contains(told), "{told:?} is not in {event}");
    }
    assert!(page.contains("chloe left") && !page.contains("Chloe"), "{page}");
    let then = scene.then(&today()).await;
    let ben = then.iter().find(|(name, ..)| name == "Ben").expect("Ben");
    assert!(ben.1 == "Owner" && ben.2.contains("by maria") && ben.2.contains("operator:maria"), "{ben:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_while_looking_back_is_shown_nothing_that_came_after() {
    let scene = Scene::set().await;
    let (ana, ben) = (Reader::of(&scene.server, &scene.ana), Reader::of(&scene.server, &scene.ben));
    let mut seen = 0;
    for round in 0..10 {
        let bens = scene.ben.checks("acme").await.expect(200).text("/member_id");
        let after = format!("After Ben {round}");
        let (looked, has_looked) = oneshot::channel();
        let looks = async {
            let (mut looked, mut pages) = (Some(looked), 0);
            loop {
                let page = ben.opens("/app/acme/history").await;
                if page.status != 200 {
                    return pages;
                }
                assert!(!page.raw.contains(&after), "{page:#?}");
                looked.take().map(|looked| looked.send(()));
                pages += 1;
            }
        };
        let removes = async {
            has_looked.await.expect("he has looked once");
            scene.ana.removes("acme", &bens).await.expect(204);
            scene.ana.patches("/v1/organizations/acme", json!({ "name": after })).await.expect(200);
        };
        let (pages, ()) = tokio::join!(looks, removes);
        seen += pages;
        assert!(ana.opens("/app/acme/history").await.expect(200).raw.contains(&after), "who stays sees it");
        scene.ana.takes_in("acme", &scene.ben, "admin").await;
    }
    println!("Ben saw the page {seen} times in 10 rounds");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_members_each_is_shown_once_page_by_page() {
    let server = Server::start();
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    ana.takes_in_all("acme", &server.people("somebody", 59), "member").await;
    let (reader, mut path) = (Reader::of(&server, &ana), format!("/app/acme/history?as_of={}", today()));
    let (mut names, mut pages) = (Vec::new(), 0);
    loop {
        let page = reader.opens(&path).await.expect(200).raw;
        assert!(plain(&page).contains("60 members"), "{page}");
        let shown = page.split("<bdi class=\"name\">").skip(1).filter_map(|rest| rest.split('<').next());
        names.extend(shown.map(str::to_owned));
        pages += 1;
        let next =
            page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.contains("members_after"));
        let Some(next) = next else { break };
        path = next.trim_end_matches("#then").replace("&#38;", "&").replace("&amp;", "&");
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), pages), (60, 3), "{names:?}");
}

/// Events of the long history, beside the scene's.
const EVENTS: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_events_are_looked_back_over_at_once() {
    let scene = Scene::set().await;
    let (numbers, made, text, time) = match scene.server.is_on_postgres() {
        true => (
            format!("select n from generate_series(0, {EVENTS} - 1) numbers (n)"),
            "('00000000-0000-7000-8000-' || lpad(to_hex(n / 2), 12, '0'))::uuid",
            "::json",
            "timestamptz '2025-08-02T00:00Z' + n * interval '3 minutes'",
        ),
        false => (
            format!(
                "with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < {EVENTS} - 1) select n from numbers"
            ),
            "printf('00000000-0000-7000-8000-%012x', n / 2)",
            "",
            "strftime('%Y-%m-%dT%H:%M:%fZ', '2025-08-02', (n * 3) || ' minutes')",
        ),
    };
    // Each comes, and leaves at once.
    let sql = format!(
        "insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata, subject, member,
                             position, recorded_at)
         select 'organization', '{acme}', 15 + n, case n % 2 when 0 then 'MemberJoined' else 'MemberLeft' end, '1',
                (case n % 2 when 0 then '{{\"MemberJoined\":{{\"role\":\"member\",' else '{{\"MemberLeft\":{{' end
                 || '\"member_id\":\"' || {made} || '\",\"user_id\":\"user-' || (n / 2) || '\"}}}}'){text},
                ('{{\"event_id\":\"' || {made} || '\",\"command_id\":\"' || {made} || '\",\"actor\":\"person:user-' || (n / 2) || '\"}}'){text},
                'user:user-' || (n / 2), case n % 2 when 0 then {made} end, head.position + 1 + n, {time}
         from ({numbers}) numbers, (select max(position) as position from events) head order by n;
         update journal set position = (select max(position) from events)",
        acme = scene.acme
    );
    scene.server.executes(&sql).await;
    let ana = Reader::of(&scene.server, &scene.ana);
    let mut slowest = Duration::ZERO;
    for path in ["", "?before=50000", "?as_of=2025-12-31", "?as_of=2025-08-10&members_after=3"] {
        for _ in 0..3 {
            let since = Instant::now();
            let page = ana.opens(&format!("/app/acme/history{path}")).await.expect(200);
            slowest = slowest.max(since.elapsed());
            assert!(page.raw.len() < 200_000 && page.raw.contains("50,00"), "{} bytes", page.raw.len());
        }
    }
    println!("{EVENTS} events: {slowest:?} at most");
    assert!(slowest < Duration::from_secs(6), "{slowest:?}");
}
