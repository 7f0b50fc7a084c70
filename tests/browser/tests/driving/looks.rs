//! Size, colours, language, and pictures of it all.

use browser::{Browser, Options, Scheme};

use crate::site::site;

const PAGES: &[(&str, &str)] = &[(
    "/",
    "<style>#dark, #still { display: none } \
     @media (prefers-color-scheme: dark) { #dark { display: block } } \
     @media (prefers-reduced-motion: reduce) { #still { display: block } }</style>\
     <p id=dark>In the dark</p><p id=still>Not moving</p><div style='height: 3000px'>Tall</div>",
)];

#[tokio::test]
async fn a_page_is_as_wide_as_asked() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { width: 320, height: 640, ..Options::default() }).await;
    ana.goes(&url).await;
    let size = "return [innerWidth, innerHeight, document.documentElement.clientWidth]";
    assert_eq!(ana.script(size, &[]).await, serde_json::json!([320, 640, 320]));
    ana.resize(1000, 500).await;
    assert_eq!(ana.script(size, &[]).await, serde_json::json!([1000, 500, 1000]));
    ana.reload().await;
    ana.goes(&url.replace("127.0.0.1", "localhost")).await;
    assert_eq!(ana.script(size, &[]).await, serde_json::json!([1000, 500, 1000]), "a new page changes nothing");
    ana.close().await;
}

#[tokio::test]
async fn dark_is_another_matter_than_light() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { scheme: Scheme::Dark, ..Options::default() }).await;
    ana.goes(&url).await;
    assert!(ana.sees("#dark").await && !ana.sees("#still").await);
    ana.scheme(Scheme::Light).await;
    ana.reduced_motion(true).await;
    assert!(!ana.sees("#dark").await && ana.sees("#still").await);
    ana.close().await;
}

#[tokio::test]
async fn a_page_is_asked_for_in_a_language() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { language: "ja,en-GB", ..Options::default() }).await;
    ana.goes(&format!("{url}/echo")).await;
    assert!(ana.page_text().await.contains("Accept-Language: ja,en-GB;q=0.9"), "{}", ana.page_text().await);
    assert_eq!(ana.script("return navigator.language", &[]).await, "ja");
    ana.close().await;
}

#[tokio::test]
async fn a_picture_shows_the_whole_page() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { width: 400, height: 300, ..Options::default() }).await;
    ana.goes(&url).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("page.png");
    ana.screenshot(&path).await;
    let height = ana.script("return document.documentElement.scrollHeight", &[]).await.as_u64().expect("a height");
    assert!(height > 3000);
    let png = std::fs::read(&path).expect("a picture");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u64::from(u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")));
    assert_eq!((number(16), number(20)), (400, height));
    assert_eq!(ana.script("return innerHeight", &[]).await, 300, "and the page is as it was");
    ana.close().await;
}
