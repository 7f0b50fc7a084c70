//! For random histories, made by the domain's own decisions, the views equal a fold of the same events by the aggregate.

use std::collections::{BTreeMap, BTreeSet};

use domain::facts::InvitationFacts;
use domain::{
    Actor, Circumstances, Claimed, Facts, InvitationId, InvitationState, MemberId, Organization,
    OrganizationCommand as C, OrganizationEvent as E, Role,
};
use projections::{InvitationsQuery, MembersQuery};
use proptest::prelude::*;
use uuid::Uuid;

use crate::adapters::{Adapter, Memory, Postgres};
use crate::world::{World, all, at, organization, user};

const PEOPLE: [&str; 5] = ["ana", "ben", "cleo", "dan", "eva"];
const ORGANIZATIONS: [&str; 3] = ["acme", "globex", "initech"];

/// What somebody attempts: which kind of command, who, to whom, where, and one more choice.
type Attempt = (u8, usize, usize, usize, usize);

/// One organization while its history is made up.
#[derive(Default)]
struct Story {
    events: Vec<E>,
    state: Organization,
    invitations: Vec<(InvitationId, usize, InvitationFacts)>,
}

fn command(story: &Story, (kind, who, whom, place, choice): Attempt, id: Uuid) -> (C, Circumstances) {
    let (member_id, invitation_id) = (MemberId(id), InvitationId(id));
    let target = story.state.membership(&user(PEOPLE[whom])).map_or(member_id, |membership| membership.member_id);
    let known = (!story.invitations.is_empty()).then(|| &story.invitations[choice % story.invitations.len()]);
    let about = known.map_or(invitation_id, |(id, ..)| *id);
    let email = format!("{}@acme.test", PEOPLE[whom]).parse().unwrap();
    let role = [Role::Member, Role::Admin][choice % 2];
    let valid_for = chrono::TimeDelta::days(1 + choice as i64);
    // Whoever answers an invitation is mostly the one it went to.
    let who = if let (7..=9, Some((_, to, _))) = (kind, known) { *to } else { who };
    let caller = Claimed { email: format!("{}@acme.test", PEOPLE[who]).parse().ok(), verified: true };
    let command = match kind {
        0 => C::UpdateOrganization {
            name: Some(format!("Name {choice}").parse().unwrap()),
            slug: None,
            logo: None,
            metadata: None,
        },
        1..=4 => C::InviteMember { invitation_id, email, role, valid_for },
        5 => C::ResendInvitation { invitation_id: about, valid_for },
        6 => C::RevokeInvitation { invitation_id: about },
        7 | 8 => C::AcceptInvitation { invitation_id: about, member_id, caller },
        9 if choice % 3 == 0 => C::DeclineInvitation { invitation_id: about, caller },
        9 => C::AcceptInvitation { invitation_id: about, member_id, caller },
        10 => C::ChangeMemberRole { member_id: target, role },
        11 => C::TransferOwnership { member_id: target },
        12 => C::LeaveOrganization,
        13 => C::RemoveMember { member_id: target },
        14 if choice == 0 => C::DeleteOrganization,
        _ => C::FoundOrganization {
            name: ORGANIZATIONS[place].parse().unwrap(),
            slug: ORGANIZATIONS[place].parse().unwrap(),
            logo: None,
            metadata: None,
            member_id,
        },
    };
    let facts = Facts {
        target: Some(user(PEOPLE[whom])),
        invitation: known.map(|(_, _, facts)| facts.clone()),
        ..Facts::default()
    };
    (command, Circumstances { actor: Actor::Person(user(PEOPLE[who])), at: at(0), facts })
}

/// Lets people try things; what the domain allows is written.
fn history(world: &mut World, attempts: &[Attempt]) -> BTreeMap<&'static str, Story> {
    let mut stories: BTreeMap<&str, Story> = BTreeMap::new();
    for (n, attempt) in attempts.iter().enumerate() {
        let (_, who, whom, place, _) = *attempt;
        let story = stories.entry(ORGANIZATIONS[place]).or_default();
        let id = Uuid::from_u128(n as u128 + 1);
        let attempt = if story.events.is_empty() { (u8::MAX, who, whom, place, 0) } else { *attempt };
        let (command, given) = command(story, attempt, id);
        for event in story.state.decide(&command, &given).unwrap_or_default() {
            if let E::MemberInvited { invitation_id, invited_by, .. } = &event {
                let email = format!("{}@acme.test", PEOPLE[whom]).parse().unwrap();
                story.invitations.push((*invitation_id, whom, InvitationFacts { inviter: invited_by.clone(), email }));
            }
            story.events.push(event.clone());
            world.write(organization(ORGANIZATIONS[place]), event);
        }
        story.state = Organization::fold(&story.events);
    }
    stories
}

/// Delivers the journal in batches of these sizes, each beginning some entries too early.
async fn deliver(world: &World, batches: &[(usize, usize)]) {
    let mut done = 0;
    for (size, overlap) in batches.iter().cycle() {
        let end = (done + size).min(world.journal.len());
        world.apply(&world.journal[done.saturating_sub(*overlap)..end]).await.unwrap();
        done = end;
        if done == world.journal.len() {
            break;
        }
    }
}

async fn assert_equal(world: &World, stories: &BTreeMap<&'static str, Story>) {
    for (of, Story { state, invitations, .. }) in stories {
        let folded: BTreeSet<_> =
            state.members().map(|(user, membership)| (user.clone(), membership.member_id, membership.role)).collect();
        let page = world.members(of, all()).await.unwrap();
        let listed: BTreeSet<_> = page.items.iter().map(|row| (row.user_id.clone(), row.member_id, row.role)).collect();
        assert_eq!(listed, folded);
        assert_eq!((page.items.len(), page.total), (folded.len(), folded.len() as u64));
        assert!(page.items.is_sorted_by_key(|row| row.joined));
        for role in [Role::Owner, Role::Admin, Role::Member] {
            let query = MembersQuery { limit: 1, role: Some(role), ..MembersQuery::default() };
            let total = folded.iter().filter(|(_, _, has)| *has == role).count() as u64;
            assert_eq!(world.members(of, query).await.unwrap().total, total, "{role}");
        }
        let query = InvitationsQuery { limit: usize::MAX, ..InvitationsQuery::default() };
        let page = world.views.invitations(organization(of), &query).await.unwrap();
        assert_eq!(page.items.len(), if state.exists() { invitations.len() } else { 0 });
        for row in page.items {
            let folded = state.invitation(row.id).unwrap();
            assert_eq!((row.state, row.role, &row.invited_by), (folded.state, folded.role, &folded.invited_by));
            assert_eq!(row.expires_at, folded.expires_at);
        }
        let pending = invitations.iter().filter_map(|(id, ..)| state.invitation(*id));
        let pending = pending.filter(|i| state.exists() && i.state == InvitationState::Pending).count();
        assert_eq!(world.invited(of, Some(InvitationState::Pending)).await.len(), pending);
    }
    for who in PEOPLE {
        let folded: BTreeMap<_, _> = stories
            .iter()
            .filter_map(|(of, story)| Some((organization(of), story.state.membership(&user(who))?)))
            .collect();
        let page = world.organizations_of(who, usize::MAX, None).await;
        assert_eq!((page.items.len(), page.total), (folded.len(), folded.len() as u64));
        for row in page.items {
            let membership = folded[&row.id];
            assert_eq!((row.member_id, row.role), (membership.member_id, membership.role));
        }
    }
}

async fn the_views_equal_the_fold<A: Adapter>(attempts: Vec<Attempt>, batches: Vec<(usize, usize)>) {
    let mut world = World::on::<A>().await;
    let stories = history(&mut world, &attempts);
    deliver(&world, &batches).await;
    assert_equal(&world, &stories).await;
}

/// What people attempt, and in which batches what came of it is delivered.
fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    prop::collection::vec((0..16u8, 0..5usize, 0..5usize, 0..3usize, 0..12usize), 1..250)
}

fn batches() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((1..40usize, 0..20usize), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn memory_equals_the_fold(attempts in attempts(), batches in batches()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(the_views_equal_the_fold::<Memory>(attempts, batches));
    }
}

proptest! {
    // Each in a database of its own.
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn tables_equal_the_fold(attempts in attempts(), batches in batches()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(the_views_equal_the_fold::<Postgres>(attempts, batches));
    }
}
