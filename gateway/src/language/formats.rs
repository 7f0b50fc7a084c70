//! Dates and counts as each language writes them, by ICU4X. Moments are UTC, and say so.

use chrono::{Datelike, Timelike};
use domain::Timestamp;
use fluent_bundle::FluentValue;
use fluent_bundle::memoizer::MemoizerKind;
use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use unic_langid::LanguageIdentifier;

use super::Language;

impl Language {
    /// A day: `24 Nov 2026`.
    pub fn date(self, at: Timestamp) -> String {
        let formatter = DateTimeFormatter::try_new(self.preferences(), YMD::medium()).ok();
        let date = Date::try_new_iso(at.year(), at.month() as u8, at.day() as u8).ok();
        match formatter.zip(date) {
            Some((formatter, date)) => formatter.format(&date).to_string(),
            None => at.date_naive().to_string(),
        }
    }

    /// A month: `Nov 2026`.
    pub fn month(self, at: Timestamp) -> String {
        let formatter = DateTimeFormatter::try_new(self.preferences(), YM::medium()).ok();
        let date = Date::try_new_iso(at.year(), at.month() as u8, 1).ok();
        match formatter.zip(date) {
            Some((formatter, date)) => formatter.format(&date).to_string(),
            None => at.format("%Y-%m").to_string(),
        }
    }

    /// A number that stands alone: `1,234`.
    pub fn count(self, number: u64) -> String {
        let locale = self.tag().parse::<Locale>().map(Into::into).unwrap_or_default();
        match DecimalFormatter::try_new(locale, Default::default()) {
            Ok(formatter) => formatter.format(&Decimal::from(number)).to_string(),
            Err(_) => number.to_string(),
        }
    }

    /// A moment to the minute: `24 Nov 2026, 16:49 UTC`.
    pub fn moment(self, at: Timestamp) -> String {
        let formatter = DateTimeFormatter::try_new(self.preferences(), YMD::medium().with_time_hm()).ok();
        let date = Date::try_new_iso(at.year(), at.month() as u8, at.day() as u8).ok();
        let time = Time::try_new(at.hour() as u8, at.minute() as u8, 0, 0).ok();
        match (formatter, date, time) {
            (Some(formatter), Some(date), Some(time)) => format!("{} UTC", formatter.format(&DateTime { date, time })),
            _ => at.format("%Y-%m-%d %H:%M UTC").to_string(),
        }
    }

    fn preferences(self) -> DateTimeFormatterPreferences {
        self.tag().parse::<Locale>().map(Into::into).unwrap_or_default()
    }
}

/// Numbers in texts, grouped as the language does. Fluent leaves that to whoever uses it.
pub fn grouped<M: MemoizerKind>(value: &FluentValue<'_>, known: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = Decimal::from(number.value as i64);
    known.with_try_get_threadsafe::<Grouping, _, _>((), |grouping| grouping.0.format(&whole).to_string()).ok()
}

struct Grouping(DecimalFormatter);

impl intl_memoizer::Memoizable for Grouping {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: Locale = language.to_string().parse().map_err(|_| ())?;
        DecimalFormatter::try_new(locale.into(), Default::default()).map(Self).map_err(|_| ())
    }
}
