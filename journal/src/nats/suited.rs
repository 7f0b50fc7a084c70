//! Whether a stream that somebody made beforehand can hold the journal: its sequence must be able to be the position, and what
//! is in it must not go by being read. Limits are fine: the beginning goes, later positions stay where they are.

use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy};

/// The subjects of all events, in two ways to say it.
const SUBJECTS: [&str; 2] = ["roster.events.*.*", "roster.events.>"];

/// The largest message that must fit. The largest event is half as large.
const LARGEST: i32 = 64 * 1024;

/// What is wrong with it, in words that go on from "the stream ROSTER".
pub fn unsuited(config: &Config) -> Option<String> {
    let wrong = if config.mirror.is_some() || config.sources.as_ref().is_some_and(|sources| !sources.is_empty()) {
        "takes messages from other streams, which would take the places of events"
    } else if !matches!(config.subjects.as_slice(), [only] if SUBJECTS.contains(&only.as_str())) {
        return Some(mend(&format!(
            "has the subjects {:?}, where it must have roster.events.*.* and nothing else",
            config.subjects
        )));
    } else if config.retention != RetentionPolicy::Limits {
        "forgets messages once they are read: its retention must be by limits"
    } else if config.discard != DiscardPolicy::Old {
        "refuses messages when it is full: it must discard old ones"
    } else if config.max_messages_per_subject > 0 {
        "keeps only some messages of each subject, so that events in between go missing"
    } else if config.max_message_size > 0 && config.max_message_size < LARGEST {
        return Some(mend(&format!(
            "takes messages of {} bytes at most, where it must take {LARGEST}",
            config.max_message_size
        )));
    } else if config.no_ack {
        "does not acknowledge messages"
    } else if config.sealed {
        "is sealed"
    } else {
        return None;
    };
    Some(mend(wrong))
}

fn mend(wrong: &str) -> String {
    format!("{wrong}; change it, or delete it, and Roster makes one that fits")
}

/// Whether messages go by themselves from its beginning, perhaps all of them.
pub fn forgets(config: &Config) -> bool {
    config.max_age > Duration::ZERO || config.max_bytes > 0 || config.max_messages > 0
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "in a test, what must not happen is best said by stopping")]
mod tests {
    use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, Source};

    use super::unsuited;

    fn made(change: impl FnOnce(&mut Config)) -> Option<String> {
        let mut config = Config { subjects: vec!["roster.events.*.*".into()], ..Config::default() };
        change(&mut config);
        unsuited(&config)
    }

    #[test]
    fn a_plain_stream_with_or_without_limits_is_fine() {
        assert_eq!(made(|_| {}), None);
        assert_eq!(made(|config| config.subjects = vec!["roster.events.>".into()]), None);
        assert_eq!(made(|config| config.max_bytes = 1_000_000), None);
        assert_eq!(made(|config| config.max_messages = 1), None);
        assert_eq!(made(|config| config.max_age = std::time::Duration::from_secs(60)), None);
        assert_eq!(made(|config| config.max_message_size = 64 * 1024), None);
    }

    #[test]
    fn what_can_not_work_is_told_by_name() {
        let told = |change: fn(&mut Config), word: &str| {
            let why = made(change).unwrap();
            assert!(why.contains(word) && why.ends_with("Roster makes one that fits"), "{why}");
        };
        told(|config| config.subjects = vec!["roster.>".into()], "roster.events.*.* and nothing else");
        told(|config| config.subjects.push("orders".into()), "orders");
        told(|config| config.subjects.clear(), "subjects []");
        told(|config| config.retention = RetentionPolicy::Interest, "once they are read");
        told(|config| config.retention = RetentionPolicy::WorkQueue, "once they are read");
        told(|config| config.discard = DiscardPolicy::New, "when it is full");
        told(|config| config.max_messages_per_subject = 1, "of each subject");
        told(|config| config.max_message_size = 1_000, "1000 bytes");
        told(|config| config.no_ack = true, "acknowledge");
        told(|config| config.sealed = true, "sealed");
        told(|config| config.mirror = Some(Source::default()), "other streams");
        told(|config| config.sources = Some(vec![Source::default()]), "other streams");
    }
}
