//! What applications are told when they are refused: status, code and message, as better-auth has them. Nothing is done.
//!
//! - `organizations`, `members`, `invitations`: tables of calls by the answer they get
//! - `strangers`: those who have not signed in; `unsupported`: what there is not

mod invitations;
mod members;
mod organizations;
mod strangers;
mod unsupported;

use gateway::identity::TokenRequest;
use serde_json::Value;
use tests::says;

use crate::scene::{Scene, User};

/// An answer, and the calls that get it: who, what, and with what. `$names` stand for ids. No code is "".
type Alike = (u16, &'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

/// Ana owns acme, Cleo is admin of it, Ben a member; Zoe has an organization of her own. Tom, Pia and Uma are invited: Uma
/// with an address that nobody vouches for, Pia by Dora, who has left since. Nobody has an active organization.
struct Cast {
    scene: Scene,
    people: Vec<User>,
    ids: Vec<(&'static str, String)>,
}

impl Cast {
    async fn gather() -> Self {
        let scene = Scene::set();
        let [ana, ben, cleo, dora, pia, tom, zoe] =
            ["ana", "ben", "cleo", "dora", "pia", "tom", "zoe"].map(|id| scene.user(id));
        let uma = scene.user_with(&TokenRequest { email_verified: false, ..says("uma") });
        let (acme, rival) = (ana.founds("acme").await.expect(201), zoe.founds("rival").await.expect(201));
        let invited = async |by: &User, whom: &User| by.invites("acme", whom, "member").await.expect(201).text("/id");
        let accepted = invited(&ana, &ben).await;
        let bens = ben.accepts(&accepted).await.expect(200).text("/id");
        let cleos = ana.takes_in("acme", &cleo, "admin").await;
        ana.takes_in("acme", &dora, "admin").await;
        let pias = invited(&dora, &pia).await;
        dora.leaves("acme").await.expect(200);
        let canceled = invited(&ana, &tom).await;
        ana.deletes(&format!("/v1/organizations/acme/invitations/{canceled}")).await.expect(204);
        let ids = vec![
            ("$acme", acme.text("/id")),
            ("$rival", rival.text("/id")),
            ("$ana", acme.text("/owner/member_id")),
            ("$ben", bens),
            ("$cleo", cleos),
            ("$zoe", rival.text("/owner/member_id")),
            ("$accepted", accepted),
            ("$canceled", canceled),
            ("$pia", pias),
            ("$tom", invited(&ana, &tom).await),
            ("$uma", invited(&ana, &uma).await),
            ("$nothing", "0192f0c1-0000-7000-8000-000000000000".to_owned()),
        ];
        Self { scene, people: vec![ana, ben, cleo, pia, tom, uma, zoe], ids }
    }

    /// An argument with ids for their names; `None` for "".
    fn argument(&self, written: &str) -> Option<Value> {
        let written = self.ids.iter().fold(written.to_owned(), |text, (name, id)| text.replace(name, id));
        (!written.is_empty()).then(|| serde_json::from_str(&written).unwrap_or_else(|_| panic!("no JSON: {written}")))
    }

    /// All that could have changed: the journal, and what anybody looks at.
    async fn all(&self) -> Vec<Value> {
        let mut all = vec![self.people[0].gets("/readyz").await.expect(200).body["position"].clone()];
        for person in &self.people {
            all.push(person.active().await.into());
        }
        assert!(all[0].as_u64().is_some_and(|position| position > 0) && all[1..].iter().all(Value::is_null), "{all:?}");
        all
    }

    /// Everybody is refused what the table says, and told it so.
    async fn is_refused(&self, table: &[Alike]) {
        let before = self.all().await;
        for (status, code, message, calls) in table {
            for (who, call, argument) in *calls {
                let user = self.people.iter().find(|user| user.id == *who).expect("somebody of the cast");
                let call = format!("organization.{call}");
                let told = user.client.tries(&call, self.argument(argument)).await.expect("an answer");
                let told = told.refused(*status, code);
                assert_eq!(told.message(), *message, "{told:#?}");
                assert_eq!(told.error.get("code").is_none(), code.is_empty(), "{told:#?}");
            }
        }
        assert_eq!(self.all().await, before);
    }
}

#[tokio::test]
async fn whatever_is_refused_is_refused_in_better_auths_words_and_nothing_is_done() {
    let cast = Cast::gather().await;
    cast.is_refused(&organizations::REFUSED).await;
    cast.is_refused(&members::REFUSED).await;
    cast.is_refused(&invitations::REFUSED).await;
}
