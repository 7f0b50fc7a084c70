//! What somebody sees who starts a server: where it is, and what to try next.

use std::io::Write;
use std::path::Path;

/// Tells whoever started it where it is and what to try next. The first line is for programs too.
pub fn greet(address: &str, journal: &str, data: &Path, development: bool, demo: bool) -> std::io::Result<()> {
    let roster = std::env::args().next().unwrap_or_else(|| "roster".into());
    let data = data.display();
    let mut out = std::io::stdout().lock();
    writeln!(out, "Roster listens on http://{address}, with its journal in {journal}")?;
    if development {
        let (user, name) = if demo { ("ana", "Ana") } else { ("you", "You") };
        writeln!(
            out,
            "\nOpen http://{address}/app in a browser, and sign in as anybody: it trusts its own development tokens.\n\
             Or try next, in another terminal:\n
  TOKEN=$({roster} token --data {data} --user-id {user} --email {user}@acme.test --name {name})"
        )?;
        if demo {
            writeln!(
                out,
                "  curl -H \"Authorization: Bearer $TOKEN\" http://{address}/v1/organizations\n  \
                 curl -H \"Authorization: Bearer $TOKEN\" http://{address}/v1/organizations/acme/members"
            )?;
        } else {
            writeln!(
                out,
                "  curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n       \
                 -d '{{\"name\": \"Acme\", \"slug\": \"acme\"}}' http://{address}/v1/organizations"
            )?;
        }
        writeln!(out, "\nThe contract is at http://{address}/openapi.json; the README walks through the whole story.")?;
    }
    out.flush()
}
