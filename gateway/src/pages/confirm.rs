//! The page that asks once more: what will happen, to whom, and two ways on. The script shows the same page as a dialog.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use unicode_normalization::UnicodeNormalization;

use super::frame::Frame;
use super::visit::Visit;
use crate::problem::Problem;

/// What is asked.
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct Confirm {
    /// Around it.
    pub frame: Frame,
    /// What will happen.
    pub sentences: Vec<String>,
    /// To whom, as label and value.
    pub facts: Vec<(String, String)>,
    /// What must be typed to go on.
    pub typed: Option<String>,
    /// Where it is posted.
    pub action: String,
    /// Where Cancel leads.
    pub back: String,
    /// What the button says that goes on.
    pub confirm: String,
}

impl Confirm {
    /// The page, with what failed before, if it is asked again.
    pub fn page(self, visit: &Visit, problem: Option<Problem>) -> Response {
        let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
        let Self { frame, .. } = self;
        let frame = frame.after(problem);
        visit.page(status, &Self { frame, ..self })
    }
}

/// Whether the name of the organization was typed, as far as anybody can see: spaces count once, marks that are not seen not at all.
pub fn is_typed(typed: &str, name: &str) -> Result<(), Problem> {
    let (seen_typed, seen_name) = (seen(typed), seen(name));
    // Of a name that nobody sees, only the name itself will do.
    if seen_typed == seen_name && (!seen_name.is_empty() || typed == name) {
        return Ok(());
    }
    Err(Problem::invalid("", "This is not the name of the organization. Type it exactly as it is shown."))
}

fn seen(text: &str) -> String {
    let hidden = |c: &char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let text: String = text.nfc().filter(|c| !hidden(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_typed_as_it_is_seen() {
        for typed in ["Acme  Inc", " Acme Inc ", "\u{2068}Acme Inc\u{2069}"] {
            assert!(is_typed(typed, "Acme  Inc").is_ok(), "{typed:?}");
        }
        for typed in ["", "acme inc", "AcmeInc", "Acme Inc."] {
            assert!(is_typed(typed, "Acme  Inc").is_err(), "{typed:?}");
        }
        assert!(is_typed("", "\u{200B}").is_err() && is_typed("\u{200B}", "\u{200B}").is_ok());
    }
}
