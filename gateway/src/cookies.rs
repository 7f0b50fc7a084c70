//! Cookies: read by name, and written so that script never sees them and other sites never send them.

use axum::http::header::{COOKIE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, SameSite};

/// The value of the first cookie with this name.
pub fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name && !value.is_empty()).then_some(value)
    })
}

/// A `Set-Cookie` that lasts so long; the value must be of the characters cookies may have. Sent over TLS only, except to a
/// browser on the same machine.
pub fn write(headers: &HeaderMap, name: &'static str, value: String, lasts: cookie::time::Duration) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(!is_loopback(headers))
        .max_age(lasts)
        .build();
    // A value that is no header would be a mistake of ours; a cookie too few is the lesser harm.
    HeaderValue::try_from(cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// A `Set-Cookie` that takes it away.
pub fn forget(headers: &HeaderMap, name: &'static str) -> HeaderValue {
    write(headers, name, String::new(), cookie::time::Duration::ZERO)
}

/// Whether the browser speaks to this machine by a name that only means this machine.
fn is_loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(n, _)| n);
    name == "localhost"
        || name == "[::1]"
        || name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    fn at(host: &str) -> HeaderMap {
        HeaderMap::from_iter([(HOST, host.parse().unwrap())])
    }

    #[test]
    fn cookies_are_for_this_site_and_for_no_script() {
        let set = write(&at("roster.example"), "a", "b".into(), cookie::time::Duration::hours(1));
        assert_eq!(set, "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600");
    }

    #[test]
    fn only_a_browser_on_this_machine_does_without_tls() {
        for loopback in ["localhost", "localhost:8080", "127.0.0.1:80", "[::1]:8080", "127.9.9.9"] {
            assert!(is_loopback(&at(loopback)), "{loopback}");
        }
        for other in ["roster.example", "127.0.0.1.example:80", "localhost.example", "10.0.0.1:8080", "", "[::2]:1"] {
            assert!(!is_loopback(&at(other)), "{other}");
        }
    }
}
