//! What stands around every page: its title, where one is, who is reading, in which language.

use std::ops::Deref;

use domain::{Permission, Role};

use super::assets::Assets;
use super::visit::Visit;
use super::visitor::{Inside, Visitor};
use crate::identity::{Scope, SignIn};
use crate::language::Language;
use crate::problem::Problem;
use crate::roster::Roster;

/// What stands around a page. Says texts: `frame.say("members-title")`.
pub struct Frame {
    /// What is read here.
    pub language: Language,
    /// The page's heading.
    pub title: String,
    /// The window's title.
    pub window: String,
    /// What the reader is called, where they have signed in.
    pub reader: Option<String>,
    /// Whether they sign out here.
    pub signs_out: bool,
    /// What happened just before.
    pub notice: Option<String>,
    /// What failed just before, in a form of this page.
    pub failure: Option<String>,
    /// The field it failed at.
    mistaken: Option<String>,
    /// The organization, on pages inside one.
    pub place: Option<Place>,
    /// Where to come back to.
    pub path: String,
}

/// The organization around a page.
pub struct Place {
    /// What it is called.
    pub name: String,
    /// `/app/<slug>`, for links.
    pub address: String,
    /// `/app/<id>`, for what is asked while the page is open: another organization may have the slug by then.
    pub lasting: String,
    /// This page by its lasting address: what the script asks for again.
    pub again: String,
    /// The lists on the page are older than the organization: it is to be asked for again.
    pub is_behind: bool,
    /// Which of its pages this is: `dashboard`, `members`, `history`, `settings`.
    pub page: &'static str,
    /// The organization's sequence when it was read: what comes later, the page has not shown yet.
    pub sequence: u64,
    /// Whether the reader is a member: to others its other pages are closed, and it tells them nothing of what happens.
    pub is_theirs: bool,
    /// Whether the reader may look back.
    pub has_history: bool,
}

impl Frame {
    /// Around a page that anybody may see.
    pub fn outside(visit: &Visit, title: String) -> Self {
        let language = visit.language;
        Self {
            language,
            window: language
                .tell("window-title", &[("page", title.as_str().into()), ("organization", product(language).into())]),
            title,
            reader: None,
            signs_out: false,
            notice: visit.notice.as_ref().map(|notice| notice.say(language)),
            failure: None,
            mistaken: None,
            place: None,
            path: visit.path.clone(),
        }
    }

    /// Around a page for somebody who has signed in.
    pub fn of(roster: &Roster, visitor: &Visitor, title: String) -> Self {
        let frame = Self::outside(&visitor.visit, title);
        let signs_out = matches!(*roster.sign_in, SignIn::Development(_));
        Self { reader: Some(visitor.name()), signs_out, ..frame }
    }

    /// Around a page inside an organization.
    pub fn inside(roster: &Roster, visitor: &Visitor, inside: &Inside, page: &'static str, title: String) -> Self {
        let frame = Self::of(roster, visitor, title);
        let names = [("page", frame.title.as_str().into()), ("organization", inside.name.as_str().into())];
        let window = frame.tell("window-title", &names);
        let (name, address, lasting) = (inside.name.clone(), inside.at(""), inside.by_id(""));
        let query = frame.path.split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"));
        let again = match page {
            "members" | "history" | "settings" => format!("{lasting}/{page}{query}"),
            _ => lasting.clone(),
        };
        let (sequence, is_behind) = (inside.excerpt.sequence, false);
        let is_auditor = visitor.caller.may(Scope::Audit);
        let has_history = is_auditor || inside.membership.role.may(Permission::HistoryRead);
        let place = Place { name, address, lasting, again, is_behind, page, sequence, is_theirs: true, has_history };
        Self { window, place: Some(place), ..frame }
    }

    /// Around the history of an organization for an auditor who is not in it.
    pub fn from_outside(roster: &Roster, visitor: &Visitor, name: &str, address: String, title: String) -> Self {
        let frame = Self::of(roster, visitor, title);
        let window =
            frame.tell("window-title", &[("page", frame.title.as_str().into()), ("organization", name.into())]);
        let place = Place {
            name: name.to_owned(),
            lasting: address.clone(),
            again: frame.path.clone(),
            address,
            is_behind: false,
            page: "history",
            sequence: 0,
            is_theirs: false,
            has_history: true,
        };
        Self { window, place: Some(place), ..frame }
    }

    /// With what failed in a form of the page; a field is named as its label names it.
    pub fn after(mut self, problem: Option<Problem>) -> Self {
        let Some(problem) = problem.map(|problem| problem.in_language(self.language)) else { return self };
        let mistake = problem.mistakes().first();
        let field = mistake.map(|mistake| mistake.pointer.trim_start_matches('/').to_owned());
        let label = field.as_deref().and_then(label_of);
        self.failure = Some(match (label, mistake) {
            (Some(label), Some(mistake)) => {
                let label = self.say(label);
                self.tell("named-mistake", &[("field", label.into()), ("mistake", mistake.detail.as_str().into())])
            }
            _ => problem.detail().to_owned(),
        });
        self.mistaken = field;
        self
    }

    /// Whether this field is the one that failed.
    pub fn is_mistaken(&self, field: &str) -> bool {
        self.mistaken.as_deref() == Some(field)
    }

    /// With lists that were as far as the organization, or not.
    pub fn as_of_now(mut self, is_now: bool) -> Self {
        if let Some(place) = &mut self.place {
            place.is_behind = !is_now;
        }
        self
    }

    /// A text about an organization.
    pub fn of_organization(&self, key: &str, name: &str) -> String {
        self.tell(key, &[("organization", name.into())])
    }

    /// A text about a person.
    pub fn of_person(&self, key: &str, name: &str) -> String {
        self.tell(key, &[("person", name.into())])
    }

    /// What a role is called.
    pub fn role(&self, role: &Role) -> String {
        Self::role_in(self.language, *role)
    }

    /// What a role is called in a language.
    pub fn role_in(language: Language, role: Role) -> String {
        language.say(match role {
            Role::Owner => "role-owner",
            Role::Admin => "role-admin",
            Role::Member => "role-member",
        })
    }

    /// The languages one can choose.
    pub fn languages(&self) -> [Language; 8] {
        Language::OFFERED
    }

    /// Whether this is the page of the organization that is shown.
    pub fn is_at(&self, page: &str) -> bool {
        self.place.as_ref().is_some_and(|place| place.page == page)
    }

    /// Where style and script are.
    pub fn assets(&self) -> &'static Assets {
        Assets::all()
    }
}

/// The text of a field's label.
fn label_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "organization-name",
        "slug" => "organization-slug",
        "email" => "invite-email",
        "role" => "members-role",
        "search" => "members-search",
        "as_of" => "history-as-of",
        "user_id" => "sign-in-user-id",
        _ => return None,
    })
}

fn product(language: Language) -> String {
    language.say("product")
}

impl Deref for Frame {
    type Target = Language;

    fn deref(&self) -> &Language {
        &self.language
    }
}
