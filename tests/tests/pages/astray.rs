//! Ways back into an organization that one has left, and into others' organizations: none.

use tests::surfer::Surfer;

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn back_shows_nothing_of_what_was_left() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme/members").await;
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.clicks("dialog button.danger").await;
    chloe.eventually_path("/app/studio").await;
    for _ in 0..2 {
        chloe.back().await;
        chloe.eventually_path("/app/studio").await;
        assert!(!chloe.page_text().await.contains("Acme"), "{}", chloe.page_text().await);
    }
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_was_forgotten_finds_out_when_it_is_looked_at() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme/members").await;
    let forgotten = chloe.tab().await;
    chloe.new_tab().await;
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.clicks("dialog button.danger").await;
    chloe.eventually_path("/app/studio").await;
    chloe.switch(&forgotten).await;
    chloe.eventually_path("/app/studio").await;
    assert!(!chloe.page_text().await.contains("Acme"));
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_once_more_from_a_stale_tab_without_script_is_harmless() {
    let scene = Scene::set().await;
    let options = browser::Options { script: false, ..Default::default() };
    let chloe = Surfer::of(&scene.server, &scene.chloe, options).await;
    chloe.opens("/app/acme/leave").await;
    scene.chloe.leaves("acme").await.expect(200);
    chloe.clicks("main button.danger").await;
    chloe.eventually_path("/app/studio").await;
    assert_eq!(chloe.notice().await, "You left Acme & Sons <b>");
    let left = scene.ana.history("acme").await.into_iter().filter(|event| event["type"] == "MemberLeft").count();
    assert_eq!(left, 1);
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_of_others_and_one_that_never_was_look_the_same() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    let mut seen = Vec::new();
    for slug in ["third", "never-was"] {
        chloe.opens(&format!("/app/{slug}/members")).await;
        chloe.eventually_path("/app/studio").await;
        seen.push((chloe.notice().await, chloe.page_text().await));
    }
    assert_eq!(seen[0], seen[1]);
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_organization_sends_everybody_away() {
    let scene = Scene::set().await;
    let (ben, chloe) = (Surfer::at(&scene.server, &scene.ben).await, Surfer::at(&scene.server, &scene.chloe).await);
    ben.opens("/app/acme/members").await;
    chloe.opens("/app/acme").await;
    scene.ana.deletes("/v1/organizations/acme").await.expect(204);
    ben.eventually_path("/app/studio").await;
    chloe.eventually_path("/app/studio").await;
    chloe.opens("/app/acme/settings").await;
    chloe.eventually_path("/app/studio").await;
    ben.closes().await;
    chloe.closes().await;
}
