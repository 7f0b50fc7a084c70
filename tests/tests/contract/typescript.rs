//! A client in TypeScript, generated from the contract of a running server.

use std::fs;
use std::path::Path;
use std::process::Command;

use tests::Server;

use super::{installed, run};

#[tokio::test]
async fn a_generated_client_compiles_strictly_and_a_member_leaves_with_it() {
    let server = Server::start();
    let [ana, ben] = ["ana", "ben"].map(|id| server.person(id));
    let tools = installed("ROSTER_TEST_TYPESCRIPT", "typescript");
    let folder = tempfile::tempdir_in(&tools).expect("a folder beside the tools");
    let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/typescript"));
    for file in ["story.ts", "tsconfig.json", "package.json"] {
        fs::copy(own.join(file), folder.path().join(file)).expect("a file of ours");
    }
    let contract = ana.gets("/openapi.json").await.expect(200).raw;
    fs::write(folder.path().join("openapi.json"), contract).expect("the contract can be written");
    let tool = |name: &str| {
        let mut command = Command::new(tools.join("node_modules/.bin").join(name));
        command.current_dir(folder.path());
        command
    };
    run(tool("openapi-typescript").args(["openapi.json", "-o", "schema.d.ts"]));
    run(tool("tsc").args(["-p", "."]));
    let story = folder.path().join("out/story.js");
    let mut node = Command::new("node");
    node.arg(story).env("ROSTER_URL", &server.url).env("ROSTER_ANA", ana.token()).env("ROSTER_BEN", ben.token());
    let said = tokio::task::spawn_blocking(move || run(&mut node)).await.expect("it ends");
    println!("{}", said.trim());
}

#[tokio::test]
async fn a_call_that_is_not_in_the_contract_does_not_compile() {
    let tools = installed("ROSTER_TEST_TYPESCRIPT", "typescript");
    let folder = tempfile::tempdir_in(&tools).expect("a folder beside the tools");
    let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/typescript"));
    for file in ["tsconfig.json", "package.json"] {
        fs::copy(own.join(file), folder.path().join(file)).expect("a file of ours");
    }
    let contract = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json"));
    let bin = tools.join("node_modules/.bin");
    let schema = folder.path().join("schema.d.ts");
    run(Command::new(bin.join("openapi-typescript")).arg(contract).arg("-o").arg(&schema));
    let story = fs::read_to_string(own.join("story.ts")).expect("the story");
    for (right, wrong) in [
        ("role: \"member\" }", "role: \"owner\" }"),
        ("409, \"owner-cannot-leave\"", "409, \"owner-can-not-leave\""),
        ("organizations/{org}/leave\", key", "organizations/{org}/go\", key"),
        ("left.left.member_id", "left.left.memberId"),
    ] {
        assert!(story.contains(right), "{right}");
        fs::write(folder.path().join("story.ts"), story.replace(right, wrong)).expect("it can be written");
        let compiled = Command::new(bin.join("tsc")).args(["-p", "."]).current_dir(folder.path()).output();
        assert!(!compiled.expect("tsc runs").status.success(), "{wrong} compiles");
    }
}
