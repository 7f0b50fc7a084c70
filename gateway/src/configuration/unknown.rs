//! Variables named `ROSTER_…` that are no settings: somebody believes in what they say, and it is not so.

/// What all settings but two begin with.
const OURS: &str = "ROSTER_";

/// What is wrong with a variable, if anything is.
pub fn mistake(known: &[String], name: &str, value: &str) -> Option<String> {
    if !name.starts_with(OURS) || known.iter().any(|setting| setting == name) || is_of_a_service(name, value) {
        return None;
    }
    let meant = nearest(known, name).map_or_else(String::new, |nearest| format!(": did you mean {nearest}?"));
    Some(format!("{name} is no setting{meant}"))
}

/// Whether this is what Kubernetes tells each container of a service named `roster…` (as Docker links did): it is nobody's mistake.
fn is_of_a_service(name: &str, value: &str) -> bool {
    let said = |after: &str| after.ends_with("_SERVICE_HOST") || after.contains("_SERVICE_PORT");
    let is_port = |protocol: &str| name.ends_with("_PORT") && value.starts_with(protocol);
    let is_part = |(_, of_port): (&str, &str)| {
        let mut words = of_port.split('_');
        let is_number = words.next().is_some_and(|number| number.parse::<u16>().is_ok());
        is_number && words.next().is_some_and(|protocol| ["TCP", "UDP", "SCTP"].contains(&protocol))
    };
    said(name)
        || ["tcp://", "udp://", "sctp://"].into_iter().any(is_port)
        || name.split_once("_PORT_").is_some_and(is_part)
}

/// The setting that is spelled most alike, if one is.
fn nearest<'k>(known: &'k [String], name: &str) -> Option<&'k str> {
    let likeness = |setting: &str| {
        // What all begin with makes none more alike.
        let bare = |text: &str| text.strip_prefix(OURS).unwrap_or(text).to_owned();
        strsim::jaro_winkler(&bare(setting), &bare(name))
    };
    let best = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.7).then_some(best.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, value: &str) -> Option<String> {
        let known = ["DATABASE_URL", "ROSTER_DATA", "ROSTER_LISTEN", "ROSTER_ISSUER", "ROSTER_KEEP_KEYS"];
        mistake(&known.map(str::to_owned), name, value)
    }

    #[test]
    fn a_setting_and_what_is_not_ours_are_no_mistakes() {
        for name in ["DATABASE_URL", "ROSTER_DATA", "PATH", "ROSTERS"] {
            assert_eq!(told(name, "x"), None, "{name}");
        }
    }

    #[test]
    fn what_is_misspelled_is_told_with_what_is_meant() {
        for (name, meant) in [
            ("ROSTER_LISTEN_ADDRESS", "ROSTER_LISTEN"),
            ("ROSTER_ISUER", "ROSTER_ISSUER"),
            ("ROSTER_KEEPKEYS", "ROSTER_KEEP_KEYS"),
            ("ROSTER_DATABASE_URL", "DATABASE_URL"),
        ] {
            assert_eq!(told(name, "x"), Some(format!("{name} is no setting: did you mean {meant}?")));
        }
        assert_eq!(told("ROSTER_XYZZY", "x"), Some("ROSTER_XYZZY is no setting".to_owned()));
    }

    #[test]
    fn what_kubernetes_says_of_a_service_is_nobodys_mistake() {
        for (name, value) in [
            ("ROSTER_SERVICE_HOST", "10.0.0.1"),
            ("ROSTER_SERVICE_PORT", "8080"),
            ("ROSTER_SERVICE_PORT_HTTP", "8080"),
            ("ROSTER_PORT", "tcp://10.0.0.1:8080"),
            ("ROSTER_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
            ("ROSTER_PORT_8080_TCP_ADDR", "10.0.0.1"),
            ("ROSTER_DB_PORT_5432_TCP_PROTO", "tcp"),
        ] {
            assert_eq!(told(name, value), None, "{name}");
        }
        // The same name, set by hand.
        assert!(told("ROSTER_PORT", "8080").is_some());
    }
}
