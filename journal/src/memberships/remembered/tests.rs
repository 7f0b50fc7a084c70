//! Random histories, readings that are learnt late, news that comes late, a memory too small for everybody, a journal that loses its end:
//! what is recalled is what the journal holds.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, a panic is the answer")]

use domain::{InvitationId, MemberId, Role};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use uuid::Uuid;

use super::super::follow;
use super::*;

const PLACES: usize = 4;
const PEOPLE: usize = 2;
const SLUGS: usize = 4;

/// By its slug or by its id, which, and about whom.
type Question = (bool, usize, usize);

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A membership begins or ends.
    Joins(usize, usize),
    /// What is recorded of an organization is about everybody there: it is deleted, or as good as founded anew.
    Ends(usize),
    /// Its slug becomes this one, if nobody has it.
    Spelled(usize, usize),
    /// It is about nobody.
    Invites(usize),
    /// So many of the last events are lost: what comes next is another journal's.
    Loses(usize),
    /// Somebody reads …
    Reads(Question),
    /// … and what was read is learnt.
    Learns(usize),
    /// So many events are taken account of.
    News(usize),
    /// Both at once, of all that was read and recorded.
    Round,
    /// What is recalled before the journal was asked.
    Recalls(Question),
    /// What is recalled after it.
    Checks(Question),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Step::*;
    let (place, person) = (0..PLACES, 0..PEOPLE);
    let asked = (any::<bool>(), place.clone(), person.clone());
    let step = prop_oneof![
        3 => (place.clone(), person).prop_map(|(place, person)| Joins(place, person)),
        1 => place.clone().prop_map(Ends),
        2 => (place.clone(), 0..SLUGS).prop_map(|(place, slug)| Spelled(place, slug)),
        1 => place.prop_map(Invites),
        1 => (1..6_usize).prop_map(Loses),
        8 => asked.clone().prop_map(Reads),
        3 => (0..3_usize).prop_map(Learns),
        2 => (1..4_usize).prop_map(News),
        4 => Just(Round),
        3 => asked.clone().prop_map(Recalls),
        6 => asked.prop_map(Checks),
    ];
    vec(step, 1..120)
}

/// A journal as it was after each of its events.
#[derive(Clone, Default)]
struct Moment {
    heads: [Sequence; PLACES],
    gone: [bool; PLACES],
    members: [[Option<MemberId>; PEOPLE]; PLACES],
    slugs: [Option<usize>; SLUGS],
}

impl Moment {
    fn holds(&self, (by_slug, n, person): Question) -> Option<Access> {
        let place = if by_slug { self.slugs[n % SLUGS]? } else { n };
        let membership = self.members[place][person].filter(|_| !self.gone[place]);
        let membership = membership.map(|member_id| Membership { member_id, role: Role::Member });
        (self.heads[place] > 0).then(|| Access { organization: id(place), membership, sequence: self.heads[place] })
    }
}

fn id(place: usize) -> OrganizationId {
    OrganizationId(Uuid::from_u128(place as u128 + 1))
}

fn named((by_slug, n, person): Question) -> (OrganizationRef, UserId) {
    let place = match by_slug {
        true => OrganizationRef::Slug(format!("slug-{n}").parse().unwrap()),
        false => OrganizationRef::Id(id(n)),
    };
    (place, format!("person-{person}").parse().unwrap())
}

struct World {
    moments: Vec<Moment>,
    events: Vec<Passing>,
    readings: Vec<Reading>,
    remembered: Remembered,
    /// How many events were ever recorded, lost ones included.
    recorded: u64,
    /// How many answers there were from what was remembered.
    recalled: usize,
}

impl World {
    fn new(remembered: Remembered) -> Self {
        let (moments, events, readings) = (vec![Moment::default()], Vec::new(), Vec::new());
        let mut world = Self { moments, events, readings, remembered, recorded: 0, recalled: 0 };
        (0..PLACES).for_each(|place| world.record(place, Subject::Organization, |_| {}));
        world
    }

    fn record(&mut self, place: usize, subject: Subject, change: impl FnOnce(&mut Moment)) {
        let mut moment = self.moments.last().unwrap().clone();
        change(&mut moment);
        moment.heads[place] += 1;
        self.recorded += 1;
        let mark = Mark::of(self.events.len() as u64 + 1, "", self.recorded);
        let sequence = moment.heads[place];
        self.events.push(Passing { mark, organization: id(place), sequence, subject: Some(subject) });
        self.moments.push(moment);
    }

    fn last(&self) -> Mark {
        self.events.last().unwrap().mark
    }

    fn news(&mut self, most: usize, heard: fn(Passing) -> Passing) {
        let Some(until) = self.remembered.until() else { return self.remembered.start_anew(Some(self.last())) };
        let from = usize::try_from(until.position).unwrap() - 1;
        let news = self.events.iter().skip(from).take(most.saturating_add(1)).cloned().map(heard).collect();
        if !follow(&mut self.remembered, news) {
            self.remembered.start_anew(None);
        }
    }

    /// What is recalled is what the journal held at the moment until which it was followed, unless that moment is lost.
    fn is_right(&mut self, asked: Question) -> Result<(), TestCaseError> {
        let (place, user) = named(asked);
        let Some(access) = self.remembered.recall(&place, &user) else { return Ok(()) };
        let until = self.remembered.until().unwrap();
        let at = usize::try_from(until.position).unwrap();
        if self.events.get(at - 1).is_some_and(|event| event.mark == until) {
            self.recalled += 1;
            prop_assert_eq!(self.moments[at].holds(asked), Some(access));
        }
        Ok(())
    }

    fn take(&mut self, step: Step, heard: fn(Passing) -> Passing) -> Result<(), TestCaseError> {
        match step {
            Step::Joins(place, person) => {
                let member_id = MemberId(Uuid::from_u128(self.recorded.into()));
                self.record(place, Subject::User(named((false, 0, person)).1), |moment| {
                    let member = &mut moment.members[place][person];
                    *member = if member.is_some() { None } else { Some(member_id) };
                });
            }
            Step::Ends(place) => {
                self.record(place, Subject::Organization, |moment| moment.gone[place] = !moment.gone[place]);
            }
            Step::Spelled(place, slug) => self.record(place, Subject::Profile, |moment| {
                if moment.slugs[slug].is_none() {
                    moment.slugs.iter_mut().filter(|owner| **owner == Some(place)).for_each(|owner| *owner = None);
                    moment.slugs[slug] = Some(place);
                }
            }),
            Step::Invites(place) => self.record(place, Subject::Invitation(InvitationId(Uuid::nil())), |_| {}),
            Step::Loses(some) => {
                let kept = self.events.len().saturating_sub(some).max(PLACES);
                self.events.truncate(kept);
                self.moments.truncate(kept + 1);
            }
            Step::Reads(asked) => {
                let (organization, user) = named(asked);
                if let Some(access) = self.moments.last().unwrap().holds(asked) {
                    self.readings.push(Reading { at: self.last(), organization, user, access });
                }
            }
            Step::Learns(n) if n < self.readings.len() => {
                let reading = self.readings.swap_remove(n);
                self.remembered.learn(reading);
            }
            Step::Learns(_) => {}
            Step::News(most) => self.news(most, heard),
            Step::Round => {
                self.news(usize::MAX, heard);
                std::mem::take(&mut self.readings).into_iter().for_each(|reading| self.remembered.learn(reading));
            }
            Step::Recalls(asked) => self.is_right(asked)?,
            Step::Checks(asked) => {
                self.news(usize::MAX, heard);
                self.is_right(asked)?;
                if self.remembered.until().is_some_and(|until| until != self.last()) {
                    return Err(TestCaseError::fail("it is not up to date"));
                }
            }
        }
        Ok(())
    }
}

/// Runs random histories, of which this is heard; how often something was recalled, or which history was answered wrongly.
fn run(remembered: fn() -> Remembered, heard: fn(Passing) -> Passing) -> Result<usize, String> {
    let mut runner = TestRunner::new(Config { cases: 3000, failure_persistence: None, ..Config::default() });
    let recalled = std::cell::Cell::new(0);
    let told = runner.run(&steps(), |steps| {
        let mut world = World::new(remembered());
        let told = steps.into_iter().try_for_each(|step| world.take(step, heard));
        recalled.set(recalled.get() + world.recalled);
        told
    });
    match told {
        Ok(()) => Ok(recalled.get()),
        Err(TestError::Fail(why, steps)) => Err(format!("{why} in {steps:?}")),
        Err(why) => panic!("{why}"),
    }
}

#[test]
fn what_is_recalled_is_what_the_journal_holds() {
    let recalled = run(Remembered::default, |passing| passing).unwrap();
    assert!(recalled > 1000, "recalled {recalled} times: too few to say anything");
}

#[test]
fn it_is_so_where_not_everybody_can_be_remembered() {
    // Of four organizations and slugs two, of eight people about five.
    let recalled = run(|| Remembered::with((5, 5 * 152), 2), |passing| passing).unwrap();
    assert!(recalled > 500, "recalled {recalled} times: too few to say anything");
}

/// As if it were about nobody.
fn unheard(mut passing: Passing) -> Passing {
    passing.subject = Some(Subject::Invitation(InvitationId(Uuid::nil())));
    passing
}

#[test]
fn the_control_passing_over_what_is_about_a_person_is_wrong() {
    run(Remembered::default, |passing| match passing.subject {
        Some(Subject::User(_)) => unheard(passing),
        _ => passing,
    })
    .unwrap_err();
}

#[test]
fn the_control_passing_over_what_is_about_everybody_is_wrong() {
    run(Remembered::default, |passing| match passing.subject {
        Some(Subject::User(_)) => passing,
        _ => unheard(passing),
    })
    .unwrap_err();
}

fn all(world: &mut World, steps: impl IntoIterator<Item = Step>) {
    steps.into_iter().for_each(|step| world.take(step, |passing| passing).unwrap());
}

fn recalls(world: &World) -> bool {
    let (place, user) = named((false, 0, 0));
    world.remembered.recall(&place, &user).is_some()
}

#[test]
fn what_was_read_long_before_is_not_learnt() {
    for (meanwhile, learnt) in [(RECENT - 1, true), (RECENT, false)] {
        let mut world = World::new(Remembered::default());
        all(&mut world, [Step::Round, Step::Reads((false, 0, 0))]);
        all(&mut world, (0..meanwhile).map(|_| Step::Invites(1)));
        all(&mut world, [Step::Round]);
        assert_eq!(recalls(&world), learnt, "after {meanwhile} events");
    }
}

#[test]
fn what_was_read_of_a_journal_that_is_lost_is_not_learnt() {
    let mut world = World::new(Remembered::default());
    all(&mut world, [Step::Round, Step::Joins(0, 0), Step::Reads((false, 0, 0)), Step::Loses(1)]);
    all(&mut world, [Step::Invites(1), Step::Round]);
    assert!(!recalls(&world));
    all(&mut world, [Step::Reads((false, 0, 0)), Step::Round]);
    assert!(recalls(&world));
}

#[test]
fn what_this_version_does_not_know_may_be_about_everybody() {
    let mut world = World::new(Remembered::default());
    all(&mut world, [Step::Reads((false, 0, 0)), Step::Round]);
    assert!(recalls(&world));
    all(&mut world, [Step::Invites(0)]);
    world.news(1, |passing| Passing { subject: None, ..passing });
    assert!(!recalls(&world));
}
