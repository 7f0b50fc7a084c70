//! What happened, newest first, page by page.

use domain::{Recorded, Sequence};
use journal::ask::Unavailable;
use journal::{Filter, Span, Unreadable, Written};

use super::act::circumstances;
use super::asked::Asked;
use super::seen::Seen;
use crate::language::Language;
use crate::pages::changes::{Change, told};
use crate::pages::members::PageLink;
use crate::problem::Problem;
use crate::roster::Roster;

/// Events on a page.
const SHOWN: u64 = 25;

/// A page of events.
pub struct Timeline {
    /// The events.
    pub entries: Vec<Entry>,
    /// Where there are others.
    pub pages: Vec<PageLink>,
}

/// An event.
pub struct Entry {
    /// Its place in the organization's history.
    pub sequence: Sequence,
    /// What happened, and when.
    pub change: Change,
    /// By which hand, and why.
    pub circumstances: Vec<String>,
}

impl Timeline {
    /// The events that were asked for. Sequences have no gaps: a page is so many of them, wherever it lies.
    pub async fn of(roster: &Roster, language: Language, seen: &Seen, asked: &Asked) -> Result<Self, Problem> {
        let until = asked.before.map_or(seen.sequence, |before| seen.sequence.min(before.saturating_sub(1)));
        let after = until.saturating_sub(SHOWN);
        let span = Span { after, until };
        let events = roster.journal.past().events(seen.organization, &Filter::default(), span, SHOWN as usize).await?;
        let events: Result<Vec<Recorded>, Unreadable> = events.into_iter().rev().map(Written::recorded).collect();
        let events = events.map_err(|_| Unavailable::Unreadable(seen.organization))?;
        let beside = |event: &Recorded| (event.sequence, circumstances(language, &event.actor, &event.notes));
        let beside: Vec<_> = events.iter().map(beside).collect();
        let changes = told(roster, language, events).await?;
        let entry = |((sequence, circumstances), change)| Entry { sequence, change, circumstances };
        let entries = beside.into_iter().zip(changes).map(entry).collect();
        let (address, mut pages) = (seen.address(), Vec::new());
        if asked.before.is_some() {
            pages.push(PageLink { href: asked.page(&address, None), label: language.say("history-newest") });
        }
        if after > 0 {
            let href = asked.page(&address, Some(("before", after + 1)));
            pages.push(PageLink { href, label: language.say("history-older") });
        }
        Ok(Self { entries, pages })
    }
}
