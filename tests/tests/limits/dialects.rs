//! Each dialect says it in its own words.

use reqwest::header::ACCEPT_LANGUAGE;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::json;
use tests::{Answer, Person, Server};

use crate::{exhausts, limited, names, retry_after};

async fn exhausted() -> (Server, Person) {
    let server = limited(1, 5);
    let ana = server.person("ana");
    ana.founds("acme").await.expect(201);
    exhausts(&ana, "acme").await;
    (server, ana)
}

/// What is answered to the first that is too many.
async fn too_many(mut request: impl AsyncFnMut() -> Answer) -> Answer {
    for _ in 0..20 {
        let answer = request().await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("nothing is too much");
}

#[tokio::test]
async fn better_auths_client_is_told_by_code_and_message() {
    let (_server, ana) = exhausted().await;
    let id = ana.gets("/v1/organizations/acme").await.expect(200).text("/id");
    let body = json!({ "data": { "name": "acme" }, "organizationId": id });
    let refused = too_many(async || ana.posts("/api/auth/organization/update", body.clone()).await).await;
    assert!(retry_after(&refused) >= 1);
    let said = json!({ "message": "Too much was asked at once. Try again in a moment.", "code": "TOO_MANY_REQUESTS" });
    assert_eq!(refused.body, said);
}

#[tokio::test]
async fn a_page_says_it_to_people_in_their_language() {
    let (server, ana) = exhausted().await;
    let client = Client::builder().no_proxy().build().expect("an HTTP client");
    let renames = |accept: Option<&'static str>| -> RequestBuilder {
        let request = client.post(format!("{}/app/acme/settings", server.url));
        let request = request
            .header("cookie", format!("roster_session={}", ana.token()))
            .header("sec-fetch-site", "same-origin")
            .header(ACCEPT_LANGUAGE, "de")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("name=acme&was_name=other&slug=acme&was_slug=acme");
        accept.map_or(request.try_clone().expect("a request"), |accept| request.header("accept", accept))
    };
    let sentence = "Es wurde zu viel auf einmal verlangt.";
    let page = too_many(async || ana.sends(renames(None)).await).await;
    assert!(retry_after(&page) >= 1);
    assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{page:#?}");
    assert!(page.raw.contains(sentence), "{}", page.raw);
    // And to the script, as it is told everything.
    let told = too_many(async || ana.sends(renames(Some("application/json"))).await).await.refused(429, "rate-limited");
    assert!(told.text("/detail").starts_with(sentence) && retry_after(&told) >= 1);
}

#[tokio::test]
async fn v1_says_it_in_the_callers_language() {
    let (_server, ana) = exhausted().await;
    let french = async || {
        let request = ana.request(Method::PATCH, "/v1/organizations/acme").header(ACCEPT_LANGUAGE, "fr");
        ana.sends(request.json(&json!({ "name": "acme" }))).await
    };
    let refused = too_many(french).await.refused(429, "rate-limited");
    assert_eq!(refused.body["title"], "Trop de requêtes");
}

#[tokio::test]
async fn it_is_counted_for_those_who_watch() {
    let (_server, ana) = exhausted().await;
    let counted = async || {
        let text = ana.gets("/metrics").await.expect(200).raw;
        let line = text.lines().find(|line| line.starts_with("roster_limited_total{bucket=\"commands\"}"));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).unwrap_or_default()
    };
    let before = counted().await;
    assert!(before >= 1);
    too_many(async || names(&ana, "acme").await).await;
    assert!(counted().await > before);
}
