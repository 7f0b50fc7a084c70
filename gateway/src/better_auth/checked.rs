//! Fields of a body or a query, read with the messages that better-auth's validation has. All mistakes are told at once, in the
//! order in which the fields are read.

use domain::NotAccepted;
use serde_json::{Map, Value};
use std::str::FromStr;

use super::failure::Failure;

/// Fields being read. What can't be read is `None` or empty, and noted: ask [`Checked::done`] before anything is done.
pub struct Checked<'v> {
    at: String,
    fields: Option<&'v Map<String, Value>>,
    issues: Vec<String>,
}

impl<'v> Checked<'v> {
    /// The fields of what must be an object; `at` is what messages call it.
    pub fn of(at: &str, value: Option<&'v Value>) -> Self {
        let mut checked = Self { at: at.to_owned(), fields: value.and_then(Value::as_object), issues: Vec::new() };
        if checked.fields.is_none() {
            let received = kind(value);
            checked.issue_here(&format!("Invalid input: expected object, received {received}"));
        }
        checked
    }

    /// Fails if there was any mistake.
    pub fn done(&self) -> Result<(), Failure> {
        if self.issues.is_empty() { Ok(()) } else { Err(self.failure()) }
    }

    /// The mistakes so far.
    pub fn failure(&self) -> Failure {
        Failure::invalid(&self.issues)
    }

    /// A mistake of the whole.
    pub fn issue_here(&mut self, says: &str) {
        self.issues.push(format!("[{}] {says}", self.at));
    }

    /// A mistake of one field.
    pub fn issue(&mut self, name: &str, says: &str) {
        self.issues.push(format!("[{}.{name}] {says}", self.at));
    }

    /// A field as it came; `None` where it is missing.
    pub fn raw(&self, name: &str) -> Option<&'v Value> {
        self.fields?.get(name)
    }

    /// Whether there is anything to read: of what is no object only that is told.
    pub fn is_object(&self) -> bool {
        self.fields.is_some()
    }

    fn unexpected(&mut self, name: &str, expected: &str, value: Option<&Value>) {
        if self.is_object() {
            let received = kind(value);
            self.issue(name, &format!("Invalid input: expected {expected}, received {received}"));
        }
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &str) -> &'v str {
        match self.raw(name) {
            Some(Value::String(text)) => text,
            other => {
                self.unexpected(name, "string", other);
                ""
            }
        }
    }

    /// A text that may be missing, and is as good as missing when it is empty.
    pub fn optional_text(&mut self, name: &str) -> Option<&'v str> {
        self.raw(name)?;
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A text that must be there, with something in it that is accepted.
    pub fn accepted<T: FromStr<Err = NotAccepted>>(&mut self, name: &str) -> Option<T> {
        let Some(Value::String(text)) = self.raw(name) else {
            self.text(name);
            return None;
        };
        if text.is_empty() {
            self.issue(name, "Too small: expected string to have >=1 characters");
            return None;
        }
        text.parse().map_err(|why: NotAccepted| self.issue(name, &why.to_string())).ok()
    }

    /// The same where it may be missing.
    pub fn optional_accepted<T: FromStr<Err = NotAccepted>>(&mut self, name: &str) -> Option<T> {
        self.raw(name)?;
        self.accepted(name)
    }

    /// The same where it may also be `null`, or empty, which take it away.
    pub fn nullable_accepted<T: FromStr<Err = NotAccepted>>(&mut self, name: &str) -> Option<Option<T>> {
        match self.raw(name)? {
            Value::Null => Some(None),
            Value::String(text) if text.is_empty() => Some(None),
            _ => self.accepted(name).map(Some),
        }
    }

    /// A truth that may be missing: then it is not so.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.raw(name) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            other => {
                self.unexpected(name, "boolean", other);
                false
            }
        }
    }

    /// An object of any content that may be missing, if it is accepted.
    pub fn optional_record<T: TryFrom<Map<String, Value>, Error = NotAccepted>>(&mut self, name: &str) -> Option<T> {
        let value = self.raw(name)?;
        let Value::Object(record) = value else {
            self.unexpected(name, "record", Some(value));
            return None;
        };
        T::try_from(record.clone()).map_err(|why| self.issue(name, &why.to_string())).ok()
    }

    /// A text or several, which must be there.
    pub fn texts(&mut self, name: &str) -> Vec<&'v str> {
        let texts = match self.raw(name) {
            Some(Value::String(text)) => Some(vec![text.as_str()]),
            Some(Value::Array(values)) => values.iter().map(Value::as_str).collect(),
            _ => None,
        };
        if texts.is_none() && self.is_object() {
            self.issue(name, "Invalid input");
        }
        texts.unwrap_or_default()
    }

    /// The same where it may be missing.
    pub fn optional_texts(&mut self, name: &str) -> Option<Vec<&'v str>> {
        self.raw(name)?;
        Some(self.texts(name))
    }

    /// One of a few words, which may be missing.
    pub fn optional_word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.raw(name)?;
        let known = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
        if known.is_none() {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            self.issue(name, &format!("Invalid option: expected one of {}", words.join("|")));
        }
        known.map(|(_, meaning)| *meaning)
    }

    /// The fields of an object within, which must be there.
    pub fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Checked<'v>) -> T) -> T {
        let mut inner = Checked { at: format!("{}.{name}", self.at), fields: None, issues: Vec::new() };
        if self.is_object() {
            inner = Checked::of(&inner.at, self.raw(name));
        }
        let value = read(&mut inner);
        self.issues.append(&mut inner.issues);
        value
    }
}

/// What JavaScript calls it.
fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test, a panic is the answer")]
mod tests {
    use axum::response::IntoResponse;
    use domain::{Logo, Metadata, Name};
    use serde_json::json;

    use super::*;

    /// What is told of a body that is read so.
    fn told(body: &Value, read: impl FnOnce(&mut Checked<'_>)) -> Vec<String> {
        let mut checked = Checked::of("body", Some(body));
        read(&mut checked);
        assert_eq!(checked.done().is_err(), !checked.issues.is_empty());
        checked.issues
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_told_in_the_order_it_is_read() {
        let told = told(&json!({ "b": null, "c": [1], "e": "yes" }), |body| {
            body.text("a");
            body.optional_text("b");
            body.text("c");
            body.optional_text("d");
            body.flag("e");
            body.texts("f");
            body.optional_texts("g");
            body.optional_record::<Metadata>("c");
        });
        assert_eq!(
            told,
            [
                "[body.a] Invalid input: expected string, received undefined",
                "[body.b] Invalid input: expected string, received null",
                "[body.c] Invalid input: expected string, received array",
                "[body.e] Invalid input: expected boolean, received string",
                "[body.f] Invalid input",
                "[body.c] Invalid input: expected record, received array",
            ]
        );
    }

    #[test]
    fn of_what_is_no_object_only_that_is_told() {
        for (body, kind) in [(json!([]), "array"), (json!("x"), "string"), (json!(null), "null"), (json!(1), "number")]
        {
            let told = told(&body, |body| {
                body.text("a");
                body.accepted::<Name>("b");
                body.texts("c");
                body.within("d", |inner| inner.text("e"));
            });
            assert_eq!(told, [format!("[body] Invalid input: expected object, received {kind}")]);
        }
    }

    #[test]
    fn what_the_domain_does_not_accept_is_told_with_its_reason() {
        let told = told(&json!({ "a": "", "b": "\u{7}", "c": { "d": 1 } }), |body| {
            body.accepted::<Name>("a");
            body.accepted::<Name>("b");
            body.within("c", |inner| inner.optional_accepted::<Name>("d"));
        });
        assert_eq!(told[0], "[body.a] Too small: expected string to have >=1 characters");
        assert!(told[1].starts_with("[body.b] must "), "{told:?}");
        assert_eq!(told[2], "[body.c.d] Invalid input: expected string, received number");
    }

    #[test]
    fn null_and_nothing_take_away_what_may_be_taken_away() {
        let body = json!({ "null": null, "empty": "", "logo": "a.png" });
        let mut checked = Checked::of("body", Some(&body));
        assert_eq!(checked.nullable_accepted::<Logo>("null"), Some(None));
        assert_eq!(checked.nullable_accepted::<Logo>("empty"), Some(None));
        assert_eq!(checked.nullable_accepted::<Logo>("logo"), Some(Some("a.png".parse().unwrap())));
        assert_eq!(checked.nullable_accepted::<Logo>("missing"), None);
        assert!(checked.done().is_ok());
        assert_eq!(checked.failure().into_response().status(), 400);
    }
}
