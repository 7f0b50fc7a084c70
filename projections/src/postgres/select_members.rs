//! Members by number, their total, and whether they may be shown: one statement, one snapshot, put together from fixed pieces.

use domain::{OrganizationId, Role};
use sqlx::postgres::PgPool;

use super::list_members::{PARKED, page};
use super::{number, people};
use crate::query::Page;
use crate::rows::MemberRow;
use crate::selection::{Condition, Direction, MemberField, MembersSelection, Operator};
use crate::views::ViewsError;

/// The members with these roles, `$2`, who meet the condition on `$5`: after the first `$4` of them, until the `$3`th. They are
/// counted only where that condition must be asked of each.
fn statement(sort: Option<(MemberField, Direction)>, condition: Option<(MemberField, Operator)>) -> String {
    let order = order(sort);
    let met = condition.map_or_else(|| "true".to_owned(), |(field, operator)| met(text(field), operator));
    let total = match condition {
        None => TOLD.to_owned(),
        Some(_) => format!(
            "(select count(*) from members m
              where m.organization = $1 and m.role = any ($2) and {met} and {SHOWN})"
        ),
    };
    let from = match sort {
        Some((MemberField::Id | MemberField::User, _)) => among(&met),
        None | Some((MemberField::Organization | MemberField::Role | MemberField::JoinedAt, _)) => walked(&met, order),
    };
    format!(
        "select {PARKED} as parked, {total} as total, m.*, {columns}
         from (select 1) one
         left join lateral (
             select m.* from {from} where {SHOWN}
             order by {order} limit $3 - $4 offset $4) m on true
         {join}
         order by {order}",
        columns = people::COLUMNS,
        join = people::JOIN,
    )
}

/// Nothing is shown of an organization that is deleted.
const SHOWN: &str = "exists (select from organizations o where o.organization = $1 and not o.deleted)";

/// What the totals say.
const TOLD: &str =
    "(select coalesce(sum(t.n), 0)::bigint from totals t where t.organization = $1 and t.kind = any ($2))";

/// Each role has its rows in order of joining, and of each only so many are read as the page reaches.
fn walked(met: &str, order: &str) -> String {
    format!(
        "unnest($2::text[]) wanted (role)
         cross join lateral (
             select * from members m
             where m.organization = $1 and m.role = wanted.role and {met}
             order by {order} limit $3) m"
    )
}

/// For other orders: by user id there is an index, over all roles.
fn among(met: &str) -> String {
    format!("(select * from members m where m.organization = $1 and m.role = any ($2) and {met}) m")
}

/// By which rows called `m` are ordered. User ids and member ids are no two members', and member ids have the order of their
/// texts.
fn order(sort: Option<(MemberField, Direction)>) -> &'static str {
    match sort {
        None | Some((MemberField::Organization, _) | (MemberField::JoinedAt, Direction::Ascending)) => "m.joined",
        Some((MemberField::JoinedAt, Direction::Descending)) => "m.joined desc",
        Some((MemberField::Role, Direction::Ascending)) => "m.role, m.joined",
        Some((MemberField::Role, Direction::Descending)) => "m.role desc, m.joined",
        Some((MemberField::Id, Direction::Ascending)) => "m.member_id",
        Some((MemberField::Id, Direction::Descending)) => "m.member_id desc",
        Some((MemberField::User, Direction::Ascending)) => "m.user_id",
        Some((MemberField::User, Direction::Descending)) => "m.user_id desc",
    }
}

/// The field of a row called `m`, as it is compared. `MS` cuts off what is finer.
fn text(field: MemberField) -> &'static str {
    match field {
        MemberField::Id => r#"(m.member_id::text collate "C")"#,
        MemberField::Organization => r#"(m.organization::text collate "C")"#,
        MemberField::User => "m.user_id",
        MemberField::Role => "m.role",
        MemberField::JoinedAt => {
            r#"(to_char(m.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') collate "C")"#
        }
    }
}

/// Whether this text meets the condition on `$5`. Where that is empty, its first is null, and so is what is compared with it.
fn met(text: &str, operator: Operator) -> String {
    match operator {
        Operator::Equals => format!("{text} = ($5::text[])[1]"),
        Operator::Differs => format!("{text} is distinct from ($5::text[])[1]"),
        Operator::Below => format!("{text} < ($5::text[])[1]"),
        Operator::AtMost => format!("{text} <= ($5::text[])[1]"),
        Operator::Above => format!("{text} > ($5::text[])[1]"),
        Operator::AtLeast => format!("{text} >= ($5::text[])[1]"),
        Operator::Among => format!("{text} = any ($5::text[])"),
        Operator::NotAmong => format!("{text} <> all ($5::text[])"),
        Operator::Contains => format!("strpos({text}, ($5::text[])[1]) > 0"),
        Operator::StartsWith => format!("starts_with({text}, ($5::text[])[1])"),
        Operator::EndsWith => format!("right({text}, char_length(($5::text[])[1])) = ($5::text[])[1]"),
    }
}

/// The same condition on values that Postgres can be told: it has no texts with U+0000 in them. No field has one either, so none
/// is such a value or has it inside; and what lies before it, or after, lies so of the part up to U+0000.
fn sayable(condition: &Condition) -> (Operator, Vec<&str>) {
    let all = || condition.values.iter().map(String::as_str);
    let first = all().next();
    match (condition.operator, first.and_then(|value| value.split_once('\0'))) {
        (Operator::Below | Operator::AtMost, Some((before, _))) => (Operator::AtMost, vec![before]),
        (Operator::Above | Operator::AtLeast, Some((before, _))) => (Operator::Above, vec![before]),
        (operator @ (Operator::Among | Operator::NotAmong), _) => {
            (operator, all().filter(|value| !value.contains('\0')).collect())
        }
        (operator, Some(_)) => (operator, Vec::new()),
        (operator, None) => (operator, first.into_iter().collect()),
    }
}

pub(super) async fn selected(
    pool: &PgPool,
    organization: OrganizationId,
    selection: &MembersSelection,
) -> Result<Page<MemberRow>, ViewsError> {
    let (roles, condition) = selection.wanted(organization);
    let (condition, values) = match condition {
        None => (None, Vec::new()),
        Some(condition) => {
            let (operator, values) = sayable(condition);
            (Some((condition.field, operator)), values)
        }
    };
    let sql = statement(selection.sort, condition);
    let query = sqlx::query(&sql)
        .bind(organization.0)
        .bind(roles.into_iter().map(Role::as_str).collect::<Vec<_>>())
        .bind(number(selection.end() as u64))
        .bind(number(selection.offset as u64));
    let query = if condition.is_some() { query.bind(values) } else { query };
    let rows = query.fetch_all(pool).await?;
    // There is no row too many to tell of a next page: that is for the caller to reckon from the total.
    page(&rows, organization, usize::MAX)
}
