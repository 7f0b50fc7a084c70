//! Two tabs of one person leave at once: once, and the other is told so.

use std::sync::Arc;

use serde_json::json;
use tests::better_auth::Told;
use tests::{Clients, Person, told};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Barrier, Mutex};

use crate::scene::{Scene, User};

const ROUNDS: usize = 30;

/// Both leave: one by removing themselves, the other, by turns, likewise or by `leave`. Who is sent first takes turns.
async fn both_leave(tabs: &[User; 2], org: &str, member: &str, round: usize) -> [Told; 2] {
    let removes = json!({ "memberIdOrEmail": member, "organizationId": org });
    let first = tabs[round % 2].asks("removeMember", removes.clone());
    let second = async {
        match round % 4 {
            0 | 1 => tabs[1 - round % 2].asks("removeMember", removes.clone()).await,
            _ => tabs[1 - round % 2].asks("leave", json!({ "organizationId": org })).await,
        }
    };
    let (first, second) = tokio::join!(first, second);
    [first, second]
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_leave_at_once_leave_once() {
    let scene = Scene::set();
    let ana = scene.user("ana");
    let tabs = [scene.session("ben", "phone"), scene.session("ben", "laptop")];
    let acme = ana.creates("acme").await;
    let mut won = [0, 0];
    for round in 0..ROUNDS {
        let member = ana.welcomes(&acme, &tabs[0], "member").await;
        tabs[1].asks("setActive", json!({ "organizationId": acme })).await.ok();
        let answers = both_leave(&tabs, &acme, &member, round).await;
        let (left, late): (Vec<_>, Vec<_>) =
            answers.into_iter().enumerate().partition(|(_, told)| told.error.is_null());
        assert_eq!((left.len(), late.len()), (1, 1), "round {round}: {left:?} {late:?}");
        won[left[0].0] += 1;
        late.into_iter().for_each(|(_, told)| drop(told.refused(400, "MEMBER_NOT_FOUND")));
        tabs[0].checks("acme").await.refused(403, "not-a-member");
        for tab in &tabs {
            assert_eq!(tab.active().await, None);
        }
        assert_eq!(ana.active().await.as_ref(), Some(&acme));
    }
    println!("{ROUNDS} rounds: {} times it was the tab that was sent first", won[0]);
    let told = told::told(&ana.history("acme").await);
    assert_eq!((told::count(&told, "MemberLeft"), told::count(&told, "MemberRemoved")), (ROUNDS, 0));
    assert_eq!(told::count(&told, "MemberJoined"), ROUNDS + 1);
    assert!(told::fold(&told).membership(&"ben".parse().expect("a user id")).is_none());
}

/// The control: the same two tabs at a server that does it in better-auth's way.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_guards_it_both_tabs_leave() {
    let (url, members) = unguarded().await;
    let clients = Clients::start();
    let tabs = ["phone", "laptop"].map(|token| {
        let person = Person::new(url.clone(), reqwest::Client::new(), "ben", token);
        User { client: clients.of(&person), person }
    });
    let mut both = 0;
    for round in 0..ROUNDS {
        members.lock().await.push("ben".to_owned());
        let answers = both_leave(&tabs, "acme", "ben", round).await;
        both += usize::from(answers.iter().all(|told| told.error.is_null()));
        assert!(members.lock().await.is_empty());
    }
    println!("{ROUNDS} rounds without a guard: {both} times both were told that they had left");
    assert!(both > 0, "the race above proves nothing");
}

/// A server that has nothing but members, and removes one as better-auth does: it looks who is there, and then, in another
/// statement, deletes. Its two connections look before either deletes, as they may with any database.
async fn unguarded() -> (String, Arc<Mutex<Vec<String>>>) {
    let members: Arc<Mutex<Vec<String>>> = Arc::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    let (kept, looked) = (members.clone(), Arc::new(Barrier::new(2)));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(removes(stream, kept.clone(), looked.clone()));
        }
    });
    (url, members)
}

async fn removes(mut stream: TcpStream, members: Arc<Mutex<Vec<String>>>, looked: Arc<Barrier>) {
    // Head and body come in one piece or in two; what they say does not matter.
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        if matches!(stream.read_buf(&mut request).await, Ok(0) | Err(_)) {
            return;
        }
    }
    let is_member = members.lock().await.iter().any(|one| one == "ben");
    looked.wait().await;
    members.lock().await.retain(|one| one != "ben");
    let (status, body) = match is_member {
        true => ("200 OK", r#"{"member":{}}"#),
        false => ("400 Bad Request", r#"{"code":"MEMBER_NOT_FOUND"}"#),
    };
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}", body.len());
    let _ = stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n{body}").as_bytes()).await;
}
