//! What `roster subscribe` can't do is said, and ends it.

use tests::{Server, says};

/// How it ends, and what it says.
fn told(server: &Server, arguments: &[&str], token: Option<&str>) -> (Option<i32>, String) {
    let mut command = Server::command(server.data());
    command.arg("subscribe").args(arguments).envs(token.map(|token| ("ROSTER_TOKEN", token)));
    let output = command.output().expect("roster runs");
    assert!(output.stdout.is_empty(), "{output:?}");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[tokio::test]
async fn what_can_not_be_meant_is_refused() {
    let server = Server::in_a_file();
    for (arguments, word) in [
        (&["--from", "0"] as &[_], "--from"),
        (&["--from=-1"], "--from"),
        (&["--from", "soon"], "--from"),
        (&["--type", "MemberLeaves"], "MemberLeft"),
        (&["--organization", "acme"], "must be a UUID"),
        (&["--until-current"], "--from"),
        (&["--limit", "0"], "--limit"),
        (&["--format", "xml"], "ndjson"),
    ] {
        let (code, said) = told(&server, arguments, None);
        assert!(code == Some(2) && said.contains(word), "{arguments:?} {said}");
    }
    let (code, said) = told(&server, &["--url", "127.0.0.1:8080"], None);
    assert!(code == Some(1) && said.contains("http://"), "{said}");
}

#[tokio::test]
async fn a_token_that_is_none_or_says_too_little_ends_it() {
    let server = Server::in_a_file();
    let url: &[&str] = &["--from", "1", "--url", &server.url];
    let (code, said) = told(&server, url, Some("nonsense"));
    assert!(code == Some(1) && said.contains("401"), "{said}");
    let (code, said) = told(&server, url, Some(server.person("ana").token()));
    assert!(code == Some(1) && said.contains("roster:audit"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let mut elsewhere = Server::command(folder.path());
    let output = elsewhere.args(["subscribe", "--url", &server.url]).output().expect("roster runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains("ROSTER_TOKEN") && said.contains("NATS_URL"), "{said}");
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none(), "no key is made for it");
}

#[tokio::test]
async fn a_token_in_the_environment_does_not_keep_the_server_from_starting() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::in_folder(folder, &[], &[("ROSTER_TOKEN", "whatever")]);
    server.bearer("ana", server.person_with(&says("ana")).token()).founds("acme").await.expect(201);
}
