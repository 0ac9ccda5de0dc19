//! Programs that a test starts, each ended with everything it started.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// A running program in a process group of its own, killed as a group on drop.
///
/// The group matters: the WebDriver server starts the application, and the application starts the
/// processes of its web view; killing only the first would leave the others behind.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts `command` with its output discarded unless the caller has set it.
    pub fn start(mut command: Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} did not start ({error}): {MISSING}"));
        Self { child, name }
    }

    /// Starts `command` and waits for the first line that it prints.
    pub fn start_and_read_line(mut command: Command) -> (Self, String) {
        command.stdout(Stdio::piped());
        let mut running = Self::start(command);
        let lines = running.lines();
        let line = lines
            .recv_timeout(Duration::from_secs(20))
            .unwrap_or_else(|_| panic!("{} printed nothing: {MISSING}", running.name));
        (running, line)
    }

    /// The lines that the program prints from now on, read on a thread so that it never blocks.
    pub fn lines(&mut self) -> mpsc::Receiver<String> {
        let (send, receive) = mpsc::channel();
        if let Some(out) = self.child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    // Nobody listening is fine; the pipe still has to be drained.
                    let _ = send.send(line);
                }
            });
        }
        receive
    }

    /// Whether the program still runs.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The program's process ID.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends the whole group at once, as a power cut would (`SIGKILL`), and waits for the leader.
    pub fn kill(&mut self) {
        if let Some(group) = Pid::from_raw(self.child.id().cast_signed()) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }

    /// Waits until the program ends by itself; `None` when it does not within `limit`.
    pub fn wait(&mut self, limit: Duration) -> Option<std::process::ExitStatus> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

const MISSING: &str = "run `cargo xtask test` once, which installs what the tests need";

/// Runs a program to its end and returns what it printed; panics when it fails.
pub fn output<I, A>(program: &str, arguments: I, environment: &[(String, String)]) -> String
where
    I: IntoIterator<Item = A>,
    A: AsRef<OsStr>,
{
    let out = Command::new(program)
        .args(arguments)
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{program} did not start ({error}): {MISSING}"));
    assert!(
        out.status.success(),
        "{program} failed: {}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Tries `attempt` until it gives a value, for at most `limit`.
pub fn wait_for<T>(limit: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = attempt() {
            return Some(value);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
}
