//! Members by number and by field, for callers who page so: which texts are compared, and how.

use domain::{OrganizationId, Role};

/// Members by number rather than by cursor: `limit` of those who match, once `offset` of them have been passed over.
///
/// Whoever joins or leaves between two pages moves all that follow by one: somebody may be seen twice or not at all. Where that
/// matters, ask with a [`crate::MembersQuery`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersSelection {
    /// At most so many; 0 is taken as 1.
    pub limit: usize,
    /// How many are passed over. Past the end there is nobody, and the total is told all the same.
    pub offset: usize,
    /// By which field, and which way; without one in order of joining. Who is equal in it comes in order of joining, whichever
    /// way it is sorted.
    pub sort: Option<(MemberField, Direction)>,
    /// Only those who meet it.
    pub condition: Option<Condition>,
}

/// A field of a member. Each is compared as text, byte by byte, so that case matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberField {
    /// The member id: a hyphenated UUID in lower case.
    Id,
    /// The organization id, written likewise; the same for all members of a list.
    Organization,
    /// The user id, as it is.
    User,
    /// `owner`, `admin` or `member`.
    Role,
    /// When they joined: `2026-11-24T09:30:00.250Z`, what is finer than a millisecond cut off. Sorted by it are those who joined
    /// within one millisecond too, in the order in which they did.
    JoinedAt,
}

impl MemberField {
    /// Every field.
    pub const ALL: [Self; 5] = [Self::Id, Self::Organization, Self::User, Self::Role, Self::JoinedAt];
}

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

/// What must be so of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is compared.
    pub field: MemberField,
    /// How.
    pub operator: Operator,
    /// With what. All but [`Operator::Among`] and [`Operator::NotAmong`] look at the first alone. Where there is none, what asks
    /// for something finds nobody, and what rules something out ([`Operator::Differs`], [`Operator::NotAmong`]) everybody.
    pub values: Vec<String>,
}

/// How a field is compared with a value, or with several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// It is the value.
    Equals,
    /// It is not.
    Differs,
    /// It comes before the value.
    Below,
    /// It comes before the value, or is it.
    AtMost,
    /// It comes after the value.
    Above,
    /// It comes after the value, or is it.
    AtLeast,
    /// It is one of the values.
    Among,
    /// It is none of them.
    NotAmong,
    /// The value is somewhere in it; the empty one is in every text, at its beginning and at its end.
    Contains,
    /// It begins with the value.
    StartsWith,
    /// It ends with the value.
    EndsWith,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 11] = [
        Self::Equals,
        Self::Differs,
        Self::Below,
        Self::AtMost,
        Self::Above,
        Self::AtLeast,
        Self::Among,
        Self::NotAmong,
        Self::Contains,
        Self::StartsWith,
        Self::EndsWith,
    ];
}

impl MembersSelection {
    /// The roles whose members can match, and what is still to be asked of each of these. An organization is the same for all of
    /// its members, a role for all who have it: how many match such a condition is known without looking at anybody.
    pub(crate) fn wanted(&self, organization: OrganizationId) -> (Vec<Role>, Option<&Condition>) {
        let holds = |role: &Role| match &self.condition {
            Some(condition) if condition.field == MemberField::Organization => {
                condition.holds(&organization.to_string())
            }
            Some(condition) if condition.field == MemberField::Role => condition.holds(role.as_str()),
            _of_each_member => true,
        };
        let each = |condition: &&Condition| !matches!(condition.field, MemberField::Organization | MemberField::Role);
        (Role::ALL.into_iter().filter(holds).collect(), self.condition.as_ref().filter(each))
    }

    /// How many of those who match lie before the end of the page.
    pub(crate) fn end(&self) -> usize {
        self.offset.saturating_add(self.limit.max(1))
    }
}

impl Condition {
    /// Whether it is met by a member whose field reads so.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let first = self.values.first().map(String::as_str);
        let among = || self.values.iter().any(|value| value == text);
        match self.operator {
            Operator::Equals => first == Some(text),
            Operator::Differs => first != Some(text),
            Operator::Below => first.is_some_and(|value| text < value),
            Operator::AtMost => first.is_some_and(|value| text <= value),
            Operator::Above => first.is_some_and(|value| text > value),
            Operator::AtLeast => first.is_some_and(|value| text >= value),
            Operator::Among => among(),
            Operator::NotAmong => !among(),
            Operator::Contains => first.is_some_and(|value| text.contains(value)),
            Operator::StartsWith => first.is_some_and(|value| text.starts_with(value)),
            Operator::EndsWith => first.is_some_and(|value| text.ends_with(value)),
        }
    }
}
