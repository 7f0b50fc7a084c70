//! Random histories, readings that overtake each other, news that comes late, a memory too small for everybody: what is recalled is
//! what the journal holds.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the answer")]

use domain::{InvitationId, MemberId, Role};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use uuid::Uuid;

use super::*;

const PLACES: usize = 2;
const PEOPLE: usize = 3;
const SLUGS: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    /// A membership begins or ends.
    Joins(usize, usize),
    /// What is recorded of an organization is about everybody there: it is deleted, or as good as founded anew.
    Ends(usize),
    /// Its slug becomes this one, if nobody has it.
    Spelled(usize, usize),
    /// It is about nobody.
    Invites(usize),
    /// Somebody is about to read …
    Asks(bool, usize, usize),
    /// … reads, at this very moment …
    Reads(usize),
    /// … and has read.
    Learns(usize),
    /// All three at once.
    Looks(bool, usize, usize),
    /// So many events are taken account of.
    News(usize),
    /// What was remembered is dropped, and the journal followed from here.
    Anew,
    /// What is recalled before the journal was asked.
    Recalls(bool, usize, usize),
    /// What is recalled after it.
    Checks(bool, usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Step::*;
    let (place, person) = (0..PLACES, 0..PEOPLE);
    let asked = (any::<bool>(), place.clone(), person.clone());
    let step = prop_oneof![
        4 => (place.clone(), person).prop_map(|(place, person)| Joins(place, person)),
        1 => place.clone().prop_map(Ends),
        2 => (place.clone(), 0..SLUGS).prop_map(|(place, slug)| Spelled(place, slug)),
        1 => place.prop_map(Invites),
        6 => asked.clone().prop_map(|(slug, place, person)| Looks(slug, place, person)),
        6 => asked.clone().prop_map(|(slug, place, person)| Asks(slug, place, person)),
        6 => (0..3_usize).prop_map(Reads),
        6 => (0..3_usize).prop_map(Learns),
        3 => (1..4_usize).prop_map(News),
        1 => Just(Anew),
        4 => asked.clone().prop_map(|(slug, place, person)| Recalls(slug, place, person)),
        8 => asked.prop_map(|(slug, place, person)| Checks(slug, place, person)),
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
    fn holds(&self, (by_slug, n, person): (bool, usize, usize)) -> Option<Access> {
        let place = if by_slug { self.slugs[n % SLUGS]? } else { n };
        let membership = self.members[place][person].filter(|_| !self.gone[place]);
        let membership = membership.map(|member_id| Membership { member_id, role: Role::Member });
        (self.heads[place] > 0).then(|| Access { organization: id(place), membership, sequence: self.heads[place] })
    }
}

fn id(place: usize) -> OrganizationId {
    OrganizationId(Uuid::from_u128(place as u128 + 1))
}

fn named((by_slug, n, person): (bool, usize, usize)) -> (OrganizationRef, UserId) {
    let place = match by_slug {
        true => OrganizationRef::Slug(format!("slug-{n}").parse().unwrap()),
        false => OrganizationRef::Id(id(n)),
    };
    (place, format!("person-{person}").parse().unwrap())
}

struct Reading {
    asked: (bool, usize, usize),
    before: Before,
    read: Option<Access>,
}

struct World {
    moments: Vec<Moment>,
    events: Vec<Noted>,
    readings: Vec<Reading>,
    remembered: Remembered,
    /// How many answers there were from what was remembered.
    recalled: usize,
}

impl World {
    fn new(remembered: Remembered) -> Self {
        let mut world = Self {
            moments: vec![Moment::default()],
            events: Vec::new(),
            readings: Vec::new(),
            remembered,
            recalled: 0,
        };
        (0..PLACES).for_each(|place| world.record(place, Subject::Organization, |_| {}));
        world.remembered.start_anew(world.events.last().map(|noted| noted.mark.clone()));
        world
    }

    fn record(&mut self, place: usize, subject: Subject, change: impl FnOnce(&mut Moment)) {
        let mut moment = self.moments.last().unwrap().clone();
        change(&mut moment);
        moment.heads[place] += 1;
        let position = self.events.len() as u64 + 1;
        let mark = Mark { position, event_id: None, recorded_at: domain::Timestamp::default() };
        let sequence = moment.heads[place];
        self.events.push(Noted { mark, organization: Some(id(place)), sequence, subject: Some(subject) });
        self.moments.push(moment);
    }

    fn until(&self) -> usize {
        usize::try_from(self.remembered.until().unwrap().position).unwrap()
    }

    fn news(&mut self, most: usize, follow: fn(&mut Remembered, Noted)) {
        let news: Vec<_> = self.events[self.until()..].iter().take(most).cloned().collect();
        news.into_iter().for_each(|noted| follow(&mut self.remembered, noted));
    }

    /// What is recalled is what the journal held at one of these moments.
    fn is_right(&mut self, asked: (bool, usize, usize), since: usize) -> Result<(), TestCaseError> {
        let (place, user) = named(asked);
        let Some(access) = self.remembered.recall(&place, &user) else { return Ok(()) };
        self.recalled += 1;
        let held = self.moments[since..].iter().any(|moment| moment.holds(asked) == Some(access));
        prop_assert!(held, "{asked:?} is told {access:?}, which never was so since {since}");
        Ok(())
    }

    fn take(&mut self, step: Step, follow: fn(&mut Remembered, Noted)) -> Result<(), TestCaseError> {
        match step {
            Step::Joins(place, person) => {
                let member_id = MemberId(Uuid::from_u128(self.events.len() as u128));
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
            Step::Asks(by_slug, n, person) => {
                let before = self.remembered.before().unwrap();
                self.readings.push(Reading { asked: (by_slug, n, person), before, read: None });
            }
            Step::Reads(n) => {
                let now = self.moments.last().unwrap();
                if let Some(reading) = self.readings.iter_mut().filter(|reading| reading.read.is_none()).nth(n) {
                    reading.read = now.holds(reading.asked);
                }
            }
            Step::Learns(n) => {
                let done = self.readings.iter().enumerate().filter(|(_, reading)| reading.read.is_some()).nth(n);
                if let Some((at, _)) = done {
                    let Reading { asked, before, read } = self.readings.swap_remove(at);
                    let (place, user) = named(asked);
                    self.remembered.learn(before, &place, &user, &read.unwrap());
                }
            }
            Step::Looks(by_slug, n, person) => {
                let (asked, before) = ((by_slug, n, person), self.remembered.before().unwrap());
                if let Some(read) = self.moments.last().unwrap().holds(asked) {
                    let (place, user) = named(asked);
                    self.remembered.learn(before, &place, &user, &read);
                }
            }
            Step::News(most) => self.news(most, follow),
            Step::Anew => self.remembered.start_anew(self.events.last().map(|noted| noted.mark.clone())),
            Step::Recalls(by_slug, n, person) => self.is_right((by_slug, n, person), self.until())?,
            Step::Checks(by_slug, n, person) => {
                self.news(usize::MAX, follow);
                self.is_right((by_slug, n, person), self.moments.len() - 1)?;
            }
        }
        Ok(())
    }
}

/// Runs random histories; how often something was recalled, or which history was answered wrongly.
fn run(remembered: fn() -> Remembered, follow: fn(&mut Remembered, Noted)) -> Result<usize, String> {
    let mut runner = TestRunner::new(Config { cases: 3000, failure_persistence: None, ..Config::default() });
    let recalled = std::cell::Cell::new(0);
    let told = runner.run(&steps(), |steps| {
        let mut world = World::new(remembered());
        let told = steps.into_iter().try_for_each(|step| world.take(step, follow));
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
    let recalled = run(Remembered::default, Remembered::follow).unwrap();
    assert!(recalled > 1000, "recalled {recalled} times: too few to say anything");
}

#[test]
fn it_is_so_where_not_everybody_can_be_remembered() {
    let small = || Remembered::with((3, 3 * 160), 2);
    let recalled = run(small, Remembered::follow).unwrap();
    assert!(recalled > 500, "recalled {recalled} times: too few to say anything");
}

#[test]
fn the_control_passing_over_what_is_about_a_person_is_wrong() {
    run(Remembered::default, |remembered, noted| {
        let subject = noted.subject.clone().filter(|subject| !matches!(subject, Subject::User(_)));
        remembered.follow(Noted { subject: subject.or(Some(Subject::Invitation(InvitationId(Uuid::nil())))), ..noted });
    })
    .unwrap_err();
}

#[test]
fn the_control_passing_over_what_is_about_everybody_is_wrong() {
    run(Remembered::default, |remembered, noted| {
        let subject = noted.subject.clone().filter(|subject| matches!(subject, Subject::User(_)));
        remembered.follow(Noted { subject: subject.or(Some(Subject::Invitation(InvitationId(Uuid::nil())))), ..noted });
    })
    .unwrap_err();
}

#[test]
fn what_was_read_long_before_is_not_learnt() {
    let mut world = World::new(Remembered::default());
    let follow = Remembered::follow;
    world.take(Step::Asks(false, 0, 0), follow).unwrap();
    world.take(Step::Reads(0), follow).unwrap();
    world.take(Step::Joins(0, 0), follow).unwrap();
    // So much happens elsewhere that nobody knows any more what happened here.
    (0..RECENT).for_each(|_| world.take(Step::Invites(1), follow).unwrap());
    world.take(Step::News(usize::MAX), follow).unwrap();
    world.take(Step::Learns(0), follow).unwrap();
    let (place, user) = named((false, 0, 0));
    assert_eq!(world.remembered.recall(&place, &user), None);
}

#[test]
fn what_this_version_does_not_know_may_be_about_everybody() {
    let mut world = World::new(Remembered::default());
    let follow = Remembered::follow;
    world.take(Step::Looks(false, 0, 0), follow).unwrap();
    let (place, user) = named((false, 0, 0));
    assert!(world.remembered.recall(&place, &user).is_some());
    world.take(Step::Invites(0), follow).unwrap();
    let odd = Noted { subject: None, ..world.events.last().unwrap().clone() };
    world.remembered.follow(odd);
    assert_eq!(world.remembered.recall(&place, &user), None);
}
