//! Two browsers: one leaves, the other watches.

use std::time::{Duration, Instant};

use tests::surfer::Surfer;

use crate::scene::Scene;

/// How soon others must see it.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Waits until a reading says so, and tells how long that took.
async fn until(awaited: &str, mut look: impl AsyncFnMut() -> bool) -> Duration {
    let since = Instant::now();
    tests::eventually(awaited, async || look().await.then_some(())).await;
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_leaves_and_the_other_sees_it_within_a_second() {
    let scene = Scene::set().await;
    let ana = Surfer::at(&scene.server, &scene.ana).await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    ana.opens("/app/acme/members").await;
    assert!(ana.page().await.contains("7 members") && ana.page().await.contains("Chloé"));
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.text("dialog h1").await;
    chloe.clicks("dialog button.danger").await;
    let took = until("Ana sees it", async || !ana.page().await.contains("Chloé")).await;
    assert!(ana.page().await.contains("6 members"));
    println!("the other's list followed {took:?} after the click");
    assert!(took < AT_ONCE, "{took:?}");

    ana.opens("/app/acme").await;
    assert!(ana.page().await.contains("Chloé Martin-Łukasiewicz left"), "{}", ana.page().await);
    ana.closes().await;
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_removed_while_looking_is_sent_away_within_a_second() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    for page in ["/app/acme", "/app/acme/members", "/app/acme/settings"] {
        chloe.opens(page).await;
        // Whoever sees a change is listening.
        let renamed = format!("Acme {}", page.len());
        scene.ana.patches("/v1/organizations/acme", serde_json::json!({ "name": renamed })).await.expect(200);
        let member = scene.chloe.checks("acme").await.expect(200).text("/member_id");
        scene.ana.removes("acme", &member).await.expect(204);
        let took = until("Chloé is sent away", async || !chloe.path().await.starts_with("/app/acme")).await;
        println!("sent away from {page} after {took:?}");
        assert!(took < AT_ONCE, "{page}: {took:?}");
        assert!(chloe.notice().await.contains("you are not a member"));
        scene.ana.takes_in("acme", &scene.chloe, "member").await;
    }
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_is_typing_or_choosing_is_left_alone() {
    let scene = Scene::set().await;
    let ana = Surfer::at(&scene.server, &scene.ana).await;
    ana.opens("/app/acme/members").await;
    ana.types("#email", "half@an-addr").await;
    scene.chloe.leaves("acme").await.expect(200);
    until("Ana sees it", async || !ana.page().await.contains("Chloé")).await;
    assert_eq!(ana.value("#email").await, "half@an-addr");
    assert!(ana.focused().await.contains("#email"), "{}", ana.focused().await);
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dialog_stays_open_while_the_page_behind_it_changes_and_the_focus_finds_back() {
    let scene = Scene::set().await;
    let ben = Surfer::at(&scene.server, &scene.ben).await;
    ben.opens("/app/acme/members").await;
    ben.clicks(&format!("#remove-{}", scene.chloe_id)).await;
    ben.text("dialog h1").await;
    scene.ana.takes_in("acme", &scene.server.person("zoe"), "member").await;
    until("Ben sees Zoe", async || ben.texts("#members").await.concat().contains("Zoe")).await;
    assert!(ben.sees("dialog").await);
    ben.presses("Escape").await;
    let opener = format!("#remove-{}", scene.chloe_id);
    until("the focus is back", async || ben.focused().await.contains(&opener)).await;
    ben.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_goes_along_when_the_address_changes_and_its_forms_keep_their_organization() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.text("dialog h1").await;
    // Acme moves, and Chloé's other organization takes its address.
    scene.ana.patches("/v1/organizations/acme", serde_json::json!({ "slug": "acme-moved" })).await.expect(200);
    scene.ben.patches("/v1/organizations/studio", serde_json::json!({ "slug": "acme" })).await.expect(200);
    tests::eventually("the page goes along", async || (chloe.path().await == "/app/acme-moved/settings").then_some(()))
        .await;
    chloe.clicks("#leave").await;
    chloe.clicks("dialog button.danger").await;
    chloe.eventually_path("/app/acme").await;
    assert_eq!(chloe.notice().await, "You left Acme & Sons <b>");
    scene.chloe.checks("acme-moved").await.refused(403, "not-a-member");
    scene.chloe.checks("acme").await.expect(200);
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_longer_an_admin_loses_sight_of_what_only_admins_see() {
    let scene = Scene::set().await;
    let ben = Surfer::at(&scene.server, &scene.ben).await;
    ben.opens("/app/acme/members").await;
    assert!(ben.page().await.contains("mira@acme.test"));
    let path = format!("/v1/organizations/acme/members/{}", scene.ben_id);
    scene.ana.patches(&path, serde_json::json!({ "role": "member" })).await.expect(200);
    until("Ben sees less", async || !ben.exists("#invitations").await && !ben.exists("#email").await).await;
    assert!(!ben.page().await.contains("mira@acme.test") && ben.exists("#leave").await);
    ben.closes().await;
}
