//! What commands need that their organization's events do not tell: one statement for the whole group.

use std::sync::LazyLock;

use domain::facts::InvitationFacts;
use domain::{Facts, OrganizationCommand as C, Subject, Timestamp, UserId};
use sqlx::Row;
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::query::Query;

use super::{concerned, id};
use crate::ask::{Ask, OrganizationRef};
use crate::store::{Found, Known, LookedUp, StoreError, Wanted};

/// Where each ask leads. One row for each ask.
const LOCATED: &str = "
    located as materialized (
        select asked.*, coalesce(
            asked.organization,
            (select s.organization from slugs s where s.slug = by_slug),
            (select a.organization from invitation_addresses a where a.invitation_id = by_invitation)) as place
        from unnest($1::text[]::uuid[], $2::text[], $3::text[], $4::text[]::uuid[],
                    $5::text[], $6::text[]::uuid[], $7::text[], $8::text[]::uuid[])
             with ordinality asked (id, organization, by_slug, by_invitation, slug, member, email, invitation, n))";

/// What there is to know for it, and one row at least, for the clock. Numbered backwards from -1, and with the columns of `concerned::READ` first, so that both
/// can be rows of one statement.
const LOOK_UP: &str = "
    select -located.n as n, place, commands.first_sequence,
           greatest(journal.recorded_at, date_trunc('milliseconds', clock_timestamp())) as now,
           commands.organization as known_organization, commands.last_sequence,
           (select s.organization from slugs s where s.slug = located.slug) as slug_owner,
           (select e.subject from events e where e.member = located.member and e.aggregate_id = place) as target,
           (select a.invitation_id::text from invitation_addresses a
             where a.organization = place and a.email = located.email and a.settled_at is null) as open_invitation,
           case when located.email is not null then array(
                select p.user_id from people p
                where p.email = located.email and p.email_verified limit 8) end as users_at_address,
           invited.inviter, invited.email as invited_email, commands.fingerprint::text
    from journal
    left join located on true
    left join invitation_addresses invited on invited.invitation_id = located.invitation
    left join commands on commands.id = located.id";

static ALONE: LazyLock<String> = LazyLock::new(|| format!("with {LOCATED} {LOOK_UP}"));

/// Commands and what they concern, one statement, one snapshot.
static TOGETHER: LazyLock<String> = LazyLock::new(|| {
    let wanted = concerned::wanted(["$9", "$10", "$11", "$12"]);
    format!(
        "with {LOCATED}, {wanted} {LOOK_UP} union all
         select read.*, null, null, null, null, null, null, null from ({}) read",
        concerned::READ
    )
});

type Statement<'q> = Query<'q, Postgres, PgArguments>;

/// The database's clock, never behind what is recorded, and what was looked up, one for each ask.
pub async fn look_up(connection: &mut PgConnection, asks: &[Ask]) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
    let rows = bind(sqlx::query(&ALONE), asks).fetch_all(connection).await?;
    told(&rows, asks.len())
}

/// The same, and what there is about these subjects.
pub async fn look_up_and_read(
    connection: &mut PgConnection,
    asks: &[Ask],
    wanted: &[Wanted],
) -> Result<(Timestamp, Vec<LookedUp>, Vec<Found>), StoreError> {
    let statement = concerned::bind(bind(sqlx::query(&TOGETHER), asks), wanted);
    let (mut of_asks, mut events) = (Vec::with_capacity(asks.len()), Vec::new());
    for row in statement.fetch_all(connection).await? {
        let of_an_event = row.try_get::<Option<i64>, _>(0)?.is_some_and(|n| n > 0);
        if of_an_event { events.push(row) } else { of_asks.push(row) }
    }
    let (now, looked_up) = told(&of_asks, asks.len())?;
    Ok((now, looked_up, concerned::found(&events, wanted.len())?))
}

fn bind<'q>(statement: Statement<'q>, asks: &[Ask]) -> Statement<'q> {
    let place = |of: fn(&OrganizationRef) -> Option<String>| -> Vec<Option<String>> {
        asks.iter().map(|ask| of(&ask.organization)).collect()
    };
    let named =
        |of: fn(&C) -> Option<String>| -> Vec<Option<String>> { asks.iter().map(|ask| of(&ask.command)).collect() };
    statement
        .bind(asks.iter().map(|ask| ask.id.to_string()).collect::<Vec<_>>())
        .bind(place(OrganizationRef::id))
        .bind(place(OrganizationRef::slug))
        .bind(place(OrganizationRef::invitation))
        .bind(named(|command| Some(command.slug()?.to_string())))
        .bind(named(member))
        .bind(named(|command| Some(command.invites()?.as_str().to_owned())))
        .bind(named(invitation))
}

fn told(rows: &[PgRow], asked: usize) -> Result<(Timestamp, Vec<LookedUp>), StoreError> {
    // Without its counter row the journal tells nothing.
    let first = rows.first().ok_or_else(|| StoreError::Unreadable("the journal row is missing".into()))?;
    let now = first.try_get("now")?;
    let mut all = Vec::new();
    all.resize_with(asked, LookedUp::default);
    for row in rows {
        // The row of the clock alone has no number.
        let n = row.try_get::<Option<i64>, _>(0)?;
        if let Some(place) = n.and_then(|n| usize::try_from(-1 - n).ok()).and_then(|n| all.get_mut(n)) {
            *place = looked_up(row)?;
        }
    }
    Ok((now, all))
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
    let users: Vec<String> = row.try_get::<Option<_>, _>("users_at_address")?.unwrap_or_default();
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
        users_at_address: users.iter().map(|user| id::<UserId>(user)).collect::<Result<_, _>>()?,
        invitation,
    };
    Ok(LookedUp { organization: text("place")?.map(id).transpose()?, facts, known })
}
