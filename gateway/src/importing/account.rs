//! What becomes of each step, in an import as in its rehearsal.

use std::collections::HashMap;

use domain::{OrganizationId, Refusal};

use super::organizations::refused_at;
use super::plan::Step;
use super::report::Report;
use super::row::{Kind, Place};

/// Keeps the report, and knows which organizations are not taken over.
pub struct Account<'r> {
    /// What it comes to.
    pub report: &'r mut Report,
    refused: HashMap<OrganizationId, Place>,
}

/// What came of a step.
#[derive(Clone, Copy, Debug)]
pub enum Came {
    /// It is taken over now.
    Imported,
    /// It was before.
    ThereAlready,
    /// It was before, and the row said something else then.
    Otherwise,
    /// A rule is broken.
    Refused(Refusal),
    /// Something else is wrong with the row.
    Wrong(&'static str),
}

impl<'r> Account<'r> {
    /// An account of an import that begins.
    pub fn of(report: &'r mut Report) -> Self {
        Self { report, refused: HashMap::new() }
    }

    /// Whether this step is to be taken: into an organization that was refused nobody is put, also where Roster has another one by that
    /// id.
    pub fn admits(&mut self, step: &Step) -> bool {
        let Some(place) = self.refused.get(&step.organization) else { return true };
        self.report.refuse(step.place.clone(), refused_at(place));
        false
    }

    /// Notes what came of one that was.
    pub fn note(&mut self, step: Step, came: Came) {
        let why = match came {
            Came::Imported => return self.count(&step, Report::imported),
            Came::ThereAlready => return self.count(&step, Report::there_already),
            // The organization is the one it was: others still come into it.
            Came::Otherwise => {
                let why = "was taken over before, and otherwise: change it in Roster";
                return self.report.refuse(step.place, why);
            }
            Came::Refused(Refusal::InvitationExpired) => return self.report.expired(),
            // In words for somebody at the command line.
            Came::Refused(Refusal::OrganizationNotFound) => "organization: there is none in Roster any more".to_owned(),
            Came::Refused(refusal) => refusal.to_string(),
            Came::Wrong(why) => why.to_owned(),
        };
        if step.kind == Kind::Organization {
            self.refused.insert(step.organization, step.place.clone());
        }
        self.report.refuse(step.place, why);
    }

    /// The owner comes with the organization.
    fn count(&mut self, step: &Step, count: fn(&mut Report, Kind)) {
        count(self.report, step.kind);
        if step.kind == Kind::Organization {
            count(self.report, Kind::Member);
        }
    }
}
