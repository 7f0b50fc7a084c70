//! Every setting with its value and where that came from. Secrets are hidden: this is pasted into tickets.

use std::io::Write;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use url::Url;

/// What stands in place of a secret.
const HIDDEN: &str = "***";

/// Prints a line for each setting.
pub fn print(command: &Command, matches: &ArgMatches) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let settings = command.get_arguments().filter(|argument| argument.get_long().is_some());
    let known = settings.filter(|argument| matches.try_contains_id(argument.get_id().as_str()).is_ok());
    for argument in known {
        let (name, value) = (name(argument), value(argument, matches));
        writeln!(out, "{name:<28} {value:<40} {}", source(matches.value_source(argument.get_id().as_str())))?;
    }
    Ok(())
}

/// Its variable, else its flag.
fn name(argument: &Arg) -> String {
    let flag = || argument.get_long().map(|long| format!("--{long}"));
    argument.get_env().map(|name| name.to_string_lossy().into_owned()).or_else(flag).unwrap_or_default()
}

fn value(argument: &Arg, matches: &ArgMatches) -> String {
    let raw = matches.get_raw(argument.get_id().as_str()).and_then(|mut values| values.next());
    match raw.map(|value| value.to_string_lossy().into_owned()) {
        Some(value) if value.is_empty() => "(empty: as if not set)".to_owned(),
        Some(value) => without_secrets(&value, argument.is_hide_env_values_set()),
        None => "(none)".to_owned(),
    }
}

fn source(from: Option<ValueSource>) -> &'static str {
    match from {
        Some(ValueSource::CommandLine) => "flag",
        Some(ValueSource::EnvVariable) => "environment",
        _ => "default",
    }
}

/// The value with passwords and what may be one taken out. Of a `secret` one only what is surely a URL is shown, and of a user
/// without a password nothing: at NATS that is a token.
fn without_secrets(value: &str, secret: bool) -> String {
    if !secret && !value.contains("://") {
        return value.to_owned();
    }
    let parts = value.split(',').map(|part| url_without_secrets(part.trim(), secret));
    parts.collect::<Option<Vec<_>>>().map_or_else(|| HIDDEN.to_owned(), |parts| parts.join(","))
}

fn url_without_secrets(text: &str, secret: bool) -> Option<String> {
    let mut url = match Url::parse(text) {
        Ok(url) if url.has_host() => url,
        _ if secret => return None,
        _ => return Some(text.to_owned()),
    };
    let may_be_one =
        |name: &str| ["pass", "secret", "key", "token"].iter().any(|part| name.to_lowercase().contains(part));
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if url.password().is_none()
        && !query.iter().any(|(name, _)| may_be_one(name))
        && (url.username().is_empty() || !secret)
    {
        return Some(text.to_owned());
    }
    let hidden = match (url.password(), url.username()) {
        (Some(_), _) => url.set_password(Some(HIDDEN)),
        (None, "") => Ok(()),
        (None, _) => url.set_username(HIDDEN),
    };
    hidden.ok()?;
    if query.iter().any(|(name, _)| may_be_one(name)) {
        let kept = query.iter().map(|(name, value)| (name, if may_be_one(name) { HIDDEN } else { value }));
        let kept = kept.collect::<Vec<_>>();
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_and_no_token_is_shown() {
        for (value, shown) in [
            ("postgres://roster:s3cret@db.acme.test/roster", "postgres://roster:***@db.acme.test/roster"),
            ("postgres://db/roster?user=a&password=s3cret", "postgres://db/roster?user=a&password=***"),
            ("nats://s3cret@a:4222, nats://u:s3cret@b:4222", "nats://***@a:4222,nats://u:***@b:4222"),
            ("nats://a:4222,nats://b:4222", "nats://a:4222,nats://b:4222"),
            ("s3cret", "***"),
        ] {
            assert_eq!(without_secrets(value, true), shown);
        }
    }

    #[test]
    fn what_is_no_secret_is_shown_as_it_is() {
        for value in
            ["127.0.0.1:8080", "https://id.acme.test/in?back={return_to}", "./roster-data", "info,journal=debug"]
        {
            assert_eq!(without_secrets(value, false), value);
        }
        assert_eq!(without_secrets("https://a:s3cret@id.acme.test/jwks", false), "https://a:***@id.acme.test/jwks");
    }
}
