//! What of the log is heard.

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// What is logged where nothing else is said, and where the setting is empty.
pub const EVERYTHING_OF_NOTE: &str = "info";

/// Libraries that say again and again what Roster says once. Heard where everything is, or where they are asked for.
const REPETITIVE: &str = "async_nats=off,sqlx_core::pool::inner=off";

/// The same of those that say that all is as it should be.
const PEDANTIC: &str = "sqlx::postgres::notice=warn";

/// What a `ROSTER_LOG` means: levels, or modules with levels.
///
/// # Errors
/// It can't be meant. A word that is no level would be taken for a module, and all others would be silent.
pub fn filter(setting: &str) -> anyhow::Result<EnvFilter> {
    let setting = if setting.trim().is_empty() { EVERYTHING_OF_NOTE } else { setting };
    // Trimmed: with a space beside it a level would be a module's name.
    let words: Vec<&str> = setting.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let mut most = LevelFilter::OFF;
    for word in words.iter().filter(|word| !word.contains(['=', '['])) {
        match word.parse::<LevelFilter>() {
            Ok(level) => most = most.max(level),
            Err(_) => anyhow::bail!(
                "{word:?} in ROSTER_LOG or --log is no level: off, error, warn, info, debug, trace, or <module>=<level>"
            ),
        }
    }
    let left_out: &[&str] = match most {
        LevelFilter::DEBUG | LevelFilter::TRACE => &[],
        LevelFilter::INFO | LevelFilter::WARN => &[REPETITIVE, PEDANTIC],
        _ => &[REPETITIVE],
    };
    let all = [left_out, &words].concat().join(",");
    EnvFilter::try_new(all).with_context(|| format!("{setting:?} in ROSTER_LOG or --log is no filter"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a filter that can't be meant fails the test")]
mod tests {
    use super::*;

    #[test]
    fn levels_are_meant_with_spaces_too_and_an_empty_setting_is_none() {
        for (setting, most) in [
            ("", LevelFilter::INFO),
            ("info ", LevelFilter::INFO),
            (" debug", LevelFilter::DEBUG),
            ("warn, journal=debug", LevelFilter::DEBUG),
            ("off", LevelFilter::OFF),
        ] {
            assert_eq!(filter(setting).unwrap().max_level_hint(), Some(most), "{setting:?}");
        }
        let said = filter("warn, journal=debug").unwrap().to_string();
        assert!(
            said.split(',').any(|one| one == "journal=debug") && said.split(',').any(|one| one == "warn"),
            "{said}"
        );
        for none in ["warning", "info,journal", "loud"] {
            assert!(filter(none).is_err(), "{none}");
        }
    }

    #[test]
    fn nothing_is_said_louder_than_it_was_asked_for() {
        assert!(!filter("error").unwrap().to_string().contains("warn"));
        assert!(filter("info").unwrap().to_string().contains("async_nats=off"));
        assert!(!filter("trace").unwrap().to_string().contains("off"));
        assert!(filter("info,async_nats=debug").unwrap().to_string().contains("async_nats=debug"));
    }
}
