//! What settings are, said by `roster config check`, and what of them is refused at start. The same in both modes: nothing is opened.

use std::process::Command;

use tests::Server;

/// How a command ended, and what it printed and said.
fn told(mut command: Command) -> (Option<i32>, String, String) {
    let output = command.output().expect("roster runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// `roster` with these arguments and settings, in a folder that is not there and stays so.
fn roster(arguments: &[&str], settings: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut command = Server::command(&data);
    command.args(arguments).envs(settings.iter().copied());
    let told = told(command);
    assert!(!data.exists(), "{arguments:?} with {settings:?} made a data folder");
    told
}

/// The line of a setting, its words.
fn line<'o>(out: &'o str, name: &str) -> Vec<&'o str> {
    let line = out.lines().find(|line| line.split_whitespace().next() == Some(name));
    line.unwrap_or_else(|| panic!("{name} is not in {out}")).split_whitespace().skip(1).collect()
}

#[test]
fn every_setting_is_shown_with_where_it_comes_from_and_secrets_are_not() {
    let settings = [
        ("DATABASE_URL", "postgres://roster:s3cret@db.acme.test/roster"),
        ("NATS_URL", "nats://s3cret@nats.acme.test:4222"),
        ("ROSTER_KEEP_KEYS", "2d"),
    ];
    let (code, out, errors) = roster(&["config", "check", "--drain", "30s"], &settings);
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{out}");
    assert!(!out.contains("s3cret"), "{out}");
    assert_eq!(line(&out, "DATABASE_URL"), ["postgres://roster:***@db.acme.test/roster", "environment"]);
    assert_eq!(line(&out, "ROSTER_KEEP_KEYS"), ["2d", "environment"]);
    assert_eq!(line(&out, "ROSTER_DRAIN"), ["30s", "flag"]);
    assert_eq!(line(&out, "ROSTER_LISTEN"), ["127.0.0.1:8080", "default"]);
    assert_eq!(line(&out, "ROSTER_ISSUER"), ["(none)", "default"]);
    assert_eq!(line(&out, "--no-migrate"), ["false", "default"]);
    assert!(out.ends_with("The settings go together.\n"), "{out}");
}

#[test]
fn every_mistake_is_told_with_the_name_of_the_setting() {
    for (arguments, settings, says) in [
        (&[] as &[_], &[("ROSTER_ISSUER", "https://id.acme.test")] as &[_], "ROSTER_AUDIENCE is not set"),
        (&[], &[("ROSTER_NATS_CREDS", "/x")], "ROSTER_NATS_CREDS is set, but NATS_URL is not"),
        (&[], &[("ROSTER_NATS_REPLICAS", "3")], "ROSTER_NATS_REPLICAS is set, but NATS_URL is not"),
        (&[], &[("ROSTER_SIGN_IN_URL", "https://id.acme.test")], "ROSTER_SIGN_IN_URL is set, but ROSTER_ISSUER is not"),
        (&["--no-migrate"], &[], "--no-migrate is set, but DATABASE_URL is not"),
        (&["--listen", "0.0.0.0:80"], &[], "ROSTER_DEV_IDENTITY=on"),
        (&["--listen", "nowhere"], &[], "ROSTER_LISTEN: nowhere is no address"),
        (&[], &[("ROSTER_LOG", "=loud=")], "ROSTER_LOG"),
        (&[], &[("ROSTER_LOG", "warning")], "\"warning\" in ROSTER_LOG or --log is no level: off, error, warn"),
        (&[], &[("ROSTER_LOG", "info,journal")], "\"journal\" in ROSTER_LOG"),
        (&[], &[("NATS_URL", "http://127.0.0.1")], "NATS_URL can't be read: it is nats://host:port"),
        (
            &[],
            &[("ROSTER_ISSUER", "i"), ("ROSTER_AUDIENCE", "a"), ("ROSTER_JWKS", "ftp://127.0.0.1/jwks")],
            "ROSTER_JWKS must be the path of a file, an https URL",
        ),
        (
            &[],
            &[("DATABASE_URL", "postgres://db/roster?sslmode=nonsense")],
            "DATABASE_URL: the database's URL can't be read",
        ),
        (
            &[],
            &[("DATABASE_URL", "postgres://db/roster?sslmode=require&sslpassword=hunter2")],
            "DATABASE_URL: the database's URL has a parameter that means nothing here: sslpassword",
        ),
        (&[], &[("DATABASE_URL", "mysql://db/roster")], "DATABASE_URL is no URL such as postgres://"),
        (&[], &[("ROSTER_LISTN", "x")], "ROSTER_LISTN is no setting: did you mean ROSTER_LISTEN?"),
    ] {
        let (code, out, errors) = roster(&[&["config", "check"], arguments].concat(), settings);
        assert_eq!(code, Some(1), "{settings:?}: {out}");
        let mistakes: Vec<_> = out.lines().filter(|line| line.starts_with("error: ")).collect();
        assert!(mistakes.len() == 1 && mistakes[0].contains(says), "{says:?} is not all of {out}");
        assert!(errors.contains("the settings have a mistake"), "{errors}");
        assert!(!out.contains("hunter2") && !errors.contains("hunter2"), "{out}{errors}");
    }
}

#[test]
fn a_server_with_a_setting_that_can_not_be_meant_does_not_start() {
    for (arguments, settings, says) in [
        (
            &[] as &[_],
            &[("ROSTER_LISTEN_ADDRESS", "x")] as &[_],
            "ROSTER_LISTEN_ADDRESS is no setting: did you mean ROSTER_LISTEN?",
        ),
        (&["serve"], &[("ROSTER_XYZZY", "x")], "ROSTER_XYZZY is no setting"),
        (&["serve"], &[("DATABASE_URL", "mysql://db/roster")], "DATABASE_URL is no URL such as postgres://"),
        (&["serve"], &[("DATABASE_URL", "postgres//db/roster")], "DATABASE_URL is no URL such as postgres://"),
        (&["serve"], &[("DATABASE_URL", "postgres://db/roster?pasword=hunter2")], "means nothing here: pasword"),
        (&["migrate"], &[("DATABASE_URL", "postgres://db/roster?user=r&password=x&hunter2")], "& is written %26"),
        (&["migrate"], &[("DATABASE_URL", "postgres://roster:x?hunter2=y@db/roster")], "? is %3F"),
        (&["migrate"], &[("DATABASE_URL", "postgres://db/roster?=hunter2")], "means nothing here"),
        (&["serve"], &[("ROSTER_LOG", "loud")], "\"loud\" in ROSTER_LOG or --log is no level"),
        (&["serve", "--no-migrate"], &[("ROSTER_NATS_CA", "/x")], "; --no-migrate is set, but DATABASE_URL is not"),
    ] {
        let (code, out, errors) = roster(arguments, settings);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{errors}");
        assert!(errors.starts_with("roster: ") && errors.contains(says), "{says:?} is not in {errors}");
        assert_eq!(errors.lines().count(), 1, "{errors}");
        assert!(!errors.contains("hunter2"), "{errors}");
    }
}

#[tokio::test]
async fn what_kubernetes_says_of_a_service_named_roster_stops_nobody() {
    let of_the_service = [("ROSTER_SERVICE_HOST", "10.0.0.1"), ("ROSTER_PORT", "tcp://10.0.0.1:8080")];
    let server = Server::with(&[], &of_the_service);
    server.person("ana").founds("acme").await.expect(201);
}

#[test]
fn whoever_stops_reading_the_settings_makes_nothing_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Server::command(&folder.path().join("data"));
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command.args(["config", "check"]).stdout(writer).output().expect("roster runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && !errors.contains("panicked"), "{}: {errors}", output.status);
}

#[test]
fn a_number_that_nobody_can_mean_is_refused_with_its_setting() {
    let most = usize::MAX.to_string();
    for (name, value, flag) in [
        ("ROSTER_MAX_CONNECTIONS", "0", "--max-connections"),
        ("ROSTER_MAX_CONNECTIONS", most.as_str(), "--max-connections"),
        ("ROSTER_KEEP_KEYS", "0s", "--keep-keys"),
        ("ROSTER_INVITATION_VALIDITY", "0d", "--invitation-validity"),
    ] {
        let (code, _, errors) = roster(&["serve"], &[(name, value)]);
        assert_eq!(code, Some(2), "{name}={value}: {errors}");
        assert!(errors.contains(flag) && !errors.contains("panicked"), "{name}={value}: {errors}");
    }
}
