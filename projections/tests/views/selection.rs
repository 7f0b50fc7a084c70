//! Members by number: sorted by any field, of whom any field meets a condition. Whatever a view store makes of it, it answers
//! as a plain comparison of the whole list would.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat};
use domain::{MemberId, OrganizationEvent as E, Role};
use projections::{Condition, Direction, Entry, MemberField, MemberRow, MembersSelection, Operator, Page, ViewsError};
use uuid::Uuid;

use crate::world::{World, all, names, organization, user};

on_every_adapter!(
    every_operator_finds_in_every_field_whom_a_plain_comparison_finds,
    filters_are_exact_about_case_and_take_nothing_for_a_pattern,
    who_is_equal_in_the_sort_comes_in_order_of_joining_either_way,
    a_page_past_the_end_is_empty_and_still_knows_the_total,
    a_condition_without_values_finds_nobody_or_rules_out_nobody,
    who_joined_when_is_compared_to_the_millisecond_and_sorted_finer,
    totals_follow_who_leaves_and_who_changes_role,
    people_are_told_with_the_page,
    a_parked_organization_is_not_shown,
    a_deleted_or_unknown_organization_is_empty,
);

/// Who is in acme, in order of joining, which is the order of nothing else: member id, user id, role, and when, in microseconds.
/// Two joined within one millisecond, and the clock once went back.
const ACME: [(u128, &str, Role, i64); 9] = [
    (0x0193_a000_0000_7000_8000_0000_0000_00f1, "mia", Role::Owner, 1_790_000_000_000_000),
    (0x0193_b000_0000_7000_8000_0000_0000_000a, "ben", Role::Member, 1_790_000_000_123_100),
    (0x0193_9000_0000_7000_8000_0000_0000_0b0b, "Ben", Role::Admin, 1_790_000_000_123_999),
    (0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff, "be_n%\\", Role::Member, 1_789_999_999_999_999),
    (0x0193_b000_0000_7000_8000_0000_0000_0009, "örjan", Role::Admin, 1_790_000_001_000_000),
    (0x0000_0000_0000_0000_0000_0000_0000_0001, "ab", Role::Member, 1_790_000_002_000_000),
    (0x0193_abcd_0000_7000_8000_0000_0000_0001, "a", Role::Member, 1_790_000_003_000_500),
    (0x0193_abcd_0000_7000_8000_0000_0000_0000, "日本", Role::Admin, 1_790_000_004_000_000),
    (0x0193_abcd_0000_7000_8000_0000_0000_0002, "a𝄞b", Role::Member, 999_999),
];

async fn acme(world: &mut World) {
    for (n, (id, who, role, when)) in ACME.into_iter().enumerate() {
        let (member_id, user_id) = (MemberId(Uuid::from_u128(id)), user(who));
        if n == 0 {
            let owner = domain::Tenure { member_id, user_id: user_id.clone() };
            let (name, slug) = ("acme".parse().unwrap(), "acme".parse().unwrap());
            let founded = E::OrganizationFounded { name, slug, logo: None, metadata: None, owner };
            world.happens("acme", founded).await;
        }
        world.write(organization("acme"), E::MemberJoined { member_id, user_id, role, invitation_id: None });
        let Some(Entry::Event(joined)) = world.journal.last_mut() else { panic!("just written") };
        joined.recorded_at = DateTime::from_timestamp_micros(when).unwrap();
    }
    world.people.knows("ben", "Ben Baker", "ben@acme.test");
    world.apply(&world.journal).await.unwrap();
    // Another organization's members are nobody here.
    world.founds("ben", "globex").await;
    world.joins("bob", "globex").await;
}

fn everybody() -> MembersSelection {
    MembersSelection { limit: usize::MAX, ..MembersSelection::default() }
}

fn those(field: MemberField, operator: Operator, values: &[&str]) -> MembersSelection {
    let values = values.iter().map(ToString::to_string).collect();
    MembersSelection { condition: Some(Condition { field, operator, values }), ..everybody() }
}

async fn select(world: &World, of: &str, selection: &MembersSelection) -> Result<Page<MemberRow>, ViewsError> {
    world.views.select_members(organization(of), selection).await
}

/// Not sorted, and both ways by each field.
fn sorts() -> Vec<Option<(MemberField, Direction)>> {
    let ways = |field| [Direction::Ascending, Direction::Descending].map(|way| Some((field, way)));
    [None].into_iter().chain(MemberField::ALL.into_iter().flat_map(ways)).collect()
}

/// A field of a member of acme, as a reader would write it.
fn text(field: MemberField, row: &MemberRow) -> String {
    match field {
        MemberField::Id => row.member_id.to_string(),
        MemberField::Organization => organization("acme").to_string(),
        MemberField::User => row.user_id.to_string(),
        MemberField::Role => row.role.to_string(),
        MemberField::JoinedAt => row.joined_at.to_rfc3339_opts(SecondsFormat::Millis, true),
    }
}

fn meets(text: &str, operator: Operator, values: &[String]) -> bool {
    let text = text.as_bytes();
    let values: Vec<&[u8]> = values.iter().map(String::as_bytes).collect();
    let Some(&first) = values.first() else { return matches!(operator, Operator::Differs | Operator::NotAmong) };
    match operator {
        Operator::Equals => text == first,
        Operator::Differs => text != first,
        Operator::Below => text < first,
        Operator::AtMost => text <= first,
        Operator::Above => text > first,
        Operator::AtLeast => text >= first,
        Operator::Among => values.contains(&text),
        Operator::NotAmong => !values.contains(&text),
        Operator::Contains => first.is_empty() || text.windows(first.len()).any(|part| part == first),
        Operator::StartsWith => text.starts_with(first),
        Operator::EndsWith => text.ends_with(first),
    }
}

/// What the selection finds in a list that is in order of joining, in plain words.
fn plainly(list: &[MemberRow], selection: &MembersSelection) -> Page<MemberRow> {
    let met = |row: &&MemberRow| match &selection.condition {
        Some(asked) => meets(&text(asked.field, row), asked.operator, &asked.values),
        None => true,
    };
    let mut found: Vec<MemberRow> = list.iter().filter(met).cloned().collect();
    let key = |field, row: &MemberRow| match field {
        MemberField::JoinedAt => format!("{:020}", row.joined),
        other => text(other, row),
    };
    match selection.sort {
        None => {}
        Some((field, Direction::Ascending)) => found.sort_by_key(|row| key(field, row)),
        Some((field, Direction::Descending)) => found.sort_by_key(|row| std::cmp::Reverse(key(field, row))),
    }
    let total = found.len() as u64;
    let items = found.into_iter().skip(selection.offset).take(selection.limit.max(1)).collect();
    Page { items, next: None, total }
}

/// What may be asked of a field: whole texts, parts of them, what stands between them, and what has a meaning elsewhere.
fn asked_of(field: MemberField, list: &[MemberRow]) -> Vec<Vec<String>> {
    let texts: Vec<String> = list.iter().map(|row| text(field, row)).collect();
    let whole = &texts[4];
    let chars: Vec<char> = whole.chars().collect();
    let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let one = [
        whole.clone(),
        texts[1].clone(),
        part(0, 2),
        part(1, chars.len() - 1),
        part(chars.len() - 2, chars.len()),
        whole.to_uppercase(),
        format!("{whole}0"),
        format!("{whole}\0"),
        format!("{}\0z", part(0, 2)),
    ];
    let anything = ["", "\0", "%", "_", "\\", "a", "Z", "z", "~", "日", "𝄞", "{}", "'"].map(str::to_owned);
    let several = [
        vec![],
        vec![texts[0].clone(), texts[7].clone(), "nobody".into()],
        vec!["nobody".into(), whole.clone()],
        vec!["\0".into(), whole.clone(), texts[2].clone()],
    ];
    one.into_iter().chain(anything).map(|value| vec![value]).chain(several).collect()
}

async fn every_operator_finds_in_every_field_whom_a_plain_comparison_finds(mut world: World) {
    acme(&mut world).await;
    let list = world.members("acme", all()).await.unwrap().items;
    assert_eq!(list.len(), ACME.len());
    let windows = [(usize::MAX, 0), (3, 0), (2, 1), (4, 3), (1, 7)];
    let sorts = sorts();
    let mut n = 0;
    for field in MemberField::ALL {
        for operator in Operator::ALL {
            let mut totals = BTreeSet::new();
            for values in asked_of(field, &list) {
                let (sort, (limit, offset)) = (sorts[n % sorts.len()], windows[n % windows.len()]);
                let condition = Some(Condition { field, operator, values });
                let selection = MembersSelection { limit, offset, sort, condition };
                let page = select(&world, "acme", &selection).await.unwrap();
                assert_eq!(page, plainly(&list, &selection), "{selection:?}");
                totals.insert(page.total);
                n += 1;
            }
            assert!(totals.len() > 1, "{field:?} {operator:?} was asked nothing that makes a difference");
        }
    }
}

async fn filters_are_exact_about_case_and_take_nothing_for_a_pattern(mut world: World) {
    acme(&mut world).await;
    for (field, operator, values, expected) in [
        (MemberField::User, Operator::Equals, &["ben"][..], &["ben"][..]),
        (MemberField::User, Operator::Contains, &["be"], &["ben", "be_n%\\"]),
        (MemberField::User, Operator::Contains, &["_"], &["be_n%\\"]),
        (MemberField::User, Operator::EndsWith, &["%"], &[]),
        (MemberField::User, Operator::EndsWith, &["%\\"], &["be_n%\\"]),
        (MemberField::User, Operator::StartsWith, &["B"], &["Ben"]),
        (MemberField::User, Operator::Below, &["ab"], &["Ben", "a"]),
        // In byte order what isn't ASCII comes last, and by its code points.
        (MemberField::User, Operator::Above, &["z"], &["örjan", "日本"]),
        (MemberField::User, Operator::Above, &["a~"], &["mia", "ben", "be_n%\\", "örjan", "日本", "a𝄞b"]),
        (MemberField::User, Operator::Among, &["mia", "日本", "BEN"], &["mia", "日本"]),
        (MemberField::Role, Operator::NotAmong, &["member", "owner"], &["Ben", "örjan", "日本"]),
        (MemberField::Role, Operator::Contains, &["m"], &["ben", "Ben", "be_n%\\", "örjan", "ab", "a", "日本", "a𝄞b"]),
        (MemberField::Role, Operator::Above, &["member"], &["mia"]),
        (MemberField::Id, Operator::Equals, &["0193b000-0000-7000-8000-00000000000a"], &["ben"]),
        (MemberField::Id, Operator::Equals, &["0193B000-0000-7000-8000-00000000000A"], &[]),
        (MemberField::Id, Operator::AtLeast, &["0193b000-0000-7000-8000-00000000000a"], &["ben", "be_n%\\"]),
        (MemberField::Organization, Operator::Equals, &["globex"], &[]),
    ] {
        let page = select(&world, "acme", &those(field, operator, values)).await.unwrap();
        assert_eq!(
            (names(&page), page.total),
            (owned(expected), expected.len() as u64),
            "{field:?} {operator:?} {values:?}"
        );
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

async fn who_is_equal_in_the_sort_comes_in_order_of_joining_either_way(mut world: World) {
    acme(&mut world).await;
    let joining = ["mia", "ben", "Ben", "be_n%\\", "örjan", "ab", "a", "日本", "a𝄞b"];
    let backwards: Vec<&str> = joining.into_iter().rev().collect();
    let (up, down) = (Direction::Ascending, Direction::Descending);
    for (sort, expected) in [
        (None, &joining[..]),
        (Some((MemberField::Organization, up)), &joining),
        (Some((MemberField::Organization, down)), &joining),
        (Some((MemberField::JoinedAt, up)), &joining),
        (Some((MemberField::JoinedAt, down)), &backwards),
        (Some((MemberField::Role, up)), &["Ben", "örjan", "日本", "ben", "be_n%\\", "ab", "a", "a𝄞b", "mia"]),
        (Some((MemberField::Role, down)), &["mia", "ben", "be_n%\\", "ab", "a", "a𝄞b", "Ben", "örjan", "日本"]),
        (Some((MemberField::User, up)), &["Ben", "a", "ab", "a𝄞b", "be_n%\\", "ben", "mia", "örjan", "日本"]),
        (Some((MemberField::User, down)), &["日本", "örjan", "mia", "ben", "be_n%\\", "a𝄞b", "ab", "a", "Ben"]),
        (Some((MemberField::Id, up)), &["ab", "Ben", "mia", "日本", "a", "a𝄞b", "örjan", "ben", "be_n%\\"]),
        (Some((MemberField::Id, down)), &["be_n%\\", "ben", "örjan", "a𝄞b", "a", "日本", "mia", "Ben", "ab"]),
    ] {
        let page = select(&world, "acme", &MembersSelection { sort, ..everybody() }).await.unwrap();
        assert_eq!(names(&page), owned(expected), "{sort:?}");
    }
}

async fn a_page_past_the_end_is_empty_and_still_knows_the_total(mut world: World) {
    acme(&mut world).await;
    let list = world.members("acme", all()).await.unwrap().items;
    for sort in sorts() {
        for condition in [None, those(MemberField::User, Operator::Contains, &["b"]).condition] {
            for offset in [0, 1, 4, 8, 9, 10, usize::MAX] {
                for limit in [0, 1, 3, 9, usize::MAX] {
                    let selection = MembersSelection { limit, offset, sort, condition: condition.clone() };
                    let page = select(&world, "acme", &selection).await.unwrap();
                    assert_eq!(page, plainly(&list, &selection), "{selection:?}");
                }
            }
        }
    }
    let past = MembersSelection { limit: 5, offset: 9, ..MembersSelection::default() };
    let page = select(&world, "acme", &past).await.unwrap();
    assert_eq!((page.items.len(), page.next, page.total), (0, None, 9));
    let first = select(&world, "acme", &MembersSelection { offset: 0, ..past }).await.unwrap();
    assert_eq!((first.items.len(), first.next, first.total), (5, None, 9), "the total leads on, not a cursor");
}

async fn a_condition_without_values_finds_nobody_or_rules_out_nobody(mut world: World) {
    acme(&mut world).await;
    for field in MemberField::ALL {
        for operator in Operator::ALL {
            let page = select(&world, "acme", &those(field, operator, &[])).await.unwrap();
            let expected = match operator {
                Operator::Differs | Operator::NotAmong => ACME.len(),
                _ => 0,
            };
            assert_eq!((page.items.len(), page.total), (expected, expected as u64), "{field:?} {operator:?}");
        }
    }
}

async fn who_joined_when_is_compared_to_the_millisecond_and_sorted_finer(mut world: World) {
    acme(&mut world).await;
    let at = |text| those(MemberField::JoinedAt, Operator::Equals, &[text]);
    let newest = MembersSelection {
        sort: Some((MemberField::JoinedAt, Direction::Descending)),
        ..at("2026-09-21T14:13:20.123Z")
    };
    assert_eq!(names(&select(&world, "acme", &newest).await.unwrap()), ["Ben", "ben"]);
    // Cut off, not rounded, also long before the year 2000, from which Postgres counts.
    for (text, expected) in [
        ("2026-09-21T14:13:20.124Z", &[][..]),
        ("2026-09-21T14:13:19.999Z", &["be_n%\\"]),
        ("2026-09-21T14:13:23.000Z", &["a"]),
        ("1970-01-01T00:00:00.999Z", &["a𝄞b"]),
    ] {
        assert_eq!(names(&select(&world, "acme", &at(text)).await.unwrap()), owned(expected), "{text}");
    }
}

async fn totals_follow_who_leaves_and_who_changes_role(mut world: World) {
    world.founds("ana", "acme").await;
    for who in ["ben", "cleo", "dan", "eva"] {
        world.joins(who, "acme").await;
    }
    world.becomes(Role::Admin, "eva", "acme").await;
    world.hands_over("ana", "ben", "acme").await;
    world.leaves("cleo", "acme").await;
    for (field, operator, value, expected) in [
        (MemberField::Role, Operator::Equals, "admin", &["ana", "eva"][..]),
        (MemberField::Role, Operator::Equals, "owner", &["ben"]),
        (MemberField::Role, Operator::Differs, "admin", &["ben", "dan"]),
        (MemberField::Role, Operator::Equals, "nobody", &[]),
        (MemberField::User, Operator::AtLeast, "c", &["dan", "eva"]),
        (MemberField::Organization, Operator::StartsWith, "", &["ana", "ben", "dan", "eva"]),
    ] {
        let selection = MembersSelection { limit: 1, ..those(field, operator, &[value]) };
        let page = select(&world, "acme", &selection).await.unwrap();
        let first: Vec<String> = expected.iter().take(1).map(ToString::to_string).collect();
        assert_eq!((names(&page), page.total), (first, expected.len() as u64), "{field:?} {operator:?} {value}");
        let page = select(&world, "acme", &those(field, operator, &[value])).await.unwrap();
        assert_eq!((names(&page), page.total), (owned(expected), expected.len() as u64));
    }
}

async fn people_are_told_with_the_page(mut world: World) {
    acme(&mut world).await;
    let name = |page: Page<MemberRow>| page.items[0].person.clone().and_then(|person| person.name);
    let counted = those(MemberField::User, Operator::Equals, &["ben"]);
    let told = MembersSelection { limit: 1, offset: 1, ..MembersSelection::default() };
    for selection in [&counted, &told] {
        let page = select(&world, "acme", selection).await.unwrap();
        assert_eq!((names(&page), name(page)), (vec!["ben".into()], Some("Ben Baker".into())));
    }
    world.people.forgets("ben");
    for selection in [&counted, &told] {
        let page = select(&world, "acme", selection).await.unwrap();
        assert_eq!(
            (names(&page), page.items[0].person.clone()),
            (vec!["ben".into()], None),
            "erased, and still a member"
        );
    }
}

/// One that asks for what the totals know, and one that asks of each member.
fn either() -> [MembersSelection; 2] {
    [everybody(), those(MemberField::User, Operator::Contains, &["b"])]
}

async fn a_parked_organization_is_not_shown(mut world: World) {
    acme(&mut world).await;
    let entry = world.write_poison("acme");
    world.apply(&[entry]).await.unwrap();
    for selection in either() {
        let page = select(&world, "acme", &selection).await;
        assert!(matches!(page, Err(ViewsError::Parked(parked)) if parked == organization("acme")), "{page:?}");
        assert!(select(&world, "globex", &selection).await.is_ok());
    }
}

async fn a_deleted_or_unknown_organization_is_empty(mut world: World) {
    acme(&mut world).await;
    for selection in either() {
        assert!(select(&world, "acme", &selection).await.unwrap().total > 0);
    }
    world.deletes("acme").await;
    for selection in either() {
        for of in ["acme", "initech"] {
            for sort in sorts() {
                let page = select(&world, of, &MembersSelection { sort, ..selection.clone() }).await.unwrap();
                assert_eq!(page, Page::empty(), "{of} {sort:?}");
            }
        }
    }
}
