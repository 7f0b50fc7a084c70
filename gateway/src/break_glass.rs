//! `roster admin transfer-ownership`: for an organization whose only owner is gone. The domain decides, as it does for the owner; what an
//! operator may that nobody else may, it knows, too.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use domain::{Actor, Notes, OrganizationCommand, Reason, Refusal, Subject, UserId};
use journal::{Ask, AskError, Journal, OrganizationRef};

use crate::operating::{Operator, open};
use crate::saying::say;
use crate::settings::Shared;

/// What only an operator can do, when nobody inside can.
#[derive(Subcommand, Clone, Debug)]
pub enum Admin {
    /// Make a member the owner of an organization whose only owner is gone; the history tells by whom and why
    TransferOwnership(TransferOwnership),
}

/// From whom it goes is known; to whom, and why.
#[derive(Args, Clone, Debug)]
pub struct TransferOwnership {
    /// Its id or slug
    organization: OrganizationRef,
    /// Who is the owner from now on: a member, by the id the identity provider has for them
    #[arg(long, value_name = "USER")]
    to: UserId,
    /// Why, in 1 to 500 characters; it stays in the history for ever, so let it name no person
    #[arg(long, value_name = "TEXT")]
    reason: Reason,
    #[command(flatten)]
    operator: Operator,
}

/// What to use while a server has the file.
const INSTEAD: &str = "stop it first, or, while it runs, ask the server as the owner: POST /v1/organizations/{org}/ownership, by a token of \
                       theirs, or by one of the scope roster:act-as with Roster-Actor: <the owner's user id>";

/// Does what only an operator can.
pub async fn admin(shared: &Shared, asked: Admin) -> anyhow::Result<()> {
    let Admin::TransferOwnership(asked) = asked;
    let journal = open(shared, &asked.operator, INSTEAD).await?;
    let said = transfer(&journal, asked).await?;
    say(said);
    Ok(())
}

async fn transfer(journal: &Journal, asked: TransferOwnership) -> anyhow::Result<String> {
    let TransferOwnership { organization, to, reason, operator } = asked;
    let excerpt = journal.excerpt(&organization, &[Subject::User(to.clone()), Subject::Profile]).await?;
    let excerpt = excerpt.filter(|excerpt| excerpt.state.exists()).context("there is no such organization")?;
    let Some(membership) = excerpt.state.membership(&to) else {
        bail!("{to} is not a member of it; only a member can become its owner. Nothing was changed.");
    };
    let from = excerpt.state.owner().map(|owner| owner.user_id.to_string()).unwrap_or_default();
    let command = OrganizationCommand::TransferOwnership { member_id: membership.member_id };
    let notes =
        Notes { via: Some("command-line".to_owned()), reason: Some(reason.as_str().to_owned()), ..Notes::default() };
    let actor = Actor::Operator(operator.name()?);
    let ask = Ask { actor, notes, ..Ask::new(excerpt.organization, command, to.clone()) };
    match journal.ask(ask).await {
        Ok(outcome) => Ok(format!(
            "{to} owns {} now; {from}, who did, is an admin. Position {}.",
            outcome.organization, outcome.position
        )),
        Err(AskError::Refused(Refusal::AlreadyTheOwner)) => bail!("{to} is its owner already. Nothing was changed."),
        Err(AskError::Refused(refusal)) => bail!("{refusal} Nothing was changed."),
        Err(why) => Err(why.into()),
    }
}
