//! Every call of `/v1` by an outsider, a member, an admin and the owner, each on an organization of its own.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, Server, at_once};

const WHO: [&str; 4] = ["outsider", "member", "admin", "owner"];

const NOT_FOUND: &str = "404 organization-not-found";
const DENIED: &str = "403 permission-denied";
const NOT_YOURS: &str = "403 invitation-not-for-you";
const NO_WEBHOOK: &str = "404 webhook-not-found";
const OWNER_STAYS: &str = "409 owner-cannot-leave";
const OWNER_KEPT: &str = "409 owner-cannot-be-removed";

/// In `{org}` of the outsider's, member's, admin's or owner's: `{target}` is another member, `{pending}` an invitation.
#[rustfmt::skip]
const TABLE: [(&str, [&str; 4]); 36] = [
    ("GET    /v1/organizations",                                 ["200", "200", "200", "200"]),
    ("POST   /v1/organizations",                                 ["201", "201", "201", "201"]),
    ("GET    /v1/organizations/{org}",                           [NOT_FOUND, "200", "200", "200"]),
    ("PATCH  /v1/organizations/{org}",                           [NOT_FOUND, DENIED, "200", "200"]),
    ("DELETE /v1/organizations/{org}",                           [NOT_FOUND, DENIED, DENIED, "204"]),
    ("GET    /v1/organizations/{org}/members",                   [NOT_FOUND, "200", "200", "200"]),
    ("PATCH  /v1/organizations/{org}/members/{target}",          [NOT_FOUND, DENIED, "200", "200"]),
    ("DELETE /v1/organizations/{org}/members/{target}",          [NOT_FOUND, DENIED, "204", "204"]),
    ("PATCH  /v1/organizations/{org}/members/{owner}",           [NOT_FOUND, DENIED, DENIED, DENIED]),
    ("DELETE /v1/organizations/{org}/members/{owner}",           [NOT_FOUND, DENIED, OWNER_KEPT, OWNER_STAYS]),
    ("DELETE /v1/organizations/{org}/members/{own}",             [NOT_FOUND, "204", "204", OWNER_STAYS]),
    ("POST   /v1/organizations/{org}/leave",                     [NOT_FOUND, "200", "200", OWNER_STAYS]),
    ("POST   /v1/organizations/{org}/ownership",                 [NOT_FOUND, DENIED, DENIED, "200"]),
    ("POST   /v1/organizations/{org}/invitations",               [NOT_FOUND, DENIED, "201", "201"]),
    ("GET    /v1/organizations/{org}/invitations",               [NOT_FOUND, DENIED, "200", "200"]),
    ("DELETE /v1/organizations/{org}/invitations/{pending}",     [NOT_FOUND, DENIED, "204", "204"]),
    ("GET    /v1/organizations/{org}/access",                    ["403 not-a-member", "200", "200", "200"]),
    ("GET    /v1/organizations/{org}/access?user_id=tom",        [DENIED, "200", "200", "200"]),
    ("GET    /v1/organizations/{org}/access?permission=invitation:create", ["403 not-a-member", DENIED, "200", "200"]),
    ("GET    /v1/organizations/{org}/history",                   [NOT_FOUND, DENIED, "200", "200"]),
    ("POST   /v1/organizations/{org}/webhooks",                  [NOT_FOUND, DENIED, "201", "201"]),
    ("GET    /v1/organizations/{org}/webhooks",                  [NOT_FOUND, DENIED, "200", "200"]),
    ("GET    /v1/organizations/{org}/webhooks/{own}",            [NOT_FOUND, DENIED, NO_WEBHOOK, NO_WEBHOOK]),
    ("DELETE /v1/organizations/{org}/webhooks/{own}",            [NOT_FOUND, DENIED, NO_WEBHOOK, NO_WEBHOOK]),
    ("POST   /v1/webhooks",                                      [DENIED, DENIED, DENIED, DENIED]),
    ("GET    /v1/webhooks",                                      [DENIED, DENIED, DENIED, DENIED]),
    ("GET    /v1/organizations/{org}/members?at_sequence=2",     [NOT_FOUND, DENIED, "200", "200"]),
    ("GET    /v1/people/outsider/memberships",                   ["200", DENIED, DENIED, DENIED]),
    ("GET    /v1/people/tom/memberships",                        [DENIED, DENIED, DENIED, DENIED]),
    ("GET    /v1/events",                                        [DENIED, DENIED, DENIED, DENIED]),
    ("DELETE /v1/people/tom",                                    [DENIED, DENIED, DENIED, DENIED]),
    ("GET    /v1/erasures",                                      [DENIED, DENIED, DENIED, DENIED]),
    ("GET    /v1/invitations",                                   ["200", "200", "200", "200"]),
    ("GET    /v1/invitations/{pending}",                         [NOT_YOURS, NOT_YOURS, NOT_YOURS, NOT_YOURS]),
    ("POST   /v1/invitations/{pending}/accept",                  [NOT_YOURS, NOT_YOURS, NOT_YOURS, NOT_YOURS]),
    ("POST   /v1/invitations/{pending}/decline",                 [NOT_YOURS, NOT_YOURS, NOT_YOURS, NOT_YOURS]),
];

#[tokio::test]
async fn everybody_may_do_what_the_table_says() {
    let server = Server::start();
    let [outsider, mia, ana, owen, tom, pia] =
        ["outsider", "mia", "ana", "owen", "tom", "pia"].map(|id| server.person(id));
    let callers = [outsider, mia, ana, owen];
    let cells = (0..TABLE.len()).flat_map(|call| (0..WHO.len()).map(move |who| (call, who)));
    let answers = at_once(8, cells, move |(call, who)| {
        let (callers, tom, pia) = (callers.clone(), tom.clone(), pia.clone());
        async move { ((call, who), cell(call, who, &callers, &tom, &pia).await) }
    })
    .await;

    let mut table = vec![[(); 4].map(|()| String::new()); TABLE.len()];
    for ((call, who), answer) in answers {
        table[call][who] =
            format!("{} {}", answer.status.as_u16(), answer.code().unwrap_or_default()).trim().to_owned();
    }
    let line = |call: &str, cells: [&str; 4]| {
        format!("{call:<55}{:<28}{:<28}{:<28}{}", cells[0], cells[1], cells[2], cells[3])
    };
    println!("{}", line("", WHO));
    let mut wrong = Vec::new();
    for ((call, wanted), got) in TABLE.iter().zip(&table) {
        let got = line(call, std::array::from_fn(|who| got[who].as_str()));
        println!("{got}");
        if got != line(call, *wanted) {
            wrong.push(format!("{got}\nbut should be\n{}", line(call, *wanted)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// One call by one person in a new organization: Owen owns it, Ana is admin, Mia and Tom are members, Pia is invited.
async fn cell(call: usize, who: usize, callers: &[Person; 4], tom: &Person, pia: &Person) -> Answer {
    let [_, mia, ana, owen] = callers;
    let org = format!("org-{call}-{who}");
    let owner = owen.founds(&org).await.expect(201).text("/owner/member_id");
    let own = [
        "0192f0c1-0000-7000-8000-000000000000".to_owned(),
        owen.takes_in(&org, mia, "member").await,
        owen.takes_in(&org, ana, "admin").await,
        owner.clone(),
    ];
    let target = owen.takes_in(&org, tom, "member").await;
    let pending = owen.invites(&org, pia, "member").await.expect(201).text("/id");

    let (method, path) = TABLE[call].0.split_once(' ').expect("a method and a path");
    let body = body(method, path, &target, &org);
    let places =
        [("{org}", &org), ("{target}", &target), ("{owner}", &owner), ("{own}", &own[who]), ("{pending}", &pending)];
    let path = places.iter().fold(path.trim().to_owned(), |path, (name, value)| path.replace(name, value));
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    callers[who].calls(method, &path, body).await
}

fn body(method: &str, path: &str, target: &str, org: &str) -> Option<Value> {
    let last = path.trim().rsplit('/').next();
    match (method, last) {
        ("POST", Some("organizations")) => Some(json!({ "name": "New", "slug": format!("{org}-new") })),
        ("PATCH", Some("{org}")) => Some(json!({ "name": "Renamed" })),
        ("PATCH", _) => Some(json!({ "role": "admin" })),
        ("POST", Some("webhooks")) => Some(json!({ "url": "https://hooks.acme.test/roster" })),
        ("POST", Some("ownership")) => Some(json!({ "member_id": target })),
        ("POST", Some("invitations")) => Some(json!({ "email": "new@acme.test", "role": "member" })),
        _ => None,
    }
}
