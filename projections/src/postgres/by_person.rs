//! Projection `user_organizations`: what is listed by person. What an organization is called lies in a table of its own: a new
//! name for a million members is one row.

use domain::Recorded;
use sqlx::postgres::PgConnection;

use super::memberships::Memberships;
use super::profiles::Profiles;
use super::totals::Totals;
use crate::views::ViewsError;

/// Writes what these events come to.
pub(super) async fn write(connection: &mut PgConnection, suffix: &str, events: &[&Recorded]) -> Result<(), ViewsError> {
    let (mut memberships, mut profiles) = (Memberships::default(), Profiles::default());
    for recorded in events {
        memberships.happened(recorded);
        profiles.happened(recorded);
    }
    profiles.write(connection, suffix).await?;
    // A person's organizations are few: they are counted when they are listed.
    let mut uncounted = Totals::default();
    memberships.write(connection, &format!("user_organizations{suffix}"), &mut uncounted).await
}
