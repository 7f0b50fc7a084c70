//! The files of texts, read strictly.

use super::*;

/// A text as it stands in its file.
pub struct Text {
    /// Its letters, without its places.
    pub said: String,
    /// The names of its places.
    pub places: BTreeSet<String>,
}

/// All texts of a language by key. Panics at what is no text, and at a text that is there twice.
pub fn texts(language: Language) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for source in language.sources() {
        let file =
            fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
        for entry in file.body {
            let ast::Entry::Message(message) = entry else { continue };
            let mut text = Text { said: String::new(), places: BTreeSet::new() };
            read(message.value.as_ref().expect("a text says something"), &mut text);
            let twice = texts.insert(message.id.name.to_owned(), text).is_some();
            assert!(!twice, "{} is there twice in {language:?}", message.id.name);
        }
    }
    texts
}

fn read(pattern: &ast::Pattern<&str>, text: &mut Text) {
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { value } => text.said.push_str(value),
            ast::PatternElement::Placeable { expression } => place(expression, text),
        }
    }
}

fn place(expression: &ast::Expression<&str>, text: &mut Text) {
    let (inline, variants) = match expression {
        ast::Expression::Inline(inline) => (inline, &[][..]),
        ast::Expression::Select { selector, variants } => (selector, variants.as_slice()),
    };
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            text.places.insert(id.name.to_owned());
        }
        other => panic!("only names have places: {other:?}"),
    }
    assert!(variants.is_empty() || variants.iter().any(|variant| variant.default));
    variants.iter().for_each(|variant| read(&variant.value, text));
}
