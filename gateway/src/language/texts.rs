//! What is said in each language: Fluent files, compiled in. English has every text; what another lacks is said in English.
//! A name in a text is isolated (U+2068, U+2069), so that its direction does not turn the sentence around.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Language;
use super::formats::grouped;

/// What a text has a place for.
pub type Arguments<'a> = [(&'a str, FluentValue<'a>)];

impl Language {
    /// The text with this key.
    pub fn say(self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// An English sentence in this language, or as it is where nobody has translated it. Sentences of problems are their own
    /// keys, so that code reads as what it says.
    pub fn translate(self, sentence: &str) -> String {
        let none = FluentArgs::new();
        format(self.bundle(), &key_of(sentence), &none).unwrap_or_else(|| sentence.to_owned())
    }

    /// The same with something in its places.
    pub fn tell(self, key: &str, arguments: &Arguments<'_>) -> String {
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        [self, Self::English]
            .into_iter()
            .find_map(|language| format(language.bundle(), key, &arguments))
            .unwrap_or_else(|| {
                tracing::error!(key, "there is no such text");
                key.to_owned()
            })
    }

    /// The files of texts: what pages say, and what fails.
    pub fn sources(self) -> [&'static str; 2] {
        macro_rules! files {
            ($tag:literal) => {
                [
                    include_str!(concat!("../../locales/", $tag, "/pages.ftl")),
                    include_str!(concat!("../../locales/", $tag, "/problems.ftl")),
                ]
            };
        }
        match self {
            Self::English | Self::Pseudo => files!("en"),
            Self::German => files!("de"),
            Self::French => files!("fr"),
            Self::Spanish => files!("es"),
            Self::BrazilianPortuguese => files!("pt-BR"),
            Self::Japanese => files!("ja"),
            Self::SimplifiedChinese => files!("zh-Hans"),
            Self::Arabic => files!("ar"),
        }
    }

    /// Read when the language is first spoken.
    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static SPOKEN: [OnceLock<FluentBundle<FluentResource>>; 9] = [const { OnceLock::new() }; 9];
        SPOKEN[self as usize].get_or_init(|| read(self))
    }
}

fn read(language: Language) -> FluentBundle<FluentResource> {
    let tag = if language == Language::Pseudo { "en" } else { language.tag() };
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_formatter(Some(grouped));
    if language == Language::Pseudo {
        bundle.set_transform(Some(lengthened));
    }
    for source in language.sources() {
        // The tests read every file strictly; here what can be said is said.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        if bundle.add_resource(resource).is_err() {
            tracing::error!(language = tag, "a text is there twice");
        }
    }
    bundle
}

/// The key of a sentence: its letters and digits, with hyphens between.
pub fn key_of(sentence: &str) -> String {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn format(bundle: &FluentBundle<FluentResource>, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a text could not be filled in");
    }
    Some(text)
}

/// 40 % longer and more, and with accents, but still to be read.
fn lengthened(text: &str) -> Cow<'_, str> {
    let accented = text.chars().map(|c| match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        'A' => 'Á',
        'E' => 'É',
        'O' => 'Ó',
        other => other,
    });
    let longer_by = (text.chars().count() * 2).div_ceil(5);
    let longer: String = "one two three four five six seven eight ".chars().cycle().take(longer_by).collect();
    Cow::Owned(format!("{}{longer}", accented.collect::<String>()))
}
