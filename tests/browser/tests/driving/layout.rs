//! What sticks out and what is cut off.

use browser::{Browser, Options};

use crate::site::site;

const PAGES: &[(&str, &str)] = &[
    ("/wide", "<div id=wide style='width: 600px'>Wide</div>"),
    (
        "/cut",
        "<style>.box { width: 100px; overflow: hidden; white-space: nowrap }</style>\
         <p class=box id=cut>This text is much longer than its box</p>\
         <p class=box id=dots style='text-overflow: ellipsis'>This text ends in three dots</p>\
         <p class=box><span id=inner>This text is in a box of a box</span></p>\
         <div style='height: 20px; overflow: hidden' id=low>One<br>two<br>three</div>\
         <button id=far style='position: fixed; left: 300px; width: 100px'>Far</button>",
    ),
    (
        "/fine",
        "<style>.skip { position: absolute; left: -9999px } .over { position: absolute; top: -3rem } \
         .reader { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }\
         </style><a href=/fine class=skip>Skip</a><a href=/fine class=over>Skip as well</a>\
         <p style='overflow: hidden'>A short text <span class=reader>for screen readers only</span></p>\
         <div style='overflow-x: auto'><table style='width: 900px'><tr><td>A table that<td>scrolls by itself</table></div>\
         <div style='overflow: hidden; line-height: 1'>A tight line: ÅÉgjpq</div>\
         <details style='overflow: hidden'><summary>More</summary><div style='width: 900px'>Wide when open</div></details>\
         <button style='overflow: hidden'>A button</button><p hidden style='width: 900px'>Hidden</p>",
    ),
];

async fn narrow(path: &str) -> Browser {
    let url = site(PAGES).await;
    let ana = Browser::open(Options { width: 320, height: 640, ..Options::default() }).await;
    ana.goes(&format!("{url}{path}")).await;
    ana
}

#[tokio::test]
async fn a_page_that_is_too_wide_is_found() {
    let ana = narrow("/wide").await;
    assert!(ana.scrolls_sideways().await);
    let clipped = ana.clipped().await;
    assert_eq!(clipped, [r#"div#wide sticks out of the screen, 8 to 608 of 320: "Wide""#]);
    ana.resize(800, 640).await;
    assert!(!ana.scrolls_sideways().await);
    assert!(ana.clipped().await.is_empty());
    ana.close().await;
}

#[tokio::test]
async fn texts_that_are_cut_off_are_found() {
    let ana = narrow("/cut").await;
    let clipped = ana.clipped().await;
    let told = clipped.join("\n");
    for start in [
        "p#cut is cut off sideways",
        "p#dots is cut off sideways",
        "span#inner is cut off sideways",
        "div#low is cut off below",
        "button#far sticks out",
    ] {
        assert!(clipped.iter().any(|one| one.starts_with(start)), "{start}: {told}");
    }
    assert_eq!(clipped.len(), 5, "{told}");
    ana.close().await;
}

#[tokio::test]
async fn what_is_hidden_on_purpose_or_scrolls_is_fine() {
    let ana = narrow("/fine").await;
    assert_eq!(ana.clipped().await, [""; 0]);
    assert!(!ana.scrolls_sideways().await);
    ana.close().await;
}

#[tokio::test]
async fn a_load_is_measured_in_bytes() {
    let ana = narrow("/wide").await;
    let page = ana.bytes_over_the_wire().await;
    assert!((300..1000).contains(&page), "{page}");
    ana.close().await;
}
