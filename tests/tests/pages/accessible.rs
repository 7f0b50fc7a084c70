//! Whoever can't see well, or can't use a mouse, or has a small screen, can do everything.

use browser::{Options, Scheme};
use tests::surfer::Surfer;

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_page_or_dialog_in_english_and_arabic_light_and_dark() {
    let scene = Scene::set().await;
    let surfer = Surfer::stranger(&scene.server, Options::default()).await;
    let mut looked_at = 0;
    for language in ["en", "ar"] {
        for view in scene.views() {
            scene.shows(&surfer, &view).await;
            surfer.reads(language).await;
            surfer.reload().await;
            looked_at += looked_over(&surfer).await;
        }
        for (path, opener, who) in
            [("/app/acme/settings", "#leave", &scene.chloe), ("/app/acme/settings", "#delete", &scene.ana)]
        {
            surfer.is(who).await;
            surfer.opens(path).await;
            surfer.clicks(opener).await;
            surfer.text("dialog h1").await;
            looked_at += looked_over(&surfer).await;
        }
    }
    println!("axe looked at {looked_at} pages and dialogs: nothing to say");
    surfer.closes().await;
}

async fn looked_over(surfer: &Surfer) -> usize {
    for scheme in [Scheme::Light, Scheme::Dark] {
        surfer.scheme(scheme).await;
        surfer.is_accessible().await;
    }
    2
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_off_at_320_pixels_in_any_language_or_in_a_longer_one() {
    let scene = Scene::set().await;
    let surfer = Surfer::stranger(&scene.server, Options { width: 320, ..Options::default() }).await;
    for language in ["en", "de", "fr", "es", "pt-BR", "ja", "zh-Hans", "ar", "en-XA"] {
        for view in scene.views() {
            scene.shows(&surfer, &view).await;
            surfer.reads(language).await;
            surfer.reload().await;
            assert_eq!(surfer.attribute("html", "lang").await.as_deref(), Some(language), "{}", view.name);
            assert!(!surfer.scrolls_sideways().await, "{} in {language} scrolls sideways", view.name);
            let clipped = surfer.clipped().await;
            assert!(clipped.is_empty(), "{} in {language} cuts off {clipped:?}", view.name);
        }
    }
    surfer.closes().await;
}
