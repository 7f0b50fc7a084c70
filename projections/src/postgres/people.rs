//! What is known of people, joined at read: the only place here that names their tables, and what is in them. Whoever is erased
//! there is erased from every list.

use domain::Person;
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::read;
use crate::views::ViewsError;

/// The columns of [`person`], for a row of `people` called `p`.
pub(super) const COLUMNS: &str = "p.user_id as known, p.name, p.email, p.email_verified, p.picture";

/// Joins what is known of whom a row called `m` names.
pub(super) const JOIN: &str = "left join people p on p.user_id = m.user_id";

/// Everybody whose name or address begins with `$2`, and so comes before `$3`.
pub(super) const MATCHING: &str = "
    select p.user_id from people p where p.name_key >= $2 and p.name_key < $3
    union
    select p.user_id from people p where p.email >= $2 and p.email < $3";

/// Whether a row of `people` called `p` is one of them.
pub(super) const MATCHES: &str = "(p.name_key >= $2 and p.name_key < $3 or p.email >= $2 and p.email < $3)";

/// The address an invitation called `i` went to.
pub(super) const ADDRESS: &str = "(select a.email from invitation_addresses a where a.invitation_id = i.invitation_id)";

/// The end of the range of what begins with this.
pub(super) fn end(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// Who a row names, if that is known.
pub(super) fn person(row: &PgRow) -> Result<Option<Person>, ViewsError> {
    if row.try_get::<Option<&str>, _>("known")?.is_none() {
        return Ok(None);
    }
    Ok(Some(Person {
        name: row.try_get("name")?,
        email: row.try_get::<Option<&str>, _>("email")?.map(read).transpose()?,
        email_verified: row.try_get("email_verified")?,
        picture: row.try_get("picture")?,
    }))
}
