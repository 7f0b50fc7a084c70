//! Forms that fail: shown again with what was typed, told to the script as a problem, and nothing is changed.

use serde_json::Value;
use tests::{Answer, Person, Server};

use crate::reader::{Reader, location};

/// Acme of Ana with Ben as member and Cem as admin, and Zoe's Beta.
struct Scene {
    ana: Person,
    ben: String,
    ana_reads: Reader,
    ben_reads: Reader,
    cem_reads: Reader,
}

impl Scene {
    async fn set() -> (Server, Self) {
        let server = Server::start();
        let [ana, ben, cem, zoe] = ["ana", "ben", "cem", "zoe"].map(|id| server.person(id));
        ana.founds("acme").await.expect(201);
        zoe.founds("beta").await.expect(201);
        let member = ana.takes_in("acme", &ben, "member").await;
        ana.takes_in("acme", &cem, "admin").await;
        let [ana_reads, ben_reads, cem_reads] = [&ana, &ben, &cem].map(|person| Reader::of(&server, person));
        (server, Self { ana, ben: member, ana_reads, ben_reads, cem_reads })
    }

    async fn history(&self) -> Vec<Value> {
        self.ana.history("acme").await
    }
}

/// The value of a field in a page.
#[track_caller]
fn value(page: &Answer, name: &str) -> String {
    let named = page.raw.split(&format!(" name=\"{name}\"")).nth(1).and_then(|rest| rest.split('>').next());
    let value = named.and_then(|tag| tag.split(" value=\"").nth(1)).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("no {name} in {page:#?}")).to_owned()
}

#[track_caller]
fn says_why(page: &Answer, why: &str) {
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{page:#?}");
    let failure = page.raw.split("<p class=\"failure\" role=\"alert\"").nth(1).and_then(|rest| rest.split('<').next());
    let failure = failure.map(|failure| failure.replace("&#39;", "'"));
    assert!(failure.is_some_and(|failure| failure.contains(why)), "{why} is not said in {page:#?}");
}

/// Posted by hand and by script: the page with what is wrong, and the problem.
async fn fails(reader: &Reader, path: &str, fields: &[(&str, &str)], status: u16, code: &str, why: &str) -> Answer {
    reader.posts_by_script(path, fields).await.refused(status, code);
    let page = reader.posts(path, fields).await.expect(status);
    says_why(&page, why);
    page
}

#[tokio::test]
async fn a_founding_that_fails_keeps_what_was_typed() {
    let (_server, scene) = Scene::set().await;
    let form = |slug: &'static str| [("name", "Acme & Söhne"), ("slug", slug)];
    for (slug, status, code, why) in [
        ("acme", 409, "slug-taken", "Another organization has this slug."),
        ("A B", 400, "invalid-request", "must be 2 to 48 characters"),
        ("-x-", 400, "invalid-request", "must not start or end with a hyphen"),
        ("app", 400, "invalid-request", "is reserved"),
        ("", 400, "invalid-request", "must be 2 to 48 characters"),
    ] {
        let page = fails(&scene.ana_reads, "/app/onboarding", &form(slug), status, code, why).await;
        assert_eq!((value(&page, "name").as_str(), value(&page, "slug").as_str()), ("Acme &#38; Söhne", slug));
    }
    let long = "x".repeat(101);
    let fields = [("name", long.as_str()), ("slug", "gamma")];
    let page = fails(&scene.ana_reads, "/app/onboarding", &fields, 400, "invalid-request", "1 to 100 characters").await;
    assert_eq!((value(&page, "name"), value(&page, "slug")), (long, "gamma".to_owned()));
    let organizations = scene.ana.gets("/v1/organizations").await.expect(200);
    assert_eq!(organizations.body["total"], 1, "nothing was founded");
}

#[tokio::test]
async fn an_invitation_that_fails_keeps_the_address() {
    let (_server, scene) = Scene::set().await;
    let path = "/app/acme/invitations";
    for (email, status, code, why) in [
        ("ben@acme.test", 409, "already-a-member", "This person is a member already."),
        ("no address", 400, "invalid-request", "must be an e-mail address"),
        ("", 400, "invalid-request", "must be an e-mail address"),
    ] {
        let fields = [("email", email), ("role", "member")];
        let page = fails(&scene.ana_reads, path, &fields, status, code, why).await;
        assert_eq!(value(&page, "email"), email);
    }
    let (pia, owner) =
        ([("email", "pia@acme.test"), ("role", "member")], [("email", "pia@acme.test"), ("role", "owner")]);
    fails(&scene.ana_reads, path, &owner, 403, "permission-denied", "The role owner can't be given").await;
    fails(&scene.ben_reads, path, &pia, 403, "permission-denied", "Only the owner and admins may do this.").await;
    scene.ana_reads.posts(path, &pia).await.expect(303);
    fails(&scene.ana_reads, path, &pia, 409, "already-invited", "has a pending invitation already").await;
}

#[tokio::test]
async fn an_invitation_that_fails_keeps_the_role_that_was_chosen() {
    let (_server, scene) = Scene::set().await;
    let page = scene.ana_reads.posts("/app/acme/invitations", &[("email", "no address"), ("role", "admin")]).await;
    let select = page.raw.split("id=\"invite-role\"").nth(1).and_then(|rest| rest.split("</select>").next());
    let select = select.unwrap_or_else(|| panic!("no role in {page:#?}"));
    assert!(select.contains("value=\"admin\" selected"), "admin was chosen: {select}");
}

#[tokio::test]
async fn settings_that_fail_keep_what_was_typed() {
    let (_server, scene) = Scene::set().await;
    let before = scene.history().await;
    let path = "/app/acme/settings";
    // With what the form was given out with: what is still so was not changed in it.
    let form = |name, slug| [("name", name), ("slug", slug), ("was_name", "acme"), ("was_slug", "acme")];
    for reader in [&scene.ana_reads, &scene.cem_reads] {
        for (name, slug, status, code, why) in [
            ("New", "beta", 409, "slug-taken", "Another organization has this slug."),
            ("New", "B", 400, "invalid-request", "must be 2 to 48 characters"),
            ("", "acme", 400, "invalid-request", "must be 1 to 100 characters"),
        ] {
            let page = fails(reader, path, &form(name, slug), status, code, why).await;
            assert_eq!((value(&page, "name").as_str(), value(&page, "slug").as_str()), (name, slug));
            // Around it, it still is what it is.
            assert!(page.raw.contains("<p class=\"name\"><bdi>acme</bdi></p>"), "{page:#?}");
        }
    }
    let page =
        fails(&scene.ben_reads, path, &form("Mine", "acme"), 403, "permission-denied", "Only the owner and admins")
            .await;
    assert!(page.raw.contains("<dd><bdi>acme</bdi></dd>"), "a member is shown what it is called: {page:#?}");
    assert_eq!(scene.history().await, before, "nothing was recorded");
}

#[tokio::test]
async fn a_name_typed_wrong_changes_nothing() {
    let (_server, scene) = Scene::set().await;
    let before = scene.history().await;
    let why = "This is not the name of the organization.";
    for path in ["/app/acme/delete".to_owned(), format!("/app/acme/members/{}/owner", scene.ben)] {
        for typed in ["", "Acme", "acm", "acme acme", "beta", "a cme", "\u{200b}"] {
            fails(&scene.ana_reads, &path, &[("typed", typed)], 400, "invalid-request", why).await;
        }
        fails(&scene.ana_reads, &path, &[], 400, "invalid-request", why).await;
        for reader in [&scene.ben_reads, &scene.cem_reads] {
            let why = "Only the owner may do this.";
            fails(reader, &path, &[("typed", "acme")], 403, "permission-denied", why).await;
            // They are not told what must be typed.
            let page = reader.posts(&path, &[("typed", "x")]).await;
            assert!(page.status.is_client_error() && !page.raw.contains("name=\"typed\""), "{page:#?}");
        }
    }
    assert_eq!(scene.history().await, before, "nothing was recorded");
    let nobody = "/app/acme/members/0192f0c1-0000-7000-8000-000000000000/owner";
    fails(&scene.ana_reads, nobody, &[("typed", "acme")], 404, "member-not-found", "There is no such member").await;
    // As far as anybody can see, this is the name.
    let done = scene.ana_reads.posts("/app/acme/delete", &[("typed", "  acme ")]).await.expect(303);
    assert_eq!(location(&done), "/app");
}

#[tokio::test]
async fn a_role_or_an_address_that_nobody_offered_is_refused() {
    let (server, scene) = Scene::set().await;
    let before = scene.history().await;
    let path = format!("/app/acme/members/{}/role", scene.ben);
    fails(&scene.ana_reads, &path, &[("role", "boss")], 400, "invalid-request", "must be one of").await;
    fails(&scene.ana_reads, &path, &[("role", "owner")], 403, "permission-denied", "The role owner can't be given")
        .await;
    fails(&scene.ben_reads, &path, &[("role", "admin")], 403, "permission-denied", "Only the owner and admins").await;
    let owner = scene.ana.checks("acme").await.expect(200).text("/member_id");
    let path = format!("/app/acme/members/{owner}/remove");
    fails(&scene.cem_reads, &path, &[], 409, "owner-cannot-be-removed", "").await;
    let nobody = Reader::stranger(&server);
    fails(&nobody, "/sign-in", &[("user_id", "")], 400, "invalid-request", "1 to 255 printable characters").await;
    let fields = [("user_id", "kim"), ("email", "no")];
    fails(&nobody, "/sign-in", &fields, 400, "invalid-request", "must be an e-mail address").await;
    assert_eq!(nobody.cookie("roster_session"), None);
    assert_eq!(scene.history().await, before, "nothing was recorded");
}

#[tokio::test]
async fn a_sign_in_that_fails_keeps_what_was_typed() {
    let server = Server::start();
    let nobody = Reader::stranger(&server);
    let fields = [("user_id", "kim"), ("name", "Kim Lee"), ("email", "no"), ("return_to", "/app/acme")];
    let page = nobody.posts("/sign-in", &fields).await.expect(400);
    assert_eq!(value(&page, "return_to"), "/app/acme");
    for typed in ["kim", "Kim Lee", "no"] {
        assert!(page.raw.contains(&format!("value=\"{typed}\"")), "{typed} is lost: {page:#?}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_sees_is_not_typed_by_typing_nothing() {
    let server = Server::start();
    let ana = server.person("ana");
    let reader = Reader::of(&server, &ana);
    for (n, name) in ["\u{200b}", "\u{2060}", "\u{feff}", "\u{200d}\u{200d}"].into_iter().enumerate() {
        let slug = format!("acme-{n}");
        let founded = reader.posts("/app/onboarding", &[("name", name), ("slug", &slug)]).await;
        // Either there is no such name, or it takes more than nothing to confirm.
        if founded.status == 303 {
            let deleted = reader.posts(&format!("/app/{slug}/delete"), &[("typed", "")]).await;
            assert_eq!(deleted.status, 400, "{name:?} was confirmed by nothing: {deleted:#?}");
        }
    }
}
