//! The members of an organization: found, given roles, and the way out for the reader.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{MemberId, OrganizationCommand, Role};
use journal::OrganizationRef;
use projections::{MemberRow, Page, ProjectionName, Views};

use super::VIA;
use super::asked::Asked;
use super::form::Form;
use super::frame::Frame;
use super::invitations::{self, Pending};
use super::notice::Notice;
use super::visitor::{Inside, Visitor, address_of, called};
use crate::extract::{Member, Org, Query};
use crate::language::Language;
use crate::problem::Problem;
use crate::roster::Roster;

/// The roles that are given: the owner's is transferred.
const GIVEN: [Role; 2] = [Role::Member, Role::Admin];

pub(super) fn router() -> Router<Roster> {
    Router::new().route("/app/{org}/members", get(show)).route("/app/{org}/members/{member}/role", post(change_role))
}

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    frame: Frame,
    address: String,
    posts: String,
    may_leave: bool,
    search: String,
    role: Option<Role>,
    roles: [Role; 3],
    given: [Role; 2],
    total: String,
    rows: Vec<Row>,
    /// Why there is no list just now.
    not_shown: Option<String>,
    pages: Vec<PageLink>,
    email: String,
    invited_as: Role,
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

/// A way to another page of a list.
pub struct PageLink {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
}

async fn show(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    query: Query,
) -> Result<Response, Problem> {
    page(&roster, &visitor, &org, &query, None).await
}

/// The page with the list; `failed` is an invitation that was not sent, and why.
pub(super) async fn page(
    roster: &Roster,
    visitor: &Visitor,
    org: &OrganizationRef,
    query: &Query,
    failed: Option<(Problem, Form)>,
) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    let asked = Asked::of(query)?;
    // What is waited for comes before the check: who leaves meanwhile is shown nothing.
    let now = roster.views_of_now(ProjectionName::Members).await;
    let inside = &Inside::of(roster, &visitor.caller, org).await?;
    roster.known.used(&visitor.caller, inside.excerpt.organization);
    // A list that can't be shown must not stand in the way of who wants to leave.
    let (members, invitations, is_now, not_shown) = match listed(inside, &asked, query, language, now).await {
        Ok((members, invitations, is_now)) => (members, invitations, is_now, None),
        Err(problem) if problem.status() == StatusCode::SERVICE_UNAVAILABLE => {
            let why = problem.in_language(language).detail().to_owned();
            (Page::empty(), (Vec::new(), None), false, Some(why))
        }
        Err(problem) => return Err(problem),
    };
    let mut pages = Vec::new();
    if asked.after.is_some() {
        pages.push(PageLink { href: asked.page(inside, None), label: language.say("first-page") });
    }
    if let Some(next) = members.next {
        pages.push(PageLink { href: asked.page(inside, Some(next)), label: language.say("next-page") });
    }
    let (invitations, more_invitations) = (inside.is_admin().then_some(invitations.0), invitations.1);
    let (problem, form) = failed.unzip();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let frame = Frame::inside(roster, visitor, inside, "members", language.say("members-title"));
    let typed = |name: &str| form.as_ref().map(|form| form.field(name).to_owned()).unwrap_or_default();
    let page = MembersPage {
        frame: frame.after(problem).as_of_now(is_now),
        address: inside.at(""),
        posts: inside.by_id(""),
        may_leave: !inside.is_owner(),
        search: asked.search.unwrap_or_default(),
        role: asked.role,
        roles: [Role::Owner, Role::Admin, Role::Member],
        given: GIVEN,
        total: language.tell("members-shown", &[("number", members.total.into())]),
        rows: members.items.into_iter().map(|row| Row::of(visitor, inside, row)).collect(),
        not_shown,
        pages,
        email: typed("email"),
        invited_as: typed("role").parse().unwrap_or(Role::Member),
        invitations,
        more_invitations,
    };
    Ok(visitor.visit.page(status, &page))
}

/// What is listed: members, and for the owner and admins the invitations; and whether that is as of now.
type Listed = (Page<MemberRow>, (Vec<Pending>, Option<String>), bool);

async fn listed(
    inside: &Inside,
    asked: &Asked,
    query: &Query,
    language: Language,
    now: Result<(&dyn Views, bool), Problem>,
) -> Result<Listed, Problem> {
    let (views, is_now) = now?;
    let members = views.members(inside.excerpt.organization, &asked.members()).await?;
    let invitations = match inside.is_admin() {
        true => invitations::pending(views, language, inside, query).await?,
        false => (Vec::new(), None),
    };
    Ok((members, invitations, is_now))
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

async fn change_role(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member_id): Member,
    form: Form,
) -> Result<Response, Problem> {
    let command = OrganizationCommand::ChangeMemberRole { member_id, role: form.parse("role")? };
    let outcome = roster.ask(&visitor.caller, org, command, VIA).await?;
    let to = address_of(&roster, &visitor.caller, outcome.organization, "/members").await;
    Ok(visitor.visit.redirect_with(&to, &Notice::RoleChanged))
}
