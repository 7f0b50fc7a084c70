//! Names that would be markup, and names from right to left: shown as they are, on every page.

use gateway::identity::TokenRequest;
use serde_json::json;
use tests::surfer::plain;
use tests::{Answer, Person, Server, says};

use crate::reader::{Reader, encoded, notice};

const NAME: &str = "<script>alert(1)</script>\"'& שלום";
const PERSON: &str = "<img src=x onerror=alert(1)>\"'& فاطمة";

/// Somebody whose name, id and address are markup, as far as an address may be.
fn named(server: &Server, id: &str) -> Person {
    let user = format!("{id}<script>alert(1)</script>\"'&");
    let said = TokenRequest {
        user_id: user.parse().expect("printable"),
        email: Some(format!("{id}'&@acme.test")),
        name: Some(format!("{PERSON} {id}")),
        ..says(id)
    };
    server.person_with(&said)
}

/// Nothing of a name is markup in it: not in text, not in an attribute.
#[track_caller]
fn is_escaped(page: &Answer) {
    let html = &page.raw;
    for raw in ["<script>", "<img src=x", "onerror=alert(1)>", "</script>\"", "\"'&", "'& ", "\"'"] {
        assert!(!html.contains(raw), "{raw} in {page:#?}");
    }
    for (place, _) in html.match_indices("alert(1)") {
        let before = html[..place].ends_with("&#62;") || html[..place].ends_with("onerror=");
        assert!(before, "a raw name in {page:#?}");
    }
}

/// The name as it stands in a page.
fn shown(page: &Answer, name: &str) -> bool {
    let escaped = name.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;");
    plain(&page.raw).contains(&escaped.replace('"', "&#34;").replace('\'', "&#39;"))
}

#[tokio::test]
async fn no_name_is_markup_on_any_page_or_in_any_notice() {
    let server = Server::start();
    let [ana, ben, cem, zoe] = ["ana", "ben", "cem", "zoe"].map(|id| named(&server, id));
    let fields = |slug: &'static str| [("name", NAME), ("slug", slug)];
    let reader = Reader::of(&server, &ana);
    let founded = reader.posts("/app/onboarding", &fields("acme")).await.expect(303);
    let (_, page) = reader.follows(founded).await;
    assert!(notice(&page).is_some() && shown(&page, NAME), "{page:#?}");
    is_escaped(&page);
    let by = |id: &str| format!("{id}'&@acme.test");
    let mut ids = Vec::new();
    for person in [&ben, &cem] {
        let id = person.id.split('<').next().expect("an id");
        let body = json!({ "email": by(id), "role": "member" });
        let invitation = ana.posts("/v1/organizations/acme/invitations", body).await.expect(201).text("/id");
        let invited = Reader::of(&server, person);
        for path in ["/app/select".to_owned(), format!("/app/invitations/{invitation}")] {
            let page = invited.opens(&path).await.expect(200);
            assert!(shown(&page, NAME), "{page:#?}");
            is_escaped(&page);
        }
        let joined = invited.posts(&format!("/app/invitations/{invitation}/accept"), &[]).await.expect(303);
        let (_, page) = invited.follows(joined).await;
        assert!(notice(&page).is_some() && shown(&page, NAME) && shown(&page, &format!("{PERSON} {id}")), "{page:#?}");
        is_escaped(&page);
        ids.push(person.checks("acme").await.expect(200).text("/member_id"));
    }
    let body = json!({ "email": by("zoe"), "role": "admin" });
    ana.posts("/v1/organizations/acme/invitations", body).await.expect(201);

    for path in [
        "/app/acme".to_owned(),
        "/app/acme/members".to_owned(),
        format!("/app/acme/members?search={}", encoded("<img src=x onerror=alert(1)>\"'&")),
        "/app/acme/settings".to_owned(),
        "/app/acme/transfer".to_owned(),
        format!("/app/acme/transfer?search={}", encoded(PERSON)),
        "/app/acme/delete".to_owned(),
        format!("/app/acme/members/{}/remove", ids[0]),
        format!("/app/acme/members/{}/owner", ids[0]),
        "/app/select".to_owned(),
        "/app/onboarding".to_owned(),
        "/sign-in".to_owned(),
        format!("/sign-in?return_to={}", encoded("/app/\"'><script>alert(1)</script>")),
        format!("/app/onboarding?x={}", encoded("\"'><script>alert(1)</script>")),
        "/app/onboarding?x='&y".to_owned(),
    ] {
        is_escaped(&reader.opens(&path).await.expect(200));
    }
    for (path, fields) in [
        ("/app/onboarding", &[("name", NAME), ("slug", "\"'><script>alert(1)</script>")][..]),
        ("/app/acme/settings", &[("name", NAME), ("slug", "\"'><script>alert(1)</script>")]),
        ("/app/acme/invitations", &[("email", "\"'><script>alert(1)</script>@acme.test"), ("role", "member")]),
        ("/app/acme/delete", &[("typed", "\"'><script>alert(1)</script>")]),
        ("/sign-in", &[("user_id", "x"), ("email", "\"'><script>alert(1)</script>"), ("name", NAME)]),
    ] {
        is_escaped(&reader.posts(path, fields).await.expect(400));
    }

    // What is left to be said when they go.
    let typed = [("typed", NAME)];
    let gone = reader.posts(&format!("/app/acme/members/{}/remove", ids[1]), &[]).await.expect(303);
    let (_, page) = reader.follows(gone).await;
    assert!(notice(&page).is_some() && shown(&page, &format!("{PERSON} cem is no longer")), "{page:#?}");
    is_escaped(&page);
    let given = reader.posts(&format!("/app/acme/members/{}/owner", ids[0]), &typed).await.expect(303);
    let (_, page) = reader.follows(given).await;
    assert!(notice(&page).is_some() && shown(&page, &format!("{PERSON} ben is the owner")), "{page:#?}");
    is_escaped(&page);
    let asked = reader.opens("/app/acme/leave").await.expect(200);
    assert!(shown(&asked, &format!("Leave {NAME}")), "{asked:#?}");
    is_escaped(&asked);
    let left = reader.posts("/app/acme/leave", &[]).await.expect(303);
    let (_, page) = reader.follows(left).await;
    assert!(shown(&page, &format!("You left {NAME}")), "{page:#?}");
    is_escaped(&page);
    let owner = Reader::of(&server, &ben);
    let deleted = owner.posts("/app/acme/delete", &typed).await.expect(303);
    let (_, page) = owner.follows(deleted).await;
    assert!(shown(&page, &format!("{NAME} is deleted")), "{page:#?}");
    is_escaped(&page);
    let declined = Reader::of(&server, &zoe).opens("/app/select").await.expect(200);
    is_escaped(&declined);
}

#[tokio::test]
async fn a_notice_that_somebody_made_up_is_text_as_well() {
    use base64::Engine;
    let server = Server::start();
    let reader = Reader::of(&server, &server.person("ana"));
    let made_up = |json: serde_json::Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string());
    reader.keeps("roster_notice", &made_up(json!({ "left": "<script>alert(1)</script>\"'& " })));
    let page = reader.opens("/app/onboarding").await.expect(200);
    assert!(notice(&page).is_some(), "{page:#?}");
    is_escaped(&page);
    for cookie in [made_up(json!({ "html": "<b>" })), made_up(json!("saved")), "x".repeat(7000), "%".to_owned()] {
        reader.keeps("roster_notice", &cookie);
        is_escaped(&reader.opens("/app/onboarding").await.expect(200));
    }
}

#[tokio::test]
async fn a_name_from_right_to_left_keeps_its_direction_to_itself() {
    let server = Server::start();
    let ana = named(&server, "ana");
    ana.posts("/v1/organizations", json!({ "name": "שלום", "slug": "acme" })).await.expect(201);
    let reader = Reader::of(&server, &ana);
    for (tag, direction) in [("en", "ltr"), ("ar", "rtl")] {
        reader.keeps("roster_language", tag);
        for path in ["/app/acme", "/app/acme/members", "/app/acme/delete", "/app/select"] {
            let page = reader.opens(path).await.expect(200);
            assert!(page.raw.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{page:#?}");
            for (place, name) in page.raw.match_indices("שלום") {
                let (before, after) = (&page.raw[..place], &page.raw[place + name.len()..]);
                // The window's title is text alone, and the name of a field stands in it alone.
                let marked = before.ends_with('\u{2068}') && after.starts_with('\u{2069}');
                let element =
                    before.ends_with('>') && before.rsplit('<').next().is_some_and(|tag| tag.starts_with("bdi"));
                assert!(marked || element, "{path}: a name loose in {}", page.raw);
            }
        }
    }
}
