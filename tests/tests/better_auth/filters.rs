//! Members by a condition: every operator on every field, told apart from a filter of the test's own.

use serde_json::{Value, json};

use crate::members::{Crowd, FIELDS, page, text};

const OPERATORS: [&str; 11] =
    ["eq", "ne", "lt", "lte", "gt", "gte", "in", "not_in", "contains", "starts_with", "ends_with"];

/// What an operator says of a text, as better-auth has it. All but two look at the first value.
fn holds(operator: &str, text: &str, values: &[&str]) -> bool {
    let first = values[0];
    match operator {
        "eq" => text == first,
        "ne" => text != first,
        "lt" => text < first,
        "lte" => text <= first,
        "gt" => text > first,
        "gte" => text >= first,
        "in" => values.contains(&text),
        "not_in" => !values.contains(&text),
        "contains" => text.contains(first),
        "starts_with" => text.starts_with(first),
        "ends_with" => text.ends_with(first),
        other => panic!("{other} is no operator"),
    }
}

/// Values to compare a field with: whole ones of two members, and, where only parts are looked for, a part.
fn values<'c>(crowd: &'c Crowd, field: &str, operator: &str) -> Vec<&'c str> {
    let of = |n: usize| text(&crowd.all[n], field);
    match operator {
        "contains" => vec![&of(20)[1..of(20).len() - 1]],
        "starts_with" => vec![&of(20)[..of(20).len() - 1]],
        "ends_with" => vec![&of(20)[of(20).len() / 2..]],
        "in" | "not_in" => vec![of(0), of(20), of(20)],
        _ => vec![of(20)],
    }
}

#[tokio::test]
async fn every_operator_on_every_field() {
    let crowd = Crowd::of(12, 24).await;
    let (mut some, mut none) = (0, 0);
    for field in FIELDS {
        for operator in OPERATORS {
            let values = values(&crowd, field, operator);
            let value = if values.len() == 1 { json!(values[0]) } else { json!(values) };
            let query = json!({ "filterField": field, "filterOperator": operator, "filterValue": value });
            let expected: Vec<_> =
                crowd.all.iter().filter(|member| holds(operator, text(member, field), &values)).collect();
            let told = crowd.lists(query.clone()).await.ok();
            assert_eq!(told["total"], expected.len(), "{query}");
            assert_eq!(told["members"], json!(expected), "{query}");
            *(if expected.is_empty() { &mut none } else { &mut some }) += 1;

            // The total is of all who match, whatever part of them is shown.
            let mut part = query.clone();
            (part["limit"], part["offset"]) = (json!(1), json!(1));
            let told = crowd.lists(part).await.ok();
            assert_eq!(told["total"], expected.len(), "{query}");
            assert_eq!(told["members"], json!(expected.iter().skip(1).take(1).collect::<Vec<_>>()), "{query}");
        }
    }
    assert!(some > 40 && none > 0, "these filters tell nobody apart: {some} {none}");
    as_applications_write_them(&crowd).await;
}

async fn as_applications_write_them(crowd: &Crowd) {
    let total = async |query: Value| crowd.lists(query).await.ok()["total"].as_u64().expect("a total");
    // Without an operator it is the value; without a value nobody is, and without a field nothing is asked.
    assert_eq!(total(json!({ "filterField": "role", "filterValue": "admin" })).await, 12);
    assert_eq!(total(json!({ "filterField": "role" })).await, 0);
    assert_eq!(total(json!({ "filterValue": "admin", "filterOperator": "ne" })).await, 37);
    // Case matters, and one value is enough for a list.
    assert_eq!(total(json!({ "filterField": "role", "filterValue": "ADMIN", "filterOperator": "contains" })).await, 0);
    assert_eq!(total(json!({ "filterField": "userId", "filterValue": "ana", "filterOperator": "in" })).await, 1);
    assert_eq!(total(json!({ "filterField": "role", "filterValue": "", "filterOperator": "contains" })).await, 37);
    // A time in another writing is the same time.
    let at = text(&crowd.all[25], "createdAt").replace('Z', "+00:00");
    let earlier = crowd.all.iter().filter(|one| text(one, "createdAt") <= text(&crowd.all[25], "createdAt")).count();
    let query = json!({ "filterField": "createdAt", "filterValue": at, "filterOperator": "lte" });
    assert_eq!(total(query).await, earlier as u64);
    // Sorted and filtered.
    let query = json!({ "filterField": "role", "filterValue": "admin", "sortBy": "userId", "sortDirection": "desc",
        "limit": 2 });
    let last: Vec<_> = page(crowd.lists(query).await).iter().map(|one| text(one, "userId").to_owned()).collect();
    assert_eq!(last, ["admin-9", "admin-8"]);
}
