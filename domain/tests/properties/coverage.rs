//! Every command is accepted often and refused for each of its reasons often, and for no other reason ever. Without it
//! the other properties could hold because nothing much happens in them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal::{self, *};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::cases;
use crate::wishes::histories;
use crate::world::World;

const OFTEN: usize = 100;

/// Every command with every reason it can be refused for: what clients must be ready for.
const REASONS: [(&str, &[Refusal]); 15] = [
    ("FoundOrganization", &[BelowAdmin, AlreadyFounded, SlugTaken]),
    ("UpdateOrganization", &[OrganizationNotFound, BelowAdmin, SlugTaken]),
    ("DeleteOrganization", &[OrganizationNotFound, BelowAdmin, NotTheOwner]),
    ("InviteMember", &[OrganizationNotFound, BelowAdmin, OwnerRoleNotGiven, AlreadyAMember, AlreadyInvited]),
    ("ResendInvitation", &[OrganizationNotFound, BelowAdmin, InvitationNotFound, InvitationSettled]),
    ("RevokeInvitation", &[OrganizationNotFound, BelowAdmin, InvitationNotFound, InvitationSettled]),
    ("DeclineInvitation", &[InvitationNotFound, InvitationNotForYou, EmailNotVerified, InvitationSettled]),
    (
        "AcceptInvitation",
        &[
            InvitationNotFound,
            InvitationNotForYou,
            EmailNotVerified,
            InvitationSettled,
            InvitationExpired,
            AlreadyAMember,
            InviterNoLongerAMember,
        ],
    ),
    ("ChangeMemberRole", &[OrganizationNotFound, BelowAdmin, OwnerRoleNotGiven, MemberNotFound, OwnerRoleNotChanged]),
    ("TransferOwnership", &[OrganizationNotFound, NotTheOwner, AlreadyTheOwner, MemberNotFound]),
    ("LeaveOrganization", &[OrganizationNotFound, BelowAdmin, OwnerCannotLeave]),
    ("RemoveMember", &[OrganizationNotFound, BelowAdmin, MemberNotFound, OwnerCannotBeRemoved, OwnerCannotLeave]),
    ("ImportOrganization", &[BelowAdmin, AlreadyFounded, SlugTaken]),
    ("ImportMember", &[BelowAdmin, OrganizationNotFound, OwnerRoleNotGiven, AlreadyAMember]),
    (
        "ImportInvitation",
        &[
            BelowAdmin,
            OrganizationNotFound,
            InvitationExpired,
            InviterNoLongerAMember,
            OwnerRoleNotGiven,
            AlreadyAMember,
            AlreadyInvited,
        ],
    ),
];

/// The commands that may ask for what is so already, and then record nothing.
const NO_OPS: [&str; 2] = ["UpdateOrganization", "ChangeMemberRole"];

/// A command and what came of it; refusals by name, so that they sort.
type Outcome = (&'static str, String);

/// Numbers that are random once and for all: counts are asserted, and must not depend on luck.
pub fn same_every_time() -> TestRng {
    TestRng::deterministic_rng(RngAlgorithm::ChaCha)
}

fn reachable() -> BTreeSet<Outcome> {
    let accepted = REASONS.iter().map(|(command, _)| (*command, "accepted".to_owned()));
    let no_ops = NO_OPS.iter().map(|command| (*command, "nothing to do".to_owned()));
    let refused =
        REASONS.iter().flat_map(|(command, reasons)| reasons.iter().map(|reason| (*command, format!("{reason:?}"))));
    accepted.chain(no_ops).chain(refused).collect()
}

#[test]
fn every_command_is_often_accepted_and_often_refused_for_each_of_its_reasons() {
    let counts = RefCell::new(BTreeMap::<Outcome, usize>::new());
    let mut runner = TestRunner::new_with_rng(cases(2000), same_every_time());
    let outcome = runner.run(&histories(), |wishes| {
        World::after(vec![]).live(&wishes, |moment| {
            let outcome = match moment.decided {
                Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                Ok(_) => "accepted".to_owned(),
                Err(refusal) => format!("{refusal:?}"),
            };
            *counts.borrow_mut().entry((moment.command.name(), outcome)).or_default() += 1;
            Ok(())
        })?;
        Ok(())
    });
    outcome.unwrap();

    let counts = counts.into_inner();
    for ((command, outcome), count) in &counts {
        println!("{count:>6}  {command}  {outcome}");
    }
    assert_eq!(counts.keys().cloned().collect::<BTreeSet<_>>(), reachable());
    let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < OFTEN).collect();
    assert!(rare.is_empty(), "seen less than {OFTEN} times: {rare:?}");
}

#[test]
fn every_refusal_is_some_commands_reason() {
    for refusal in Refusal::ALL {
        assert!(REASONS.iter().any(|(_, reasons)| reasons.contains(&refusal)), "{refusal:?}");
    }
}
