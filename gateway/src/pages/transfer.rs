//! Transferring ownership: to whom, and asked once more with the name typed.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use domain::{MemberId, OrganizationCommand, Role};
use journal::OrganizationRef;
use projections::{MembersQuery, ProjectionName};

use super::VIA;
use super::asked::searched;
use super::confirm::{Confirm, is_typed};
use super::form::Form;
use super::frame::Frame;
use super::members::Row;
use super::notice::Notice;
use super::visitor::{Inside, Visitor, address_of, called};
use crate::extract::{Member, Org, Query};
use crate::problem::Problem;
use crate::roster::Roster;

/// Members to choose from at most; others are found by searching.
const SHOWN: usize = 25;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/app/{org}/transfer", get(choose))
        .route("/app/{org}/members/{member}/owner", get(confirm).post(transfer))
}

#[derive(Template)]
#[template(path = "transfer.html")]
struct TransferPage {
    frame: Frame,
    address: String,
    question: String,
    search: String,
    rows: Vec<Row>,
}

async fn choose(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    query: Query,
) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    let search = searched(&query)?;
    let wanted = MembersQuery { limit: SHOWN + 1, search: search.clone(), ..MembersQuery::default() };
    let now = roster.views_of_now(ProjectionName::Members).await;
    let inside = Inside::as_owner(&roster, &visitor.caller, &org).await?;
    let (views, _) = now?;
    let found = views.members(inside.excerpt.organization, &wanted).await?.items;
    let others = found.into_iter().filter(|row| row.role != Role::Owner).take(SHOWN);
    let page = TransferPage {
        frame: Frame::inside(&roster, &visitor, &inside, "settings", language.say("transfer-title")),
        address: inside.at(""),
        question: language.tell("transfer-choose", &[("organization", inside.name.as_str().into())]),
        search: search.unwrap_or_default(),
        rows: others.map(|row| Row::of(&visitor, &inside, row)).collect(),
    };
    Ok(visitor.visit.page(StatusCode::OK, &page))
}

async fn confirm(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member): Member,
) -> Result<Response, Problem> {
    page(&roster, &visitor, &org, member, None).await
}

async fn page(
    roster: &Roster,
    visitor: &Visitor,
    org: &OrganizationRef,
    member: MemberId,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let inside = Inside::as_owner(roster, &visitor.caller, org).await?;
    let (details, language) = (roster.member_now(inside.excerpt.organization, member).await?, visitor.visit.language);
    let name = called(Some(&details.person), &details.user);
    let names = [("organization", inside.name.as_str().into()), ("person", name.as_str().into())];
    let say = |key: &str| language.tell(key, &names);
    let page = Confirm {
        frame: Frame::inside(roster, visitor, &inside, "settings", say("transfer-person-title")),
        sentences: vec![say("transfer-ends")],
        facts: Vec::new(),
        typed: Some(inside.name.clone()),
        action: inside.by_id(&format!("/members/{member}/owner")),
        back: inside.at("/transfer"),
        confirm: say("transfer-confirm"),
    };
    Ok(page.page(&visitor.visit, problem))
}

async fn transfer(
    State(roster): State<Roster>,
    visitor: Visitor,
    Org(org): Org,
    Member(member): Member,
    form: Form,
) -> Result<Response, Problem> {
    let inside = Inside::of(&roster, &visitor.caller, &org).await?;
    match transferred(&roster, &visitor, &inside, member, &form).await {
        Ok(response) => Ok(response),
        Err(problem) => page(&roster, &visitor, &org, member, Some(visitor.visit.shown_again(problem)?)).await,
    }
}

async fn transferred(
    roster: &Roster,
    visitor: &Visitor,
    inside: &Inside,
    member_id: MemberId,
    form: &Form,
) -> Result<Response, Problem> {
    is_typed(form.field("typed"), &inside.name)?;
    let command = OrganizationCommand::TransferOwnership { member_id };
    let outcome = roster.ask(&visitor.caller, inside.excerpt.organization.into(), command, VIA).await?;
    // It is done: a failure to say to whom must not read as a failure to do it.
    let name = match roster.member(&visitor.caller, &outcome, member_id).await {
        Ok(member) => called(Some(&member.person), &member.user),
        Err(_) => visitor.visit.language.say("nobody-known"),
    };
    let to = address_of(roster, &visitor.caller, outcome.organization, "/settings").await;
    Ok(visitor.visit.redirect_with(&to, &Notice::Transferred(name)))
}
