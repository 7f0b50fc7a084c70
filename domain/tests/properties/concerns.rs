//! `decide` on the fold of the concerned events equals `decide` on the fold of all. The journal reads no more than that.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use domain::{Organization, OrganizationEvent as E, Refusal, Subject};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::cases;
use crate::wishes::histories;
use crate::world::{Moment, World};

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_concerned_events_decide_as_all_events_do(wishes in histories()) {
        World::after(vec![]).live(&wishes, |moment| {
            let concerned = concerned(moment);
            prop_assert_eq!(&concerned[0], &Subject::Organization);
            prop_assert!(concerned.is_sorted_by(|a, b| a < b), "each once: {:?}", concerned);
            prop_assert_eq!(&decided_on(moment, &concerned), moment.decided, "{:?} by {:?}", moment.command, moment.given);
            Ok(())
        })?;
    }
}

/// The control: were one of them not read, it would show. What is missing here is read in vain.
#[test]
fn without_one_of_the_concerned_subjects_some_command_is_decided_otherwise() {
    let needed = RefCell::new(BTreeMap::<_, BTreeSet<_>>::new());
    let mut runner = TestRunner::new_with_rng(cases(256), crate::coverage::same_every_time());
    let outcome = runner.run(&histories(), |wishes| {
        World::after(vec![]).live(&wishes, |moment| {
            let concerned = concerned(moment);
            for withheld in &concerned {
                let others: Vec<_> = concerned.iter().filter(|subject| *subject != withheld).cloned().collect();
                if decided_on(moment, &others) != *moment.decided {
                    let mut needed = needed.borrow_mut();
                    needed.entry(moment.command.name()).or_default().insert(part(moment, withheld));
                }
            }
            Ok(())
        })?;
        Ok(())
    });
    outcome.unwrap();

    let expected: BTreeMap<&str, BTreeSet<&str>> = [
        ("FoundOrganization", vec!["organization"]),
        ("UpdateOrganization", vec!["organization", "profile", "actor"]),
        ("DeleteOrganization", vec!["organization", "actor"]),
        ("InviteMember", vec!["organization", "actor", "somebody else", "invitation"]),
        ("ResendInvitation", vec!["organization", "actor", "invitation"]),
        ("RevokeInvitation", vec!["organization", "actor", "invitation"]),
        ("DeclineInvitation", vec!["organization", "invitation"]),
        ("AcceptInvitation", vec!["organization", "actor", "somebody else", "invitation"]),
        ("ChangeMemberRole", vec!["organization", "actor", "somebody else"]),
        ("TransferOwnership", vec!["organization", "actor", "somebody else"]),
        ("LeaveOrganization", vec!["organization", "actor"]),
        ("RemoveMember", vec!["organization", "actor", "somebody else"]),
        ("ImportOrganization", vec!["organization"]),
        ("ImportMember", vec!["organization", "somebody else"]),
        ("ImportInvitation", vec!["organization", "somebody else", "invitation"]),
    ]
    .map(|(command, parts)| (command, parts.into_iter().collect()))
    .into();
    assert_eq!(needed.into_inner(), expected);
}

fn concerned(moment: &Moment<'_>) -> Vec<Subject> {
    moment.command.concerns(&moment.given.actor, &moment.given.facts)
}

fn decided_on(moment: &Moment<'_>, subjects: &[Subject]) -> Result<Vec<E>, Refusal> {
    let events = moment.before.events.iter().filter(|event| subjects.contains(&event.subject()));
    Organization::fold(events).decide(moment.command, moment.given)
}

/// Which part a subject has in a command.
fn part(moment: &Moment<'_>, subject: &Subject) -> &'static str {
    match subject {
        Subject::Organization => "organization",
        Subject::Profile => "profile",
        Subject::Invitation(_) => "invitation",
        Subject::User(user) if moment.given.actor.person() == Some(user) => "actor",
        Subject::User(_) => "somebody else",
    }
}
