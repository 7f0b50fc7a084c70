//! The membership check: right at commit.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use domain::{OrganizationCommand as C, OrganizationId, Role, Subject};
use futures::future::{join, join_all};
use journal::Excerpt;
use uuid::Uuid;

use super::cast::{called, spelled};
use super::crowd::crowd;
use super::watched::Watched;
use super::{Fixture, journal};

pub async fn nobody_passes_after_an_acknowledged_leave(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let ana = called("ana", &here);
    let acme = ana.founds("acme").await;
    let members = crowd(&here, acme, "member", 200).await;

    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let others = join_all((0..32).map(async |_| {
        while !over.load(SeqCst) {
            // Read each time, and never remembered.
            let excerpt = here.excerpt(&acme.into(), &[Subject::User(ana.user.clone())]).await.unwrap().unwrap();
            assert!(excerpt.state.membership(&ana.user).is_some());
            asked.fetch_add(1, SeqCst);
        }
    }));
    let leaving = async {
        for some in members.chunks(20) {
            join_all(some.iter().map(async |member| {
                assert!(member.passes(acme).await && member.at(&there).passes(spelled("acme")).await);
                member.leaves(acme).await.unwrap();
                assert!(!member.passes(acme).await);
                assert!(!member.passes(spelled("acme")).await);
                assert!(!member.at(&there).passes(acme).await);
            }))
            .await;
        }
        over.store(true, SeqCst);
    };
    join(others, leaving).await;
    let (statements, checks) = (store.reads.load(SeqCst), asked.load(SeqCst));
    assert!(statements < checks / 2, "{statements} statements for {checks} readings: they shared none");
}

pub async fn a_check_tells_membership_role_and_head(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let bens = ana.brings(acme, &ben).await;
    ana.asks(acme, C::ChangeMemberRole { member_id: bens, role: Role::Admin }).await.unwrap();
    for place in [acme.into(), spelled("acme")] {
        let access = journal.access(&place, &ben.user).await.unwrap().unwrap();
        let membership = access.membership.unwrap();
        assert_eq!((access.organization, access.sequence), (acme, 6));
        assert_eq!((membership.member_id, membership.role), (bens, Role::Admin));
        let stranger = journal.access(&place, &"cleo".parse().unwrap()).await.unwrap().unwrap();
        assert_eq!((stranger.membership, stranger.sequence), (None, 6));
    }
}

pub async fn an_organization_that_is_gone_or_never_was_lets_nobody_in(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    ana.brings(acme, &ben).await;
    ana.deletes(acme).await.unwrap();
    for somebody in [&ana, &ben] {
        let access = journal.access(&acme.into(), &somebody.user).await.unwrap().unwrap();
        assert_eq!((access.membership, access.sequence), (None, 6));
        assert!(journal.access(&spelled("acme"), &somebody.user).await.unwrap().is_none());
    }
    let nowhere = OrganizationId(Uuid::now_v7());
    assert!(journal.access(&nowhere.into(), &ana.user).await.unwrap().is_none());

    // Whoever has the slug next: their members pass by it, the former ones do not.
    let cleo = called("cleo", &journal);
    cleo.founds("acme").await;
    assert!(cleo.passes(spelled("acme")).await && !ana.passes(spelled("acme")).await);
}

pub async fn several_organizations_are_told_in_the_order_asked(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let ana = called("ana", &journal);
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let nowhere = OrganizationId(Uuid::now_v7());
    let asked = [
        (spelled("bolt"), vec![]),
        (nowhere.into(), vec![Subject::Profile]),
        (acme.into(), vec![Subject::Profile, Subject::User(ana.user.clone())]),
        (bolt.into(), vec![Subject::User(ana.user.clone())]),
    ];
    let told = journal.excerpts(&asked).await.unwrap();
    let places: Vec<_> = told.iter().map(|one| one.as_ref().map(|excerpt| excerpt.organization)).collect();
    assert_eq!(places, [Some(bolt), None, Some(acme), Some(bolt)]);
    let passes: Vec<_> = told.iter().flatten().map(|one| one.state.membership(&ana.user).is_some()).collect();
    assert_eq!(passes, [false, true, true], "only where it was asked for is it read");
    assert!(journal.excerpts(&[]).await.unwrap().is_empty());
}

pub async fn many_read_apart_are_of_one_moment_and_not_of_one_before_the_position(fixture: &Fixture) {
    let store = Watched::honest(fixture.store().await);
    let (here, there) = (store.journal().await, journal(fixture).await);
    let ana = called("ana", &here);
    let (acme, bolt) = (ana.founds("acme").await, ana.founds("bolt").await);
    let members = crowd(&here, acme, "member", 60).await;
    crowd(&here, bolt, "member", 60).await;
    let subjects: Vec<_> = members.iter().map(|member| Subject::User(member.user.clone())).collect();
    let asked =
        [(acme.into(), subjects.clone()), (spelled("bolt"), subjects), (OrganizationId(Uuid::now_v7()).into(), vec![])];

    // Everybody leaves acme, then bolt: never is there somebody who has left bolt only.
    let (left, reads) = (AtomicUsize::new(0), store.reads.load(SeqCst));
    let leaving = async {
        for member in &members {
            member.leaves(acme).await.unwrap();
            let position = member.leaves(bolt).await.unwrap().events[0].position;
            left.store(usize::try_from(position).unwrap(), SeqCst);
        }
    };
    let reading = async {
        let mut between = 0;
        loop {
            let known = left.load(SeqCst);
            let (position, told) = there.excerpts_apart(&asked).await.unwrap();
            assert!(usize::try_from(position).unwrap() >= known, "{position} is before {known}, which was told");
            let [Some(at_acme), Some(at_bolt), None] = &told[..] else { panic!("{told:?}") };
            let count =
                |excerpt: &Excerpt| members.iter().filter(|one| excerpt.state.membership(&one.user).is_some()).count();
            let (in_acme, in_bolt) = (count(at_acme), count(at_bolt));
            assert!(in_bolt == in_acme || in_bolt == in_acme + 1, "{in_acme} in acme and {in_bolt} in bolt at once");
            // Two events at the beginning of each, then everybody's.
            let recorded = at_acme.sequence + at_bolt.sequence;
            assert!(recorded >= position, "{recorded} events are told, {position} were written before");
            between += usize::from((1..members.len()).contains(&in_acme));
            if in_bolt == 0 {
                return between;
            }
        }
    };
    let ((), between) = join(leaving, reading).await;
    assert!(between > 5, "read {between} times while they left: too few to say anything");
    assert!(there.excerpts_apart(&[]).await.unwrap().1.is_empty());
    here.excerpts_apart(&asked).await.unwrap();
    assert_eq!(store.reads.load(SeqCst), reads, "the statements of checks are theirs");
}

pub async fn a_summary_tells_who_owns_it_since_when(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let (ana, ben) = (called("ana", &journal), called("ben", &journal));
    let acme = ana.founds("acme").await;
    let bens = ana.brings(acme, &ben).await;
    ana.renames(acme, "Acme & Sons").await.unwrap();
    ana.asks(acme, C::TransferOwnership { member_id: bens }).await.unwrap();

    let subjects = [Subject::Profile, Subject::User(ben.user.clone())];
    let excerpt = journal.excerpt(&acme.into(), &subjects).await.unwrap().unwrap();
    let (summary, history) = (excerpt.summary().unwrap(), journal.history(acme, 0, 10).await.unwrap());
    assert_eq!((summary.id, summary.sequence, summary.created_at), (acme, 7, history[0].recorded_at));
    assert_eq!((summary.owner.user_id, summary.owner.member_id), (ben.user.clone(), bens));
    assert_eq!(summary.profile.name.as_str(), "Acme & Sons");
    assert_eq!(excerpt.joined_at(&ben.user), Some(history[4].recorded_at));
    assert_eq!(excerpt.joined_at(&"cleo".parse().unwrap()), None);
}
