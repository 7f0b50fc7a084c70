//! Addresses of an organization that is no longer theirs, or never was: two redirects at most, to a page that is not of it.

use std::fmt::Write;

use reqwest::Method;
use tests::{Answer, Person, Server};

use crate::reader::{Reader, location, notice};

const PAGES: [&str; 9] = [
    "",
    "/members",
    "/members?search=ana&role=owner",
    "/settings",
    "/leave",
    "/transfer",
    "/delete",
    "/members/0192f0c1-0000-7000-8000-000000000000/remove",
    "/members/0192f0c1-0000-7000-8000-000000000000/owner",
];

/// How Ben's membership ended.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Left,
    LeftByForm,
    Removed,
    Deleted,
}

async fn ends(end: End, ana: &Person, ben: &Person, reader: &Reader) {
    match end {
        End::Left => drop(ben.leaves("acme").await.expect(200)),
        End::LeftByForm => drop(reader.posts("/app/acme/leave", &[]).await.expect(303)),
        End::Removed => {
            let member = ben.checks("acme").await.expect(200).text("/member_id");
            ana.removes("acme", &member).await.expect(204);
        }
        End::Deleted => drop(ana.deletes("/v1/organizations/acme").await.expect(204)),
    }
}

/// No page of acme, its stream or its forms.
fn is_elsewhere(way: &[String], page: &Answer, id: &str) {
    assert_eq!(page.status, 200, "{page:#?}");
    assert!(way.len() <= 2, "{way:?}");
    let last = way.last().expect("a redirect");
    assert!(!last.starts_with("/app/acme") && !last.contains(id), "{way:?}");
    for trace in ["/app/acme", id, "Acme the first", "data-live-from=\"/app/acme"] {
        assert!(!page.raw.contains(trace), "{trace} in {page:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ben_s_leads_to_what_still_is() {
    for end in [End::Left, End::LeftByForm, End::Removed, End::Deleted] {
        for others in [&[][..], &["beta"], &["beta", "gamma"]] {
            let server = Server::start();
            let (ana, ben) = (server.person("ana"), server.person("ben"));
            let acme = serde_json::json!({ "name": "Acme the first", "slug": "acme" });
            let id = ana.posts("/v1/organizations", acme).await.expect(201).text("/id");
            ana.takes_in("acme", &ben, "member").await;
            for org in others {
                ana.founds(org).await.expect(201);
                ana.takes_in(org, &ben, "member").await;
            }
            let reader = Reader::of(&server, &ben);
            // The page was open, and is what Ben used last.
            reader.opens("/app/acme").await.expect(200);
            ends(end, &ana, &ben, &reader).await;
            for org in ["acme", &id] {
                for rest in PAGES {
                    let (way, page) = reader.arrives(&format!("/app/{org}{rest}")).await;
                    is_elsewhere(&way, &page, &id);
                    if rest.is_empty() && end != End::LeftByForm {
                        let said = notice(&page);
                        assert_eq!(
                            said.as_deref(),
                            Some("That organization does not exist, or you are not a member of it.")
                        );
                    }
                }
                // A stale tab or a bookmark that went through the way in.
                let path = format!("/app/{org}/members");
                let back = reader.posts("/sign-in", &[("user_id", "ben"), ("return_to", &path)]).await.expect(303);
                assert_eq!(location(&back), path);
                let (way, page) = reader.arrives(&path).await;
                is_elsewhere(&way, &page, &id);
                reader.opens(&format!("/app/{org}/live?after=1")).await.refused(404, "organization-not-found");
                // Forms in a stale tab.
                for (rest, fields) in [
                    ("/settings", &[("name", "Mine"), ("slug", "acme")][..]),
                    ("/delete", &[("typed", "Acme the first")]),
                ] {
                    let posted = reader.posts(&format!("/app/{org}{rest}"), fields).await;
                    let (way, page) = reader.follows(posted).await;
                    is_elsewhere(&way, &page, &id);
                }
            }
        }
    }
}

/// All of an answer but the time it was given at, how often Zoe has asked, and the address that was asked for, where a page says it again.
fn whole(answer: &Answer, org: &str) -> String {
    let own = |name: &str| !["date", "content-length", "ratelimit", "x-request-id"].contains(&name);
    let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| own(name.as_str())).collect();
    headers.sort_by_key(|(name, value)| (name.as_str(), value.as_bytes().to_vec()));
    let mut text = answer.status.to_string();
    for (name, value) in headers {
        let _ = write!(text, "\n{name}: {value:?}");
    }
    text + "\n\n" + &answer.raw.replace(&format!("/app/{org}"), "/app/{org}")
}

#[tokio::test]
async fn what_exists_but_is_not_zoe_s_is_like_what_does_not() {
    let server = Server::start();
    let [ana, zoe] = ["ana", "zoe"].map(|id| server.person(id));
    let id = ana.founds("acme").await.expect(201).text("/id");
    let member = ana.checks("acme").await.expect(200).text("/member_id");
    let gone = ana.founds("gone").await.expect(201).text("/id");
    ana.deletes("/v1/organizations/gone").await.expect(204);
    zoe.founds("zoes-own").await.expect(201);
    let reader = || Reader::of(&server, &zoe);

    let mut calls: Vec<(Method, String, &str)> = Vec::new();
    for rest in PAGES.into_iter().chain(["/live", "/live?after=0", "/live?after=x", "/what", "/members?role=boss"]) {
        calls.push((Method::GET, rest.to_owned(), ""));
    }
    for (rest, body) in [
        ("/leave", ""),
        ("/settings", "name=x&slug=y"),
        ("/settings", "name=&slug="),
        ("/delete", "typed=acme"),
        ("/invitations", "email=a@b.test&role=member"),
        ("/invitations", "email=no"),
        ("/members/MEMBER/role", "role=admin"),
        ("/members/MEMBER/role", "role=boss"),
        ("/members/MEMBER/remove", ""),
        ("/members/MEMBER/owner", "typed=acme"),
        ("/invitations/MEMBER/revoke", ""),
        ("/invitations/MEMBER/extend", ""),
    ] {
        calls.push((Method::POST, rest.replace("MEMBER", &member), body));
    }
    for (method, rest, body) in calls {
        let mut expected: Option<(String, String)> = None;
        for org in ["nowhere", "acme", &id, "gone", &gone, "0192f0c1-0000-7000-8000-000000000000"] {
            let reader = reader();
            let request = reader.request(method.clone(), &format!("/app/{org}{rest}"));
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
            let answer = reader.sends(request).await;
            let first = whole(&answer, org);
            let (_, page) = reader.follows(answer).await;
            let told = (first, whole(&page, org));
            match &expected {
                Some(expected) => assert_eq!(&told, expected, "{method} {rest} {body} of {org}"),
                None => expected = Some(told),
            }
        }
    }
    assert_eq!(ana.history("acme").await.len(), 2, "nothing was recorded");
    for rest in PAGES {
        let (way, page) = reader().arrives(&format!("/app/Not%20A%20Slug{rest}")).await;
        assert_eq!(way, ["/app", "/app/zoes-own"], "{page:#?}");
    }
}
