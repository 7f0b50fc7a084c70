//! The owner hands the organization to somebody who is leaving it: one of the two happens, and there is one owner.

use tests::{Answer, Person, Server, at_once, told};

const TABLES: usize = 10;
const ROUNDS: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_handed_to_somebody_who_is_leaving_has_one_owner() {
    let server = Server::start();
    // Each in an organization of their own: their races make the writer's groups of changing company.
    let tables = (0..TABLES).map(|n| {
        let people = [server.person(&format!("ana-{n}")), server.person(&format!("ben-{n}"))];
        (format!("acme-{n}"), people)
    });
    let played = at_once(TABLES, tables, |(org, people)| async move { play(&org, people).await }).await;
    let (transferred, overtaken) = played.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let rounds = TABLES * ROUNDS;
    println!(
        "{rounds} rounds: {transferred} times the transfer came first, {} times the leave; {overtaken} times not as sent",
        rounds - transferred
    );
    assert!(transferred > 0 && transferred < rounds, "one side always won: that was no race");
}

/// Plays all rounds in one organization; how often the transfer came first, and how often what was sent later did.
async fn play(org: &str, [mut owner, mut other]: [Person; 2]) -> (usize, usize) {
    let mut owner_id = owner.founds(org).await.expect(201).text("/owner/member_id");
    let mut other_id = owner.takes_in(org, &other, "member").await;
    let (mut transferred, mut overtaken) = (0, 0);
    for round in 0..ROUNDS {
        // Who is sent first takes turns.
        let (transfer, leave) = if round.is_multiple_of(2) {
            tokio::join!(owner.transfers(org, &other_id), other.leaves(org))
        } else {
            let (leave, transfer) = tokio::join!(other.leaves(org), owner.transfers(org, &other_id));
            (transfer, leave)
        };
        overtaken += usize::from((transfer.status == 200) != round.is_multiple_of(2));
        if transfer.status == 200 {
            leave.refused(409, "owner-cannot-leave");
            transferred += 1;
            (owner, other) = (other, owner);
            (owner_id, other_id) = (other_id, owner_id);
            assert_eq!(other.checks(org).await.expect(200).body["role"], "admin");
        } else {
            transfer.refused(404, "member-not-found");
            leave.expect(200);
            other.checks(org).await.refused(403, "not-a-member");
        }
        assert_owns(&owner, &owner_id, &owner.gets(&format!("/v1/organizations/{org}")).await, org).await;
        if !other.checks(org).await.status.is_success() {
            other_id = owner.takes_in(org, &other, "member").await;
        }
    }
    let told = told::told(&owner.history(org).await);
    let state = told::fold(&told);
    assert_eq!(state.owner().map(|owner| owner.member_id.to_string()), Some(owner_id));
    assert_eq!(told::count(&told, "OwnershipTransferred"), transferred);
    assert_eq!(told::count(&told, "MemberLeft"), ROUNDS - transferred);
    (transferred, overtaken)
}

async fn assert_owns(owner: &Person, member: &str, organization: &Answer, org: &str) {
    assert_eq!(organization.status, 200, "{organization:#?}");
    assert_eq!(organization.body["owner"]["user_id"], owner.id.as_str());
    assert_eq!(organization.body["owner"]["member_id"], member);
    let access = owner.checks(org).await.expect(200);
    assert_eq!((access.text("/role"), access.text("/member_id")), ("owner".to_owned(), member.to_owned()));
}
