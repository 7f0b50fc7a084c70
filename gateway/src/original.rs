//! Which organization an address of a proxied application belongs to. The address is a stranger's, and between the proxy, Roster
//! and the application there are three who read it: an organization is found only in what all of them must read alike.

#[cfg(test)]
mod tests;

use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName};
use journal::OrganizationRef;
use unicode_normalization::UnicodeNormalization;

/// Where the organization stands in a path: `/app/{slug}/…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    segments: Vec<Segment>,
    /// Whether anything may follow, also nothing.
    and_below: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Organization,
}

/// A setting that is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a path with one {{slug}} in it, such as /app/{{slug}}/… (or /app/{{slug}}/*, which is the same), of a-z, A-Z, 0-9 and -._~"
)]
pub struct NotAPattern;

/// Where the original address is read.
#[derive(Clone, Debug)]
pub struct Original {
    /// In which header a proxy sends it. No other is looked at: what the proxy does not set comes from the client.
    pub header: HeaderName,
    /// Where the organization stands in it.
    pub pattern: Pattern,
}

impl Original {
    /// The organization of the address in the header, which is a path or a whole URL.
    pub fn in_header(&self, headers: &HeaderMap) -> Option<OrganizationRef> {
        let mut given = headers.get_all(&self.header).iter();
        let (Some(address), None) = (given.next(), given.next()) else { return None };
        self.pattern.organization(path(address.to_str().ok()?)?)
    }

    /// The organization of this path.
    pub fn in_path(&self, path: &str) -> Option<OrganizationRef> {
        self.pattern.organization(path)
    }
}

impl Pattern {
    /// The organization that a path names, by slug or id.
    fn organization(&self, path: &str) -> Option<OrganizationRef> {
        if !is_read_alike_by_all(path) {
            return None;
        }
        let mut there = path.strip_prefix('/')?.split('/');
        let mut found = None;
        for expected in &self.segments {
            match (expected, there.next()?) {
                (Segment::Literal(literal), segment) if literal == segment => {}
                (Segment::Literal(_), _) => return None,
                (Segment::Organization, segment) => found = Some(segment.parse().ok()?),
            }
        }
        found.filter(|_| self.and_below || there.next().is_none())
    }
}

impl FromStr for Pattern {
    type Err = NotAPattern;
    fn from_str(text: &str) -> Result<Self, NotAPattern> {
        let path = text.strip_prefix('/').ok_or(NotAPattern)?;
        let above = path.strip_suffix("/…").or_else(|| path.strip_suffix("/*"));
        let segments = above.unwrap_or(path).split('/').map(segment).collect::<Result<Vec<_>, _>>()?;
        let organizations = segments.iter().filter(|segment| **segment == Segment::Organization).count();
        if organizations == 1 { Ok(Self { segments, and_below: above.is_some() }) } else { Err(NotAPattern) }
    }
}

fn segment(text: &str) -> Result<Segment, NotAPattern> {
    let literal = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    match text {
        "{slug}" => Ok(Segment::Organization),
        "" | "." | ".." => Err(NotAPattern),
        _ if literal => Ok(Segment::Literal(text.to_owned())),
        _ => Err(NotAPattern),
    }
}

/// The path of an address. A host that could be read as something else is none: some proxies build the URL of what the client calls it.
fn path(address: &str) -> Option<&str> {
    let address = address.split('?').next()?;
    if address.starts_with('/') {
        return Some(address);
    }
    let (scheme, rest) = address.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    (is_web && is_host && !host.is_empty()).then_some(path)
}

/// Whether the path has the same segments for whoever decodes it, once or twice, resolves dots, merges slashes or does none of that.
fn is_read_alike_by_all(path: &str) -> bool {
    let visible = |byte: u8| byte.is_ascii_graphic() && !b"\\#?".contains(&byte);
    let Some(segments) = path.strip_prefix('/').filter(|path| path.bytes().all(visible)) else { return false };
    let mut segments = segments.split('/').peekable();
    while let Some(segment) = segments.next() {
        let trailing_slash = segment.is_empty() && segments.peek().is_none();
        if !trailing_slash && !is_one_name(segment) {
            return false;
        }
    }
    true
}

/// Whether a segment is a name to everybody, and neither nothing, nor dots, nor several segments to some.
fn is_one_name(segment: &str) -> bool {
    let Some(decoded) = decoded(segment) else { return false };
    // Some take full-width dots and slashes for dots and slashes.
    let composed: String = decoded.nfkc().collect();
    // Servlet containers cut off what follows a semicolon, some file systems spaces at the end.
    let name = composed.split(';').next().unwrap_or_default().trim();
    let apart = |text: &str| text.contains(['/', '\\']) || text.chars().any(char::is_control);
    !matches!(name, "" | "." | "..") && !apart(&composed)
}

/// A segment decoded; `None` where it is not well encoded, or encodes what needs no encoding but to deceive: dots, slashes, backslashes,
/// or what is encoded already.
fn decoded(segment: &str) -> Option<String> {
    let mut parts = segment.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        let byte = encoded(digits)?;
        if b"./\\".contains(&byte) || (byte == b'%' && rest.get(..2).and_then(encoded).is_some()) {
            return None;
        }
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    // Longer forms of a byte, such as C0 AE for a dot, are no UTF-8.
    String::from_utf8(bytes).ok()
}

fn encoded(digits: &str) -> Option<u8> {
    let all_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| all_digits)
}
