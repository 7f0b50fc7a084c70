//! The chromedriver of this test process: started with the first browser, kept by a shell that ends it, its browsers and their
//! profiles with us, however we end.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use servers::Keeper;
use servers::processes::is_alive;

/// How long starting may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a browser may take to end before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// A chromedriver. Speaks WebDriver on a loopback port.
pub struct Driver {
    port: u16,
    _keeper: Keeper,
}

impl Driver {
    /// The one of this process.
    pub fn of_this_process() -> &'static Self {
        static DRIVER: OnceLock<Driver> = OnceLock::new();
        DRIVER.get_or_init(Self::start)
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("roster-browser-").tempdir().expect("a temporary folder").keep();
        // Profiles are made in TMPDIR; the rest of what Chromium leaves lying about it leaves at home.
        let here = folder.display();
        let program = program("ROSTER_TEST_CHROMEDRIVER", "/usr/bin/chromedriver").display().to_string();
        // A shell's background jobs ignore the signal that the keeper ends servers by, and chromedriver leaves it at that.
        let quits = "--default-signal=QUIT".into();
        let server =
            ["env".into(), quits, format!("TMPDIR={here}"), format!("HOME={here}"), program, "--port=0".into()];
        let keeper = Keeper::start(&folder, &server);
        let since = Instant::now();
        loop {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            if let Some(port) = port_told(&log) {
                return Self { port, _keeper: keeper };
            }
            assert!(is_alive(keeper.pid) && since.elapsed() < PATIENCE, "chromedriver does not start: {log}");
            sleep(Duration::from_millis(2));
        }
    }

    /// Ends a session and its browser, and returns when it has ended. Blocks: to be called where nothing can be awaited.
    pub(crate) fn ends(&self, session: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(GRACE))?;
        let line = format!("DELETE /session/{session} HTTP/1.1");
        write!(stream, "{line}\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n", self.port)?;
        // The answer comes when Chromium is gone. What it says does not matter.
        stream.read(&mut [0; 64]).map(|_| ())
    }
}

/// `ChromeDriver was started successfully on port 37487.`
fn port_told(log: &str) -> Option<u16> {
    let (_, after) = log.split_once("successfully on port ")?;
    after.split_once('.')?.0.parse().ok()
}

/// The installed Chromium.
pub(crate) fn chromium() -> PathBuf {
    program("ROSTER_TEST_CHROMIUM", "/usr/bin/chromium")
}

/// Where a program is: named by the environment, or where Debian's package puts it.
fn program(variable: &str, otherwise: &str) -> PathBuf {
    let program = std::env::var_os(variable).map_or_else(|| otherwise.into(), PathBuf::from);
    assert!(program.exists(), "{} is not there: tests/run installs it", program.display());
    program
}
