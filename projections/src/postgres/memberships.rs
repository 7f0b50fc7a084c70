//! What a batch does to memberships, one change for each person in each organization. Both projections keep them, each in the
//! order it reads them.

use std::collections::BTreeMap;

use domain::{MemberId, OrganizationEvent as E, OrganizationId, Position, Recorded, Role, Timestamp, UserId};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::number;
use super::totals::Totals;
use crate::views::ViewsError;

/// What becomes of a membership, whatever was there before.
enum Change {
    Begun { member_id: MemberId, role: Role, joined: Position, joined_at: Timestamp },
    Role(Role),
    Ended,
}

/// The changes of one batch.
#[derive(Default)]
pub(super) struct Memberships {
    changes: BTreeMap<(OrganizationId, UserId), Change>,
}

impl Memberships {
    /// The next event in order.
    pub(super) fn happened(&mut self, recorded: &Recorded) {
        let organization = recorded.organization;
        match &recorded.event {
            E::MemberJoined { member_id, user_id, role, invitation_id: _ } => {
                let (member_id, role) = (*member_id, *role);
                let (joined, joined_at) = (recorded.position, recorded.recorded_at);
                let begun = Change::Begun { member_id, role, joined, joined_at };
                self.changes.insert((organization, user_id.clone()), begun);
            }
            E::MemberRoleChanged { member_id: _, user_id, role } => self.set_role(organization, user_id, *role),
            E::OwnershipTransferred { from, to } => {
                self.set_role(organization, &from.user_id, Role::Admin);
                self.set_role(organization, &to.user_id, Role::Owner);
            }
            E::MemberLeft { member_id: _, user_id } | E::MemberRemoved { member_id: _, user_id, removed_by: _ } => {
                self.changes.insert((organization, user_id.clone()), Change::Ended);
            }
            E::OrganizationFounded { .. }
            | E::OrganizationRenamed { .. }
            | E::SlugChanged { .. }
            | E::LogoChanged { .. }
            | E::MetadataChanged { .. }
            | E::MemberInvited { .. }
            | E::InvitationExtended { .. }
            | E::InvitationRevoked { .. }
            | E::InvitationDeclined { .. }
            | E::InvitationAccepted { .. }
            | E::OrganizationDeleted {} => {}
        }
    }

    fn set_role(&mut self, organization: OrganizationId, user: &UserId, new: Role) {
        match self.changes.get_mut(&(organization, user.clone())) {
            Some(Change::Begun { role, .. } | Change::Role(role)) => *role = new,
            Some(Change::Ended) => {}
            None => {
                self.changes.insert((organization, user.clone()), Change::Role(new));
            }
        }
    }

    /// Writes them into this table, and counts what came and went.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        table: &str,
        totals: &mut Totals,
    ) -> Result<(), ViewsError> {
        self.end(connection, table, totals).await?;
        self.begin(connection, table, totals).await?;
        self.change_roles(connection, table, totals).await
    }

    /// Whoever left, and whoever began anew: a new tenure has a row of its own.
    async fn end(&self, connection: &mut PgConnection, table: &str, totals: &mut Totals) -> Result<(), ViewsError> {
        let gone = self.changes.iter().filter(|(_, change)| !matches!(change, Change::Role(_)));
        let (organizations, users): (Vec<Uuid>, Vec<&str>) = gone.map(|(key, _)| columns(key)).unzip();
        if organizations.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String)> = sqlx::query_as(&format!(
            "delete from {table} m using unnest($1::uuid[], $2::text[]) gone (organization, user_id)
             where m.organization = gone.organization and m.user_id = gone.user_id
             returning m.organization, m.role"
        ))
        .bind(organizations)
        .bind(users)
        .fetch_all(connection)
        .await?;
        rows.iter().for_each(|(organization, role)| totals.add(*organization, role, -1));
        Ok(())
    }

    async fn begin(&self, connection: &mut PgConnection, table: &str, totals: &mut Totals) -> Result<(), ViewsError> {
        let (mut organizations, mut users, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        let (mut member_ids, mut positions, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for (key, change) in &self.changes {
            if let Change::Begun { member_id, role, joined, joined_at } = change {
                let (organization, user) = columns(key);
                totals.add(organization, role.as_str(), 1);
                organizations.push(organization);
                users.push(user);
                member_ids.push(member_id.0);
                roles.push(role.as_str());
                positions.push(number(*joined));
                times.push(*joined_at);
            }
        }
        if organizations.is_empty() {
            return Ok(());
        }
        sqlx::query(&format!(
            "insert into {table} (organization, user_id, member_id, role, joined, joined_at)
             select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::timestamptz[])"
        ))
        .bind(organizations)
        .bind(users)
        .bind(member_ids)
        .bind(roles)
        .bind(positions)
        .bind(times)
        .execute(connection)
        .await?;
        Ok(())
    }

    async fn change_roles(
        &self,
        connection: &mut PgConnection,
        table: &str,
        totals: &mut Totals,
    ) -> Result<(), ViewsError> {
        let (mut organizations, mut users, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        for (key, change) in &self.changes {
            if let Change::Role(role) = change {
                let (organization, user) = columns(key);
                organizations.push(organization);
                users.push(user);
                roles.push(role.as_str());
            }
        }
        if organizations.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String, String)> = sqlx::query_as(&format!(
            "update {table} m set role = changed.role
             from unnest($1::uuid[], $2::text[], $3::text[]) changed (organization, user_id, role)
             join {table} before on before.organization = changed.organization and before.user_id = changed.user_id
             where m.organization = changed.organization and m.user_id = changed.user_id
             returning m.organization, before.role, m.role"
        ))
        .bind(organizations)
        .bind(users)
        .bind(roles)
        .fetch_all(connection)
        .await?;
        for (organization, before, after) in rows {
            totals.add(organization, &before, -1);
            totals.add(organization, &after, 1);
        }
        Ok(())
    }
}

fn columns((organization, user): &(OrganizationId, UserId)) -> (Uuid, &str) {
    (organization.0, user.as_str())
}
