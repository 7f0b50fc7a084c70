//! With script off everything works; only slower.

use browser::Options;
use tests::surfer::{Surfer, plain};

use crate::scene::Scene;

const NO_SCRIPT: Options = Options {
    language: "en",
    script: false,
    width: 1280,
    height: 800,
    scheme: browser::Scheme::Light,
    reduced_motion: false,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_member_leaves_by_the_page_that_asks_once_more() {
    let scene = Scene::set().await;
    let chloe = Surfer::of(&scene.server, &scene.chloe, NO_SCRIPT).await;
    chloe.opens("/app/acme/members").await;
    chloe.clicks_text("Leave organization").await;
    chloe.eventually_path("/app/acme/leave").await;
    assert_eq!(plain(&chloe.text("h1").await), "Leave Acme & Sons <b>");
    chloe.clicks_text("Cancel").await;
    chloe.eventually_path("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.clicks("main button.danger").await;
    chloe.eventually_path("/app/studio").await;
    assert_eq!(chloe.notice().await, "You left Acme & Sons <b>");
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_invites_changes_a_role_renames_transfers_and_removes() {
    let scene = Scene::set().await;
    let ana = Surfer::of(&scene.server, &scene.ana, NO_SCRIPT).await;
    ana.opens("/app/acme/members").await;
    ana.types("#email", "ben@acme.test").await;
    ana.clicks_text("Invite").await;
    ana.eventually_text(".failure", "member already").await;
    assert_eq!(ana.value("#email").await, "ben@acme.test", "what was typed is still there");
    ana.types("#email", "nils@acme.test").await;
    ana.clicks_text("Invite").await;
    ana.eventually_text(".notice", "The invitation is ready").await;
    assert!(ana.page().await.contains("nils@acme.test"));

    ana.opens("/app/acme/settings").await;
    ana.types("#name", "Acme").await;
    ana.types("#slug", "select").await;
    ana.clicks_text("Save").await;
    ana.eventually_text(".failure", "is reserved").await;
    ana.types("#slug", "acme-new").await;
    ana.clicks_text("Save").await;
    ana.eventually_path("/app/acme-new/settings").await;

    ana.clicks_text("Transfer ownership").await;
    ana.clicks(&format!("#choose-{}", scene.ben_id)).await;
    ana.types("#typed", "Acme & Sons").await;
    ana.clicks("main button.danger").await;
    ana.eventually_text(".failure", "not the name").await;
    ana.types("#typed", "Acme").await;
    ana.clicks("main button.danger").await;
    ana.eventually_text(".notice", "is the owner now").await;

    ana.opens(&format!("/app/acme-new/members/{}/remove", scene.chloe_id)).await;
    ana.clicks("main button.danger").await;
    ana.eventually_text(".notice", "is no longer a member").await;
    ana.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_chosen_on_the_page() {
    let scene = Scene::set().await;
    let chloe = Surfer::of(&scene.server, &scene.chloe, Options { language: "fr", ..NO_SCRIPT }).await;
    chloe.opens("/app/acme/settings").await;
    assert_eq!(chloe.attribute("html", "lang").await.as_deref(), Some("fr"), "as the browser asks");
    chloe.chooses("#language", "العربية").await;
    chloe.clicks("footer button").await;
    chloe.eventually_path("/app/acme/settings").await;
    assert_eq!(chloe.attribute("html", "dir").await.as_deref(), Some("rtl"), "as the person chose");
    chloe.closes().await;
}
