//! `roster erase-person`.

use anyhow::bail;
use clap::Args;
use domain::{Actor, UserId};
use journal::{Scrub, Scrubbed};

use super::{Erased, Erasing, NotErased, Owned};
use crate::operating::{Operator, open};
use crate::saying::say;
use crate::settings::Shared;

/// Whom to erase, and who does it.
#[derive(Args, Clone, Debug)]
pub struct ErasePerson {
    /// Whose name, addresses and memberships go: the id the identity provider has for them
    #[arg(value_name = "USER")]
    user: UserId,
    /// Keep the mark also where nobody by this id is known, so that no token issued up to now brings them
    #[arg(long)]
    unknown_too: bool,
    #[command(flatten)]
    operator: Operator,
}

/// What to use while a server has the file.
const INSTEAD: &str = "while it runs, ask the server: DELETE /v1/people/{user} with a token of the scope roster:admin";

/// Erases somebody, and says what was done.
pub async fn erase(shared: &Shared, asked: ErasePerson) -> anyhow::Result<()> {
    let journal = open(shared, &asked.operator, INSTEAD).await?;
    if !asked.unknown_too && !journal.erasure().is_known(&asked.user).await? {
        bail!(
            "nobody by this id is known here: is it the id that the identity provider has for them, and the right journal? Nothing was changed."
        );
    }
    let actor = Actor::OperatorFor { name: asked.operator.name()?, acts_for: asked.user.clone() };
    let erasing = Erasing::new(asked.user, actor, "command-line", None);
    match erasing.carry_out(&journal).await {
        Ok(Erased { left, .. }) => {
            let organizations = if left == 1 { "organization" } else { "organizations" };
            // Also where nothing went now: an earlier erasure may have been cut short here.
            let scrubbed = journal.erasure().scrub(Scrub::Whole).await;
            say(format_args!("Erased, after leaving {left} {organizations}. The history keeps the user id."));
            match scrubbed {
                Ok(Scrubbed::Clean) => {}
                Ok(Scrubbed::PerhapsNot) => say("Copies may be left in the store's files; run it again."),
                Err(why) => say(format_args!("Copies may be left in the store's files ({why}); run it again.")),
            }
            Ok(())
        }
        Err(NotErased::Owner { organizations, meanwhile }) => bail!(
            "{}: {}; transfer ownership (roster admin transfer-ownership) or delete them first. {}",
            "this person owns organizations",
            listed(&organizations),
            if meanwhile { "Others may have been left already." } else { "Nothing was changed." }
        ),
        Err(why) => Err(anyhow::Error::new(why).context("not erased; asked again, it goes on from here")),
    }
}

fn listed(organizations: &[Owned]) -> String {
    let named = organizations.iter().map(|one| format!("{} ({})", one.slug, one.id));
    named.collect::<Vec<_>>().join(", ")
}
