//! Where may be posted to. A webhook's URL is somebody's wish: it must not make this server knock on doors that only it can reach.
//!
//! Looked at when a webhook is registered, to say so at once, and at each connection, on the address that is connected to: a name may lead
//! elsewhere by then.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use domain::NotAccepted;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The longest URL, in bytes.
const LONGEST: usize = 2048;

/// How long a name is looked up when a webhook is registered.
const LOOK_UP_WITHIN: Duration = Duration::from_secs(2);

const NO_URL: NotAccepted =
    NotAccepted("must be a URL of 2048 characters at most that begins with https:// and has no user or password");
const PRIVATE: NotAccepted = NotAccepted("must not lead to a private address");

/// Which addresses may be posted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Public ones, by https.
    Public,
    /// All, also by http: for development, and for receivers inside one's own network.
    Private,
}

impl Allowed {
    /// Whether this address may be connected to.
    pub fn has(self, address: IpAddr) -> bool {
        self == Self::Private || is_public(address)
    }

    /// A URL that may be posted to, as far as can be told without looking a name up.
    pub fn url(self, text: &str) -> Result<Url, NotAccepted> {
        let url = Url::parse(text).ok().filter(|_| text.len() <= LONGEST).ok_or(NO_URL)?;
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && self == Self::Private);
        if !is_safe || !url.username().is_empty() || url.password().is_some() {
            return Err(NO_URL);
        }
        // Of whatever spelling: `http://0x7f.1/` and `http://2130706433/` are addresses to the parser too.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) => None,
            None => return Err(NO_URL),
        };
        if literal.is_some_and(|address| !self.has(address)) { Err(PRIVATE) } else { Ok(url) }
    }

    /// The same, and where its name leads now. A name that leads nowhere yet is no mistake.
    pub async fn url_now(self, text: &str) -> Result<Url, NotAccepted> {
        let url = self.url(text)?;
        if let Some(Host::Domain(name)) = url.host() {
            let found = tokio::time::timeout(LOOK_UP_WITHIN, tokio::net::lookup_host((name, 0))).await;
            if let Ok(Ok(mut found)) = found
                && found.any(|address| !self.has(address.ip()))
            {
                return Err(PRIVATE);
            }
        }
        Ok(url)
    }
}

/// A name led to an address that may not be posted to.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a private address")]
pub struct Refused;

/// Looks names up for the HTTP client, which connects to nothing but what is given here.
impl Resolve for Allowed {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = *self;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One is enough: whoever mixes private addresses among public ones means no good.
            if found.iter().any(|address| !allowed.has(address.ip())) {
                return Err(Refused.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet's.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// By IANA's registry of special-purpose addresses.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !is_special
}

/// Global unicast, without what is special in it. What carries an IPv4 address is judged by that or refused.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // NAT64: how networks without IPv4 reach the rest.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        // IETF protocols (Teredo among them), documentation, 6to4.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_of_every_kind_and_spelling_are_refused() {
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:8.8.8.8]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fec0::1]",
        ] {
            assert_eq!(Allowed::Public.url(&format!("https://{host}/")), Err(PRIVATE), "{host}");
            assert!(Allowed::Private.url(&format!("http://{host}/")).is_ok(), "{host}");
        }
        for host in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]", "[64:ff9b::8.8.8.8]", "hooks.acme.test"]
        {
            assert!(Allowed::Public.url(&format!("https://{host}/")).is_ok(), "{host}");
        }
    }

    #[test]
    fn only_https_without_credentials_is_a_url() {
        let long = format!("https://hooks.acme.test/{}", "x".repeat(LONGEST));
        for text in [
            "http://hooks.acme.test/",
            "ftp://hooks.acme.test/",
            "https://ana:secret@hooks.acme.test/",
            "https://ana@hooks.acme.test/",
            "https://",
            "hooks.acme.test",
            "/hooks",
            "data:text/plain,a",
            "",
            &long,
        ] {
            assert_eq!(Allowed::Public.url(text), Err(NO_URL), "{text}");
        }
        assert_eq!(Allowed::Private.url("https://ana@localhost/"), Err(NO_URL));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_refused() {
        assert_eq!(Allowed::Public.url_now("https://localhost/").await, Err(PRIVATE));
        assert!(Allowed::Private.url_now("http://localhost/").await.is_ok());
        let resolved = Allowed::Public.resolve("localhost".parse().unwrap()).await;
        assert!(resolved.err().unwrap().is::<Refused>());
        assert!(Allowed::Private.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
