//! A dozen people to play with, through the same commands as everybody's.

use chrono::TimeDelta;
use domain::{
    Claimed, EmailAddress, InvitationId, MemberId, Notes, OrganizationCommand, OrganizationId, Person, Role, UserId,
};
use journal::{Ask, Journal, OrganizationRef, Seen};
use uuid::Uuid;

/// User id, name, role. The first is the owner; addresses are `<user id>@acme.test`.
const PEOPLE: [(&str, &str, Role); 12] = [
    ("ana", "Ana Ferreira", Role::Owner),
    ("ben", "Ben Okafor", Role::Admin),
    ("chloe", "Chloé Martin", Role::Admin),
    ("dmitri", "Dmitri Volkov", Role::Member),
    ("emeka", "Emeka Nwosu", Role::Member),
    ("fatima", "Fatima Zahra", Role::Member),
    ("goran", "Goran Petrović", Role::Member),
    ("hana", "Hana Sato", Role::Member),
    ("ines", "Inés Álvarez", Role::Member),
    ("jonas", "Jonas Weiß", Role::Member),
    ("kavya", "Kavya Rao", Role::Member),
    ("liwei", "李伟", Role::Member),
];

/// Founds `acme` with everybody in it, `ben-s-studio` for whoever leaves acme to have somewhere to go, and one invitation that is still open.
pub async fn found(journal: &Journal) -> anyhow::Result<()> {
    let people = PEOPLE.iter().map(|(id, name, _)| seen(id, name)).collect::<Result<Vec<_>, _>>()?;
    journal.people().see(&people).await?;

    let [(owner, ..), others @ ..] = &PEOPLE;
    let acme = organization(journal, owner, "Acme", "acme").await?;
    for (user, _, role) in others {
        let invitation = invite(journal, acme, owner, user, *role).await?;
        join(journal, invitation, user).await?;
    }
    let studio = organization(journal, "ben", "Ben's studio", "ben-s-studio").await?;
    let invitation = invite(journal, studio, "ben", "dmitri", Role::Member).await?;
    join(journal, invitation, "dmitri").await?;
    invite(journal, acme, owner, "mira", Role::Member).await?;
    tracing::info!("founded the demo organizations acme and ben-s-studio");
    Ok(())
}

fn seen(id: &str, name: &str) -> anyhow::Result<Seen> {
    let person = Person::from_claims(Some(name), Some(address(id)?.as_str()), true, None);
    Ok(Seen { user: id.parse()?, person, issued_at: 0 })
}

fn address(id: &str) -> anyhow::Result<EmailAddress> {
    Ok(format!("{id}@acme.test").parse()?)
}

async fn organization(journal: &Journal, owner: &str, name: &str, slug: &str) -> anyhow::Result<OrganizationId> {
    let id = OrganizationId(Uuid::now_v7());
    let command = OrganizationCommand::FoundOrganization {
        name: name.parse()?,
        slug: slug.parse()?,
        logo: None,
        metadata: None,
        member_id: MemberId(Uuid::now_v7()),
    };
    ask(journal, id.into(), command, owner).await?;
    Ok(id)
}

async fn invite(
    journal: &Journal,
    organization: OrganizationId,
    inviter: &str,
    user: &str,
    role: Role,
) -> anyhow::Result<InvitationId> {
    let invitation_id = InvitationId(Uuid::now_v7());
    let (email, valid_for) = (address(user)?, TimeDelta::days(7));
    let command = OrganizationCommand::InviteMember { invitation_id, email, role, valid_for };
    ask(journal, organization.into(), command, inviter).await?;
    Ok(invitation_id)
}

async fn join(journal: &Journal, invitation_id: InvitationId, user: &str) -> anyhow::Result<()> {
    let caller = Claimed { email: Some(address(user)?), verified: true };
    let member_id = MemberId(Uuid::now_v7());
    let command = OrganizationCommand::AcceptInvitation { invitation_id, member_id, caller };
    ask(journal, OrganizationRef::OfInvitation(invitation_id), command, user).await
}

async fn ask(
    journal: &Journal,
    organization: OrganizationRef,
    command: OrganizationCommand,
    person: &str,
) -> anyhow::Result<()> {
    let person: UserId = person.parse()?;
    let notes = Notes { via: Some("demo".into()), ..Notes::default() };
    journal.ask(Ask { notes, ..Ask::new(organization, command, person) }).await?;
    Ok(())
}
