//! Browsers and tabs side by side, and their end.

use browser::{Browser, Cookie, Options};
use servers::processes::is_alive;

use crate::site::site;

const PAGES: &[(&str, &str)] = &[("/", "<p>Here</p>"), ("/there", "<p>There</p>")];

#[tokio::test]
async fn each_browser_has_its_own_cookies() {
    let url = site(PAGES).await;
    let (ana, ben) = tokio::join!(Browser::open(Options::default()), Browser::open(Options::default()));
    tokio::join!(ana.goes(&url), ben.goes(&url));
    ana.set_cookie(("who", "ana")).await;
    ana.set_cookie(Cookie::build(("secret", "1")).http_only(true).path("/").build()).await;
    ben.set_cookie(("who", "ben")).await;
    tokio::join!(ana.reload(), ben.reload());
    assert_eq!(ana.cookie("who").await.expect("hers").value(), "ana");
    assert_eq!(ben.cookie("who").await.expect("his").value(), "ben");
    assert_eq!(ana.cookie("secret").await.and_then(|cookie| cookie.http_only()), Some(true));
    assert_eq!((ana.cookies().await.len(), ben.cookies().await.len()), (2, 1));
    ana.goes(&format!("{url}/echo")).await;
    assert!(ana.page_text().await.contains("who=ana"));
    ana.delete_cookies().await;
    assert!(ana.cookies().await.is_empty() && ben.cookies().await.len() == 1);
    tokio::join!(ana.close(), ben.close());
}

#[tokio::test]
async fn tabs_of_a_browser_share_cookies_and_size() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { width: 320, ..Options::default() }).await;
    ana.goes(&url).await;
    ana.set_cookie(("who", "ana")).await;
    let first = ana.tab().await;
    let second = ana.new_tab().await;
    ana.goes(&format!("{url}/there")).await;
    assert_eq!(ana.page_text().await, "There");
    assert_eq!(ana.script("return innerWidth", &[]).await, 320);
    assert!(ana.cookie("who").await.is_some());
    ana.switch(&first).await;
    assert_eq!(ana.page_text().await, "Here");
    assert_eq!(ana.tabs().await, [first, second]);
    ana.close().await;
}

#[tokio::test]
async fn a_browser_ends_when_closed_and_when_dropped() {
    let (ana, ben) = tokio::join!(Browser::open(Options::default()), Browser::open(Options::default()));
    let (hers, his) = (ana.process(), ben.process());
    assert!(is_alive(hers) && is_alive(his));
    ana.close().await;
    assert!(!is_alive(hers) && is_alive(his));
    drop(ben);
    assert!(!is_alive(his));
}
