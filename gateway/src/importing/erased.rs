//! Whoever was erased here is not brought back from elsewhere, where they may still be known: what rows say of them is refused.

use std::collections::HashSet;

use domain::{EmailAddress, UserId};
use journal::{Store, StoreError};

use super::report::Report;
use super::row::Rows;

/// People asked about in one statement.
const TOGETHER: usize = 500;

/// What is said of such a row.
const WHY: &str = "was erased in Roster, and comes back only by signing in";

/// Takes out the users and members who were erased, and invitations to the addresses that these users have.
pub async fn leave_out(store: &dyn Store, rows: &mut Rows, report: &mut Report) -> Result<(), StoreError> {
    let users = rows.users.iter().map(|(_, row)| &row.id);
    let named: HashSet<&UserId> = users.chain(rows.members.iter().map(|(_, row)| &row.user_id)).collect();
    let named: Vec<UserId> = named.into_iter().cloned().collect();
    let mut erased = HashSet::new();
    for some in named.chunks(TOGETHER) {
        erased.extend(store.erasure().erased(some).await?);
    }
    if erased.is_empty() {
        return Ok(());
    }
    let mut addresses: HashSet<EmailAddress> = HashSet::new();
    rows.users.retain(|(place, row)| {
        let stays = !erased.contains(&row.id);
        if !stays {
            addresses.extend(row.email.as_deref().and_then(|email| email.parse().ok()));
            report.refuse(place.clone(), format!("id: {WHY}"));
        }
        stays
    });
    rows.members.retain(|(place, row)| {
        let stays = !erased.contains(&row.user_id);
        if !stays {
            report.refuse(place.clone(), format!("user_id: {WHY}"));
        }
        stays
    });
    rows.invitations.retain(|(place, row)| {
        let stays = !addresses.contains(&row.email);
        if !stays {
            report.refuse(place.clone(), format!("email: is that of a user who {WHY}"));
        }
        stays
    });
    Ok(())
}
