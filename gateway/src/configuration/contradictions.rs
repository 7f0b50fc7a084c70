//! Settings that do not go together: what they ask for would silently not be done.

use url::Url;

use crate::identity::key_source;
use crate::settings::{Serve, Shared};
use crate::telemetry::filter;

/// A setting that is of no use without another, and why.
fn useless(setting: &str, without: &str, why: &str) -> String {
    format!("{setting} is set, but {without} is not: {why}")
}

/// What every start refuses. (What identity and address have to do with each other is refused where they meet.)
pub fn between(shared: &Shared, serve: &Serve) -> Vec<String> {
    let mut found = Vec::new();
    if shared.nats().is_none() {
        let of_nats = [
            ("ROSTER_NATS_CREDS", shared.nats_creds.is_some()),
            ("ROSTER_NATS_CA", shared.nats_ca.is_some()),
            ("ROSTER_NATS_REPLICAS", shared.nats_replicas != 1),
            ("ROSTER_NATS_MAX_BYTES", shared.nats_max_bytes.is_some()),
            ("ROSTER_NATS_MAX_AGE", shared.nats_max_age.is_some_and(|age| !age.is_zero())),
        ];
        let set = of_nats.into_iter().filter(|(_, set)| *set);
        found.extend(set.map(|(name, _)| useless(name, "NATS_URL", "there is no NATS that it could be for")));
    }
    if serve.no_migrate && shared.database().is_none() {
        found.push(useless("--no-migrate", "DATABASE_URL", "a journal in a file is brought up to date at start"));
    }
    let is_set = |setting: &Option<String>| setting.as_ref().is_some_and(|text| !text.trim().is_empty());
    if is_set(&serve.sign_in_url) && !is_set(&serve.issuer) {
        let why = "the development identity has a sign-in page of its own";
        found.push(useless("ROSTER_SIGN_IN_URL", "ROSTER_ISSUER", why));
    }
    found
}

/// What is wrong with one setting by itself and would show only when it is used.
pub fn alone(shared: &Shared, serve: &Serve) -> Vec<String> {
    let mut found = Vec::new();
    let is_postgres = |url: &str| Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"));
    match shared.database() {
        Some(url) if !is_postgres(url) => {
            found.push("DATABASE_URL is no URL such as postgres://user:password@host/name".to_owned());
        }
        Some(url) => found.extend(journal::postgres::check(url).err().map(|why| format!("DATABASE_URL: {why}"))),
        None => {}
    }
    found.extend(shared.nats().and_then(|nats| nats.check().err()).map(|why| why.to_string()));
    let jwks = serve.jwks.as_deref().filter(|text| !text.trim().is_empty());
    found.extend(jwks.and_then(|setting| key_source::check(setting).err()).map(|why| why.to_string()));
    found.extend(filter::filter(&serve.log).err().map(|why| why.to_string()));
    found
}
