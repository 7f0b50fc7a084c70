//! What may stand in a cell: a spreadsheet takes what begins like a formula for one, and a terminal obeys control characters.

use std::borrow::Cow;

/// What a spreadsheet would take for a formula gets an apostrophe before it, as one would type it.
pub fn harmless(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

/// Control characters as what they are called, so that a terminal shows them and does nothing.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(is_odd) {
        true => text.chars().map(|c| if is_odd(c) { c.escape_unicode().to_string() } else { c.into() }).collect(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["ana", "person:=1", "", "a=b", "2026-03-01T00:00:00Z"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_terminal_is_told_nothing_to_do() {
        assert_eq!(printable("why\u{1b}[2J\nnot"), "why\\u{1b}[2J\\u{a}not");
        assert_eq!(printable("grün"), "grün");
    }
}
