//! Projection `members`: what is listed by organization.

use domain::{OrganizationEvent as E, Recorded};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::invitations::Invitations;
use super::memberships::Memberships;
use super::totals::Totals;
use crate::views::ViewsError;

/// Writes what these events come to.
pub(super) async fn write(connection: &mut PgConnection, suffix: &str, events: &[&Recorded]) -> Result<(), ViewsError> {
    let (mut memberships, mut invitations) = (Memberships::default(), Invitations::default());
    let (mut founded, mut deleted): (Vec<Uuid>, Vec<Uuid>) = (Vec::new(), Vec::new());
    for recorded in events {
        memberships.happened(recorded);
        invitations.happened(recorded);
        match &recorded.event {
            E::OrganizationFounded { .. } => founded.push(recorded.organization.0),
            E::OrganizationDeleted {} => deleted.push(recorded.organization.0),
            _of_members_invitations_or_the_profile => {}
        }
    }
    let mut totals = Totals::default();
    if !founded.is_empty() {
        sqlx::query(&format!("insert into organizations{suffix} (organization) select * from unnest($1::uuid[])"))
            .bind(founded)
            .execute(&mut *connection)
            .await?;
    }
    memberships.write(connection, &format!("members{suffix}"), &mut totals).await?;
    invitations.write(connection, suffix, &mut totals).await?;
    totals.write(connection, suffix).await?;
    delete(connection, suffix, &deleted).await
}

/// Marks a row, and forgets how many rows it hides: a million members of it are not touched.
async fn delete(connection: &mut PgConnection, suffix: &str, deleted: &[Uuid]) -> Result<(), ViewsError> {
    if deleted.is_empty() {
        return Ok(());
    }
    for sql in [
        format!("update organizations{suffix} set deleted = true where organization = any ($1)"),
        format!("delete from totals{suffix} where organization = any ($1)"),
    ] {
        sqlx::query(&sql).bind(deleted).execute(&mut *connection).await?;
    }
    Ok(())
}
