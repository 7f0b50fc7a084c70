//! What commands need that their organization's events do not tell: one statement for the whole group.

use domain::facts::InvitationFacts;
use domain::{Facts, OrganizationCommand as C, Subject, Timestamp};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::{id, time};
use crate::ask::{Ask, OrganizationRef};
use crate::store::{Known, LookedUp, StoreError};

/// One row for each ask, and one at least, for the clock.
pub(super) const LOOK_UP: &str = "
    with asked as (
        select key as n, value ->> 'id' as id, value ->> 'organization' as organization,
               value ->> 'by_slug' as by_slug, value ->> 'by_invitation' as by_invitation,
               value ->> 'slug' as slug, value ->> 'member' as member,
               value ->> 'email' as email, value ->> 'invitation' as invitation
        from json_each(?1)),
    located as (
        select asked.*, coalesce(
            asked.organization,
            (select s.organization from slugs s where s.slug = by_slug),
            (select a.organization from invitation_addresses a where a.invitation_id = by_invitation)) as place
        from asked)
    select n, place,
           (select s.organization from slugs s where s.slug = located.slug) as slug_owner,
           (select e.subject from events e where e.member = located.member and e.aggregate_id = place) as target,
           (select a.invitation_id from invitation_addresses a
             where a.organization = place and a.email = located.email and a.settled_at is null) as open_invitation,
           (select json_group_array(user_id) from (
                select user_id from people p
                where p.email = located.email and p.email_verified limit 8)) as users_at_address,
           invited.inviter, invited.email as invited_email,
           commands.organization as known_organization, commands.first_sequence, commands.last_sequence, commands.fingerprint,
           max(journal.recorded_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) as now
    from journal
    left join located on true
    left join invitation_addresses invited on invited.invitation_id = located.invitation
    left join commands on commands.id = located.id
    order by n";

/// The database's clock, never behind what is recorded, and what was looked up, one for each ask.
pub async fn look_up(
    connection: &mut SqliteConnection,
    asks: &[Ask],
) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
    let rows =
        sqlx::query(LOOK_UP).bind(super::json(&asks.iter().map(parameters).collect())).fetch_all(connection).await?;
    let now = rows.first().ok_or_else(|| StoreError::Unreadable("the journal row is missing".into()))?;
    let now = time(now.try_get("now")?)?;
    let of_asks = rows.iter().filter(|row| row.try_get::<Option<i64>, _>("n").is_ok_and(|n| n.is_some()));
    let looked_up = of_asks.map(looked_up).collect::<Result<_, _>>()?;
    Ok((now, looked_up))
}

fn parameters(ask: &Ask) -> Value {
    let mut row = json!({ "id": ask.id });
    match &ask.organization {
        OrganizationRef::Id(id) => row["organization"] = json!(id),
        OrganizationRef::Slug(slug) => row["by_slug"] = json!(slug),
        OrganizationRef::OfInvitation(id) => row["by_invitation"] = json!(id),
    }
    row["slug"] = json!(ask.command.slug());
    row["email"] = json!(ask.command.invites());
    match &ask.command {
        C::ChangeMemberRole { member_id, .. } | C::RemoveMember { member_id } | C::TransferOwnership { member_id } => {
            row["member"] = json!(member_id);
        }
        C::AcceptInvitation { invitation_id, .. } | C::DeclineInvitation { invitation_id, .. } => {
            row["invitation"] = json!(invitation_id);
        }
        C::FoundOrganization { .. }
        | C::UpdateOrganization { .. }
        | C::InviteMember { .. }
        | C::ResendInvitation { .. }
        | C::RevokeInvitation { .. }
        | C::LeaveOrganization
        | C::DeleteOrganization
        | C::ImportOrganization { .. }
        | C::ImportMember { .. }
        | C::ImportInvitation { .. } => {}
    }
    row
}

fn looked_up(row: &SqliteRow) -> Result<LookedUp, StoreError> {
    let text = |column| row.try_get::<Option<&str>, _>(column);
    let target = match text("target")?.map(id::<Subject>).transpose()? {
        Some(Subject::User(user)) => Some(user),
        _ => None,
    };
    let invitation = match (text("inviter")?, text("invited_email")?) {
        (Some(inviter), Some(email)) => Some(InvitationFacts { inviter: id(inviter)?, email: id(email)? }),
        _ => None,
    };
    let users_at_address = serde_json::from_str(row.try_get("users_at_address")?)
        .map_err(|_| StoreError::Unreadable("a user id is no user id".into()))?;
    let known = match text("known_organization")? {
        Some(organization) => Some(Known {
            organization: id(organization)?,
            first: row.try_get::<i64, _>("first_sequence")?.unsigned_abs(),
            last: row.try_get::<i64, _>("last_sequence")?.unsigned_abs(),
            fingerprint: text("fingerprint")?.map(id).transpose()?,
        }),
        None => None,
    };
    let facts = Facts {
        slug_owner: text("slug_owner")?.map(id).transpose()?,
        target,
        open_invitation: text("open_invitation")?.map(id).transpose()?,
        users_at_address,
        invitation,
    };
    Ok(LookedUp { organization: text("place")?.map(id).transpose()?, facts, known })
}
