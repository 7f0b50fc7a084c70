//! Pages with and without script.

use browser::{Browser, Options};

use crate::site::site;

const PAGES: &[(&str, &str)] = &[
    (
        "/",
        "<noscript>No script here.</noscript><p id=told>As served.</p><script src=/page.js></script>\
         <form method=post action=/echo><label>Name <input name=name value=Old></label> \
         <select name=role><option>Member<option>Admin</select> <button>Save it</button></form>",
    ),
    ("/page.js", "document.querySelector('#told').textContent = 'As scripted.'"),
    ("/later", "<p id=told>Not yet</p><script src=/later.js></script>"),
    ("/later.js", "setTimeout(() => { document.querySelector('#told').innerHTML = '<a href=/echo>Now</a>' }, 300)"),
];

const SCRIPTLESS: fn() -> Options = || Options { script: false, ..Options::default() };

#[tokio::test]
async fn a_page_runs_its_script() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&url).await;
    assert_eq!(ana.text("#told").await, "As scripted.");
    assert!(!ana.page_text().await.contains("No script here."));
    assert_eq!(ana.title().await, "Site");
    ana.close().await;
}

#[tokio::test]
async fn without_script_a_page_shows_its_noscript_and_its_forms_work() {
    let url = site(PAGES).await;
    let ana = Browser::open(SCRIPTLESS()).await;
    ana.goes(&url).await;
    assert_eq!(ana.text("#told").await, "As served.");
    assert!(ana.page_text().await.starts_with("No script here."));
    ana.types("input", "Ana Ångström").await;
    ana.chooses("select", "Admin").await;
    assert_eq!(ana.value("input").await, "Ana Ångström");
    ana.presses("Tab").await;
    assert_eq!(ana.focused().await, r#"button "Save it""#);
    ana.clicks_text("Save it").await;
    ana.eventually_path("/echo").await;
    ana.eventually_text("pre", "name=Ana+%C3%85ngstr%C3%B6m&role=Admin").await;
    assert!(ana.text("pre").await.starts_with("POST /echo"));
    ana.back().await;
    assert_eq!(ana.path().await, "/");
    ana.close().await;
}

#[tokio::test]
async fn what_is_not_there_yet_is_waited_for() {
    let url = site(PAGES).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&format!("{url}/later")).await;
    ana.clicks_text("Now").await;
    ana.eventually_path("/echo").await;
    ana.close().await;
}

#[tokio::test]
#[should_panic(expected = "among")]
async fn a_panic_tells_the_page() {
    let url = site(&[("/", "<p>The only one among many</p>")]).await;
    let ana = Browser::open(Options::default()).await;
    ana.goes(&url).await;
    // Not valid, so that nothing is waited for.
    ana.clicks("[[").await;
}
