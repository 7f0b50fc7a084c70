//! Pictures of every page, in `target/screenshots/`, to be looked at.

use std::path::Path;

use browser::{Options, Scheme};
use tests::surfer::Surfer;

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_in_english_and_arabic_light_and_dark_wide_and_narrow() {
    let scene = Scene::set().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    let surfer = Surfer::stranger(&scene.server, Options::default()).await;
    let mut pictures = 0;
    for view in scene.views() {
        for language in ["en", "ar"] {
            surfer.reads(language).await;
            scene.shows(&surfer, &view).await;
            if view.who.is_none() {
                surfer.reads(language).await;
                surfer.opens(&view.path).await;
            }
            pictures += pictures_of(&surfer, &folder, view.name, language).await;
        }
    }
    for (name, path, opener, who) in [
        ("dialog-leave", "/app/acme/settings", "#leave", &scene.chloe),
        ("dialog-delete", "/app/acme/settings", "#delete", &scene.ana),
    ] {
        for language in ["en", "ar"] {
            surfer.is(who).await;
            surfer.reads(language).await;
            surfer.opens(path).await;
            surfer.clicks(opener).await;
            surfer.text("dialog h1").await;
            pictures += pictures_of(&surfer, &folder, name, language).await;
        }
    }
    println!("{pictures} pictures in target/screenshots");
    surfer.closes().await;
}

async fn pictures_of(surfer: &Surfer, folder: &Path, name: &str, language: &str) -> usize {
    for (colours, scheme) in [("light", Scheme::Light), ("dark", Scheme::Dark)] {
        surfer.scheme(scheme).await;
        for (size, width) in [("wide", 1280), ("narrow", 320)] {
            surfer.resize(width, 800).await;
            surfer.screenshot(folder.join(format!("{name}-{language}-{colours}-{size}.png"))).await;
        }
    }
    4
}
