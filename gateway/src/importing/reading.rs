//! Files, line by line. Whatever can't be read is refused with its line, and the rest goes on.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Map, Value};

use super::report::Report;
use super::row::{Kind, Place, Rows};

/// All rows of these files, in which each object says its `type`.
pub fn read(files: &[PathBuf], report: &mut Report) -> anyhow::Result<Rows> {
    let mut rows = Rows::default();
    for file in files {
        for (place, read) in objects(file, &content(file)?) {
            let added = read.and_then(|mut object| {
                let kind = kind(&mut object)?;
                report.read(kind);
                rows.add(kind, place.clone(), object)
            });
            if let Err(why) = added {
                report.refuse(place, why);
            }
        }
    }
    Ok(rows)
}

fn kind(object: &mut Map<String, Value>) -> Result<Kind, String> {
    let named = object.remove("type");
    let known = Kind::ALL.into_iter().find(|kind| named.as_ref().and_then(Value::as_str) == Some(kind.as_str()));
    known.ok_or_else(|| "type: must be one of organization, user, member, invitation".to_owned())
}

/// A file's text; `-` is the standard input.
pub fn content(file: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let read = match file.as_os_str() == "-" {
        true => std::io::stdin().read_to_string(&mut text).map(drop),
        false => std::fs::read_to_string(file).map(|read| text = read),
    };
    read.with_context(|| format!("can't read {}", file.display()))?;
    Ok(text)
}

/// An object, or why there is none in this place.
pub type Object = (Place, Result<Map<String, Value>, String>);

/// One object a line, or all in one array.
pub fn objects(file: &Path, text: &str) -> Vec<Object> {
    let file: Arc<str> = file.display().to_string().into();
    let place = |n: usize| Place { file: file.clone(), line: n + 1 };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Value>>(text) {
            Ok(entries) => entries.into_iter().enumerate().map(|(n, entry)| (place(n), object(entry))).collect(),
            Err(error) => vec![(place(error.line().saturating_sub(1)), Err("is no JSON".to_owned()))],
        };
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |line: &str| serde_json::from_str(line).map_err(|_| "is no JSON".to_owned()).and_then(object);
    lines.map(|(n, line)| (place(n), read(line))).collect()
}

fn object(value: Value) -> Result<Map<String, Value>, String> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err("is no JSON object".to_owned()),
    }
}
