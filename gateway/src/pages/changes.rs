//! Events as sentences, with the names of those who acted and of those it happened to.

use std::collections::HashMap;

use chrono::SecondsFormat;
use domain::{Actor, OrganizationEvent, Person, Recorded, UserId};
use fluent_bundle::FluentValue;

use super::visitor::called;
use crate::language::Language;
use crate::problem::Problem;
use crate::roster::Roster;

/// One change, told.
pub struct Change {
    /// The sentence.
    pub text: String,
    /// When, for programs.
    pub at: String,
    /// When, for people.
    pub moment: String,
}

/// Tells these events.
pub async fn told(roster: &Roster, language: Language, events: Vec<Recorded>) -> Result<Vec<Change>, Problem> {
    let mut users: Vec<UserId> = events.iter().flat_map(people_in).collect();
    users.sort_unstable();
    users.dedup();
    let known = roster.journal.people().named(&users).await?;
    let tell = |recorded: Recorded| Change {
        text: sentence(language, &recorded, &known),
        at: recorded.recorded_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        moment: language.moment(recorded.recorded_at),
    };
    Ok(events.into_iter().map(tell).collect())
}

fn people_in(recorded: &Recorded) -> Vec<UserId> {
    recorded.actor.person().into_iter().chain(about(&recorded.event)).cloned().collect()
}

/// Whom it happened to.
fn about(event: &OrganizationEvent) -> Option<&UserId> {
    match event {
        OrganizationEvent::MemberJoined { user_id, .. }
        | OrganizationEvent::MemberRoleChanged { user_id, .. }
        | OrganizationEvent::MemberLeft { user_id, .. }
        | OrganizationEvent::MemberRemoved { user_id, .. } => Some(user_id),
        OrganizationEvent::OwnershipTransferred { to, .. } => Some(&to.user_id),
        OrganizationEvent::OrganizationFounded { .. }
        | OrganizationEvent::OrganizationRenamed { .. }
        | OrganizationEvent::SlugChanged { .. }
        | OrganizationEvent::LogoChanged { .. }
        | OrganizationEvent::MetadataChanged { .. }
        | OrganizationEvent::MemberInvited { .. }
        | OrganizationEvent::InvitationExtended { .. }
        | OrganizationEvent::InvitationRevoked { .. }
        | OrganizationEvent::InvitationDeclined { .. }
        | OrganizationEvent::InvitationAccepted { .. }
        | OrganizationEvent::OrganizationDeleted {} => None,
    }
}

/// What whoever acted is called; for a service, the person it acted for.
pub fn actor_called(actor: &Actor, known: &HashMap<UserId, Person>) -> String {
    match actor {
        Actor::Person(user) | Actor::Service { acts_for: user, .. } => called(known.get(user), user),
        Actor::Operator(operator) | Actor::OperatorFor { name: operator, .. } => operator.to_string(),
    }
}

fn sentence(language: Language, recorded: &Recorded, known: &HashMap<UserId, Person>) -> String {
    let name = |user: &UserId| called(known.get(user), user);
    let actor = actor_called(&recorded.actor, known);
    let (key, more): (&str, Option<(&str, FluentValue<'_>)>) = match &recorded.event {
        OrganizationEvent::OrganizationFounded { .. } => ("change-founded", None),
        OrganizationEvent::OrganizationRenamed { name } => ("change-renamed", Some(("name", name.as_str().into()))),
        OrganizationEvent::SlugChanged { slug } => ("change-slug", Some(("slug", slug.as_str().into()))),
        OrganizationEvent::LogoChanged { .. } | OrganizationEvent::MetadataChanged { .. } => ("change-profile", None),
        OrganizationEvent::MemberInvited { role, .. } => ("change-invited", Some(("role", role.as_str().into()))),
        OrganizationEvent::InvitationExtended { .. } => ("change-invitation-extended", None),
        OrganizationEvent::InvitationRevoked { .. } => ("change-invitation-revoked", None),
        OrganizationEvent::InvitationDeclined { .. } => ("change-invitation-declined", None),
        OrganizationEvent::InvitationAccepted { .. } => ("change-invitation-accepted", None),
        OrganizationEvent::MemberJoined { role, .. } => ("change-joined", Some(("role", role.as_str().into()))),
        OrganizationEvent::MemberRoleChanged { role, .. } => ("change-role", Some(("role", role.as_str().into()))),
        OrganizationEvent::OwnershipTransferred { .. } => ("change-transferred", None),
        OrganizationEvent::MemberLeft { .. } => ("change-left", None),
        OrganizationEvent::MemberRemoved { .. } => ("change-removed", None),
        OrganizationEvent::OrganizationDeleted {} => ("change-deleted", None),
    };
    let person = about(&recorded.event).map(name).unwrap_or_default();
    let mut arguments = vec![("actor", actor.into()), ("person", person.into())];
    arguments.extend(more);
    language.tell(key, &arguments)
}
