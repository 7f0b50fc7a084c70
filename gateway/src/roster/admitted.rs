//! Whether a caller may send one more command.

use domain::{OrganizationCommand, UserId};

use super::Roster;
use crate::caller::Caller;
use crate::identity::Scope;
use crate::limits::Allowance;
use crate::problem::Problem;

impl Roster {
    /// Takes one from the caller's bucket, and notes on the request what is left. Leaving has buckets of its own, by whoever leaves;
    /// removing a member counts as leaving where there is nothing left for commands and the member turns out to be oneself.
    pub(super) async fn admit(&self, caller: &Caller, command: &OrganizationCommand) -> Result<(), Problem> {
        let bucket = match command {
            OrganizationCommand::LeaveOrganization => self.limits.departure(&caller.user),
            _ => self.limits.command(&caller.claims.user),
        };
        let bucket = match (bucket, command) {
            (Some(Allowance { granted: false, .. }), OrganizationCommand::RemoveMember { member_id }) => {
                // A read, as nobody counts them. Unread, it is somebody else's.
                let tenure = self.journal.store().tenure(*member_id).await.unwrap_or(None);
                let of_oneself = tenure.is_some_and(|(_, user)| user == caller.user);
                if of_oneself { self.limits.departure(&caller.user) } else { bucket }
            }
            _ => bucket,
        };
        granted(caller, bucket)
    }

    /// Takes one command for what is no single one.
    pub fn admit_one(&self, caller: &Caller) -> Result<(), Problem> {
        granted(caller, self.limits.command(&caller.claims.user))
    }

    /// Takes one erasure. Who may erase anybody sends commands like others; whoever erases themself, or has a backend do it, does it a few
    /// times a minute at most.
    pub fn admit_erasure(&self, caller: &Caller, user: &UserId) -> Result<(), Problem> {
        let bucket = match caller.may(Scope::Admin) {
            true => return self.admit_one(caller),
            false => self.limits.erasure(user),
        };
        granted(caller, bucket)
    }
}

fn granted(caller: &Caller, bucket: Option<Allowance>) -> Result<(), Problem> {
    let Some(allowance) = bucket else { return Ok(()) };
    if let Some(correlation) = &caller.correlation {
        correlation.allow(allowance);
    }
    match allowance.granted {
        true => Ok(()),
        false => Err(Problem::rate_limited(allowance.seconds)),
    }
}
