//! Founding, changing the profile, deleting.

use super::Organization;
use super::decide::Decision;
use crate::event::{OrganizationEvent as E, Tenure};
use crate::facts::Circumstances;
use crate::ids::MemberId;
use crate::permission::Permission;
use crate::profile::{Logo, Metadata};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::slug::Slug;
use crate::text::Name;

impl Organization {
    pub(super) fn found(
        &self,
        given: &Circumstances,
        name: &Name,
        slug: &Slug,
        logo: Option<&Logo>,
        metadata: Option<&Metadata>,
        member_id: MemberId,
    ) -> Decision {
        let Some(person) = given.actor.person() else {
            return Err(Refusal::BelowAdmin);
        };
        self.begin(given, name, slug, logo, metadata, &Tenure { member_id, user_id: person.clone() })
    }

    /// However it begins, it begins with its owner as a member.
    pub(super) fn begin(
        &self,
        given: &Circumstances,
        name: &Name,
        slug: &Slug,
        logo: Option<&Logo>,
        metadata: Option<&Metadata>,
        owner: &Tenure,
    ) -> Decision {
        if self.profile.is_some() {
            return Err(Refusal::AlreadyFounded);
        }
        if given.facts.slug_owner.is_some() {
            return Err(Refusal::SlugTaken);
        }
        let Tenure { member_id, user_id } = owner.clone();
        Ok(vec![
            E::OrganizationFounded {
                name: name.clone(),
                slug: slug.clone(),
                logo: logo.cloned(),
                metadata: metadata.cloned(),
                owner: owner.clone(),
            },
            E::MemberJoined { member_id, user_id, role: Role::Owner, invitation_id: None },
        ])
    }

    /// Records only what changes; the same values record nothing.
    pub(super) fn update(
        &self,
        given: &Circumstances,
        name: Option<&Name>,
        slug: Option<&Slug>,
        logo: Option<&Option<Logo>>,
        metadata: Option<&Option<Metadata>>,
    ) -> Decision {
        self.acting_with(given, Permission::OrganizationUpdate)?;
        let Some(now) = &self.profile else {
            return Err(Refusal::OrganizationNotFound);
        };
        let mut events = Vec::new();
        if let Some(name) = name.filter(|name| **name != now.name) {
            events.push(E::OrganizationRenamed { name: name.clone() });
        }
        if let Some(slug) = slug.filter(|slug| **slug != now.slug) {
            if given.facts.slug_owner.is_some() {
                return Err(Refusal::SlugTaken);
            }
            events.push(E::SlugChanged { slug: slug.clone() });
        }
        if let Some(logo) = logo.filter(|logo| **logo != now.logo) {
            events.push(E::LogoChanged { logo: logo.clone() });
        }
        if let Some(metadata) = metadata.filter(|metadata| **metadata != now.metadata) {
            events.push(E::MetadataChanged { metadata: metadata.clone() });
        }
        Ok(events)
    }

    pub(super) fn delete(&self, given: &Circumstances) -> Decision {
        self.acting_with(given, Permission::OrganizationDelete)?;
        Ok(vec![E::OrganizationDeleted {}])
    }
}
