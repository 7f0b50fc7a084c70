//! One sentence that a redirect brings to the page it leads to, in a cookie that this page takes away.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::text::is_forbidden;
use serde::{Deserialize, Serialize};

use crate::cookies;
use crate::language::Language;

const COOKIE_NAME: &str = "roster_notice";

/// Long enough for a redirect, too short to surprise anybody later.
const LASTS: cookie::time::Duration = cookie::time::Duration::seconds(60);

/// The longest name that anybody or anything has, in characters.
const LONGEST_NAME: usize = 200;

/// The longest cookie that is read, in bytes: a name has 200 characters at most.
const LONGEST: usize = 2048;

/// What happened, with the name of whom or what it happened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the texts `notice-…` say it")]
pub enum Notice {
    Left(String),
    Founded(String),
    Joined(String),
    Declined(String),
    Invited,
    Extended,
    Revoked,
    RoleChanged,
    Removed(String),
    Transferred(String),
    Deleted(String),
    Saved,
    NotThere,
    SignedOut,
}

impl Notice {
    /// The sentence.
    pub fn say(&self, language: Language) -> String {
        let key = match self {
            Self::Left(_) => "notice-left",
            Self::Founded(_) => "notice-founded",
            Self::Joined(_) => "notice-joined",
            Self::Declined(_) => "notice-declined",
            Self::Invited => "notice-invited",
            Self::Extended => "notice-extended",
            Self::Revoked => "notice-revoked",
            Self::RoleChanged => "notice-role-changed",
            Self::Removed(_) => "notice-removed",
            Self::Transferred(_) => "notice-transferred",
            Self::Deleted(_) => "notice-deleted",
            Self::Saved => "notice-saved",
            Self::NotThere => "notice-not-there",
            Self::SignedOut => "notice-signed-out",
        };
        let name = self.name();
        language.tell(key, &[("organization", name.into()), ("person", name.into())])
    }

    /// Of whom or what; empty where nobody is named.
    fn name(&self) -> &str {
        match self {
            Self::Left(name)
            | Self::Founded(name)
            | Self::Joined(name)
            | Self::Declined(name)
            | Self::Removed(name)
            | Self::Transferred(name)
            | Self::Deleted(name) => name,
            Self::Invited
            | Self::Extended
            | Self::Revoked
            | Self::RoleChanged
            | Self::Saved
            | Self::NotThere
            | Self::SignedOut => "",
        }
    }
}

/// The notice in the request, if there is one and it is one of ours.
pub fn read(headers: &HeaderMap) -> Option<Notice> {
    let value = cookies::read(headers, COOKIE_NAME).filter(|value| value.len() <= LONGEST)?;
    let notice: Notice = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    // Whoever else can set a cookie here plants no more than a name.
    let name = notice.name();
    (name.chars().count() <= LONGEST_NAME && !name.chars().any(is_forbidden)).then_some(notice)
}

/// A `Set-Cookie` with the notice.
pub fn write(headers: &HeaderMap, notice: &Notice) -> HeaderValue {
    let json = serde_json::to_vec(notice).unwrap_or_default();
    cookies::write(headers, COOKIE_NAME, URL_SAFE_NO_PAD.encode(json), LASTS)
}

/// A `Set-Cookie` that takes it away.
pub fn forget(headers: &HeaderMap) -> HeaderValue {
    cookies::forget(headers, COOKIE_NAME)
}
