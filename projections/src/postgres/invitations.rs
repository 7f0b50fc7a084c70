//! What a batch does to invitations, one change for each.

use std::collections::BTreeMap;

use domain::{
    InvitationId, InvitationState as State, OrganizationEvent as E, OrganizationId, Position, Recorded, Role,
    Timestamp, UserId,
};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::number;
use super::totals::Totals;
use crate::views::ViewsError;

/// What is new of an invitation; a whole row where it was sent in this batch.
#[derive(Default)]
struct Change {
    sent: Option<Sent>,
    state: Option<State>,
    expires_at: Option<Timestamp>,
}

struct Sent {
    organization: OrganizationId,
    role: Role,
    expires_at: Timestamp,
    invited_by: UserId,
    invited: Position,
    invited_at: Timestamp,
}

/// The changes of one batch.
#[derive(Default)]
pub(super) struct Invitations {
    changes: BTreeMap<InvitationId, Change>,
}

impl Invitations {
    /// The next event in order.
    pub(super) fn happened(&mut self, recorded: &Recorded) {
        match &recorded.event {
            E::MemberInvited { invitation_id, role, expires_at, invited_by } => {
                self.change(*invitation_id).sent = Some(Sent {
                    organization: recorded.organization,
                    role: *role,
                    expires_at: *expires_at,
                    invited_by: invited_by.clone(),
                    invited: recorded.position,
                    invited_at: recorded.recorded_at,
                });
            }
            E::InvitationExtended { invitation_id, expires_at } => {
                self.change(*invitation_id).expires_at = Some(*expires_at);
            }
            E::InvitationRevoked { invitation_id } => self.change(*invitation_id).state = Some(State::Revoked),
            E::InvitationDeclined { invitation_id } => self.change(*invitation_id).state = Some(State::Declined),
            E::InvitationAccepted { invitation_id, user_id: _ } => {
                self.change(*invitation_id).state = Some(State::Accepted);
            }
            E::OrganizationFounded { .. }
            | E::OrganizationRenamed { .. }
            | E::SlugChanged { .. }
            | E::LogoChanged { .. }
            | E::MetadataChanged { .. }
            | E::MemberJoined { .. }
            | E::MemberRoleChanged { .. }
            | E::OwnershipTransferred { .. }
            | E::MemberLeft { .. }
            | E::MemberRemoved { .. }
            | E::OrganizationDeleted {} => {}
        }
    }

    fn change(&mut self, id: InvitationId) -> &mut Change {
        self.changes.entry(id).or_default()
    }

    /// Writes them, and counts what changed its state.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        suffix: &str,
        totals: &mut Totals,
    ) -> Result<(), ViewsError> {
        self.send(connection, suffix, totals).await?;
        self.settle(connection, suffix, totals).await
    }

    async fn send(&self, connection: &mut PgConnection, suffix: &str, totals: &mut Totals) -> Result<(), ViewsError> {
        let (mut ids, mut organizations, mut states, mut roles) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut expiries, mut inviters) = (Vec::new(), Vec::new());
        let (mut positions, mut times) = (Vec::new(), Vec::new());
        for (id, change) in &self.changes {
            let Some(sent) = &change.sent else { continue };
            let state = change.state.unwrap_or(State::Pending).as_str();
            totals.add(sent.organization.0, state, 1);
            ids.push(id.0);
            organizations.push(sent.organization.0);
            states.push(state);
            roles.push(sent.role.as_str());
            expiries.push(change.expires_at.unwrap_or(sent.expires_at));
            inviters.push(sent.invited_by.as_str());
            positions.push(number(sent.invited));
            times.push(sent.invited_at);
        }
        if ids.is_empty() {
            return Ok(());
        }
        sqlx::query(&format!(
            "insert into invitations{suffix}
                 (invitation_id, organization, state, role, expires_at, invited_by, invited, invited_at)
             select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
                                  $7::bigint[], $8::timestamptz[])"
        ))
        .bind(ids)
        .bind(organizations)
        .bind(states)
        .bind(roles)
        .bind(expiries)
        .bind(inviters)
        .bind(positions)
        .bind(times)
        .execute(connection)
        .await?;
        Ok(())
    }

    async fn settle(&self, connection: &mut PgConnection, suffix: &str, totals: &mut Totals) -> Result<(), ViewsError> {
        let (mut ids, mut states, mut expiries) = (Vec::new(), Vec::new(), Vec::new());
        for (id, change) in self.changes.iter().filter(|(_, change)| change.sent.is_none()) {
            ids.push(id.0);
            states.push(change.state.map(State::as_str));
            expiries.push(change.expires_at);
        }
        if ids.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String, String)> = sqlx::query_as(&format!(
            "update invitations{suffix} i
             set state = coalesce(changed.state, i.state), expires_at = coalesce(changed.expires_at, i.expires_at)
             from unnest($1::uuid[], $2::text[], $3::timestamptz[]) changed (invitation_id, state, expires_at)
             join invitations{suffix} before on before.invitation_id = changed.invitation_id
             where i.invitation_id = changed.invitation_id
             returning i.organization, before.state, i.state"
        ))
        .bind(ids)
        .bind(states)
        .bind(expiries)
        .fetch_all(connection)
        .await?;
        for (organization, before, after) in rows {
            totals.add(organization, &before, -1);
            totals.add(organization, &after, 1);
        }
        Ok(())
    }
}
