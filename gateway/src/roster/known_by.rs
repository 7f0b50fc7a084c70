//! Members by the e-mail address they are known by.

use domain::{EmailAddress, MemberId, OrganizationId, Refusal, SearchBy, Subject, UserId, search_key};

use super::{MemberDetails, Roster};
use crate::problem::Problem;

/// People with one address who are looked at. Whoever is vouched for has it alone; others may only say so.
const FEW: usize = 64;

impl Roster {
    /// The member of an organization whom this address means: the one whose identity provider vouches for it, else the only one who
    /// goes by it. Where it could mean several it means nobody: a member is not removed by guess.
    pub async fn member_known_by(
        &self,
        organization: OrganizationId,
        email: &EmailAddress,
    ) -> Result<MemberDetails, Problem> {
        let found = self.journal.people().matching(SearchBy::Email, &search_key(email.as_str()), None, FEW).await?;
        let users: Vec<UserId> =
            found.into_iter().filter(|one| one.key == email.as_str()).map(|one| one.user).collect();
        let subjects: Vec<Subject> = users.iter().cloned().map(Subject::User).collect();
        let excerpt = self.journal.excerpt(&organization.into(), &subjects).await?.ok_or(Refusal::MemberNotFound)?;
        let members: Vec<(UserId, MemberId)> = users
            .into_iter()
            .filter_map(|user| excerpt.state.membership(&user).map(|membership| (user, membership.member_id)))
            .collect();
        let users: Vec<UserId> = members.iter().map(|(user, _)| user.clone()).collect();
        let people = self.journal.people().named(&users).await?;
        let vouched_for = |user: &UserId| people.get(user).is_some_and(|person| person.email_verified);
        let meant = only(members.iter().filter(|(user, _)| vouched_for(user))).or_else(|| only(members.iter()));
        let (user, member_id) = meant.cloned().ok_or(Refusal::MemberNotFound)?;
        self.details(Some(excerpt), user, member_id).await
    }
}

fn only<T>(mut several: impl Iterator<Item = T>) -> Option<T> {
    several.next().filter(|_| several.next().is_none())
}
