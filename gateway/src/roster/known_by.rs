//! Members by the e-mail address they are known by.

use domain::{EmailAddress, OrganizationId, Refusal, Subject, UserId};

use super::{MemberDetails, Roster};
use crate::caller::Caller;
use crate::problem::Problem;

/// People with one address who are looked at, read in one statement. An address that an identity provider vouches for is one person's;
/// others may only say so.
const FEW: usize = 20;

impl Roster {
    /// The member of an organization whom this address means: the caller, if it is vouched for that it is theirs; else the one whose it is
    /// vouched to be; else the only one who goes by it. Where it could mean several, or more go by it than are looked at, it means
    /// nobody: a member is not removed by guess.
    pub async fn member_known_by(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        email: &EmailAddress,
    ) -> Result<MemberDetails, Problem> {
        let known = if self.claimed(caller).await?.answers_for(email).is_ok() {
            vec![(caller.user.clone(), true)]
        } else {
            self.journal.people().known_by(email, FEW).await?
        };
        let subjects: Vec<Subject> = known.iter().map(|(user, _)| Subject::User(user.clone())).collect();
        let excerpt = self.journal.excerpt(&organization.into(), &subjects).await?.ok_or(Refusal::MemberNotFound)?;
        let all_seen = known.len() < FEW;
        let all_vouched_for_seen = all_seen || known.iter().any(|(_, verified)| !verified);
        let members = || known.iter().filter(|(user, _)| excerpt.state.membership(user).is_some());
        let vouched_for = only(members().filter(|(_, verified)| *verified)).filter(|_| all_vouched_for_seen);
        let none_vouched_for = all_seen && !members().any(|(_, verified)| *verified);
        let meant = vouched_for.or_else(|| only(members()).filter(|_| none_vouched_for));
        let user: UserId = meant.map(|(user, _)| user.clone()).ok_or(Refusal::MemberNotFound)?;
        let membership = excerpt.state.membership(&user).ok_or(Refusal::MemberNotFound)?;
        self.details(Some(excerpt), user, membership.member_id).await
    }
}

fn only<T>(mut several: impl Iterator<Item = T>) -> Option<T> {
    several.next().filter(|_| several.next().is_none())
}
