//! Of which organizations somebody is a member: one for nearly everybody, so one needs no allocation.

use domain::Position;

/// By number of organization, with the position of the joining event; oldest first.
#[derive(Default)]
pub(super) enum Memberships {
    #[default]
    None,
    One(Membership),
    Several(Box<Several>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Membership {
    pub(super) organization: u32,
    joined: [u32; 2],
}

/// Behind a box, so that somebody with one membership does not pay for a list.
pub(super) struct Several(Vec<Membership>);

impl Membership {
    /// The position in two halves: aligned to four bytes, a membership and its tag are 16 bytes and not 24.
    fn new(organization: u32, joined: Position) -> Self {
        Self { organization, joined: [(joined >> 32) as u32, joined as u32] }
    }

    pub(super) fn joined(self) -> Position {
        (Position::from(self.joined[0]) << 32) | Position::from(self.joined[1])
    }
}

impl Memberships {
    /// Positions only grow, so the newest goes last.
    pub(super) fn add(&mut self, organization: u32, joined: Position) {
        let new = Membership::new(organization, joined);
        match self {
            Self::None => *self = Self::One(new),
            Self::One(one) => *self = Self::Several(Box::new(Several(vec![*one, new]))),
            Self::Several(several) => several.0.push(new),
        }
    }

    pub(super) fn remove(&mut self, organization: u32) {
        match self {
            Self::None => {}
            Self::One(one) if one.organization == organization => *self = Self::None,
            Self::One(_) => {}
            Self::Several(several) => {
                several.0.retain(|membership| membership.organization != organization);
                match several.0.as_slice() {
                    [] => *self = Self::None,
                    [one] => *self = Self::One(*one),
                    _ => {}
                }
            }
        }
    }

    pub(super) fn as_slice(&self) -> &[Membership] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => &several.0,
        }
    }

    /// When they joined this organization, if they are a member.
    pub(super) fn joined(&self, organization: u32) -> Option<Position> {
        let here = |membership: &&Membership| membership.organization == organization;
        self.as_slice().iter().find(here).map(|membership| membership.joined())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ana_joins_three_organizations_and_leaves_them() {
        let mut ana = Memberships::default();
        for (organization, position) in [(7, 1), (8, 5_000_000_000), (9, u64::MAX)] {
            ana.add(organization, position);
        }
        assert_eq!(ana.joined(8), Some(5_000_000_000));
        ana.remove(8);
        assert_eq!((ana.joined(8), ana.joined(7), ana.joined(9)), (None, Some(1), Some(u64::MAX)));
        ana.remove(7);
        assert!(matches!(ana, Memberships::One(_)));
        ana.remove(7);
        ana.remove(9);
        assert!(ana.as_slice().is_empty());
    }

    #[test]
    fn memberships_are_sixteen_bytes() {
        assert_eq!(size_of::<Memberships>(), 16);
    }
}
