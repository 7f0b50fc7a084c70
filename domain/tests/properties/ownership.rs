//! From founding to deletion there is exactly one owner, who is a member; and of every member's role one can tell where it comes from.

use domain::{Organization, OrganizationEvent as E, Role};
use proptest::prelude::*;

use crate::cases;
use crate::wishes::histories;
use crate::world::World;

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn there_is_exactly_one_owner_who_is_a_member(wishes in histories()) {
        let last = World::after(vec![]).live(&wishes, |moment| has_one_owner(moment.before))?;
        has_one_owner(&last)?;
    }

    #[test]
    fn a_state_kept_up_to_date_is_the_fold_of_its_history(wishes in histories()) {
        let last = World::after(vec![]).live(&wishes, |_| Ok(()))?;
        prop_assert_eq!(Organization::fold(&last.events), last.state);
    }

    #[test]
    fn a_members_role_is_the_last_one_they_were_given(wishes in histories()) {
        let last = World::after(vec![]).live(&wishes, |_| Ok(()))?;
        for (user, membership) in last.state.members() {
            let given = last.events.iter().rev().find_map(|event| event.role_given_to(user));
            prop_assert_eq!(given, Some(membership.role), "{} in {:?}", user, &last.events);
        }
    }
}

fn has_one_owner(world: &World) -> Result<(), TestCaseError> {
    let founded = world.events.iter().any(|event| matches!(event, E::OrganizationFounded { .. }));
    let deleted = world.events.iter().any(|event| matches!(event, E::OrganizationDeleted {}));
    prop_assert_eq!(world.state.exists(), founded && !deleted);

    let owners: Vec<_> = world.state.members().filter(|(_, membership)| membership.role == Role::Owner).collect();
    let Some(owner) = world.state.owner() else {
        prop_assert!(!world.state.exists() && owners.is_empty(), "nobody owns {:?}", world.events);
        return Ok(());
    };
    prop_assert!(world.state.exists());
    prop_assert_eq!(owners.len(), 1, "{:?}", world.events);
    let (user, membership) = owners[0];
    prop_assert_eq!((user, membership.member_id), (&owner.user_id, owner.member_id));
    prop_assert_eq!(world.state.membership(&owner.user_id), Some(*membership));
    Ok(())
}
