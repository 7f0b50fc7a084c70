//! What somebody wants, before it is known who and what there is: choices that the world resolves, biased so that every
//! rule is kept and every rule is broken. Apart from the world so that a failing history shrinks to a short one.

use chrono::TimeDelta;
use domain::Role;
use proptest::prelude::*;

/// The so-manieth of those there are, counted round.
pub type Pick = u8;

/// One thing somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Time that goes by before.
    pub after: TimeDelta,
    pub who: Who,
    pub through_a_backend: bool,
    pub what: What,
    pub rumour: Rumour,
}

/// Who wants it.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    Owner,
    Admin(Pick),
    Plain(Pick),
    Outsider(Pick),
    Anyone(Pick),
    Operator,
}

/// What they want.
#[derive(Clone, Debug)]
pub enum What {
    Found {
        slug: Pick,
    },
    Update {
        name: Option<Pick>,
        slug: Option<Pick>,
        logo: Option<bool>,
        metadata: Option<bool>,
    },
    Invite {
        address: Pick,
        role: Role,
        valid_for: TimeDelta,
    },
    Resend {
        which: Which,
        valid_for: TimeDelta,
    },
    Revoke {
        which: Which,
    },
    Decline {
        which: Which,
        claims: Claims,
    },
    Accept {
        which: Which,
        claims: Claims,
    },
    ChangeRole {
        whom: Whom,
        role: Role,
    },
    Transfer {
        whom: Whom,
    },
    Leave,
    Remove {
        whom: Whom,
    },
    Delete,
    Import {
        slug: Pick,
        owner: Pick,
    },
    ImportMember {
        who: Pick,
        role: Role,
    },
    /// Sent by somebody, to be accepted until then.
    ImportInvitation {
        address: Pick,
        by: Pick,
        role: Role,
        until: TimeDelta,
    },
}

/// Whose member id.
#[derive(Clone, Copy, Debug)]
pub enum Whom {
    Current(Pick),
    Owner,
    Themselves,
    /// Anybody's who ever was a member.
    Ever(Pick),
    Nobody,
}

/// Which invitation.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    Pending(Pick),
    /// Pending, and if there is one, sent by somebody who has gone.
    Orphaned(Pick),
    Settled(Pick),
    OfAnotherOrganization,
    Unknown,
}

/// What the caller's token says of their address.
#[derive(Clone, Copy, Debug)]
pub enum Claims {
    Verified,
    Unverified,
    Another(Pick),
    Nothing,
}

/// What the journal's tables say beside the truth.
#[derive(Clone, Debug)]
pub enum Rumour {
    None,
    /// The addresses were erased.
    Erased,
    /// The address is said to be these people's.
    Hint(Vec<Pick>),
}

/// Attempts before anything is founded, the founding, the organization's life, attempts to end it, and what comes after.
pub fn histories() -> impl Strategy<Value = Vec<Wish>> {
    let founding = || wish(who([1, 1, 1, 2, 4, 3]), any::<Pick>().prop_map(|slug| What::Found { slug }));
    let importing = || {
        let import = (any::<Pick>(), any::<Pick>()).prop_map(|(slug, owner)| What::Import { slug, owner });
        wish(who([1, 1, 1, 1, 1, 9]), import)
    };
    let deleting = || wish(who([2, 2, 2, 1, 1, 1]), Just(What::Delete));
    let before = prop::collection::vec(prop_oneof![3 => founding(), 2 => importing(), 2 => living()], 0..5);
    let founded = wish(any::<Pick>().prop_map(Who::Anyone), Just(What::Found { slug: 0 }));
    let life = prop::collection::vec(prop_oneof![80 => living(), 2 => founding(), 1 => importing()], 30..80);
    let end = prop::collection::vec(deleting(), 0..5);
    let after = prop::collection::vec(prop_oneof![9 => living(), 1 => founding()], 0..4);
    (before, founded, life, end, after)
        .prop_map(|(before, founded, life, end, after)| [before, vec![founded], life, end, after].concat())
}

/// Everyday wishes, each kind with those who usually have it and some who should not.
fn living() -> BoxedStrategy<Wish> {
    let update = (option(any::<Pick>()), option(any::<Pick>()), option(any::<bool>()), option(any::<bool>()))
        .prop_map(|(name, slug, logo, metadata)| What::Update { name, slug, logo, metadata });
    let invite = (any::<Pick>(), role(), valid_for()).prop_map(|(address, role, valid_for)| What::Invite {
        address,
        role,
        valid_for,
    });
    let resend = (which(), valid_for()).prop_map(|(which, valid_for)| What::Resend { which, valid_for });
    let revoke = which().prop_map(|which| What::Revoke { which });
    let decline = (which(), claims()).prop_map(|(which, claims)| What::Decline { which, claims });
    let accept = (which(), claims()).prop_map(|(which, claims)| What::Accept { which, claims });
    let change = (whom(), role()).prop_map(|(whom, role)| What::ChangeRole { whom, role });
    let transfer = whom().prop_map(|whom| What::Transfer { whom });
    let import_member = (any::<Pick>(), role()).prop_map(|(who, role)| What::ImportMember { who, role });
    let import_invitation = (any::<Pick>(), any::<Pick>(), role(), until())
        .prop_map(|(address, by, role, until)| What::ImportInvitation { address, by, role, until });
    let remove = whom().prop_map(|whom| What::Remove { whom });

    // Weights: the owner, admins, plain members, people outside, anyone, operators.
    prop_oneof![
        4 => wish(who([3, 4, 1, 1, 1, 1]), update),
        18 => wish(who([2, 8, 1, 1, 1, 1]), invite),
        3 => wish(who([2, 4, 1, 1, 1, 1]), resend),
        3 => wish(who([2, 4, 1, 1, 1, 1]), revoke),
        3 => wish(who([1, 1, 2, 6, 2, 1]), decline),
        12 => wish(who([1, 1, 2, 12, 2, 1]), accept),
        6 => wish(who([4, 4, 1, 1, 1, 1]), change),
        4 => wish(who([6, 2, 2, 1, 1, 2]), transfer),
        5 => wish(who([1, 6, 2, 1, 1, 1]), Just(What::Leave)),
        5 => wish(who([3, 6, 1, 1, 1, 1]), remove),
        6 => wish(who([1, 1, 1, 1, 1, 12]), import_member),
        6 => wish(who([1, 1, 1, 1, 1, 12]), import_invitation),
    ]
    .boxed()
}

/// Boxed, as is whatever has many alternatives: a strategy is as large as all its parts, and a test's stack is not.
fn wish(who: impl Strategy<Value = Who> + 'static, what: impl Strategy<Value = What> + 'static) -> BoxedStrategy<Wish> {
    (after(), who, prop::bool::weighted(0.2), what, rumour())
        .prop_map(|(after, who, through_a_backend, what, rumour)| Wish { after, who, through_a_backend, what, rumour })
        .boxed()
}

fn who(weights: [u32; 6]) -> BoxedStrategy<Who> {
    let [owner, admin, plain, outsider, anyone, operator] = weights;
    prop_oneof![
        owner => Just(Who::Owner),
        admin => any::<Pick>().prop_map(Who::Admin),
        plain => any::<Pick>().prop_map(Who::Plain),
        outsider => any::<Pick>().prop_map(Who::Outsider),
        anyone => any::<Pick>().prop_map(Who::Anyone),
        operator => Just(Who::Operator),
    ]
    .boxed()
}

fn whom() -> BoxedStrategy<Whom> {
    prop_oneof![
        8 => any::<Pick>().prop_map(Whom::Current),
        3 => Just(Whom::Owner),
        2 => Just(Whom::Themselves),
        2 => any::<Pick>().prop_map(Whom::Ever),
        1 => Just(Whom::Nobody),
    ]
    .boxed()
}

fn which() -> BoxedStrategy<Which> {
    prop_oneof![
        8 => any::<Pick>().prop_map(Which::Pending),
        3 => any::<Pick>().prop_map(Which::Orphaned),
        2 => any::<Pick>().prop_map(Which::Settled),
        1 => Just(Which::OfAnotherOrganization),
        1 => Just(Which::Unknown),
    ]
    .boxed()
}

fn claims() -> BoxedStrategy<Claims> {
    prop_oneof![
        10 => Just(Claims::Verified),
        2 => Just(Claims::Unverified),
        1 => any::<Pick>().prop_map(Claims::Another),
        1 => Just(Claims::Nothing),
    ]
    .boxed()
}

fn rumour() -> BoxedStrategy<Rumour> {
    prop_oneof![
        16 => Just(Rumour::None),
        1 => Just(Rumour::Erased),
        1 => prop::collection::vec(any::<Pick>(), 0..3).prop_map(Rumour::Hint),
    ]
    .boxed()
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![3 => Just(Role::Member), 5 => Just(Role::Admin), 1 => Just(Role::Owner)]
}

/// Mostly minutes; now and then long enough for the short invitations to expire, or for all of them.
fn after() -> impl Strategy<Value = TimeDelta> {
    prop_oneof![
        40 => (0_i64..5).prop_map(TimeDelta::minutes),
        3 => Just(TimeDelta::hours(2)),
        1 => Just(TimeDelta::days(8)),
    ]
}

fn valid_for() -> impl Strategy<Value = TimeDelta> {
    prop_oneof![
        1 => Just(TimeDelta::hours(1)),
        3 => Just(TimeDelta::days(7)),
    ]
}

/// Until when what was sent elsewhere can be accepted: mostly some time to come.
fn until() -> impl Strategy<Value = TimeDelta> {
    prop_oneof![
        8 => valid_for(),
        1 => Just(TimeDelta::zero()),
        1 => Just(TimeDelta::days(-1)),
    ]
}

fn option<T: std::fmt::Debug>(some: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.4, some)
}
