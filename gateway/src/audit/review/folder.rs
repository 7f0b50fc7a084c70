//! Files that appear together or not at all: written into a folder of their own, which takes its name when it is whole.

use std::fs::{self, DirBuilder, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use aws_lc_rs::digest::{self, SHA256};
use uuid::Uuid;

/// A folder that is being written.
pub struct Folder {
    name: PathBuf,
    unfinished: PathBuf,
    /// By name, as `sha256sum` writes them.
    sums: Vec<(String, String)>,
}

impl Folder {
    /// To become this one, which must not be there yet, or be empty.
    pub fn begin(name: &Path) -> anyhow::Result<Self> {
        match fs::read_dir(name).map(|mut entries| entries.next().is_some()) {
            Ok(true) => bail!("{} is not empty: nothing was written", name.display()),
            Ok(false) => {}
            Err(why) if why.kind() == io::ErrorKind::NotFound => {}
            Err(why) => return Err(why).with_context(|| format!("{} is no folder to write to", name.display())),
        }
        let last = name.file_name().with_context(|| format!("{} has no name of its own", name.display()))?;
        let unfinished = name.with_file_name(format!(".{}-{}", last.to_string_lossy(), Uuid::now_v7().simple()));
        // Who is a member where is nobody else's business.
        let made = DirBuilder::new().mode(0o700).create(&unfinished);
        made.with_context(|| format!("can't make a folder beside {}", name.display()))?;
        Ok(Self { name: name.to_owned(), unfinished, sums: Vec::new() })
    }

    /// One file more.
    pub fn file(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let path = self.unfinished.join(name);
        let written = File::create_new(&path).and_then(|file| {
            let mut out = Summed { out: BufWriter::new(file), sum: digest::Context::new(&SHA256) };
            write(&mut out)?;
            out.out.flush()?;
            out.out.get_ref().sync_all()?;
            Ok(out.sum.finish())
        });
        let sum = written.with_context(|| format!("{name} could not be written"))?;
        let sum = sum.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        self.sums.push((name.to_owned(), sum));
        Ok(())
    }

    /// Adds `SHA256SUMS` and gives the folder its name; how many files are in it.
    pub fn finish(mut self) -> anyhow::Result<usize> {
        let mut sums = self.sums.clone();
        sums.sort();
        self.file("SHA256SUMS", |out| sums.iter().try_for_each(|(name, sum)| writeln!(out, "{sum}  {name}")))?;
        // Takes the place of an empty folder, and of nothing else.
        fs::rename(&self.unfinished, &self.name).with_context(|| format!("can't write {}", self.name.display()))?;
        Ok(self.sums.len())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Gone already where all went well.
        let _ = fs::remove_dir_all(&self.unfinished);
    }
}

/// What is written, and the sum of it.
struct Summed {
    out: BufWriter<File>,
    sum: digest::Context,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
