//! An invitation as the person invited sees it: accept or decline.

use std::time::SystemTime;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{InvitationId, MemberId, OrganizationCommand};
use journal::OrganizationRef;
use uuid::Uuid;

use super::VIA;
use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visitor::{Inside, Visitor, called};
use crate::extract::Invited;
use crate::problem::Problem;
use crate::roster::Roster;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/app/invitations/{id}", get(show))
        .route("/app/invitations/{id}/accept", post(accept))
        .route("/app/invitations/{id}/decline", post(decline))
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    frame: Frame,
    id: InvitationId,
    from: String,
    until: String,
    account: String,
    is_open: bool,
}

async fn show(State(roster): State<Roster>, visitor: Visitor, Invited(id): Invited) -> Result<Response, Problem> {
    page(&roster, &visitor, id, None).await
}

async fn accept(
    State(roster): State<Roster>,
    visitor: Visitor,
    Invited(invitation_id): Invited,
    _nothing: Form,
) -> Result<Response, Problem> {
    let (member_id, caller) = (MemberId(Uuid::now_v7()), roster.claimed(&visitor.caller).await?);
    let command = OrganizationCommand::AcceptInvitation { invitation_id, member_id, caller };
    match roster.ask(&visitor.caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await {
        Ok(outcome) => {
            roster.known.used(&visitor.caller, outcome.organization);
            // They have joined, whether or not it can be said where.
            let to = format!("/app/{}", outcome.organization);
            Ok(match roster.summary(&outcome).await {
                Ok(joined) => {
                    let notice = Notice::Joined(joined.profile.name.as_str().to_owned());
                    visitor.visit.redirect_with(&format!("/app/{}", joined.profile.slug), &notice)
                }
                Err(_) => visitor.visit.redirect(&to),
            })
        }
        // Asked twice, as by a double click: the first one did it.
        Err(problem) if matches!(problem.code(), "invitation-settled" | "already-a-member") => {
            let own = roster.invitation_for(&visitor.caller, invitation_id).await?;
            match Inside::of(&roster, &visitor.caller, &own.organization.into()).await {
                Ok(inside) => Ok(visitor.visit.redirect_with(&inside.at(""), &Notice::Joined(inside.name))),
                Err(_) => page(&roster, &visitor, invitation_id, Some(visitor.visit.shown_again(problem)?)).await,
            }
        }
        Err(problem) => page(&roster, &visitor, invitation_id, Some(visitor.visit.shown_again(problem)?)).await,
    }
}

async fn decline(
    State(roster): State<Roster>,
    visitor: Visitor,
    Invited(invitation_id): Invited,
    _nothing: Form,
) -> Result<Response, Problem> {
    let caller = roster.claimed(&visitor.caller).await?;
    let command = OrganizationCommand::DeclineInvitation { invitation_id, caller };
    match roster.ask(&visitor.caller, OrganizationRef::OfInvitation(invitation_id), command, VIA).await {
        Ok(outcome) => Ok(match roster.summary(&outcome).await {
            Ok(declined) => {
                visitor.visit.redirect_with("/app", &Notice::Declined(declined.profile.name.as_str().to_owned()))
            }
            Err(_) => visitor.visit.redirect("/app"),
        }),
        Err(problem) => page(&roster, &visitor, invitation_id, Some(visitor.visit.shown_again(problem)?)).await,
    }
}

async fn page(
    roster: &Roster,
    visitor: &Visitor,
    id: InvitationId,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let language = visitor.visit.language;
    // Whoever it is not for learns nothing of it but that.
    let own = match roster.invitation_for(&visitor.caller, id).await {
        Err(why) => return Err(problem.unwrap_or(why)),
        Ok(own) => own,
    };
    let inviter = called(Some(&roster.person(&own.invited_by).await?), &own.invited_by);
    let name = own.name.as_str();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let page = InvitationPage {
        frame: Frame::of(roster, visitor, language.tell("invitation-title", &[("organization", name.into())]))
            .after(problem),
        id,
        from: language.tell(
            "invitation-from",
            &[("person", inviter.into()), ("organization", name.into()), ("role", own.role.as_str().into())],
        ),
        until: language.tell("invitation-until", &[("date", language.date(own.expires_at).into())]),
        account: language.tell("invitation-account", &[("person", visitor.name().into())]),
        is_open: own.is_open(SystemTime::now().into()),
    };
    Ok(visitor.visit.page(status, &page))
}
