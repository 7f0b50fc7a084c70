//! Axe, on pages that allow no script but their own.

use browser::{Browser, Options};

use crate::site::site;

const PAGES: &[(&str, &str)] = &[
    ("/clean", "<main><h1>Clean</h1><p>Nothing wrong here.</p><label>Name <input name=name></label></main>"),
    ("/broken", "<main><h1>Broken</h1><input name=nameless><p id=pale style='color: #aaa'>Pale</p></main>"),
];

#[tokio::test]
async fn nothing_is_wrong_with_a_clean_page() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&format!("{url}/clean")).await;
    ana.is_accessible().await;
    assert!(ana.contrast_too_low().await.is_empty());
    ana.close().await;
}

#[tokio::test]
async fn a_field_without_a_label_and_a_pale_text_are_found() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&format!("{url}/broken")).await;
    let found = ana.axe().await;
    let rules: Vec<&str> = found.iter().map(|violation| violation.id.as_str()).collect();
    assert_eq!(rules, ["color-contrast", "label"]);
    let told = found[1].to_string();
    assert!(told.contains("label (critical): Form elements must have labels"), "{told}");
    assert!(told.contains(r#"<input name="nameless">"#), "{told}");
    let pale = ana.contrast_too_low().await;
    assert_eq!((pale.len(), pale[0].nodes[0].target[0].as_str()), (1, Some("#pale")));
    ana.close().await;
}

#[tokio::test]
#[should_panic(expected = "is not accessible:\ncolor-contrast")]
async fn without_script_axe_works_as_well() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { script: false, ..Options::default() }).await;
    ana.goes(&format!("{url}/broken")).await;
    ana.is_accessible().await;
}
