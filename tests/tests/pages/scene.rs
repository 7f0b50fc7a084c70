//! An organization with people, and every page of it.

use gateway::identity::TokenRequest;
use tests::earlier::today;
use tests::surfer::Surfer;
use tests::{Person, Server};

/// Acme, with Ana as owner, Ben as admin, and members with names that are not easy.
pub struct Scene {
    pub server: Server,
    pub ana: Person,
    pub ben: Person,
    pub chloe: Person,
    /// Member ids.
    pub ben_id: String,
    pub chloe_id: String,
    /// For Chloé, into another organization.
    pub invitation: String,
}

/// A page, and who looks at it.
pub struct View {
    /// What its picture is called.
    pub name: &'static str,
    pub path: String,
    pub who: Option<Person>,
}

impl Scene {
    pub async fn set() -> Self {
        let server = Server::start();
        let named = |id: &str, name: &str| {
            let said = TokenRequest { name: Some(name.to_owned()), ..tests::says(id) };
            server.person_with(&said)
        };
        let (ana, ben) = (named("ana", "Ana Ferreira"), named("ben", "Ben Okafor"));
        let chloe = named("chloe", "Chloé Martin-Łukasiewicz");
        ana.posts("/v1/organizations", serde_json::json!({ "name": "Acme & Sons <b>", "slug": "acme" }))
            .await
            .expect(201);
        let ben_id = ana.takes_in("acme", &ben, "admin").await;
        let chloe_id = ana.takes_in("acme", &chloe, "member").await;
        for (id, name) in
            [("dmitri", "Дмитрий Волков"), ("fatima", "فاطمة الزهراء"), ("hana", "佐藤 花"), ("ines", "Inés Álvarez")]
        {
            ana.takes_in("acme", &named(id, name), "member").await;
        }
        ana.invites("acme", &server.person("mira"), "member").await.expect(201);
        ben.founds("studio").await.expect(201);
        ben.takes_in("studio", &chloe, "member").await;
        ana.founds("third").await.expect(201);
        let invitation = ana.invites("third", &chloe, "admin").await.expect(201).text("/id");
        Self { server, ana, ben, chloe, ben_id, chloe_id, invitation }
    }

    /// Every page that there is.
    pub fn views(&self) -> Vec<View> {
        let view = |name, path: &str, who: Option<&Person>| View { name, path: path.to_owned(), who: who.cloned() };
        let (ana, chloe) = (Some(&self.ana), Some(&self.chloe));
        vec![
            view("sign-in", "/sign-in", None),
            view("onboarding", "/app/onboarding", chloe),
            view("select", "/app/select", chloe),
            view("invitation", &format!("/app/invitations/{}", self.invitation), chloe),
            view("dashboard", "/app/acme", ana),
            view("members-owner", "/app/acme/members", ana),
            view("members-member", "/app/acme/members", chloe),
            view("history", "/app/acme/history?as_of=2020-01-01", ana),
            view("history-then", &format!("/app/acme/history?as_of={}", today()), ana),
            view("history-mistaken", "/app/acme/history?as_of=soon", ana),
            view("settings-owner", "/app/acme/settings", ana),
            view("settings-member", "/app/acme/settings", chloe),
            view("leave", "/app/acme/leave", chloe),
            view("remove", &format!("/app/acme/members/{}/remove", self.chloe_id), ana),
            view("transfer", "/app/acme/transfer", ana),
            view("transfer-to", &format!("/app/acme/members/{}/owner", self.ben_id), ana),
            view("delete", "/app/acme/delete", ana),
            view("not-permitted", "/app/acme/delete", chloe),
            view("nothing", "/app/acme/nothing", ana),
        ]
    }

    /// Opens this page, as whoever looks at it.
    pub async fn shows(&self, surfer: &Surfer, view: &View) {
        match &view.who {
            Some(person) => surfer.is(person).await,
            None => surfer.delete_cookies().await,
        }
        surfer.opens(&view.path).await;
    }
}
