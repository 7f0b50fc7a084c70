//! Lists are each server's own; what another one wrote is in them a moment later, or at once for whoever waits.

use tests::Server;

fn names(list: &serde_json::Value) -> Vec<&str> {
    list["members"].as_array().expect("members").iter().filter_map(|member| member["user_id"].as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_told_the_position_shows_what_another_server_wrote() {
    let ([first, second, third], _nats) = super::three();
    let (ana, ben) = (first.person("ana"), first.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.at(&second.url).takes_in("acme", &ben.at(&third.url), "member").await;
    for round in 0..20 {
        let cleo = first.person(&format!("cleo-{round}"));
        let invitation = ana.invites("acme", &cleo, "member").await.expect(201).text("/id");
        let accepted = cleo.at(&second.url).accepts(&invitation).await.expect(200);
        let shown = ana.at(&third.url).lists("/v1/organizations/acme/members?limit=100", accepted.position()).await;
        assert!(names(&shown.body).contains(&cleo.id.as_str()), "{shown:#?}");
        let left = cleo.at(&third.url).leaves("acme").await.expect(200);
        let shown = ana.lists("/v1/organizations/acme/members?limit=100", left.position()).await;
        assert_eq!(names(&shown.body), ["ana", "ben"]);
        // An index of one's organizations, too.
        assert_eq!(cleo.at(&second.url).lists("/v1/organizations", left.position()).await.body["total"], 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_shown_at_once_by_a_server_that_is_started_again() {
    let ([mut first, second, third], _nats) = super::three();
    drop((second, third));
    let ana = first.person("ana");
    ana.founds("acme").await.expect(201);
    let position = ana.founds("globex").await.expect(201).position();
    ana.lists("/v1/organizations", position).await.expect(200);
    // Nobody moves the lists for as long as the dead one's leases last.
    first.kill();
    first.restart();
    let list = ana.at(&first.url).gets("/v1/organizations").await.expect(200);
    assert_eq!(list.body["total"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_takes_nothing_along_and_comes_back() {
    let ([first, mut second, third], _nats) = super::three();
    let (ana, ben) = (first.person("ana"), first.person("ben"));
    ana.founds("acme").await.expect(201);
    ana.at(&second.url).takes_in("acme", &ben, "member").await;
    second.kill();
    ben.at(&third.url).checks("acme").await.expect(200);
    let left = ben.leaves("acme").await.expect(200).position();
    second.restart();
    let ana: tests::Person = Server::person(&second, "ana");
    assert_eq!(names(&ana.lists("/v1/organizations/acme/members", left).await.body), ["ana"]);
}
