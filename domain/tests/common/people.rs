//! Who plays. At Acme, Ana is the owner, Ben an admin and Cleo a member; Dan and Eva are outside.

use chrono::{DateTime, TimeDelta};
use domain::{Actor, Claimed, EmailAddress, InvitationId, MemberId, Tenure, Timestamp, UserId};
use uuid::Uuid;

/// Somebody with a user id, an address and, as the story needs them, member and invitation ids.
#[derive(Clone, Copy, Debug)]
pub struct Somebody(&'static str, u128);

pub const ANA: Somebody = Somebody("ana", 1);
pub const BEN: Somebody = Somebody("ben", 2);
pub const CLEO: Somebody = Somebody("cleo", 3);
pub const DAN: Somebody = Somebody("dan", 4);
pub const EVA: Somebody = Somebody("eva", 5);

impl Somebody {
    pub fn user(self) -> UserId {
        self.0.parse().unwrap()
    }

    pub fn email(self) -> EmailAddress {
        format!("{}@acme.test", self.0).parse().unwrap()
    }

    /// The id of their first membership.
    pub fn member(self) -> MemberId {
        MemberId(uuid(0x100 + self.1))
    }

    /// The id of the membership they get when they rejoin.
    pub fn member_again(self) -> MemberId {
        MemberId(uuid(0x200 + self.1))
    }

    pub fn tenure(self) -> Tenure {
        Tenure { member_id: self.member(), user_id: self.user() }
    }

    /// The first invitation sent to their address.
    pub fn invitation(self) -> InvitationId {
        InvitationId(uuid(0x300 + self.1))
    }

    /// The second invitation sent to their address.
    pub fn invitation_again(self) -> InvitationId {
        InvitationId(uuid(0x400 + self.1))
    }

    /// What their token says, with an identity provider that vouches for the address.
    pub fn verified(self) -> Claimed {
        Claimed { email: Some(self.email()), verified: true }
    }

    /// What their token says, with an identity provider that does not.
    pub fn unverified(self) -> Claimed {
        Claimed { email: Some(self.email()), verified: false }
    }

    /// Somebody at the server's command line who acts for them.
    pub fn through_an_operator(self) -> Actor {
        Actor::OperatorFor { name: ANA.user(), acts_for: self.user() }
    }

    /// A backend that acts for them.
    pub fn through_a_backend(self) -> Actor {
        Actor::Service { sub: "backend".parse().unwrap(), acts_for: self.user() }
    }
}

impl From<Somebody> for Actor {
    fn from(somebody: Somebody) -> Self {
        Self::Person(somebody.user())
    }
}

/// Somebody at the server's command line, who has the same name as the owner: names give an operator no rights.
pub fn operator() -> Actor {
    Actor::Operator(ANA.user())
}

/// When every story is told.
pub fn noon() -> Timestamp {
    DateTime::from_timestamp(1_772_366_400, 0).unwrap()
}

pub fn days(n: i64) -> TimeDelta {
    TimeDelta::days(n)
}

/// A UUIDv7 that can be told apart by its last digits.
pub const fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x019c_a8a2_2000_7000_8000_0000_0000_0000 | n)
}
