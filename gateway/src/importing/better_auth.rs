//! better-auth's tables, in our columns. What else stands in them is left out: a table may have columns of the application's own.

use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::{Map, Value};

use super::reading::{Object, content, objects};
use super::report::Report;
use super::row::{Kind, Rows};
use crate::better_auth::roles::highest;

/// How a file with one table may end.
const ENDINGS: [&str; 3] = ["ndjson", "jsonl", "json"];

/// All rows of these tables: of a folder with a file for each, or of one file that is an object with an array for each.
pub fn read(tables: &Path, report: &mut Report) -> anyhow::Result<Rows> {
    let mut rows = Rows::default();
    for (kind, objects) in found(tables)? {
        for (place, read) in objects {
            report.read(kind);
            let added = read.and_then(|columns| match translated(kind, columns)? {
                Some(object) => rows.add(kind, place.clone(), object),
                None => {
                    report.settled();
                    Ok(())
                }
            });
            if let Err(why) = added {
                report.refuse(place, why);
            }
        }
    }
    Ok(rows)
}

fn found(tables: &Path) -> anyhow::Result<Vec<(Kind, Vec<Object>)>> {
    let mut found = Vec::new();
    if tables.is_dir() {
        for kind in Kind::ALL {
            let named = |ending| tables.join(format!("{}.{ending}", kind.as_str()));
            let files: Vec<PathBuf> = ENDINGS.into_iter().map(named).filter(|file| file.exists()).collect();
            match &files[..] {
                [] => {}
                [file] => found.push((kind, objects(file, &content(file)?))),
                [one, other, ..] => bail!("{} and {}: which of them is it?", one.display(), other.display()),
            }
        }
    } else if let Ok(Value::Object(mut all)) = serde_json::from_str(&content(tables)?) {
        for kind in Kind::ALL {
            if let Some(table) = all.remove(kind.as_str()) {
                let file = format!("{}#{}", tables.display(), kind.as_str());
                found.push((kind, objects(Path::new(&file), &table.to_string())));
            }
        }
    }
    if !found.iter().any(|(kind, _)| *kind != Kind::User) {
        bail!("{} holds no table organization, member or invitation", tables.display());
    }
    Ok(found)
}

/// A row in our columns; `None` for an invitation that was answered or taken back.
fn translated(kind: Kind, columns: Map<String, Value>) -> Result<Option<Map<String, Value>>, String> {
    let mut columns = Columns(columns);
    let row = match kind {
        Kind::User => columns.take(&[
            ("id", "id"),
            ("name", "name"),
            ("email", "email"),
            ("email_verified", "emailVerified"),
            ("image", "image"),
        ]),
        Kind::Organization => columns.take(&[
            ("id", "id"),
            ("slug", "slug"),
            ("name", "name"),
            ("logo", "logo"),
            ("metadata", "metadata"),
            ("created_at", "createdAt"),
        ]),
        Kind::Member => columns.take(&[
            ("id", "id"),
            ("organization", "organizationId"),
            ("user_id", "userId"),
            ("role", "role"),
            ("joined_at", "createdAt"),
        ]),
        Kind::Invitation => {
            if columns.get("status").and_then(|status| Some(status.as_str()? != "pending")) == Some(true) {
                return Ok(None);
            }
            columns.take(&[
                ("id", "id"),
                ("organization", "organizationId"),
                ("email", "email"),
                ("role", "role"),
                ("invited_by", "inviterId"),
                ("expires_at", "expiresAt"),
                ("created_at", "createdAt"),
            ])
        }
    };
    row.into_iter().map(|(name, value)| Ok((name.clone(), fitting(&name, value)?))).collect::<Result<_, _>>().map(Some)
}

/// A row's columns, spelled as better-auth does, or as a schema in snake case.
struct Columns(Map<String, Value>);

impl Columns {
    fn get(&mut self, theirs: &str) -> Option<Value> {
        self.0.remove(theirs).or_else(|| self.0.remove(&snake(theirs))).filter(|value| !value.is_null())
    }

    fn take(&mut self, names: &[(&str, &str)]) -> Map<String, Value> {
        names.iter().filter_map(|(ours, theirs)| Some(((*ours).to_owned(), self.get(theirs)?))).collect()
    }
}

fn snake(camel: &str) -> String {
    camel.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain(c.to_lowercase())).collect()
}

/// What a database's tool wrote, as our columns want it: flags as 0 and 1, objects as text, several roles in one, numbers as ids.
fn fitting(column: &str, value: Value) -> Result<Value, String> {
    Ok(match (column, value) {
        ("email_verified", value) => Value::Bool(matches!(value.as_i64(), Some(1)) || value.as_bool() == Some(true)),
        ("metadata", Value::String(text)) if text.trim().is_empty() => Value::Null,
        ("metadata", Value::String(text)) => {
            serde_json::from_str(&text).map_err(|_| "metadata: is no JSON".to_owned())?
        }
        ("logo", Value::String(text)) if text.trim().is_empty() => Value::Null,
        ("role", Value::String(text)) => match highest(&[&text]) {
            Some(Ok(role)) => role.as_str().into(),
            Some(Err(_)) => return Err("role: is none of owner, admin, member".to_owned()),
            None => "member".into(),
        },
        ("id" | "user_id" | "invited_by", Value::Number(id)) => id.to_string().into(),
        (_, value) => value,
    })
}
