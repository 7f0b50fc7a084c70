//! A shell that starts a server and waits on a pipe we hold. The pipe closes when we let go or when this process ends, by
//! whatever signal: then the shell kills the server, by its process id, and removes its folder.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What the shell does: `$1` is the folder, `$2` whether to remove it, the rest the server.
const SCRIPT: &str = r#"
    trap '' INT HUP
    folder=$1; shift
    "$@" </dev/null >>"$folder/log" 2>&1 &
    server=$!
    echo $server
    read -r word
    [ "$word" = leave ] && exit
    # What it started may be frozen and would outlive it.
    children=$(pgrep -P $server)
    kill -CONT $server $children 2>/dev/null
    kill -QUIT $server 2>/dev/null
    wait $server 2>/dev/null
    [ -z "$children" ] || kill -KILL $children 2>/dev/null
    # What they started in turn ends by itself, and may write until it has.
    for again in 1 2 3 4 5 6 7 8 9; do rm -rf "$folder" 2>/dev/null && break; done
"#;

/// A server that is kept.
pub struct Keeper {
    shell: Child,
    /// The server's process id.
    pub pid: u32,
}

impl Keeper {
    /// Starts a server whose folder goes with it.
    pub fn start(folder: &Path, server: &[String]) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "keeper"])
            .arg(folder)
            .args(server)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut line = String::new();
        let said = shell.stdout.take().expect("its output is piped");
        BufReader::new(said).read_line(&mut line).expect("the shell tells the server's process id");
        let pid = line.trim().parse().expect("a process id");
        Self { shell, pid }
    }

    /// Ends the keeping only: the server is dead, or to be, and its folder stays.
    pub fn leave(mut self) {
        use std::io::Write;
        if let Some(mut pipe) = self.shell.stdin.take() {
            let _gone_already = pipe.write_all(b"leave\n");
        }
        let _ = self.shell.wait();
        // Dropped with nothing left to do.
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
