//! The organizations that rows may belong to: those of the input, and those that were in Roster before.

use std::collections::HashMap;

use domain::OrganizationId;

use super::ids::Ids;
use super::report::Report;
use super::row::{OldId, OrganizationRow, Place};

/// An organization of the input.
pub type Taken = (Place, OrganizationRow, OrganizationId);

/// By what name which organization is meant.
pub struct Organizations<'e> {
    by_id: HashMap<String, OrganizationId>,
    by_slug: HashMap<String, OrganizationId>,
    /// Those that are not taken over, and where they stand.
    refused: HashMap<String, Place>,
    elsewhere: &'e HashMap<String, OrganizationId>,
}

/// What is said of rows whose organization is not taken over.
pub fn refused_at(place: &Place) -> String {
    format!("its organization ({place}) is refused")
}

impl<'e> Organizations<'e> {
    /// Those of these rows, each once.
    pub fn of(
        rows: Vec<(Place, OrganizationRow)>,
        unread: Vec<(Place, Vec<String>)>,
        elsewhere: &'e HashMap<String, OrganizationId>,
        ids: &mut Ids,
        report: &mut Report,
    ) -> (Self, Vec<Taken>) {
        let mut all = Self { by_id: HashMap::new(), by_slug: HashMap::new(), refused: HashMap::new(), elsewhere };
        for (place, names) in unread {
            all.refused.extend(names.into_iter().map(|name| (name, place.clone())));
        }
        let (mut taken, mut places) = (Vec::new(), HashMap::new());
        for (place, row) in rows {
            let slug = row.slug.as_slug().to_string();
            let id = ids.organization(row.id.as_ref(), &slug);
            let same_slug = all.by_slug.get(&slug).unwrap_or(&id);
            if let Some(first) = places.get(&id).or_else(|| places.get(same_slug)) {
                report.refuse(place.clone(), format!("has the id or the slug of {first}"));
                all.refused.extend(row.id.map(|id| (id.0, place)));
                continue;
            }
            places.insert(id, place.clone());
            all.by_id.extend(row.id.as_ref().map(|old| (old.0.clone(), id)));
            all.by_slug.insert(slug, id);
            taken.push((place, row, id));
        }
        (all, taken)
    }

    /// Which one a row names.
    pub fn find(&self, named: &OldId) -> Result<OrganizationId, String> {
        let name = &named.0;
        if let Some(id) = self.by_id.get(name).or_else(|| self.by_slug.get(name)) {
            return Ok(*id);
        }
        if let Some(place) = self.refused.get(name) {
            return Err(refused_at(place));
        }
        let known = name.parse().ok().or_else(|| self.elsewhere.get(name).copied());
        known.ok_or_else(|| "organization: there is none of this id or slug, neither here nor in Roster".to_owned())
    }
}
