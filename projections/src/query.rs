//! What can be asked of a list, and the page it answers with.

use domain::{InvitationState, Position, Role, search_key};

/// Where a page ended: the position of the event that began its last row (joining, inviting). Rows keep theirs for
/// life, so what joins or leaves between two pages never makes a third party appear twice or not at all.
///
/// It does not tell the direction of the list; whoever hands it out keeps that beside it.
pub type Cursor = Position;

/// Which members, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersQuery {
    /// At most so many; 0 is taken as 1.
    pub limit: usize,
    /// After this row, in the order of `sort`.
    pub after: Option<Cursor>,
    /// Only people whose name or e-mail address begins so, in any case. Blank is as good as none.
    pub search: Option<String>,
    /// Only this role.
    pub role: Option<Role>,
    /// The order.
    pub sort: MembersSort,
}

impl MembersQuery {
    /// What is searched for, as it is compared; `None` where nothing is.
    pub(crate) fn search_key(&self) -> Option<String> {
        let typed = self.search.as_deref()?;
        Some(search_key(typed.trim())).filter(|prefix| !prefix.is_empty())
    }
}

/// The order of members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MembersSort {
    /// Who joined first comes first.
    #[default]
    JoinedAt,
    /// Who joined last comes first.
    JoinedAtDescending,
}

/// Which invitations; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationsQuery {
    /// At most so many; 0 is taken as 1.
    pub limit: usize,
    /// Older than this one.
    pub after: Option<Cursor>,
    /// Only these. Expiry is no state: a late invitation is still pending here.
    pub state: Option<InvitationState>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
    /// How many rows the whole filtered list has, exactly.
    pub total: u64,
}

impl<T> Page<T> {
    /// A page of a list without rows.
    pub fn empty() -> Self {
        Self { items: Vec::new(), next: None, total: 0 }
    }
}
