//! What is said wrongly is told before who asks is looked at: all at once, in the words and the order of better-auth.

use tests::Person;

use crate::by_hand::{BASE, REMOVE, fails, sends};
use crate::wire::ana;

/// Somebody whose token is none.
fn stranger(beside: &Person) -> Person {
    Person::new(beside.url().to_owned(), reqwest::Client::new(), "nobody", "nonsense")
}

#[tokio::test]
async fn all_mistakes_are_told_at_once_in_order_and_to_anybody() {
    let (_server, ana) = ana().await;
    let stranger = stranger(&ana);
    let text = "Invalid input: expected string, received";
    for (call, body, message) in [
        ("create", r#"{}"#, format!("[body.name] {text} undefined; [body.slug] {text} undefined")),
        ("create", r#"{"slug": null, "name": 1}"#, format!("[body.name] {text} number; [body.slug] {text} null")),
        (
            "create",
            r#"{"keepCurrentActiveOrganization": "yes", "metadata": [], "logo": 1, "slug": "new-one", "name": ""}"#,
            format!(
                "[body.name] Too small: expected string to have >=1 characters; [body.logo] {text} number; \
                 [body.metadata] Invalid input: expected record, received array; \
                 [body.keepCurrentActiveOrganization] Invalid input: expected boolean, received string"
            ),
        ),
        ("update", r#"{}"#, "[body.data] Invalid input: expected object, received undefined".into()),
        (
            "update",
            r#"{"organizationId": 1, "data": {"metadata": null, "slug": 1, "name": null}}"#,
            format!(
                "[body.data.name] {text} null; [body.data.slug] {text} number; \
                 [body.data.metadata] Invalid input: expected record, received null; [body.organizationId] {text} number"
            ),
        ),
        ("set-active", r#"{"organizationSlug": null}"#, format!("[body.organizationSlug] {text} null")),
        (
            "invite-member",
            r#"{"teamId": 1, "resend": "yes", "organizationId": null, "role": ["admin", 1]}"#,
            format!(
                "[body.email] {text} undefined; [body.role] Invalid input; [body.organizationId] {text} null; \
                 [body.resend] Invalid input: expected boolean, received string; [body.teamId] Invalid input"
            ),
        ),
        ("accept-invitation", r#"{"invitationId": {}}"#, format!("[body.invitationId] {text} object")),
        (
            "remove-member",
            r#"{"organizationId": true, "memberIdOrEmail": ["a"]}"#,
            format!("[body.memberIdOrEmail] {text} array; [body.organizationId] {text} boolean"),
        ),
        (
            "update-member-role",
            r#"{"memberId": null}"#,
            format!("[body.role] Invalid input; [body.memberId] {text} null"),
        ),
        ("leave", r#"{"organizationId": null}"#, format!("[body.organizationId] {text} null")),
        (
            "has-permission",
            r#"{"organizationId": 1}"#,
            format!("[body.organizationId] {text} number; [body] Invalid input"),
        ),
        (
            "has-permission",
            r#"{"permissions": {"member": []}, "permission": {}}"#,
            "[body] Invalid input: more than one option matched".into(),
        ),
    ] {
        let path = format!("/organization/{call}");
        for who in [&ana, &stranger] {
            fails(sends(who, &path, body).await, 400, "VALIDATION_ERROR", &message);
        }
    }
    // Some calls have no words for strangers: said to be JSON, and empty.
    for (call, body) in [("create", r#"{"name": "New", "slug": "new-one"}"#), ("delete", r#"{"organizationId": "x"}"#)]
    {
        let answer = sends(&stranger, &format!("/organization/{call}"), body).await.expect(401);
        assert_eq!((answer.raw.as_str(), answer.header("content-type")), ("", Some("application/json")), "{answer:#?}");
    }
    let empty = r#"{"memberId": "x", "role": ""}"#;
    let answer = sends(&ana, "/organization/update-member-role", empty).await.expect(400);
    assert_eq!((answer.raw.as_str(), answer.header("content-type")), ("", Some("application/json")), "{answer:#?}");
    // Well said, by nobody; and with fields that nobody knows.
    let well = r#"{"memberIdOrEmail": "x", "more": [1]}"#;
    fails(sends(&stranger, REMOVE, well).await, 401, "UNAUTHORIZED", "Unauthorized");
    fails(sends(&ana, REMOVE, well).await, 400, "MEMBER_NOT_FOUND", "Member not found");
}

#[tokio::test]
async fn parameters_are_told_likewise() {
    let (_server, ana) = ana().await;
    let stranger = stranger(&ana);
    let text = "Invalid input: expected string, received";
    let field = "Invalid input: expected one of id, organizationId, userId, role, createdAt";
    let number = "Invalid input: expected a whole number that is not negative";
    let far = "[query.offset] Too big: expected at most 100000; read further with the cursors of /v1";
    let way = "[query.sortDirection] Invalid option: expected one of \"asc\"|\"desc\"";
    let operators = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "contains", "starts_with", "ends_with"];
    let operators = operators.map(|operator| format!("\"{operator}\"")).join("|");
    for (query, message) in [
        ("get-invitation", format!("[query.id] {text} undefined")),
        ("get-organization?organizationId=a&organizationId=b", format!("[query.organizationId] {text} array")),
        ("list-user-invitations?email=a&email=b", format!("[query.email] {text} array")),
        ("get-full-organization?membersLimit=-1", format!("[query.membersLimit] {number}")),
        ("list-members?sortBy=name", format!("[query.sortBy] {field}")),
        ("list-members?sortBy=Role", format!("[query.sortBy] {field}")),
        ("list-members?filterField=email&filterValue=ana@acme.test", format!("[query.filterField] {field}")),
        ("list-members?filterField=role%3B+drop+table+members", format!("[query.filterField] {field}")),
        ("list-members?limit=-1", format!("[query.limit] {number}")),
        ("list-members?limit=1.5", format!("[query.limit] {number}")),
        ("list-members?offset=-1", format!("[query.offset] {number}")),
        ("list-members?offset=100001", far.into()),
        ("list-members?offset=1e99", far.into()),
        ("list-members?sortDirection=up", way.into()),
        ("list-members?sortDirection=", way.into()),
        (
            "list-members?filterOperator=like",
            format!("[query.filterOperator] Invalid option: expected one of {operators}"),
        ),
        (
            "list-members?filterField=createdAt&filterValue=yesterday",
            "[query.filterValue] Invalid input: expected a date and time such as 2026-11-24T20:17:46.489Z".into(),
        ),
        (
            "list-members?sortBy=a&sortBy=b&sortDirection=up&limit=1&limit=2",
            format!("[query.limit] Invalid input; [query.sortBy] {text} array; {way}"),
        ),
    ] {
        for who in [&ana, &stranger] {
            let answer = who.gets(&format!("{BASE}/organization/{query}")).await;
            fails(answer, 400, "VALIDATION_ERROR", &message);
        }
    }
}
