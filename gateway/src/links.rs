//! Addresses of our pages, as they are given to others: in answers, and from there into mails.

use std::str::FromStr;

use domain::InvitationId;

use crate::origins::{NotOrigins, origin};

/// Where people reach our pages, if that was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicUrl(Option<String>);

impl PublicUrl {
    /// The page on which an invitation is accepted: absolute where it is known how, else a path.
    pub fn invitation(&self, id: InvitationId) -> String {
        format!("{}/app/invitations/{id}", self.0.as_deref().unwrap_or_default())
    }
}

impl FromStr for PublicUrl {
    type Err = NotOrigins;
    /// An origin; nothing is as good as unset.
    fn from_str(text: &str) -> Result<Self, NotOrigins> {
        let text = text.trim();
        if text.is_empty() { Ok(Self(None)) } else { origin(text).map(Some).map(Self) }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that can't go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_has_a_whole_address_where_ours_is_known() {
        let id: InvitationId = "0192f0c1-0000-7000-8000-000000000000".parse().unwrap();
        let at = |public: &str| public.parse::<PublicUrl>().unwrap().invitation(id);
        assert_eq!(at("https://Roster.acme.test/"), format!("https://roster.acme.test/app/invitations/{id}"));
        assert_eq!(at(""), format!("/app/invitations/{id}"));
    }

    #[test]
    fn our_pages_lie_at_the_root_of_their_host() {
        for bad in ["roster.acme.test", "https://acme.test/roster", "ftp://acme.test", "https://a@acme.test"] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
