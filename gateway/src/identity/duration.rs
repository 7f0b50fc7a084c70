//! Durations as people write them in settings. One number and one unit is all that is needed, which is less than a crate.

use std::time::Duration;

use domain::NotAccepted;

/// A hundred years: beyond it lie mistakes, and times that calendars cannot hold.
const LONGEST_DAYS: u64 = 36_500;

/// Reads `45s`, `30m`, `1h` or `7d`.
///
/// # Errors
/// Anything else, and more than 36,500 days.
pub fn parse_duration(text: &str) -> Result<Duration, NotAccepted> {
    const WRONG: NotAccepted =
        NotAccepted("must be a number with s, m, h or d, as in 45s, 30m, 1h or 7d, up to 36500d");
    const DAY: u64 = 24 * 60 * 60;
    let unit = text.chars().next_back().ok_or(WRONG)?;
    let number = text.strip_suffix(unit).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    let number: u64 = number.and_then(|digits| digits.parse().ok()).ok_or(WRONG)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => DAY,
        _ => return Err(WRONG),
    };
    let seconds = number.checked_mul(seconds).filter(|seconds| *seconds <= LONGEST_DAYS * DAY).ok_or(WRONG)?;
    Ok(Duration::from_secs(seconds))
}

/// The same for what must take some time.
///
/// # Errors
/// Zero too.
pub fn parse_time(text: &str) -> Result<Duration, NotAccepted> {
    match parse_duration(text)? {
        Duration::ZERO => Err(NotAccepted("must be more than nothing")),
        time => Ok(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        for (text, seconds) in [("0s", 0), ("45s", 45), ("30m", 1800), ("1h", 3600), ("7d", 604_800)] {
            assert_eq!(parse_duration(text), Ok(Duration::from_secs(seconds)));
        }
        for bad in
            ["", "h", "1", "-1h", "+1h", "1.5h", "1 h", "1h30m", "1H", "1w", "36501d", "ü", "99999999999999999999s"]
        {
            assert!(parse_duration(bad).is_err(), "{bad}");
        }
    }
}
