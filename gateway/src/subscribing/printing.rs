//! One line an event. Where nobody reads on, as in `roster subscribe | head`, that is the end and no error.

use std::io::{ErrorKind, Write};

use clap::ValueEnum;
use journal::nats::Carried;
use serde_json::Value;
use tokio::task::spawn_blocking;

/// How an event is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The CloudEvent as it is, one JSON object a line
    Ndjson,
    /// For reading along: position, time, type, organization, subject and actor
    Text,
}

/// Prints events, up to a limit.
pub struct Printer {
    format: Format,
    left: Option<u64>,
}

impl Printer {
    /// To standard output.
    pub fn new(format: Format, limit: Option<u64>) -> Self {
        Self { format, left: limit }
    }

    /// Prints them at once; whether there is a point in printing more.
    pub async fn print(&mut self, events: Vec<Carried>) -> std::io::Result<bool> {
        let many = self.left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX).min(events.len());
        let mut text = String::new();
        for event in events.into_iter().take(many) {
            match self.format {
                Format::Ndjson => text.push_str(&event.text),
                Format::Text => text.push_str(&readable(&event)),
            }
            text.push('\n');
        }
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(many as u64);
        }
        // Apart: where nobody reads, this waits, and the signal to end must be heard all the same.
        let written = spawn_blocking(move || {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        });
        match written.await? {
            Ok(()) => Ok(self.left != Some(0)),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn readable(event: &Carried) -> String {
    let told: Value = serde_json::from_str(&event.text).unwrap_or_default();
    let text = |name: &str| told[name].as_str().unwrap_or("-");
    let kind = text("type").trim_start_matches("roster.").trim_end_matches(".v1");
    let (time, organization, subject, actor) = (text("time"), text("organization"), text("subject"), text("actor"));
    let line = format!("{:>8}  {time:<27}  {kind:<20}  {organization}  {subject:<36}  {actor}", event.position);
    // Nothing that comes from elsewhere moves a terminal's cursor.
    line.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_people_has_who_did_what_when_and_no_control_characters() {
        let text = r#"{"type":"roster.MemberLeft.v1","time":"2026-03-01T10:00:00Z","organization":"o","subject":"m","actor":"person:ana\u001b[2J"}"#;
        let line = readable(&Carried { position: 7, text: text.into() });
        for word in ["7", "2026-03-01T10:00:00Z", "MemberLeft", "o", "m", "person:ana"] {
            assert!(line.split_whitespace().any(|one| one == word), "{word} in {line}");
        }
        assert!(!line.contains(char::is_control));
    }
}
