//! Writers against each other on one database, with the wrong way beside it as a control that must fail.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use domain::{OrganizationCommand as C, Refusal, Role, Subject};
use futures::future::{join, join_all};

use super::Fixture;
use super::cast::{called, refusal, spelled};
use super::crowd::pairs;
use super::order::{assert_in_order, whole};
use super::watched::{Fate, Watched};

/// Rounds side by side: each is a race of its own, and makes the others' groups lose theirs.
const SIDE_BY_SIDE: usize = 20;

struct Tally {
    transferred: usize,
    left: usize,
    /// Both went through.
    broken: usize,
}

/// Ana hands each organization to Ben at one writer, while Ben leaves it at the other.
async fn race(store: &Arc<Watched>, rounds: usize) -> Tally {
    let (first, second) = (store.journal().await, store.journal().await);
    let (ana, ben) = (called("ana", &first), called("ben", &second));
    let pairs = pairs(first.store().as_ref(), &ana, &ben, rounds).await;
    let mut tally = Tally { transferred: 0, left: 0, broken: 0 };
    for (n, side_by_side) in pairs.chunks(SIDE_BY_SIDE).enumerate() {
        let outcomes = join_all(side_by_side.iter().map(|pair| {
            let transfer = ana.asks(pair.place, C::TransferOwnership { member_id: pair.member });
            let leave = ben.leaves(pair.place);
            async move {
                // Who is asked first takes turns.
                if n % 2 == 0 { join(transfer, leave).await } else { swap(join(leave, transfer).await) }
            }
        }))
        .await;
        for (pair, (transfer, leave)) in side_by_side.iter().zip(outcomes) {
            let state = first.replay(pair.place).await.unwrap();
            let owner = state.owner().unwrap().clone();
            let owners = state.members().filter(|(_, member)| member.role == Role::Owner).count();
            let sound =
                owners == 1 && state.membership(&owner.user_id).is_some_and(|it| it.member_id == owner.member_id);
            match (transfer.is_ok(), leave.is_ok()) {
                (true, false) if sound => {
                    assert_eq!((refusal(leave), owner.member_id), (Refusal::OwnerCannotLeave, pair.member));
                    tally.transferred += 1;
                }
                (false, true) if sound => {
                    assert_eq!((refusal(transfer), owner.member_id), (Refusal::MemberNotFound, pair.owner));
                    tally.left += 1;
                }
                _ if sound => panic!("neither or both went through: {transfer:?} {leave:?}"),
                _ => tally.broken += 1,
            }
        }
    }
    tally
}

fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

pub async fn transfer_against_leave_always_ends_with_one_owner_who_is_a_member(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let tally = race(&store, 1000).await;
    assert_eq!(tally.broken, 0);
    assert_eq!(tally.transferred + tally.left, 1000);
    assert!(tally.transferred > 0 && tally.left > 0, "one side always won: that was no race");
    assert!(store.conflicts.load(SeqCst) > 0, "nobody was ever beaten: that was no race");
    assert_in_order(&whole(&store.journal().await).await);
}

/// The control: the same race with decisions written at whatever head is there.
pub async fn without_the_head_check_the_same_race_breaks_the_invariant(fixture: &Fixture) {
    let store = Watched::with(fixture.store().await, |batch, _| match batch.claimed.is_empty() {
        true => Fate::WhereverTheHeadIs,
        false => Fate::Written,
    });
    let tally = race(&store, 200).await;
    assert!(tally.broken > 0, "the race above proves nothing: {} rounds were sound without a check", tally.left);
}

pub async fn two_writers_race_for_a_slug_and_nothing_of_the_loser_is_recorded(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (first, second) = (store.journal().await, store.journal().await);
    let (ana, ben) = (called("ana", &first), called("ben", &second));
    let mut won = [0, 0];
    for n in 0..100 {
        let slug = format!("wanted-{n}");
        let (anas, bens) = (ana.founding(&slug), ben.founding(&slug));
        let (of_ana, of_ben) = join(first.ask(anas.clone()), second.ask(bens.clone())).await;
        let (winner, loser, lost, outcome) = match (of_ana, of_ben) {
            (Ok(won), lost) => (won, &ben, &bens, lost),
            (lost, won) => (won.unwrap(), &ana, &anas, lost),
        };
        won[usize::from(loser.user == ana.user)] += 1;
        assert_eq!(refusal(outcome), Refusal::SlugTaken);
        let there = loser.journal.access(&spelled(&slug), &loser.user).await.unwrap().unwrap();
        assert_eq!((there.organization, there.membership), (winner.organization, None));
        assert!(loser.journal.excerpt(&lost.organization, &[Subject::Profile]).await.unwrap().is_none());
    }
    assert!(store.conflicts.load(SeqCst) > 0, "nobody was ever beaten: that was no race {won:?}");
    let all = whole(&first).await;
    assert_eq!(all.len(), 200);
    assert_in_order(&all);
}
