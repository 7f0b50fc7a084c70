//! The history page in a browser: pictures, the same numbers as a table, a day to look back to.

use browser::{Options, Scheme};
use serde_json::{Value, json};
use tests::Server;
use tests::earlier::today;
use tests::surfer::{Surfer, plain};

use crate::scene::Scene;

/// Rows of the table and what the pictures say of the same: `[from, joined, left, removed, members]` each, and the heights of the
/// bars and the steps, in members.
const NUMBERS: &str = "
    const number = text => Number(text.replace(/,/g, ''));
    const all = css => [...document.querySelectorAll(css)];
    const rows = all('#numbers tbody tr').map(row => [...row.children].map((cell, n) => n ? number(cell.textContent) : cell.textContent));
    const told = all('#movements-chart .slot title').map((title, n) => {
      const [from, ...numbers] = title.textContent.split(' · ').map(part => part.split(': ').at(-1));
      const members = all('#members-chart .slot title')[n].textContent.split(': ').at(-1);
      return [from, ...numbers.map(number), number(members)];
    });
    const edges = all('.edge').map(edge => number(edge.firstElementChild.textContent));
    const bars = kind => {
      const heights = rows.map(() => 0);
      for (const bar of all(`#movements-chart .${kind}`)) {
        heights[Math.floor(bar.getAttribute('x') / 10)] = Math.round(bar.getAttribute('height') / 50 * edges[1]);
      }
      return heights;
    };
    const line = document.querySelector('#members-chart .line').getAttribute('d');
    const steps = [...line.matchAll(/(?:M0 |V)([0-9.]+)H/g)].map(([, y]) => Math.round((100 - y) / 100 * edges[0]));
    return { rows, told, joined: bars('joined'), departed: bars('departed'), steps };";

/// That pictures and table say the same; the rows.
async fn numbers(surfer: &Surfer) -> Vec<Value> {
    let told = surfer.script(NUMBERS, &[]).await;
    let rows = told["rows"].as_array().cloned().expect("rows");
    assert_eq!(told["told"], told["rows"]);
    let column = |n: usize| rows.iter().map(|row| row[n].as_u64().expect("a number")).collect::<Vec<_>>();
    let departed: Vec<u64> = column(2).into_iter().zip(column(3)).map(|(left, removed)| left + removed).collect();
    assert_eq!(told["joined"], json!(column(1)), "{told}");
    assert_eq!(told["departed"], json!(departed), "{told}");
    assert_eq!(told["steps"], json!(column(4)), "{told}");
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_table_tell_the_story_month_by_month() {
    let scene = Scene::set().await;
    let acme = scene.ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    scene.chloe.leaves("acme").await.expect(200);
    scene.ana.removes("acme", &scene.ben_id).await.expect(204);
    let events = scene.ana.history("acme").await;
    let months = ["2024-11", "2025-01", "2025-01", "2025-02", "2025-02", "2025-02", "2025-04"];
    let (mut joined, mut gone) = (months.iter(), ["2025-04", "2025-06"].iter());
    let (mut month, mut times) = ("2024-11", Vec::new());
    for event in &events {
        match event["type"].as_str().expect("a type") {
            "MemberJoined" => month = joined.next().expect("seven joined"),
            "MemberLeft" | "MemberRemoved" => month = gone.next().expect("two went"),
            _ => {}
        }
        times.push((event["sequence"].as_u64().expect("a sequence"), format!("{month}-10T00:00:00.000Z")));
    }
    let times: Vec<_> = times.iter().map(|(sequence, time)| (*sequence, time.as_str())).collect();
    scene.server.backdates(&acme, &times).await;

    let ana = Surfer::at(&scene.server, &scene.ana).await;
    ana.opens("/app/acme").await;
    ana.clicks_text("History").await;
    ana.eventually_path("/app/acme/history").await;
    let rows = numbers(&ana).await;
    let expected = json!([
        ["Nov 2024", 1, 0, 0, 1],
        ["Dec 2024", 0, 0, 0, 1],
        ["Jan 2025", 2, 0, 0, 3],
        ["Feb 2025", 3, 0, 0, 6],
        ["Mar 2025", 0, 0, 0, 6],
        ["Apr 2025", 1, 1, 0, 6],
        ["May 2025", 0, 0, 0, 6],
        ["Jun 2025", 0, 0, 1, 5],
    ]);
    assert_eq!(json!(rows[..8]), expected);
    assert!(rows.len() > 8 && rows[8..].iter().all(|row| row[1] == 0 && row[4] == 5), "{rows:?}");
    let told =
        plain(&ana.script("return document.querySelector('#movements-chart desc').textContent", &[]).await.to_string());
    assert!(told.contains("Joined: 7. Left: 1. Removed: 1."), "{told}");
    assert!(!ana.sees("#numbers table").await, "the table is folded away");
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_of_a_minute_has_a_picture_too_and_follows_what_happens() {
    let server = Server::start();
    let (ana, ben) = (server.person("ana"), server.person("ben"));
    ana.founds("acme").await.expect(201);
    let surfer = Surfer::at(&server, &ana).await;
    surfer.opens("/app/acme/history").await;
    let rows = numbers(&surfer).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0][1], &rows[0][4]), (&json!(1), &json!(1)));
    surfer.clicks("summary").await;
    assert!(surfer.sees("#numbers table").await);
    ana.takes_in("acme", &ben, "member").await;
    surfer.eventually_text("#events", "accepted an invitation").await;
    assert_eq!(numbers(&surfer).await[0][4], 2);
    assert!(surfer.sees("#numbers table").await, "what was unfolded stays so");
    surfer.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_from_outside_looks_back_and_is_led_nowhere_else() {
    let scene = Scene::set().await;
    let auditor = Surfer::at(&scene.server, &scene.server.with_scope("auditor", "roster:audit")).await;
    auditor.opens("/app/acme/history").await;
    assert_eq!(auditor.texts(".place a").await, ["History"]);
    assert!(auditor.page().await.contains("Chloé Martin-Łukasiewicz joined as member"));
    auditor.is_accessible().await;
    auditor.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_chosen_by_keyboard_and_without_script() {
    let scene = Scene::set().await;
    for script in [true, false] {
        let ana = Surfer::of(&scene.server, &scene.ana, Options { script, ..Options::default() }).await;
        ana.opens("/app/acme/history").await;
        ana.focuses("summary").await;
        ana.presses("Enter").await;
        assert!(ana.sees("#numbers table").await);
        ana.focuses("#as_of").await;
        assert!(ana.focus_is_visible().await);
        let day = today();
        let [year, month, day] = day.split('-').collect::<Vec<_>>()[..] else { panic!("no day: {day}") };
        for key in format!("{month}{day}{year}").chars() {
            ana.presses(&key.to_string()).await;
        }
        ana.presses("Enter").await;
        ana.eventually_text("#then", "佐藤 花").await;
        assert_eq!(ana.value("#as_of").await, today());
        for told in ["7 members", "Member since", "by Chloé Martin-Łukasiewicz"] {
            assert!(plain(&ana.text("#then").await).contains(told), "{told}");
        }
        ana.closes().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_is_read_page_by_page_from_the_newest_to_the_first() {
    let scene = Scene::set().await;
    for n in 0..40 {
        scene.ana.patches("/v1/organizations/acme", json!({ "name": format!("Acme {n}") })).await.expect(200);
    }
    let last = scene.ana.checks("acme").await.expect(200).body["sequence"].as_u64().expect("a sequence");
    let ana = Surfer::at(&scene.server, &scene.ana).await;
    ana.opens("/app/acme/history").await;
    let mut seen = Vec::new();
    loop {
        let script = "return [...document.querySelectorAll('#events li')].map(one => Number(one.id.split('-')[1]))";
        let shown = ana.script(script, &[]).await;
        seen.extend(shown.as_array().expect("events").iter().filter_map(Value::as_u64));
        if !ana.page().await.contains("Older events") {
            break;
        }
        ana.clicks_text("Older events").await;
        let first = seen.last().copied().expect("one");
        ana.eventually_path("/app/acme/history").await;
        tests::eventually("older ones", async || (!ana.exists(&format!("#event-{first}")).await).then_some(())).await;
    }
    assert_eq!(seen, (1..=last).rev().collect::<Vec<_>>());
    ana.clicks_text("Newest events").await;
    ana.eventually_text("#events", "Acme 39").await;
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unfolded_it_is_accessible_and_fits_a_telephone_in_every_language() {
    let scene = Scene::set().await;
    let surfer = Surfer::of(&scene.server, &scene.ana, Options { width: 320, ..Options::default() }).await;
    let english = unfolded(&surfer, "en").await;
    for language in ["de", "fr", "es", "pt-BR", "ja", "zh-Hans", "ar", "en-XA"] {
        let texts = unfolded(&surfer, language).await;
        assert_eq!(texts.len(), english.len());
        let same: Vec<_> = texts.iter().zip(&english).filter(|(one, english)| one == english).collect();
        assert!(same.is_empty(), "left in English in {language}: {same:?}");
        assert!(texts.iter().all(|text| !text.contains("history-")), "{texts:?}");
        assert!(!surfer.scrolls_sideways().await, "in {language} it scrolls sideways");
        let clipped = surfer.clipped().await;
        assert!(clipped.is_empty(), "in {language} it cuts off {clipped:?}");
        for scheme in [Scheme::Light, Scheme::Dark] {
            surfer.scheme(scheme).await;
            surfer.is_accessible().await;
        }
    }
    surfer.closes().await;
}

/// What stands on the page that is no name, with everything unfolded.
async fn unfolded(surfer: &Surfer, language: &str) -> Vec<String> {
    surfer.reads(language).await;
    surfer.opens(&format!("/app/acme/history?as_of={}", today())).await;
    surfer.clicks("summary").await;
    let mut texts = Vec::new();
    for css in [
        "main h1",
        "main h2",
        "main label",
        "main button",
        "small",
        "summary",
        "caption",
        "thead th",
        ".legend li",
        "#then .aside",
    ] {
        texts.extend(surfer.texts(css).await);
    }
    let script = "return [...document.querySelectorAll('svg title, svg desc')].map(one => one.textContent)";
    let told = surfer.script(script, &[]).await;
    texts.extend(told.as_array().expect("texts").iter().map(|one| one.as_str().expect("a text").to_owned()));
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}
