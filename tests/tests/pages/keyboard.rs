//! Without a mouse.

use tests::surfer::{Surfer, plain};

use crate::scene::Scene;

/// Goes on with Tab until this has the focus.
async fn tabs_to(surfer: &Surfer, wanted: &str) {
    for _ in 0..60 {
        surfer.presses("Tab").await;
        if plain(&surfer.focused().await).contains(wanted) {
            assert!(surfer.focus_is_visible().await, "the focus on {wanted} can't be seen");
            return;
        }
    }
    panic!("Tab never leads to {wanted}; it is at {}", surfer.focused().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_by_keyboard_alone() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme").await;
    chloe.presses("Tab").await;
    assert!(chloe.focused().await.contains("Skip to content"));
    tabs_to(&chloe, "Settings").await;
    chloe.presses("Enter").await;
    chloe.eventually_path("/app/acme/settings").await;
    tabs_to(&chloe, "Leave organization").await;
    chloe.presses("Enter").await;
    chloe.text("dialog h1").await;
    assert!(chloe.focused().await.contains("Cancel"), "the focus starts on Cancel: {}", chloe.focused().await);

    // It stays inside, in both directions.
    let mut seen = Vec::new();
    for chord in ["Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"] {
        chloe.presses(chord).await;
        seen.push(plain(&chloe.focused().await));
    }
    assert!(seen.iter().all(|one| one.contains("Cancel") || one.contains("Leave Acme")), "{seen:?}");
    assert!(seen.iter().any(|one| one.contains("Leave Acme")), "{seen:?}");

    chloe.presses("Escape").await;
    tests::eventually("Escape closes", async || (!chloe.exists("dialog").await).then_some(())).await;
    tests::eventually("the focus returns", async || chloe.focused().await.contains("a#leave").then_some(())).await;
    scene.chloe.checks("acme").await.expect(200);

    chloe.presses("Enter").await;
    chloe.text("dialog h1").await;
    tabs_to(&chloe, "Leave Acme").await;
    chloe.presses("Space").await;
    chloe.eventually_path("/app/studio").await;
    assert_eq!(chloe.notice().await, "You left Acme & Sons <b>");
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dialog_says_what_it_is() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme/members").await;
    chloe.clicks("#leave").await;
    chloe.text("dialog h1").await;
    assert_eq!(chloe.attribute("dialog", "role").await.as_deref(), Some("alertdialog"));
    for (refers, to) in [("aria-labelledby", "Leave Acme"), ("aria-describedby", "ends at once")] {
        let id = chloe.attribute("dialog", refers).await.expect("it refers to something");
        assert!(plain(&chloe.text(&format!("dialog #{id}")).await).contains(to));
    }
    let modal = chloe.script("return document.querySelector('dialog').matches(':modal')", &[]).await;
    assert_eq!(modal, true, "what lies behind is out of reach");
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_stays_in_the_dialog_in_the_readers_language() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.reads("de").await;
    chloe.opens("/app/acme/settings").await;
    chloe.clicks("#leave").await;
    chloe.text("dialog h1").await;
    // Made the owner behind her back.
    scene.ana.transfers("acme", &scene.chloe_id).await.expect(200);
    chloe.clicks("dialog button.danger").await;
    chloe.eventually_text("dialog .failure", "Inhaber").await;
    assert_eq!(chloe.path().await, "/app/acme/settings");
    assert_eq!(chloe.attribute("dialog", "aria-busy").await.as_deref(), Some("false"), "the buttons work again");
    scene.chloe.checks("acme").await.expect(200);
    chloe.closes().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_buttons_are_locked_while_it_runs_and_escape_does_not_close() {
    let scene = Scene::set().await;
    let chloe = Surfer::at(&scene.server, &scene.chloe).await;
    chloe.opens("/app/acme/settings").await;
    // An answer that does not come until it is let through.
    let held = "const real = window.fetch; window.fetch = (to, how) => how && how.method === 'POST'
                ? new Promise(done => { window.letThrough = () => done(real(to, how)); }) : real(to, how);";
    chloe.script(held, &[]).await;
    chloe.clicks("#leave").await;
    chloe.clicks("dialog button.danger").await;
    let locked =
        chloe.script("return [...document.querySelectorAll('dialog button')].every(one => one.disabled)", &[]).await;
    assert_eq!(locked, true);
    chloe.presses("Escape").await;
    chloe.presses("Escape").await;
    assert!(chloe.sees("dialog").await);
    chloe.script("window.letThrough()", &[]).await;
    chloe.eventually_path("/app/studio").await;
    chloe.closes().await;
}
