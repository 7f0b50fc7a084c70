//! Exactly one owner: what becomes of an organization that elsewhere had none, or several.

use domain::Role;

use super::OwnerRule;
use super::plan::Membership;
use super::report::Report;

/// Which of these members of one organization is its owner, or why nobody is. Owners beside that one become admins, where a rule says
/// who it is.
pub fn owner(
    members: &mut [Membership],
    of_it: &[usize],
    rule: Option<OwnerRule>,
    report: &mut Report,
) -> Result<usize, String> {
    let owners: Vec<usize> = of_it.iter().copied().filter(|n| members[*n].row.role == Role::Owner).collect();
    match (&owners[..], rule) {
        ([], _) => Err("has no owner".to_owned()),
        ([only], _) => Ok(*only),
        ([first, ..], Some(OwnerRule::Oldest)) => {
            let since = |n: &usize| (members[*n].row.joined_at.is_none(), members[*n].row.joined_at);
            let oldest = owners.iter().copied().min_by_key(since).unwrap_or(*first);
            for other in owners.iter().copied().filter(|n| *n != oldest) {
                let member = &mut members[other];
                member.row.role = Role::Admin;
                report.changed(member.place.clone(), format!("one of {} owners: an admin from now on", owners.len()));
            }
            Ok(oldest)
        }
        (several, None) => {
            let places: Vec<_> = several.iter().map(|n| members[*n].place.to_string()).collect();
            let (count, places) = (several.len(), places.join(", "));
            Err(format!("has {count} owners ({places}): --owner-rule says which of them stays it"))
        }
    }
}
