//! The owner hands acme over to somebody who is leaving it: one of the two happens, and there is one owner.

use serde_json::json;
use tests::better_auth::Told;
use tests::told;

use crate::scene::{Scene, User};

const ROUNDS: usize = 30;

#[tokio::test(flavor = "multi_thread")]
async fn acme_handed_to_somebody_who_is_leaving_has_one_owner() {
    let scene = Scene::set();
    let (mut owner, mut other) = (scene.user("ana"), scene.user("ben"));
    let acme = owner.creates("acme").await;
    let mut owner_id = owner.checks("acme").await.expect(200).text("/member_id");
    let mut other_id = owner.welcomes(&acme, &other, "member").await;
    let mut transferred = 0;
    for round in 0..ROUNDS {
        let transfer = json!({ "memberId": other_id, "role": "owner", "organizationId": acme });
        let transfers = owner.asks("updateMemberRole", transfer);
        let leaves = leaves(&other, &acme, &other_id, round);
        // Who is sent first takes turns.
        let (transfer, leave) = if round.is_multiple_of(2) {
            tokio::join!(transfers, leaves)
        } else {
            let (leave, transfer) = tokio::join!(leaves, transfers);
            (transfer, leave)
        };
        if transfer.error.is_null() {
            leave.refused(400, "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER");
            transferred += 1;
            (owner, other) = (other, owner);
            (owner_id, other_id) = (other_id, owner_id);
            assert_eq!(other.checks("acme").await.expect(200).body["role"], "admin");
            assert_eq!(other.active().await.as_ref(), Some(&acme));
        } else {
            transfer.refused(400, "MEMBER_NOT_FOUND");
            leave.ok();
            other.checks("acme").await.refused(403, "not-a-member");
            assert_eq!(other.active().await, None);
            other_id = owner.welcomes(&acme, &other, "member").await;
        }
        let organization = owner.gets("/v1/organizations/acme").await.expect(200);
        assert_eq!(organization.text("/owner/member_id"), owner_id);
        let access = owner.checks("acme").await.expect(200);
        assert_eq!((access.text("/role"), access.text("/member_id")), ("owner".to_owned(), owner_id.clone()));
        assert_eq!(owner.sees("getActiveMember").await.ok()["role"], "owner");
    }
    println!("{ROUNDS} rounds: {transferred} times the transfer came first, {} times the leave", ROUNDS - transferred);
    assert!(transferred > 0 && transferred < ROUNDS, "one side always won: that was no race");
    let told = told::told(&owner.history("acme").await);
    // After each command there was exactly one owner, a member.
    let state = told::fold(&told);
    assert_eq!(state.owner().map(|owner| owner.member_id.to_string()), Some(owner_id));
    assert_eq!(told::count(&told, "OwnershipTransferred"), transferred);
    assert_eq!(told::count(&told, "MemberLeft"), ROUNDS - transferred);
}

/// By turns in the flow's way, there where they look, and by `leave`.
async fn leaves(user: &User, org: &str, member: &str, round: usize) -> Told {
    match round % 4 {
        0 | 1 => user.asks("removeMember", json!({ "memberIdOrEmail": member })).await,
        _ => user.asks("leave", json!({ "organizationId": org })).await,
    }
}
