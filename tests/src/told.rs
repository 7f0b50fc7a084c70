//! History as `/history` tells it, read back into the domain's own events and folded by the domain's own `apply`.

use domain::{Organization, OrganizationEvent, Role};
use serde_json::{Value, json};

/// One event of a history.
#[derive(Clone, Debug)]
pub struct Told {
    /// Place in the journal.
    pub position: u64,
    /// Place in the organization.
    pub sequence: u64,
    /// What happened.
    pub event: OrganizationEvent,
}

/// A history as told; sequences must be 1, 2, 3 ….
#[track_caller]
pub fn told(history: &[Value]) -> Vec<Told> {
    let told: Vec<Told> = history.iter().map(one).collect();
    for (n, told) in (1..).zip(&told) {
        assert_eq!(told.sequence, n, "a gap in {history:#?}");
    }
    told
}

fn one(row: &Value) -> Told {
    let number = |name: &str| row[name].as_u64().unwrap_or_else(|| panic!("no {name} in {row}"));
    let name = row["type"].as_str().unwrap_or_else(|| panic!("no type in {row}"));
    let event = serde_json::from_value(json!({ name: row["data"] }));
    let event = event.unwrap_or_else(|error| panic!("{error} in {row}"));
    Told { position: number("position"), sequence: number("sequence"), event }
}

/// What a history comes to. At every command's end from founding to deletion there must be exactly one owner, a member.
#[track_caller]
pub fn fold(told: &[Told]) -> Organization {
    for until in 2..=told.len() {
        let state = Organization::fold(told[..until].iter().map(|told| &told.event));
        if state.exists() {
            let owner = state.owner().map(|owner| (owner.user_id.clone(), owner.member_id));
            let owners = state.members().filter(|(_, member)| member.role == Role::Owner);
            let owners: Vec<_> = owners.map(|(user, member)| (user.clone(), member.member_id)).collect();
            assert_eq!(Vec::from_iter(owner), owners, "after {:#?}", told[until - 1]);
        }
    }
    Organization::fold(told.iter().map(|told| &told.event))
}

/// How many events there are of this name.
pub fn count(told: &[Told], name: &str) -> usize {
    told.iter().filter(|told| told.event.name() == name).count()
}
