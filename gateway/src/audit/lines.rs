//! Lines as a table for people, NDJSON for programs, CSV for spreadsheets. Written one by one: nothing is gathered.

use std::borrow::Cow;
use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::cells::{harmless, printable};

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns, for people; not everything is in it
    #[default]
    Table,
    /// A JSON object in each line, as `/v1` has it
    Ndjson,
    /// RFC 4180, with a header
    Csv,
}

/// A column, and how it stands in a table.
pub struct Column {
    name: &'static str,
    width: Option<usize>,
    is_number: bool,
}

impl Column {
    /// Not in tables.
    pub const fn aside(name: &'static str) -> Self {
        Self { name, width: None, is_number: false }
    }

    /// A text at least so wide.
    pub const fn left(name: &'static str, width: usize) -> Self {
        Self { name, width: Some(width), is_number: false }
    }

    /// A number at least so wide.
    pub const fn right(name: &'static str, width: usize) -> Self {
        Self { name, width: Some(width), is_number: true }
    }
}

/// What can be a line.
pub trait Line: Serialize {
    /// Its columns.
    const COLUMNS: &'static [Column];

    /// What stands in them.
    fn cells(&self) -> Vec<Cow<'_, str>>;
}

/// Lines on their way out.
pub enum Lines<W: Write> {
    /// Columns.
    Table(W),
    /// JSON.
    Ndjson(W),
    /// Records.
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> Lines<W> {
    /// With a header where the format has one.
    pub fn begin<L: Line>(format: Format, out: W) -> io::Result<Self> {
        let mut lines = Self::resume(format, out);
        match &mut lines {
            Self::Table(out) => {
                row(out, L::COLUMNS, &L::COLUMNS.iter().map(|column| Cow::from(column.name)).collect::<Vec<_>>())?;
            }
            Self::Ndjson(_) => {}
            Self::Csv(out) => out.write_record(L::COLUMNS.iter().map(|column| column.name))?,
        }
        Ok(lines)
    }

    /// After a header that was written before.
    pub fn resume(format: Format, out: W) -> Self {
        match format {
            Format::Table => Self::Table(out),
            Format::Ndjson => Self::Ndjson(out),
            Format::Csv => {
                let csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                Self::Csv(Box::new(csv))
            }
        }
    }

    /// One line more.
    pub fn write<L: Line>(&mut self, line: &L) -> io::Result<()> {
        match self {
            Self::Table(out) => row(out, L::COLUMNS, &line.cells()),
            Self::Ndjson(out) => {
                serde_json::to_writer(&mut *out, line)?;
                out.write_all(b"\n")
            }
            Self::Csv(out) => Ok(out.write_record(line.cells().iter().map(|cell| harmless(cell).into_owned()))?),
        }
    }

    /// Everything is out.
    pub fn end(self) -> io::Result<W> {
        match self {
            Self::Table(mut out) | Self::Ndjson(mut out) => {
                out.flush()?;
                Ok(out)
            }
            Self::Csv(out) => out.into_inner().map_err(csv::IntoInnerError::into_error),
        }
    }
}

fn row(out: &mut impl Write, columns: &[Column], cells: &[Cow<'_, str>]) -> io::Result<()> {
    let mut line = String::new();
    for (Column { width, is_number, .. }, cell) in columns.iter().zip(cells) {
        let Some(width) = *width else { continue };
        if !line.is_empty() {
            line.push_str("  ");
        }
        let cell = if cell.is_empty() { "-".into() } else { printable(cell) };
        line.push_str(&match is_number {
            true => format!("{cell:>width$}"),
            false => format!("{cell:<width$}"),
        });
    }
    writeln!(out, "{}", line.trim_end())
}

/// Standard output, held until there is much to write.
pub fn standard_output() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 18, io::stdout().lock())
}
