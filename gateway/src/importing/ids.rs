//! Ids from elsewhere. A UUID stays as it is; for any other id, and where there is none, one is made of what it stands for, so that an
//! import that is started again means the same.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use aws_lc_rs::{digest, hmac};
use domain::{InvitationId, MemberId, OrganizationId, Timestamp, UserId};
use serde_json::json;
use uuid::{Builder, Uuid};

use super::row::{Kind, OldId};

/// Makes ids, and remembers those that are others than before.
pub struct Ids {
    /// For what is made of addresses.
    key: hmac::Key,
    changed: Vec<(Kind, String, Uuid)>,
}

impl Ids {
    /// Ids made with this secret: the same ones with the same.
    pub fn keyed(secret: &[u8]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, secret), changed: Vec::new() }
    }

    /// An organization's, by its id elsewhere, else its slug.
    pub fn organization(&mut self, old: Option<&OldId>, slug: &str) -> OrganizationId {
        let made = || made_of(&["organization", old.map_or(slug, |old| &old.0)]);
        OrganizationId(self.kept_or(Kind::Organization, old, made))
    }

    /// A member's, by its id elsewhere, else by who is meant.
    pub fn member(&mut self, old: Option<&OldId>, organization: OrganizationId, user: &UserId) -> MemberId {
        let organization = organization.to_string();
        let made = || made_of(&["member", &organization, old.map_or(user.as_str(), |old| &old.0)]);
        MemberId(self.kept_or(Kind::Member, old, made))
    }

    /// An invitation's, which stands in events: without the secret nobody can tell whether it was made of some address. Its first bits are its time, as everywhere: newer invitations have higher ids.
    pub fn invitation(
        &mut self,
        old: Option<&OldId>,
        organization: OrganizationId,
        address: &str,
        sent_at: Option<Timestamp>,
    ) -> InvitationId {
        let organization = organization.to_string();
        let key = self.key.clone();
        let made = || {
            let hash = hmac::sign(&key, &spelled(&["invitation", &organization, old.map_or(address, |old| &old.0)]));
            let mut bytes = first(hash.as_ref());
            let milliseconds = sent_at.map_or(0, |at| at.timestamp_millis().max(0)).to_be_bytes();
            bytes[..6].copy_from_slice(&milliseconds[2..]);
            Builder::from_custom_bytes(bytes).into_uuid()
        };
        InvitationId(self.kept_or(Kind::Invitation, old, made))
    }

    fn kept_or(&mut self, kind: Kind, old: Option<&OldId>, made: impl FnOnce() -> Uuid) -> Uuid {
        // Only what an id of ours may look like is one: the same UUID in braces would be another text.
        let kept = old.and_then(|old| old.0.parse::<OrganizationId>().ok());
        kept.map(|id| id.0).unwrap_or_else(|| {
            let new = made();
            self.changed.extend(old.map(|old| (kind, old.0.clone(), new)));
            new
        })
    }

    /// A line for each id that is another one here.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(file)?);
        for (kind, old, new) in &self.changed {
            writeln!(out, "{}", json!({ "type": kind.as_str(), "old": old, "new": new }))?;
        }
        out.flush()
    }
}

/// The id of the command that takes this over: the same whenever it is asked for.
pub fn command(kind: Kind, organization: OrganizationId, id: Uuid) -> Uuid {
    made_of(&["import", kind.as_str(), &organization.to_string(), &id.to_string()])
}

/// A UUIDv8 of these texts: the same for the same ones, another for any others.
fn made_of(texts: &[&str]) -> Uuid {
    Builder::from_custom_bytes(first(digest::digest(&digest::SHA256, &spelled(texts)).as_ref())).into_uuid()
}

/// These texts as one: others are another one.
fn spelled(texts: &[&str]) -> Vec<u8> {
    texts.iter().flat_map(|text| [&(text.len() as u64).to_be_bytes()[..], text.as_bytes()].concat()).collect()
}

/// As much of a hash as a UUID holds.
fn first(hash: &[u8]) -> [u8; 16] {
    std::array::from_fn(|n| hash.get(n).copied().unwrap_or_default())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    fn old(text: &str) -> OldId {
        OldId(text.to_owned())
    }

    #[test]
    fn a_uuid_stays_and_every_other_id_becomes_the_same_each_time() {
        let mut ids = Ids::keyed(b"secret");
        let uuid = "0192f0c1-0000-7000-8000-000000000000";
        assert_eq!(ids.organization(Some(&old(uuid)), "acme").to_string(), uuid);
        let first = ids.organization(Some(&old("aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1bC")), "acme");
        let again =
            Ids::keyed(b"secret").organization(Some(&old("aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1bC")), "spelled-otherwise");
        assert_eq!(first, again);
        assert_eq!(first.0.get_version_num(), 8);
        assert_ne!(first, ids.organization(None, "acme"));
        assert_eq!(ids.changed.len(), 1);
    }

    #[test]
    fn the_same_text_means_something_else_of_another_kind_or_elsewhere() {
        let mut ids = Ids::keyed(b"secret");
        let (acme, globex) = (ids.organization(None, "acme"), ids.organization(None, "globex"));
        let ana: UserId = "ana".parse().unwrap();
        assert_ne!(ids.member(None, acme, &ana), ids.member(None, globex, &ana));
        assert_ne!(ids.member(Some(&old("1")), acme, &ana).0, ids.invitation(Some(&old("1")), acme, "", None).0);
        assert_ne!(command(Kind::Member, acme, acme.0), command(Kind::Organization, acme, acme.0));
    }

    #[test]
    fn what_is_made_of_an_address_is_another_with_another_secret_and_the_same_with_the_same() {
        let acme = Ids::keyed(b"secret").organization(None, "acme");
        let made = |secret: &[u8]| Ids::keyed(secret).invitation(None, acme, "ben@acme.test", None);
        assert_eq!(made(b"secret"), made(b"secret"));
        assert_ne!(made(b"secret"), made(b"guess"));
        assert_eq!(Ids::keyed(b"guess").organization(None, "acme"), acme, "a slug is no secret");
    }

    #[test]
    fn newer_invitations_have_higher_ids() {
        let (mut ids, acme) = (Ids::keyed(b"secret"), Ids::keyed(b"secret").organization(None, "acme"));
        let sent = |year: &str| Some(format!("{year}-01-01T00:00:00Z").parse().unwrap());
        let mut by_id: Vec<_> =
            ["2021", "2019", "2020"].map(|year| (ids.invitation(Some(&old(year)), acme, "", sent(year)), year)).into();
        by_id.sort();
        assert_eq!(by_id.iter().map(|(_, year)| *year).collect::<Vec<_>>(), ["2019", "2020", "2021"]);
    }
}
