//! The contract as a page.

use browser::Options;
use tests::Server;
use tests::surfer::Surfer;

#[tokio::test]
async fn the_contract_can_be_browsed_and_loads_nothing_from_elsewhere() {
    let server = Server::start();
    let ana = Surfer::stranger(&server, Options::default()).await;
    ana.opens("/docs/").await;
    ana.eventually_text("#swagger-ui", "/organizations/{org}/leave").await;
    let loaded: Vec<String> = serde_json::from_value(
        ana.script("return performance.getEntriesByType('resource').map((entry) => entry.name)", &[]).await,
    )
    .expect("addresses");
    assert!(loaded.iter().any(|address| address.ends_with("/openapi.json")), "{loaded:?}");
    let elsewhere: Vec<_> =
        loaded.iter().filter(|address| !address.starts_with(&server.url) && !address.starts_with("data:")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    ana.closes().await;
}
