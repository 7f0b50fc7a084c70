//! What a line can say. `docs/moving-in.md` explains each field to those who write them.

use std::fmt;
use std::sync::Arc;

use domain::{EmailAddress, Logo, Metadata, Name, NewSlug, Role, UserId};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

use super::time::When;

/// Where a row was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// In which file, as it was named.
    pub file: Arc<str>,
    /// In which line, or which entry of an array, from 1 on.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `user`: a person beside their memberships.
    User,
    /// `organization`.
    Organization,
    /// `member`.
    Member,
    /// `invitation`.
    Invitation,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::User, Self::Organization, Self::Member, Self::Invitation];

    /// As it stands in `type`, and as better-auth calls the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Organization => "organization",
            Self::Member => "member",
            Self::Invitation => "invitation",
        }
    }
}

/// Everything that could be read, each kind in the order it came.
#[derive(Default)]
pub struct Rows {
    /// People.
    pub users: Vec<(Place, UserRow)>,
    /// Organizations.
    pub organizations: Vec<(Place, OrganizationRow)>,
    /// Memberships.
    pub members: Vec<(Place, MemberRow)>,
    /// Invitations.
    pub invitations: Vec<(Place, InvitationRow)>,
    /// Organizations that could not be read, by what other rows may call them.
    pub unread: Vec<(Place, Vec<String>)>,
}

/// An organization.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationRow {
    /// Its id elsewhere.
    pub id: Option<OldId>,
    /// How it is spelled in addresses.
    pub slug: NewSlug,
    /// What it is called.
    pub name: Name,
    /// Its logo.
    pub logo: Option<Logo>,
    /// The host application's own data.
    pub metadata: Option<Metadata>,
    /// When it was founded.
    pub created_at: Option<When>,
}

/// A person.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserRow {
    /// The id the identity provider knows them by.
    pub id: UserId,
    /// What they are called.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Whether somebody vouches for it.
    #[serde(default)]
    pub email_verified: bool,
    /// Where a picture of them is found.
    pub image: Option<String>,
}

/// A membership.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRow {
    /// Its id elsewhere.
    pub id: Option<OldId>,
    /// Of which organization: its id or slug.
    pub organization: OldId,
    /// Whose.
    pub user_id: UserId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub joined_at: Option<When>,
}

/// A pending invitation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationRow {
    /// Its id elsewhere.
    pub id: Option<OldId>,
    /// Of which organization: its id or slug.
    pub organization: OldId,
    /// Where it went.
    pub email: EmailAddress,
    /// As what its person joins.
    pub role: Role,
    /// By whom.
    pub invited_by: UserId,
    /// Until when it can be accepted.
    pub expires_at: When,
    /// When it was sent.
    pub created_at: Option<When>,
}

/// An id as it is elsewhere: a text, or a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OldId(pub String);

impl<'de> Deserialize<'de> for OldId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = match Value::deserialize(from)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        id.filter(|id| !id.is_empty()).map(Self).ok_or_else(|| D::Error::custom("must be an id"))
    }
}

impl Rows {
    /// Adds what an object says, or says why it can't be taken.
    pub fn add(&mut self, kind: Kind, place: Place, object: Map<String, Value>) -> Result<(), String> {
        match kind {
            Kind::User => self.users.push((place, read(object)?)),
            Kind::Member => self.members.push((place, read(object)?)),
            Kind::Invitation => self.invitations.push((place, read(object)?)),
            Kind::Organization => {
                let called = ["id", "slug"].map(|name| OldId::deserialize(object.get(name)?).ok().map(|id| id.0));
                match read(object) {
                    Ok(row) => self.organizations.push((place, row)),
                    Err(why) => {
                        self.unread.push((place, called.into_iter().flatten().collect()));
                        return Err(why);
                    }
                }
            }
        }
        Ok(())
    }
}

/// A row, or which field is wrong and how. What stands in a field is not told: it may be somebody's address.
fn read<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, String> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let field = error.path().to_string();
        let why = without_content(&error.into_inner().to_string());
        if field == "." { why } else { format!("{field}: {why}") }
    })
}

/// What was expected, of a complaint that also says what was there instead.
fn without_content(why: &str) -> String {
    let quotes = ["invalid type", "invalid value", "invalid length", "unknown variant"];
    let expected = why.rfind("expected ").filter(|_| quotes.iter().any(|begins| why.starts_with(begins)));
    expected.map_or(why, |at| &why[at..]).to_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_in_a_field_is_not_told() {
        let place = || Place { file: "members".into(), line: 1 };
        for (kind, row) in [
            (Kind::User, json!({ "id": "ana", "email_verified": "ana@acme.test" })),
            (Kind::User, json!({ "id": "ana", "name": ["ana@acme.test"] })),
            (Kind::Member, json!({ "organization": "acme", "user_id": "ana", "role": "ana@acme.test" })),
            (Kind::Member, json!({ "organization": "acme", "user_id": { "ana@acme.test": 1 }, "role": "member" })),
            (Kind::Invitation, json!({ "organization": "acme", "email": "ana@acme.test ana", "role": "member" })),
            (Kind::Organization, json!({ "slug": "ana@acme.test", "name": "Acme" })),
        ] {
            let object = row.as_object().cloned().unwrap();
            let why = Rows::default().add(kind, place(), object).unwrap_err();
            assert!(!why.contains("ana@") && why.contains(": "), "{row}: {why}");
        }
    }
}
