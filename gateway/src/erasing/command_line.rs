//! `roster erase-person`.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use domain::{Actor, UserId};
use journal::{Scrub, Scrubbed};

use super::{Erased, Erasing, NotErased, Owned};
use crate::operating::{Operator, open};
use crate::settings::Shared;

/// Whom to erase, and who does it.
#[derive(Args, Clone, Debug)]
pub struct ErasePerson {
    /// Whose name, addresses and memberships go: the id the identity provider has for them
    #[arg(value_name = "USER")]
    user: UserId,
    #[command(flatten)]
    operator: Operator,
}

/// What to use while a server has the file.
const INSTEAD: &str = "while it runs, ask the server: DELETE /v1/people/{user} with a token of the scope roster:admin";

/// Erases somebody, and says what was done.
pub async fn erase(shared: &Shared, asked: ErasePerson) -> anyhow::Result<()> {
    let journal = open(shared, &asked.operator, INSTEAD).await?;
    let actor = Actor::OperatorFor { name: asked.operator.name.clone(), acts_for: asked.user.clone() };
    let erasing = Erasing::new(asked.user, actor, "command-line", None);
    match erasing.carry_out(&journal, Scrub::Whole).await {
        Ok(Erased { left, scrubbed }) => {
            let organizations = if left == 1 { "organization" } else { "organizations" };
            let mut out = std::io::stdout().lock();
            writeln!(out, "Erased, after leaving {left} {organizations}. The history keeps the user id.")?;
            if scrubbed == Scrubbed::PerhapsNot {
                writeln!(out, "Copies may be left in the file.")?;
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
