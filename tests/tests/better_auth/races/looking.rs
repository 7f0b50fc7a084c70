//! Some sessions look at acme while another leaves it: then none looks there, and joining again changes nothing.

use futures::future::join_all;
use serde_json::json;
use tests::told;

use crate::scene::{Scene, User};

const ROUNDS: usize = 10;
const SESSIONS: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_acme_while_leaving_it_looks_at_nothing() {
    let scene = Scene::set();
    let (ana, phone) = (scene.user("ana"), scene.session("ben", "phone"));
    let sessions: Vec<_> = (0..SESSIONS).map(|n| scene.session("ben", &format!("tab-{n}"))).collect();
    let acme = ana.creates("acme").await;
    ana.takes_in("acme", &phone, "member").await;
    let (mut looked, mut late) = (0, 0);
    for round in 0..ROUNDS {
        let looks = sessions.iter().map(|session| session.asks("setActive", json!({ "organizationId": acme })));
        let (answers, left) = tokio::join!(join_all(looks), phone.leaves("acme"));
        left.expect(200);
        for look in answers {
            match look.error.is_null() {
                true => looked += 1,
                false => {
                    look.refused(403, "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION");
                    late += 1;
                }
            }
        }
        look_at_nothing(&sessions, round).await;
        ana.takes_in("acme", &phone, "member").await;
        look_at_nothing(&sessions, round).await;
    }
    println!("{ROUNDS} rounds of {SESSIONS} sessions: {looked} looks came before the leave, {late} after it");
    assert!(looked > 0 && late > 0, "one side always won: that was no race");
    assert_eq!(told::count(&told::told(&ana.history("acme").await), "MemberLeft"), ROUNDS);
}

async fn look_at_nothing(sessions: &[User], round: usize) {
    for active in join_all(sessions.iter().map(User::active)).await {
        assert_eq!(active, None, "round {round}");
    }
}
