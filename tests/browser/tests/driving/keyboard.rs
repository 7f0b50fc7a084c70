//! The keyboard.

use browser::{Browser, Options};

use crate::site::site;

const PAGES: &[(&str, &str)] = &[(
    "/",
    "<style>#bare:focus { outline: none }</style>\
     <a id=home href=/echo>Home</a> <label>Your address <input name=email></label> \
     <button aria-label='Close it'>x</button> <a href=/echo id=bare>Bare</a> \
     <details><summary>More</summary><p>Much more</p></details>",
)];

#[tokio::test]
async fn tab_goes_from_one_to_the_next_and_back() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&url).await;
    assert_eq!(ana.focused().await, "body");
    let mut seen = Vec::new();
    for _ in 0..4 {
        ana.presses("Tab").await;
        seen.push((ana.focused().await, ana.focus_is_visible().await));
    }
    let seen: Vec<(&str, bool)> = seen.iter().map(|(what, visible)| (what.as_str(), *visible)).collect();
    let expected = [
        (r#"a#home "Home""#, true),
        (r#"input[name=email] "Your address""#, true),
        (r#"button "Close it""#, true),
        (r#"a#bare "Bare""#, false),
    ];
    assert_eq!(seen, expected);
    ana.presses("Shift+Tab").await;
    assert_eq!(ana.focused().await, r#"button "Close it""#);
    ana.close().await;
}

#[tokio::test]
async fn keys_do_what_they_do() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&url).await;
    ana.focuses("summary").await;
    assert!(!ana.sees("details p").await && !ana.page_text().await.contains("Much"));
    ana.presses("Space").await;
    assert!(ana.sees("details p").await);
    assert_eq!(ana.texts("summary, details p").await, ["More", "Much more"]);
    ana.types("input", "abc").await;
    ana.presses("Control+a").await;
    ana.presses("x").await;
    assert_eq!(ana.value("input").await, "x");
    ana.focuses("#home").await;
    ana.presses("Enter").await;
    ana.eventually_path("/echo").await;
    ana.close().await;
}
