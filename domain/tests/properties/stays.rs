//! Stays and the aggregate's own `apply` agree on who is a member in which role, after every event of every history; and the stays of one
//! person can be told from what is about them and the organization.

use domain::{MemberId, Notes, OrganizationEvent as E, OrganizationId, Recorded, Role, Stays, Subject, UserId};
use proptest::prelude::*;
use uuid::Uuid;

use crate::cases;
use crate::common::people::{noon, operator};
use crate::wishes::histories;
use crate::world::World;

fn recorded(events: &[E]) -> Vec<Recorded> {
    let one = |(sequence, event): (u64, &E)| Recorded {
        position: sequence,
        sequence,
        organization: OrganizationId(Uuid::nil()),
        event: event.clone(),
        recorded_at: noon(),
        event_id: Uuid::nil(),
        command_id: Uuid::nil(),
        actor: operator(),
        notes: Notes::default(),
    };
    (1..).zip(events).map(one).collect()
}

fn told(stays: &Stays) -> Vec<(UserId, MemberId, Role)> {
    let mut all: Vec<_> =
        stays.current().map(|stay| (stay.tenure.user_id.clone(), stay.tenure.member_id, stay.role)).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn stays_are_what_the_aggregate_comes_to(wishes in histories()) {
        World::after(vec![]).live(&wishes, |moment| {
            let (state, events) = (&moment.before.state, recorded(&moment.before.events));
            let members: Vec<_> =
                state.members().map(|(user, found)| (user.clone(), found.member_id, found.role)).collect();
            let stays = Stays::fold(&events);
            prop_assert_eq!(told(&stays), members);
            for stay in stays.all() {
                let user = &stay.tenure.user_id;
                let subjects = [Subject::Organization, Subject::User(user.clone())];
                let part = Stays::fold(events.iter().filter(|one| subjects.contains(&one.event.subject())));
                prop_assert_eq!(part.of(user), stays.of(user));
                // What gave the role is an event that gives it, and the tenure began where it says.
                let given = &events[stay.role_given.sequence as usize - 1].event;
                prop_assert_eq!(given.role_given_to(user), Some(stay.role));
                let began = &events[stay.joined.sequence as usize - 1].event;
                let is_it = matches!(began, E::MemberJoined { member_id, .. } if *member_id == stay.tenure.member_id);
                prop_assert!(is_it);
                // Exactly those have ended who are not there.
                let now = state.membership(user).map(|now| now.member_id);
                prop_assert_eq!(stay.ended.is_none(), now == Some(stay.tenure.member_id));
            }
            Ok(())
        })?;
    }
}
