//! What the code and the templates say, found in their text.

use super::*;

/// Everything in quotes that could be a key, or a sentence that is one.
pub fn keys_and_sentences() -> BTreeSet<String> {
    let quoted = files().into_iter().flat_map(|(_, text)| quotes(&text));
    quoted.flat_map(|quote| [key_of(&quote), quote]).chain(keys_in_pages()).collect()
}

/// Keys that pages say: what is quoted right behind `say(`, `tell(` and their like.
pub fn keys_in_pages() -> BTreeSet<String> {
    let says = ["say(\"", "tell(\"", "of_it(\"", "of_person(\"", "of_organization(\""];
    let pages = files().into_iter().filter(|(path, _)| path.contains("pages") || path.contains("templates"));
    pages.flat_map(|(_, text)| says.iter().flat_map(|says| behind(&text, says)).collect::<Vec<_>>()).collect()
}

/// Sentences that problems are made of: refusals, what is not accepted, titles and details.
pub fn sentences_of_problems() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let refusals = std::fs::read_to_string(root.join("../domain/src/refusal.rs")).expect("refusals");
    let mut sentences = behind(&refusals, "#[error(\"");
    for (path, text) in files().into_iter().chain(rust(&root.join("../domain/src"))) {
        // Of these four, none reaches a caller: they are about what is in the journal, and about the command line.
        if !["actor.rs", "subject.rs", "duration.rs", "reason.rs"].iter().any(|other| path.ends_with(other)) {
            sentences.extend(behind(&text, "NotAccepted(\""));
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for makes in [
            "Problem::new(",
            "Problem::invalid(",
            "Problem::unavailable(",
            "Problem::unauthenticated(",
            "with_detail(",
            "Self::unavailable(",
        ] {
            sentences.extend(text.split(makes).skip(1).filter_map(|rest| {
                let arguments = rest.split(')').next().unwrap_or_default();
                // Texts have apostrophes and brackets, but no quotation marks.
                let last = quotes(arguments).pop().filter(|_| !arguments.contains("format!"))?;
                last.contains(' ').then_some(last)
            }));
        }
    }
    assert!(sentences.len() > 50, "these can't be all: {sentences:?}");
    sentences.into_iter().collect()
}

/// Sources and templates by path, without the tests in them.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let templates =
        std::fs::read_dir(root.join("templates")).expect("templates").map(|entry| entry.expect("one").path());
    let templates = templates.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("text")));
    let domain = rust(&root.join("../domain/src"));
    templates.chain(rust(&root.join("src"))).chain(domain).collect()
}

fn rust(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                found.extend(rust(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("language/tests.rs") {
            let text = std::fs::read_to_string(&path).expect("text");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            found.push((path.display().to_string(), code));
        }
    }
    found
}

fn behind(text: &str, mark: &str) -> Vec<String> {
    text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn quotes(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
