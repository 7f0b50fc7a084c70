//! Somebody who signed in and asks for a page, and the organization they are in.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use domain::{Membership, OrganizationId, Person, Refusal, Role, Slug, Subject, UserId};
use journal::{Excerpt, OrganizationRef};

use super::visit::Visit;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::roster::Roster;

/// Somebody who signed in and asks for a page.
pub struct Visitor {
    /// Who.
    pub caller: Caller,
    /// The request.
    pub visit: Visit,
}

impl<S> FromRequestParts<S> for Visitor
where
    S: Send + Sync,
    Roster: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let visit = Visit::of(parts);
        Ok(Self { caller: Caller::from_request_parts(parts, state).await?, visit })
    }
}

impl Visitor {
    /// What this person is called.
    pub fn name(&self) -> String {
        called(self.caller.person.as_ref(), &self.caller.user)
    }
}

/// What a person is called: by name, else by address, else by id.
pub fn called(person: Option<&Person>, user: &UserId) -> String {
    let address = || person.and_then(|person| person.email.as_ref()).map(|email| email.as_str().to_owned());
    person.and_then(|person| person.name.clone()).or_else(address).unwrap_or_else(|| user.to_string())
}

/// An organization with the visitor in it, as the membership check found both.
pub struct Inside {
    /// What was read: the visitor, and the profile.
    pub excerpt: Excerpt,
    /// The visitor's tenure.
    pub membership: Membership,
    /// What the organization is called.
    pub name: String,
    /// How it is spelled in addresses.
    pub slug: Slug,
}

impl Inside {
    /// The organization as the visitor's own membership check finds it; to others it does not exist.
    pub async fn of(roster: &Roster, caller: &Caller, org: &OrganizationRef) -> Result<Self, Problem> {
        let (excerpt, membership) = roster.as_member(caller, org, &[Subject::Profile]).await?;
        let profile = excerpt.state.profile().ok_or(Refusal::OrganizationNotFound)?;
        let (name, slug) = (profile.name.as_str().to_owned(), profile.slug.clone());
        Ok(Self { excerpt, membership, name, slug })
    }

    /// The same for pages that only the owner and admins are shown.
    pub async fn as_admin(roster: &Roster, caller: &Caller, org: &OrganizationRef) -> Result<Self, Problem> {
        let inside = Self::of(roster, caller, org).await?;
        if inside.is_admin() { Ok(inside) } else { Err(Refusal::BelowAdmin.into()) }
    }

    /// The same for pages that only the owner is shown.
    pub async fn as_owner(roster: &Roster, caller: &Caller, org: &OrganizationRef) -> Result<Self, Problem> {
        let inside = Self::of(roster, caller, org).await?;
        if inside.is_owner() { Ok(inside) } else { Err(Refusal::NotTheOwner.into()) }
    }

    /// Whether the visitor is the owner.
    pub fn is_owner(&self) -> bool {
        self.membership.role == Role::Owner
    }

    /// Whether the visitor is the owner or an admin.
    pub fn is_admin(&self) -> bool {
        self.membership.role >= Role::Admin
    }

    /// The same by its id, which nobody else ever has: for what is posted.
    pub fn by_id(&self, page: &str) -> String {
        format!("/app/{}{page}", self.excerpt.organization)
    }

    /// The address of one of its pages: `""`, `"/members"`, ….
    pub fn at(&self, page: &str) -> String {
        format!("/app/{}{page}", self.slug)
    }
}

/// The address of one of an organization's pages after a command: by its slug, or, where that can't be told just now, by its id. What
/// was done must not read as a failure for that.
pub async fn address_of(roster: &Roster, caller: &Caller, organization: OrganizationId, page: &str) -> String {
    match Inside::of(roster, caller, &organization.into()).await {
        Ok(inside) => inside.at(page),
        Err(_) => format!("/app/{organization}{page}"),
    }
}
