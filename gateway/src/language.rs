//! The languages Roster speaks, and which of them somebody reads: a cookie says so, else `Accept-Language`.
//!
//! - [`texts`]: what is said, in `gateway/locales/<tag>/`; [`formats`]: dates and counts

pub mod formats;
#[cfg(test)]
mod tests;
pub mod texts;

use axum::http::{HeaderMap, header};

use crate::cookies;

/// The cookie that keeps a choice made on a page.
pub const COOKIE_NAME: &str = "roster_language";

tokio::task_local! {
    static SPOKEN: Language;
}

/// One of the languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, which every text is first written in.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese as written in Brazil.
    BrazilianPortuguese,
    /// Japanese.
    Japanese,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Arabic, from right to left.
    Arabic,
    /// English made longer and stranger, to see what a translation would break. Nobody is offered it; the cookie takes it.
    Pseudo,
}

impl Language {
    /// Those that people are offered.
    pub const OFFERED: [Self; 8] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::BrazilianPortuguese,
        Self::Japanese,
        Self::SimplifiedChinese,
        Self::Arabic,
    ];

    /// The tag (BCP 47): in `lang`, in the cookie, in the name of the folder of texts.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::BrazilianPortuguese => "pt-BR",
            Self::Japanese => "ja",
            Self::SimplifiedChinese => "zh-Hans",
            Self::Arabic => "ar",
            Self::Pseudo => "en-XA",
        }
    }

    /// What it is called by those who read it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::BrazilianPortuguese => "Português (Brasil)",
            Self::Japanese => "日本語",
            Self::SimplifiedChinese => "简体中文",
            Self::Arabic => "العربية",
            Self::Pseudo => "Ƥşeudo",
        }
    }

    /// `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    /// The language with this tag.
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::OFFERED.into_iter().chain([Self::Pseudo]).find(|one| one.tag() == tag)
    }

    /// What whoever sent these headers reads.
    pub fn of(headers: &HeaderMap) -> Self {
        let chosen = cookies::read(headers, COOKIE_NAME).and_then(Self::tagged);
        chosen.or_else(|| accepted(headers)).unwrap_or_default()
    }

    /// The language of the request that is being answered; English where there is none.
    pub fn spoken() -> Self {
        SPOKEN.try_with(|language| *language).unwrap_or_default()
    }

    /// Answers a request in this language.
    pub async fn during<F: Future>(self, answer: F) -> F::Output {
        SPOKEN.scope(self, answer).await
    }

    /// Does what is to be done before there is anything to wait for, in this language.
    pub fn while_doing<T>(self, work: impl FnOnce() -> T) -> T {
        SPOKEN.sync_scope(self, work)
    }

    /// The one that somebody reads who reads this. Chinese in traditional characters is none of ours.
    fn nearest(range: &str) -> Option<Self> {
        let mut subtags = range.split('-').map(str::to_ascii_lowercase);
        let language = subtags.next()?;
        if language == "zh" && subtags.any(|subtag| ["hant", "tw", "hk", "mo"].contains(&subtag.as_str())) {
            return None;
        }
        Self::OFFERED.into_iter().find(|one| one.tag().split('-').next() == Some(language.as_str()))
    }
}

/// The first of ours in the order of preference (RFC 9110, 12.5.4).
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let ranges = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?.split(',').filter_map(|item| {
        let (range, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
        Some((range.trim(), weight)).filter(|(_, weight)| *weight > 0.0)
    });
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    ranges.into_iter().find_map(|(range, _)| Language::nearest(range))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod preference {
    use super::*;

    fn reads(accept: &str, cookie: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        Language::of(&headers)
    }

    #[test]
    fn the_browser_is_believed_in_its_order_of_preference() {
        assert_eq!(reads("de-AT,en;q=0.5", ""), Language::German);
        assert_eq!(reads("en;q=0.1, nl, fr;q=0.8", ""), Language::French);
        assert_eq!(reads("pt", ""), Language::BrazilianPortuguese);
        assert_eq!(reads("zh-TW, ja;q=0.5", ""), Language::Japanese);
        assert_eq!(reads("zh-CN", ""), Language::SimplifiedChinese);
        assert_eq!(reads("ar-EG;q=0", ""), Language::English);
        assert_eq!(reads(";;q=x,,*", ""), Language::English);
    }

    #[test]
    fn a_choice_on_a_page_comes_first() {
        assert_eq!(reads("de", "a=b; roster_language=ar"), Language::Arabic);
        assert_eq!(reads("de", "roster_language=xx"), Language::German);
    }
}
