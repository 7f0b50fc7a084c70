//! Signing in: here, as anybody, for development; elsewhere, by a link, in production. And the language.

use std::time::{Duration, SystemTime};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::{get, post};
use domain::{EmailAddress, SearchBy, UserId};
use uuid::Uuid;

use super::form::Form;
use super::frame::Frame;
use super::notice::Notice;
use super::visit::{Visit, safe_return};
use super::visitor::called;
use crate::caller::SESSION_COOKIE;
use crate::extract::Query;
use crate::identity::{DevKey, SignIn, TokenRequest};
use crate::language::{self, Language};
use crate::problem::Problem;
use crate::roster::Roster;

/// How long one stays signed in.
const SIGNED_IN: Duration = Duration::from_secs(12 * 60 * 60);

/// People shown to pick from at most.
const SHOWN: usize = 12;

pub(super) fn router() -> Router<Roster> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/language", post(choose_language))
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    frame: Frame,
    people: Vec<Somebody>,
    return_to: String,
    typed: Typed,
}

/// What was typed before it failed.
#[derive(Default)]
struct Typed {
    user_id: String,
    name: String,
    email: String,
}

struct Somebody {
    user: UserId,
    name: String,
}

#[derive(Template)]
#[template(path = "sign-in-elsewhere.html")]
struct ElsewherePage {
    frame: Frame,
    url: Option<String>,
}

async fn show(State(roster): State<Roster>, visit: Visit, query: Query) -> Result<Response, Problem> {
    let return_to = query.get::<String>("return_to")?;
    let return_to = safe_return(return_to.as_deref()).to_owned();
    match &*roster.sign_in {
        SignIn::Development(_) => pick(&roster, &visit, &return_to, Typed::default(), None).await,
        SignIn::Elsewhere(url) => {
            let back: String = form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
            let url = url.as_ref().map(|url| url.replace("{return_to}", &back));
            let frame = Frame::outside(&visit, visit.language.say("sign-in"));
            Ok(visit.page(StatusCode::OK, &ElsewherePage { frame, url }))
        }
    }
}

async fn pick(
    roster: &Roster,
    visit: &Visit,
    return_to: &str,
    typed: Typed,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let people = roster.journal.people();
    let found = people.matching(SearchBy::Name, "", None, SHOWN).await?;
    let users: Vec<UserId> = found.into_iter().map(|found| found.user).collect();
    let known = people.named(&users).await?;
    let people = users.into_iter().map(|user| Somebody { name: called(known.get(&user), &user), user }).collect();
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let frame = Frame::outside(visit, visit.language.say("sign-in")).after(problem);
    Ok(visit.page(status, &SignInPage { frame, people, return_to: return_to.to_owned(), typed }))
}

async fn sign_in(State(roster): State<Roster>, visit: Visit, form: Form) -> Result<Response, Problem> {
    let SignIn::Development(key) = &*roster.sign_in else {
        return Err(Problem::new("not-found", "There is nothing at this address."));
    };
    let return_to = safe_return(Some(form.field("return_to")));
    match token(&roster, key, &form).await {
        Ok(token) => {
            let lasts = cookie::time::Duration::try_from(SIGNED_IN).unwrap_or(cookie::time::Duration::HOUR);
            let mut response = visit.redirect(return_to);
            response.headers_mut().append(SET_COOKIE, visit.cookie(SESSION_COOKIE, token, lasts));
            Ok(response)
        }
        Err(problem) => {
            let typed = |name: &str| form.field(name).to_owned();
            let typed = Typed { user_id: typed("user_id"), name: typed("name"), email: typed("email") };
            pick(&roster, &visit, return_to, typed, Some(visit.shown_again(problem)?)).await
        }
    }
}

/// A development token of whoever is picked or typed. What is not typed is as it is known.
async fn token(roster: &Roster, key: &DevKey, form: &Form) -> Result<String, Problem> {
    let user_id: UserId = form.parse("user_id")?;
    let typed = |name: &str| Some(form.field(name).trim().to_owned()).filter(|text| !text.is_empty());
    let email = typed("email").map(|_| form.parse::<EmailAddress>("email")).transpose()?;
    let known = roster.person(&user_id).await?;
    let email = email.or(known.email).map(|email| email.as_str().to_owned());
    let request = TokenRequest {
        user_id,
        email_verified: email.is_some(),
        email,
        name: typed("name").or(known.name),
        picture: known.picture,
        session: Some(Uuid::new_v4().to_string()),
        scope: None,
        expires_in: SIGNED_IN,
    };
    Ok(key.sign(&request, SystemTime::now().into()))
}

async fn sign_out(visit: Visit, _nothing: Form) -> Response {
    let mut response = visit.redirect_with("/sign-in", &Notice::SignedOut);
    response.headers_mut().append(SET_COOKIE, visit.forget(SESSION_COOKIE));
    response
}

async fn choose_language(visit: Visit, form: Form) -> Response {
    let to = form.field("return_to");
    let at_the_door = to == "/sign-in" || to.starts_with("/sign-in?");
    let to = if at_the_door && to.bytes().all(|byte| byte.is_ascii_graphic()) { to } else { safe_return(Some(to)) };
    let mut response = visit.redirect(to);
    if let Some(chosen) = Language::tagged(form.field("language")) {
        let lasts = cookie::time::Duration::days(365);
        response.headers_mut().append(SET_COOKIE, visit.cookie(language::COOKIE_NAME, chosen.tag().to_owned(), lasts));
    }
    response
}
