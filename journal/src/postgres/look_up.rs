//! What commands need that their organization's events do not tell: one statement for the whole group.

use domain::facts::InvitationFacts;
use domain::{Facts, OrganizationCommand as C, Subject, Timestamp, UserId};
use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};

use super::id;
use crate::ask::{Ask, OrganizationRef};
use crate::store::{Known, LookedUp, StoreError};

/// One row for each ask.
const LOOK_UP: &str = "
    with located as materialized (
        select asked.*, coalesce(
            asked.organization,
            (select s.organization from slugs s where s.slug = by_slug),
            (select a.organization from invitation_addresses a where a.invitation_id = by_invitation)) as place
        from unnest($1::text[]::uuid[], $2::text[], $3::text[], $4::text[]::uuid[],
                    $5::text[], $6::text[]::uuid[], $7::text[], $8::text[]::uuid[])
             with ordinality asked (id, organization, by_slug, by_invitation, slug, member, email, invitation, n))
    select place,
           (select s.organization from slugs s where s.slug = located.slug) as slug_owner,
           (select e.subject from events e where e.member = located.member and e.aggregate_id = place) as target,
           (select a.invitation_id::text from invitation_addresses a
             where a.organization = place and a.email = located.email and a.settled_at is null) as open_invitation,
           case when located.email is null then '{}' else array(
                select p.user_id from people p
                where p.email = located.email and p.email_verified limit 8) end as users_at_address,
           invited.inviter, invited.email as invited_email,
           commands.organization as known_organization, commands.first_sequence, commands.last_sequence,
           greatest(journal.recorded_at, date_trunc('milliseconds', clock_timestamp())) as now
    from located
    cross join journal
    left join invitation_addresses invited on invited.invitation_id = located.invitation
    left join commands on commands.id = located.id
    order by n";

/// The database's clock, never behind what is recorded, and what was looked up, one for each ask.
pub async fn look_up(connection: &mut PgConnection, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
    let place = |of: fn(&OrganizationRef) -> Option<String>| -> Vec<Option<String>> {
        asks.iter().map(|ask| of(&ask.organization)).collect()
    };
    let named =
        |of: fn(&C) -> Option<String>| -> Vec<Option<String>> { asks.iter().map(|ask| of(&ask.command)).collect() };
    let rows = sqlx::query(LOOK_UP)
        .bind(asks.iter().map(|ask| ask.id.to_string()).collect::<Vec<_>>())
        .bind(place(OrganizationRef::id))
        .bind(place(OrganizationRef::slug))
        .bind(place(OrganizationRef::invitation))
        .bind(named(slug))
        .bind(named(member))
        .bind(named(email))
        .bind(named(invitation))
        .fetch_all(connection)
        .await?;
    let now = rows.first().ok_or_else(|| StoreError::Unreadable("the journal row is missing".into()))?;
    let now = now.try_get("now")?;
    let looked_up = rows.iter().map(looked_up).collect::<Result<_, _>>()?;
    Ok((now, looked_up))
}

/// The slug it wants.
fn slug(command: &C) -> Option<String> {
    match command {
        C::FoundOrganization { slug, .. } | C::UpdateOrganization { slug: Some(slug), .. } => {
            Some(slug.as_slug().to_string())
        }
        _ => None,
    }
}

/// The member it is about.
fn member(command: &C) -> Option<String> {
    match command {
        C::ChangeMemberRole { member_id, .. } | C::RemoveMember { member_id } | C::TransferOwnership { member_id } => {
            Some(member_id.to_string())
        }
        _ => None,
    }
}

/// The address it invites.
fn email(command: &C) -> Option<String> {
    match command {
        C::InviteMember { email, .. } => Some(email.as_str().to_owned()),
        _ => None,
    }
}

/// The invitation it answers.
fn invitation(command: &C) -> Option<String> {
    match command {
        C::AcceptInvitation { invitation_id, .. } | C::DeclineInvitation { invitation_id, .. } => {
            Some(invitation_id.to_string())
        }
        _ => None,
    }
}

fn looked_up(row: &PgRow) -> Result<LookedUp, StoreError> {
    let text = |column| row.try_get::<Option<&str>, _>(column);
    let target = match text("target")?.map(id::<Subject>).transpose()? {
        Some(Subject::User(user)) => Some(user),
        _ => None,
    };
    let invitation = match (text("inviter")?, text("invited_email")?) {
        (Some(inviter), Some(email)) => Some(InvitationFacts { inviter: id(inviter)?, email: id(email)? }),
        _ => None,
    };
    let users: Vec<String> = row.try_get("users_at_address")?;
    let known = match text("known_organization")? {
        Some(organization) => Some(Known {
            organization: id(organization)?,
            first: row.try_get::<i64, _>("first_sequence")?.unsigned_abs(),
            last: row.try_get::<i64, _>("last_sequence")?.unsigned_abs(),
        }),
        None => None,
    };
    let facts = Facts {
        slug_owner: text("slug_owner")?.map(id).transpose()?,
        target,
        open_invitation: text("open_invitation")?.map(id).transpose()?,
        users_at_address: users.iter().map(|user| id::<UserId>(user)).collect::<Result<_, _>>()?,
        invitation,
    };
    Ok(LookedUp { organization: text("place")?.map(id).transpose()?, facts, known })
}
