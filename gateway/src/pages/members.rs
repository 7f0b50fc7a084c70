//! The members of an organization: found, given roles, and the way out for the reader.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{MemberId, OrganizationCommand, Position, Role};
use projections::{MemberRow, MembersQuery, ProjectionName};

use super::VIA;
use super::form::Form;
use super::frame::Frame;
use super::invitations::{self, Pending};
use super::notice::Notice;
use super::visitor::{Inside, Visitor, called};
use crate::extract::{Member, Org, Query};
use crate::problem::Problem;
use crate::roster::Roster;

/// Members on a page.
const SHOWN: usize = 25;

/// The roles that are given: the owner's is transferred.
pub(super) const GIVEN: [Role; 2] = [Role::Member, Role::Admin];

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/members", get(show)).route("/app/{org}/members/{member}/role", post(change_role))
}

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    frame: Frame,
    address: String,
    may_leave: bool,
    search: String,
    role: Option<Role>,
    roles: [Role; 3],
    given: [Role; 2],
    total: String,
    rows: Vec<Row>,
    pages: Vec<PageLink>,
    email: String,
    /// What only the owner and admins see.
    invitations: Option<Vec<Pending>>,
    more_invitations: Option<String>,
}

/// A member as the list shows them.
pub struct Row {
    /// Which tenure.
    pub id: MemberId,
    /// What they are called.
    pub name: String,
    /// Their address, where it is not what they are called.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    initial: String,
    joined: String,
    is_reader: bool,
    is_mine_to_change: bool,
}

struct PageLink {
    href: String,
    label: String,
}

async fn show(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    query: Query,
) -> Result<Response, Problem> {
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    roster.known.used(&visitor.caller.user, inside.excerpt.organization);
    page(&roster, &visitor, &inside, &query, None).await
}

/// The page with the list; `failed` is an invitation that was not sent, and why.
pub(super) async fn page(
    roster: &Roster,
    visitor: &Visitor,
    inside: &Inside,
    query: &Query,
    failed: Option<(Problem, Form)>,
) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    let asked = Asked::of(query)?;
    let views = roster.views_of_now(ProjectionName::Members).await?;
    let members = views.members(inside.excerpt.organization, &asked.members()).await?;
    let mut pages = Vec::new();
    if asked.after.is_some() {
        pages.push(PageLink { href: asked.page(inside, None), label: language.say("first-page") });
    }
    if let Some(next) = members.next {
        pages.push(PageLink { href: asked.page(inside, Some(next)), label: language.say("next-page") });
    }
    let (invitations, more_invitations) = match inside.is_admin() {
        true => invitations::pending(roster, language, inside, query).await?,
        false => (None, None),
    };
    let (problem, form) = failed.unzip();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let frame = Frame::inside(roster, visitor, inside, "members", language.say("members-title")).after(problem);
    let page = MembersPage {
        frame,
        address: inside.at(""),
        may_leave: !inside.is_owner(),
        search: asked.search.unwrap_or_default(),
        role: asked.role,
        roles: [Role::Owner, Role::Admin, Role::Member],
        given: GIVEN,
        total: language.tell("members-shown", &[("number", members.total.into())]),
        rows: members.items.into_iter().map(|row| Row::of(visitor, inside, row)).collect(),
        pages,
        email: form.map(|form| form.field("email").to_owned()).unwrap_or_default(),
        invitations,
        more_invitations,
    };
    Ok(visitor.visit.page(status, &page))
}

impl Row {
    pub(super) fn of(visitor: &Visitor, inside: &Inside, row: MemberRow) -> Self {
        let language = visitor.visit.language;
        let name = called(row.person.as_ref(), &row.user_id);
        let email = row.person.and_then(|person| person.email).map(|email| email.as_str().to_owned());
        let is_reader = row.user_id == visitor.caller.user;
        Self {
            id: row.member_id,
            initial: name.chars().next().into_iter().flat_map(char::to_uppercase).collect(),
            email: email.filter(|email| *email != name),
            role: row.role,
            joined: language.tell("joined-on", &[("date", language.date(row.joined_at).into())]),
            is_reader,
            is_mine_to_change: inside.is_admin() && row.role != Role::Owner && !is_reader,
            name,
        }
    }
}

/// What the list is asked for.
struct Asked {
    search: Option<String>,
    role: Option<Role>,
    after: Option<Position>,
}

impl Asked {
    fn of(query: &Query) -> Result<Self, Problem> {
        let search = query.get::<String>("search")?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        if search.as_ref().is_some_and(|text| text.chars().count() > 100) {
            return Err(Problem::invalid("/search", "must be at most 100 characters"));
        }
        // "Any role" is sent as an empty one.
        let role = match query.get::<String>("role")?.as_deref() {
            None | Some("") => None,
            Some(_) => query.get::<Role>("role")?,
        };
        Ok(Self { search, role, after: query.get("after")? })
    }

    fn members(&self) -> MembersQuery {
        MembersQuery {
            limit: SHOWN,
            after: self.after,
            search: self.search.clone(),
            role: self.role,
            ..Default::default()
        }
    }

    fn page(&self, inside: &Inside, after: Option<Position>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(search) = &self.search {
            query.append_pair("search", search);
        }
        if let Some(role) = self.role {
            query.append_pair("role", role.as_str());
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        format!("{}?{}", inside.at("/members"), query.finish())
    }
}

async fn change_role(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member_id): Member,
    form: Form,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::ChangeMemberRole { member_id, role: form.parse("role")? };
    let outcome = roster.ask(&visitor.caller, org, command, VIA).await?;
    let inside = Inside::of(&roster, &visitor.caller, &outcome.organization.into()).await?;
    Ok(visitor.visit.redirect_with(&inside.at("/members"), &Notice::RoleChanged))
}
