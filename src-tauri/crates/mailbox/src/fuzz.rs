//! A whole visit whose server is a row of bytes, for fuzzing. Nothing goes over a network, and the visit
//! ends with the bytes at the latest.

use std::io::Cursor;
use std::sync::OnceLock;

use crate::connect::enter;
use crate::folders::folders;
use crate::watch::{Visit, Withheld};
use crate::{Account, Door, FolderName, Go, Letter, Place, Security, State, Stop, Trouble, Trust};

/// What came of a visit.
#[derive(Debug, Default)]
pub struct Visited {
    /// The folders, when it came so far.
    pub folders: Vec<FolderName>,
    /// What was handed over, in turn, each with its place.
    pub taken: Vec<(Vec<Letter>, Place)>,
    /// Why it ended, when not with everything read.
    pub trouble: Option<Trouble>,
}

impl Door for Visited {
    fn place(&mut self) -> Place {
        self.taken.last().map_or_else(Place::default, |(_, place)| *place)
    }

    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go {
        self.taken.push((letters, place));
        Go::On
    }

    fn state(&mut self, state: State) -> Go {
        // Waiting for more takes real time.
        if state == State::Watching { Go::Stop } else { Go::On }
    }
}

/// Signs in, asks for the folders and reads what is new; `answers` are what the server says, whatever it is
/// asked. Commands are numbered from `A0001`.
#[must_use]
pub fn visit(answers: &[u8]) -> Visited {
    let mut visited = Visited::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    visited.trouble = match runtime {
        Ok(runtime) => runtime.block_on(read(answers, &mut visited)).err(),
        Err(_) => Some(Trouble::Unreachable),
    };
    visited
}

async fn read(answers: &[u8], visited: &mut Visited) -> Result<(), Trouble> {
    static NOBODY: OnceLock<Trust> = OnceLock::new();
    let account = Account {
        host: "localhost".to_owned(),
        port: 993,
        security: Security::Tls,
        user: "shop".to_owned(),
        password: "secret".to_owned().into(),
        folder: "INBOX".to_owned(),
        first_days: Some(30),
    };
    let server = tokio::io::join(Cursor::new(answers.to_vec()), tokio::io::sink());
    let mut opened = enter(Box::new(server), false, &account).await?;
    visited.folders = folders(&mut opened).await?;
    let mut visit = Visit {
        account: &account,
        trust: NOBODY.get_or_init(|| Trust::only(&[])),
        door: visited,
        stop: &Stop::default(),
        in_vain: 0,
        failed: 0,
        withheld: &mut Withheld::default(),
    };
    visit.follow(opened).await.map(drop)
}
