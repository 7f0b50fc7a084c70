//! Who was a member then, in which role, since when, and by whose act.

use domain::{Role, Stay, Timestamp, UserId};
use journal::Span;

use super::act::{circumstances, member_since, role_since};
use super::asked::{Asked, When};
use super::seen::Seen;
use crate::pages::frame::Frame;
use crate::pages::members::PageLink;
use crate::pages::visitor::{Visitor, called};
use crate::problem::Problem;
use crate::roster::Roster;

/// Members on a page.
const SHOWN: usize = 25;

/// The members at some time.
pub struct Then {
    /// Which time that was.
    pub title: String,
    /// How many they were; `None` before there was an organization.
    pub total: Option<String>,
    /// So many of them as a page holds.
    pub rows: Vec<Row>,
    /// Where the list goes on.
    pub pages: Vec<PageLink>,
}

/// Somebody who was a member then.
pub struct Row {
    /// What they are called now.
    pub name: String,
    /// Whether it is who reads this.
    pub is_reader: bool,
    /// The role they had then.
    pub role: Role,
    /// How they became a member, and came by the role.
    pub acts: Vec<String>,
}

impl Then {
    /// At the time that was asked for, as far as its reader may look.
    pub async fn at(
        roster: &Roster,
        visitor: &Visitor,
        seen: &Seen,
        asked: &Asked,
        when: When,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let (language, past, organization) = (visitor.visit.language, roster.journal.past(), seen.organization);
        let at = when.until(now)?;
        let title = match when {
            When::Day(_) if at != now => language.tell("history-then-day", &[("date", language.date(at).into())]),
            _ => language.tell("history-then-moment", &[("moment", language.moment(at).into())]),
        };
        // What was recorded since the reader was let in is for their next look.
        let until = match at {
            at if at == now => seen.sequence,
            at if at < seen.founded => 0,
            at => past.sequence_at(organization, at).await?.min(seen.sequence),
        };
        if until == 0 {
            return Ok(Self { title, total: None, rows: Vec::new(), pages: Vec::new() });
        }
        let total = past.census(organization, Span { after: until, until }).await?.before;
        let after = asked.members_after.unwrap_or(0);
        let mut stays = past.members(organization, Span { after, until }, SHOWN + 1).await?;
        let has_more = stays.len() > SHOWN;
        stays.truncate(SHOWN);
        let (address, mut pages) = (seen.address(), Vec::new());
        if asked.members_after.is_some() {
            pages.push(PageLink { href: asked.page(&address, None), label: language.say("first-page") });
        }
        if let Some(last) = stays.last().filter(|_| has_more) {
            let href = asked.page(&address, Some(("members_after", last.joined.sequence)));
            pages.push(PageLink { href, label: language.say("next-page") });
        }
        let total = Some(language.tell("members-shown", &[("number", total.into())]));
        Ok(Self { title, total, rows: rows(roster, visitor, &stays).await?, pages })
    }
}

async fn rows(roster: &Roster, visitor: &Visitor, stays: &[Stay]) -> Result<Vec<Row>, Problem> {
    let language = visitor.visit.language;
    let actors = stays.iter().flat_map(|stay| [&stay.joined, &stay.role_given]).filter_map(|act| act.actor.person());
    let mut users: Vec<UserId> = actors.chain(stays.iter().map(|stay| &stay.tenure.user_id)).cloned().collect();
    users.sort_unstable();
    users.dedup();
    let known = roster.journal.people().named(&users).await?;
    let row = |stay: &Stay| {
        let mut acts = vec![member_since(language, &stay.joined, &known)];
        acts.extend(circumstances(language, &stay.joined.actor, &stay.joined.notes));
        if stay.role_given.sequence != stay.joined.sequence {
            acts.push(role_since(language, Frame::role_in(language, stay.role), &stay.role_given, &known));
            acts.extend(circumstances(language, &stay.role_given.actor, &stay.role_given.notes));
        }
        let user = &stay.tenure.user_id;
        Row { name: called(known.get(user), user), is_reader: *user == visitor.caller.user, role: stay.role, acts }
    };
    Ok(stays.iter().map(row).collect())
}
