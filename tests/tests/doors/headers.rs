//! What stands above every answer, and what stands in no page.

use std::collections::BTreeSet;

use reqwest::Method;
use tests::{Answer, Server};

use crate::reader::Reader;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Acme with people, read by somebody who has not signed in, by Ana, who owns it, and by Ben, a member.
async fn scene() -> (Server, [Reader; 3], String, String) {
    let server = Server::start();
    let [ana, ben, zoe] = ["ana", "ben", "zoe"].map(|id| server.person(id));
    ana.founds("acme").await.expect(201);
    zoe.founds("studio").await.expect(201);
    let member = ana.takes_in("acme", &ben, "member").await;
    ana.invites("acme", &zoe, "admin").await.expect(201);
    let own = zoe.invites("studio", &ana, "member").await.expect(201).text("/id");
    let readers = [Reader::stranger(&server), Reader::of(&server, &ana), Reader::of(&server, &ben)];
    (server, readers, member, own)
}

/// Every address of the pages.
fn addresses(member: &str, own: &str) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/app",
        "/app/onboarding",
        "/app/select",
        "/sign-in",
        "/sign-in?return_to=x",
        "/sign-in?%FF",
        "/app/acme/x",
    ]
    .map(str::to_owned)
    .into();
    all.extend([format!("/app/invitations/{own}"), "/app/invitations/none".to_owned()]);
    let inside = [
        "",
        "/members",
        "/history",
        "/settings",
        "/leave",
        "/transfer",
        "/delete",
        "/members?role=boss",
        "/history?as_of=x",
    ]
    .map(str::to_owned);
    let about = ["remove", "owner"].map(|what| format!("/members/{member}/{what}"));
    for org in ["acme", "studio", "nowhere"] {
        all.extend(inside.iter().chain(&about).map(|page| format!("/app/{org}{page}")));
    }
    all
}

fn is_shielded(answer: &Answer) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
    ] {
        let all: Vec<_> = answer.headers.get_all(name).iter().collect();
        assert_eq!(all, [value], "{name} of {answer:#?}");
    }
    assert!(!POLICY.contains("unsafe") && POLICY.contains("frame-ancestors 'none'"));
}

/// Everything between `<` and `>`: names in a page are escaped, so no other angle is there.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag))
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<String> {
    let (mut names, mut quoted, mut word) = (Vec::new(), false, String::new());
    for character in tag.chars().chain([' ']) {
        match character {
            '"' => quoted = !quoted,
            _ if quoted => {}
            character if character.is_whitespace() => names.push(std::mem::take(&mut word)),
            character => word.push(character),
        }
    }
    let named = names.into_iter().skip(1).filter(|name| !name.is_empty());
    named.map(|name| name.trim_end_matches('=').to_ascii_lowercase()).collect()
}

fn has_nothing_inline(page: &Answer) {
    let html = &page.raw;
    assert!(!html.contains("<style") && !html.contains("javascript:"), "{page:#?}");
    for tag in tags(html) {
        let names = attributes(tag);
        assert!(!names.iter().any(|name| name == "style" || name.starts_with("on")), "<{tag}> in {page:#?}");
        assert!(!tag.starts_with("script") || names.iter().any(|name| name == "src"), "<{tag}> in {page:#?}");
        assert!(!names.iter().any(|name| name == "srcdoc") && !tag.starts_with("base"), "<{tag}> in {page:#?}");
    }
    for script in html.split("<script").skip(1) {
        let content = script.split_once('>').and_then(|(_, rest)| rest.split_once("</script>"));
        assert_eq!(content.map(|(content, _)| content), Some(""), "{page:#?}");
    }
}

#[tokio::test]
async fn every_page_redirect_error_and_problem_is_shielded_and_has_nothing_inline() {
    let (_server, readers, member, own) = scene().await;
    let mut kinds = BTreeSet::new();
    for path in addresses(&member, &own) {
        for reader in &readers {
            let by_script = reader.request(Method::GET, &path).header("accept", "application/json");
            for answer in [reader.opens(&path).await, reader.sends(by_script).await] {
                is_shielded(&answer);
                let kind = answer.header("content-type").unwrap_or("none").to_owned();
                if kind.starts_with("text/html") {
                    has_nothing_inline(&answer);
                }
                kinds.insert((answer.status.as_u16(), kind));
            }
        }
    }
    println!("kinds of answers: {kinds:?}");
    for wanted in [200, 303, 400, 403, 404] {
        assert!(
            kinds.iter().any(|(status, kind)| *status == wanted && (wanted == 303 || kind.starts_with("text/html")))
        );
    }
    assert!(kinds.iter().any(|(_, kind)| kind == "application/problem+json"));
}

#[tokio::test]
async fn what_forms_and_streams_answer_is_shielded_too() {
    let (_server, [stranger, ana, ben], member, own) = scene().await;
    let mut answers = Vec::new();
    for reader in [&stranger, &ben, &ana] {
        answers.extend([
            reader.posts("/app/onboarding", &[("name", "Acme"), ("slug", "acme")]).await,
            reader.posts("/app/onboarding", &[("name", ""), ("slug", "a b")]).await,
            reader.posts("/app/acme/settings", &[("name", "x"), ("slug", "-")]).await,
            reader.posts("/app/acme/invitations", &[("email", "no"), ("role", "member")]).await,
            reader.posts(&format!("/app/acme/members/{member}/role"), &[("role", "boss")]).await,
            reader.posts("/app/acme/delete", &[("typed", "x")]).await,
            reader.posts_by_script("/app/acme/delete", &[("typed", "x")]).await,
            reader.posts(&format!("/app/invitations/{own}/accept"), &[]).await,
            reader.posts("/app/acme/leave", &[]).await,
            reader.posts_by_script("/app/acme/leave", &[]).await,
            reader.posts("/language", &[("language", "de")]).await,
            reader.posts("/sign-in", &[("user_id", "")]).await,
            reader.posts("/sign-in", &[("user_id", "x"), ("email", "no")]).await,
            reader.opens("/app/nowhere/live").await,
            reader.sends(reader.request(Method::POST, "/app/acme/delete").body("x".repeat(70_000))).await,
        ]);
    }
    answers.push(ana.posts("/sign-out", &[]).await);
    for answer in answers {
        is_shielded(&answer);
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            has_nothing_inline(&answer);
        }
    }
}

#[tokio::test]
async fn what_is_refused_before_it_reaches_a_page_is_shielded_as_well() {
    let (_server, [_, ana, _], member, _) = scene().await;
    let foreign = ana.form("/app/acme/delete", &[("typed", "acme")]).header("sec-fetch-site", "cross-site");
    let mut answers = vec![ana.sends(foreign).await.expect(403)];
    for (method, path) in [
        (Method::GET, "/sign-out".to_owned()),
        (Method::PUT, "/app/acme".to_owned()),
        (Method::POST, "/app/acme".to_owned()),
        (Method::DELETE, "/app/acme/leave".to_owned()),
        (Method::GET, format!("/app/acme/members/{member}/role")),
    ] {
        answers.push(ana.sends(ana.request(method, &path)).await.expect(405));
    }
    answers.push(ana.opens("/app/").await);
    let naked = answers.iter().filter(|answer| answer.header("content-security-policy") != Some(POLICY));
    let naked: Vec<_> = naked.map(|answer| format!("{} {}", answer.status, answer.call)).collect();
    assert!(naked.is_empty(), "without the headers of pages: {naked:#?}");
    answers.iter().for_each(is_shielded);
}

#[tokio::test]
async fn style_script_and_icon_are_kept_for_ever() {
    let (_server, [stranger, ..], ..) = scene().await;
    let page = stranger.opens("/sign-in").await.expect(200).raw;
    let addresses: BTreeSet<_> =
        page.split('"').filter(|text| text.starts_with("/assets/")).map(str::to_owned).collect();
    assert_eq!(addresses.len(), 3, "{addresses:?}");
    for address in addresses {
        let asset = stranger.opens(&address).await.expect(200);
        assert_eq!(asset.header("cache-control"), Some("public, max-age=31536000, immutable"), "{asset:#?}");
        assert_eq!(asset.header("x-content-type-options"), Some("nosniff"), "{asset:#?}");
        assert_eq!(asset.headers.get_all("set-cookie").iter().count(), 0);
        let kind = match address.rsplit_once('.').expect("an ending").1 {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        assert_eq!(asset.header("content-type"), Some(kind));
        // An address of another version is nothing, and nobody keeps that.
        let (start, file) = address.rsplit_once('/').expect("a path");
        let other = stranger.opens(&format!("{}00000000/{file}", &start[..start.len() - 8])).await.expect(404);
        assert_eq!(other.header("cache-control"), Some("no-store"));
    }
}
