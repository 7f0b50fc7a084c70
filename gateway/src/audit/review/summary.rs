//! The page of a review: what there is to know at a glance, a picture of it, and the same numbers as a table. Needs nothing but itself.

use anyhow::bail;
use askama::Template;
use chrono::{NaiveDate, SecondsFormat};
use domain::{Census, Count, OrganizationId, Profile, Role, Stay, Stretch, Timestamp};
use journal::Span;

use super::findings::Findings;
use crate::audit::chart::{Chart, Words};

/// Those with a role above member who are named on the page; all are in the table of members.
const NAMED: usize = 100;

/// What is reviewed.
pub struct Period {
    /// Which organization.
    pub organization: OrganizationId,
    /// From this time on.
    pub from: Timestamp,
    /// Until this one.
    pub to: Timestamp,
    /// The same in its history.
    pub span: Span,
}

/// The page.
#[derive(Template)]
#[template(path = "review.html")]
pub struct Summary {
    name: String,
    slug: String,
    organization: OrganizationId,
    from: String,
    to: String,
    first: u64,
    last: u64,
    at_start: u64,
    joined: u64,
    left: u64,
    removed: u64,
    ended_with_it: u64,
    at_end: u64,
    role_changes: usize,
    transfers: usize,
    chart: String,
    counts: Vec<Count>,
    stretch: &'static str,
    elevated: Vec<Elevated>,
    more: usize,
    files: Vec<&'static str>,
}

/// Somebody with a role above member at the end.
struct Elevated {
    user: String,
    role: Role,
    since: String,
    by: String,
}

impl Summary {
    /// Fails where counting and folding do not come to the same: then neither is to be believed.
    pub fn of(
        period: &Period,
        profile: Option<&Profile>,
        findings: &Findings,
        census: &Census,
    ) -> anyhow::Result<Self> {
        let (first, last) = (period.from.date_naive(), period.to.date_naive());
        // A period may begin long before the organization.
        let first =
            if period.span.after == 0 { census.days.first().map_or(first, |(day, _)| *day).max(first) } else { first };
        let stretch = Stretch::suiting(first, last);
        let counts = census.by(stretch, first, last);
        let sum = |of: fn(&Count) -> u64| counts.iter().map(of).sum::<u64>();
        let at_end = counts.last().map_or(census.before, |count| count.members);
        let counted = (census.before, sum(|one| one.joined), sum(|one| one.left), sum(|one| one.removed), at_end);
        let folded = (
            findings.at_start.len() as u64,
            findings.joins.len() as u64,
            findings.leaves.len() as u64,
            findings.removals.len() as u64,
            findings.at_end.len() as u64,
        );
        if counted != folded {
            bail!("the events were counted as {counted:?}, and come to {folded:?}");
        }
        let words = Words {
            title: "Members, joins and departures".into(),
            description: format!("From {} to {} members; the table below has the same numbers.", census.before, at_end),
            members: "Members".into(),
            joined: "Joined".into(),
            departed: "Departed".into(),
        };
        let mut files: Vec<&str> = vec!["members-at-start.csv", "members-at-end.csv"];
        files.extend(findings.changes().map(|(name, _)| name));
        let above = |stay: &&Stay| stay.role != Role::Member;
        let all = findings.at_end.iter().filter(above).count();
        Ok(Self {
            name: profile.map_or_else(|| period.organization.to_string(), |profile| profile.name.to_string()),
            slug: profile.map(|profile| profile.slug.to_string()).unwrap_or_default(),
            organization: period.organization,
            from: told(period.from),
            to: told(period.to),
            first: period.span.after + 1,
            last: period.span.until,
            at_start: counted.0,
            joined: counted.1,
            left: counted.2,
            removed: counted.3,
            ended_with_it: sum(|one| one.ended_with_it),
            at_end,
            role_changes: findings.role_changes.len(),
            transfers: findings.transfers.len() / 2,
            chart: Chart::of(&counts, words, NaiveDate::to_string).render()?,
            stretch: match stretch {
                Stretch::Day => "Day (UTC)",
                Stretch::Week => "Week from (UTC)",
                Stretch::Month => "Month from (UTC)",
            },
            counts,
            elevated: findings.at_end.iter().filter(above).take(NAMED).map(Elevated::from).collect(),
            more: all.saturating_sub(NAMED),
            files,
        })
    }
}

impl From<&Stay> for Elevated {
    fn from(stay: &Stay) -> Self {
        Self {
            user: stay.tenure.user_id.to_string(),
            role: stay.role,
            since: told(stay.role_given.at),
            by: stay.role_given.actor.to_string(),
        }
    }
}

fn told(time: Timestamp) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
