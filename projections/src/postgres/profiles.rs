//! What a batch does to the profiles of organizations, as their members' lists show them; one change for each.

use std::collections::BTreeMap;

use domain::{Logo, Name, OrganizationEvent as E, OrganizationId, Recorded, Slug};
use sqlx::postgres::PgConnection;

use crate::views::ViewsError;

/// What is new of a profile; what is missing stays.
#[derive(Default)]
struct Change {
    founded: bool,
    slug: Option<Slug>,
    name: Option<Name>,
    /// The outer one says whether it changed, the inner one whether there is one.
    logo: Option<Option<Logo>>,
    deleted: bool,
}

/// The changes of one batch.
#[derive(Default)]
pub(super) struct Profiles {
    changes: BTreeMap<OrganizationId, Change>,
}

impl Profiles {
    /// The next event in order.
    pub(super) fn happened(&mut self, recorded: &Recorded) {
        let id = recorded.organization;
        match &recorded.event {
            E::OrganizationFounded { name, slug, logo, metadata: _, owner: _ } => {
                let (slug, name, logo) = (Some(slug.clone()), Some(name.clone()), Some(logo.clone()));
                self.changes.insert(id, Change { founded: true, slug, name, logo, deleted: false });
            }
            E::OrganizationRenamed { name } => self.change(id).name = Some(name.clone()),
            E::SlugChanged { slug } => self.change(id).slug = Some(slug.clone()),
            E::LogoChanged { logo } => self.change(id).logo = Some(logo.clone()),
            E::OrganizationDeleted {} => self.change(id).deleted = true,
            // The host application's data is read from the journal; in no list.
            E::MetadataChanged { metadata: _ }
            | E::MemberInvited { .. }
            | E::InvitationExtended { .. }
            | E::InvitationRevoked { .. }
            | E::InvitationDeclined { .. }
            | E::InvitationAccepted { .. }
            | E::MemberJoined { .. }
            | E::MemberRoleChanged { .. }
            | E::OwnershipTransferred { .. }
            | E::MemberLeft { .. }
            | E::MemberRemoved { .. } => {}
        }
    }

    fn change(&mut self, id: OrganizationId) -> &mut Change {
        self.changes.entry(id).or_default()
    }

    /// Writes them.
    pub(super) async fn write(&self, connection: &mut PgConnection, suffix: &str) -> Result<(), ViewsError> {
        let founded = |(_, change): &(&OrganizationId, &Change)| change.founded;
        let (founded, changed): (Vec<_>, Vec<_>) = self.changes.iter().partition(founded);
        let insert = format!(
            "insert into organization_profiles{suffix} (organization, slug, name, logo, deleted)
             select organization, slug, name, logo, deleted
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[])
                  founded (organization, slug, name, logo, has_logo, deleted)"
        );
        let update = format!(
            "update organization_profiles{suffix} p
             set slug = coalesce(c.slug, p.slug), name = coalesce(c.name, p.name),
                 logo = case when c.has_logo then c.logo else p.logo end, deleted = p.deleted or c.deleted
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[])
                  c (organization, slug, name, logo, has_logo, deleted)
             where p.organization = c.organization"
        );
        for (sql, rows) in [(insert, founded), (update, changed)] {
            if rows.is_empty() {
                continue;
            }
            sqlx::query(&sql)
                .bind(rows.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
                .bind(rows.iter().map(|(_, change)| change.slug.as_ref().map(Slug::as_str)).collect::<Vec<_>>())
                .bind(rows.iter().map(|(_, change)| change.name.as_ref().map(Name::as_str)).collect::<Vec<_>>())
                .bind(
                    rows.iter().map(|(_, change)| change.logo.as_ref()?.as_ref().map(Logo::as_str)).collect::<Vec<_>>(),
                )
                .bind(rows.iter().map(|(_, change)| change.logo.is_some()).collect::<Vec<_>>())
                .bind(rows.iter().map(|(_, change)| change.deleted).collect::<Vec<_>>())
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }
}
