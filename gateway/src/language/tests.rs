//! Every text is there in every language, filled in alike, and none is forgotten or left in English.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, a panic is the answer")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::TimeZone;
use fluent_syntax::ast;

use super::Language;
use super::texts::key_of;

mod files;
mod sources;

use files::texts;

/// Texts that are the same in English and in another language, and are right so.
const ALIKE: [&str; 7] =
    ["product", "window-title", "named-mistake", "role-admin", "sign-in-name", "organization-name", "optional"];

fn others() -> impl Iterator<Item = Language> {
    Language::OFFERED.into_iter().filter(|language| *language != Language::English)
}

#[test]
fn every_language_has_every_text_and_no_other() {
    let english: BTreeSet<String> = texts(Language::English).into_keys().collect();
    for language in others() {
        let keys: BTreeSet<String> = texts(language).into_keys().collect();
        let (missing, more): (Vec<_>, Vec<_>) =
            (english.difference(&keys).collect(), keys.difference(&english).collect());
        assert!(missing.is_empty() && more.is_empty(), "{language:?} lacks {missing:?} and has {more:?}");
    }
}

#[test]
fn every_text_has_the_places_of_the_english_one() {
    let english = texts(Language::English);
    for language in others() {
        for (key, text) in texts(language) {
            assert_eq!(text.places, english[&key].places, "{key} in {language:?}");
        }
    }
}

#[test]
fn no_text_was_left_in_english() {
    let english = texts(Language::English);
    for language in others() {
        let alike = texts(language).into_iter().filter(|(key, text)| text.said == english[key].said);
        let forgotten: Vec<String> = alike.map(|(key, _)| key).filter(|key| !ALIKE.contains(&key.as_str())).collect();
        assert!(forgotten.is_empty(), "the same in English and {language:?}: {forgotten:?}");
    }
}

#[test]
fn every_text_is_said_somewhere() {
    let said = sources::keys_and_sentences();
    let english = texts(Language::English);
    let never: Vec<_> = english.keys().filter(|key| !said.contains(*key)).collect();
    assert!(never.is_empty(), "nobody says {never:?}");
}

#[test]
fn every_text_that_pages_say_is_there() {
    let english = texts(Language::English);
    let lost: Vec<_> = sources::keys_in_pages().into_iter().filter(|key| !english.contains_key(key)).collect();
    assert!(lost.is_empty(), "pages say {lost:?}");
}

#[test]
fn every_sentence_of_a_problem_is_there_as_it_is_in_the_code() {
    let english = texts(Language::English);
    for sentence in sources::sentences_of_problems() {
        let text = english.get(&key_of(&sentence)).unwrap_or_else(|| panic!("{sentence:?} can't be translated"));
        assert_eq!(text.said.trim_end_matches('.'), sentence.trim_end_matches('.'));
    }
}

#[test]
fn a_name_keeps_its_direction_to_itself() {
    let name = "<b>שלום";
    for language in Language::OFFERED {
        let said = language.tell("notice-left", &[("organization", name.into())]);
        assert!(said.contains(&format!("\u{2068}{name}\u{2069}")), "{said}");
    }
}

#[test]
fn counts_and_dates_are_written_as_each_language_writes_them() {
    let at = chrono::Utc.with_ymd_and_hms(2026, 3, 1, 16, 5, 0).unwrap();
    let count = |language: Language, number: u64| {
        let said = language.tell("members-shown", &[("number", number.into())]);
        said.replace(['\u{2068}', '\u{2069}'], "")
    };
    let members = |language: Language| count(language, 1_234_567);
    assert_eq!(members(Language::English), "1,234,567 members");
    assert_eq!(count(Language::English, 1), "1 member");
    assert!(members(Language::German).contains("1.234.567"));
    assert!(members(Language::French).contains("1\u{202f}234\u{202f}567"), "{}", members(Language::French));
    assert_eq!(Language::English.date(at), "Mar 1, 2026");
    assert_eq!(Language::German.date(at), "01.03.2026");
    assert_eq!(Language::Japanese.date(at), "2026/03/01");
    for language in Language::OFFERED {
        let moment = language.moment(at);
        assert!(moment.ends_with(" UTC") && moment.chars().any(char::is_numeric), "{moment}");
    }
}

#[test]
fn the_pseudo_language_is_at_least_two_fifths_longer() {
    for (key, text) in texts(Language::English) {
        let (plain, longer) = (text.said.chars().count(), Language::Pseudo.say(&key).chars().count());
        assert!(text.said.len() < 3 || !text.places.is_empty() || longer * 10 >= plain * 14, "{key}");
    }
}
