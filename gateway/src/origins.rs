//! Whose pages may use a person's cookie: our own, and those of trusted origins.

use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue};
use url::{Origin, Url};

/// Origins that are trusted beside our own: applications of the host's that are served from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedOrigins(Vec<String>);

/// A setting that names no origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be origins such as https://app.example, separated by commas")]
pub struct NotOrigins;

/// Whose page a request says it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// One of ours, or of a trusted origin.
    Trusted,
    /// Somebody else's.
    Foreign,
    /// It does not say, or says `null`.
    Unknown,
}

impl TrustedOrigins {
    /// The origins as browsers send them.
    pub fn header_values(&self) -> Vec<HeaderValue> {
        self.0.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect()
    }

    /// Whose page a request says it comes from: by `Origin`, else by `Referer`.
    pub fn sender(&self, headers: &HeaderMap) -> Sender {
        let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let page = said("origin").or_else(|| said("referer")).and_then(|text| Url::parse(text).ok());
        let Some(origin @ Origin::Tuple(..)) = page.map(|page| page.origin()) else { return Sender::Unknown };
        let ours = match said("sec-fetch-site") {
            // Browsers say it of every request and scripts can't: it counts the scheme too, and tells where a proxy has put another
            // host in our place.
            Some(site) => site == "same-origin",
            None => said("host").is_some_and(|host| is_at(&origin, host)),
        };
        if ours || self.0.contains(&origin.ascii_serialization()) { Sender::Trusted } else { Sender::Foreign }
    }
}

/// Whether this is the host of a request. Whoever ends TLS in front of us leaves the scheme to the page.
fn is_at(origin: &Origin, host: &str) -> bool {
    let Origin::Tuple(scheme, ..) = origin else { return false };
    Url::parse(&format!("{scheme}://{host}/")).is_ok_and(|url| url.origin() == *origin)
}

impl FromStr for TrustedOrigins {
    type Err = NotOrigins;
    /// Separated by commas; none is as good as unset.
    fn from_str(text: &str) -> Result<Self, NotOrigins> {
        let listed = text.split(',').map(str::trim).filter(|text| !text.is_empty());
        listed.map(origin).collect::<Result<_, _>>().map(Self)
    }
}

fn origin(text: &str) -> Result<String, NotOrigins> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let bare = url.filter(|url| {
        let nothing_more = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        nothing_more && url.username().is_empty() && url.password().is_none()
    });
    let origin = bare.map(|url| url.origin().ascii_serialization());
    origin.ok_or(NotOrigins)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn sender(headers: &[(&'static str, &str)]) -> Sender {
        let trusted: TrustedOrigins = "https://app.example, http://LOCALHOST:3000/".parse().unwrap();
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        trusted.sender(&headers.collect())
    }

    #[test]
    fn our_own_pages_and_those_of_trusted_origins_are_trusted() {
        for origin in
            ["https://app.example", "http://localhost:3000", "https://roster.example", "http://roster.example"]
        {
            assert_eq!(sender(&[("host", "roster.example"), ("origin", origin)]), Sender::Trusted, "{origin}");
        }
        assert_eq!(sender(&[("host", "[::1]:8080"), ("origin", "http://[::1]:8080")]), Sender::Trusted);
        assert_eq!(sender(&[("host", "a.example"), ("referer", "https://app.example/b?c")]), Sender::Trusted);
        let behind_a_proxy =
            [("host", "upstream"), ("origin", "https://roster.example"), ("sec-fetch-site", "same-origin")];
        assert_eq!(sender(&behind_a_proxy), Sender::Trusted);
    }

    #[test]
    fn all_others_are_foreign_however_alike_they_look() {
        for origin in [
            "https://evil.example",
            "https://roster.example.evil.example",
            "https://roster.example:8443",
            "https://app.example:444",
            "http://app.example",
            "https://app.example@evil.example",
            "https://sub.app.example",
            "http://localhost",
        ] {
            assert_eq!(sender(&[("host", "roster.example"), ("origin", origin)]), Sender::Foreign, "{origin}");
        }
        let same_site = [("host", "a.example"), ("origin", "https://b.example"), ("sec-fetch-site", "same-site")];
        assert_eq!(sender(&same_site), Sender::Foreign);
        let without_tls = [("host", "a.example"), ("origin", "http://a.example"), ("sec-fetch-site", "cross-site")];
        assert_eq!(sender(&without_tls), Sender::Foreign);
    }

    #[test]
    fn who_does_not_say_or_says_null_is_unknown() {
        for headers in
            [&[("host", "a.example")][..], &[("origin", "null")], &[("origin", "")], &[("origin", "file://")]]
        {
            assert_eq!(sender(headers), Sender::Unknown, "{headers:?}");
        }
        let null = [("host", "a.example"), ("origin", "null"), ("referer", "https://app.example/")];
        assert_eq!(sender(&null), Sender::Unknown);
    }

    #[test]
    fn what_is_no_origin_is_not_accepted_as_a_setting() {
        assert_eq!("".parse(), Ok(TrustedOrigins::default()));
        for bad in
            ["*", "app.example", "https://app.example/path", "https://a@app.example", "ftp://app.example", "null"]
        {
            assert!(bad.parse::<TrustedOrigins>().is_err(), "{bad}");
        }
    }
}
