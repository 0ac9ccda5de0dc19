//! A mail server in a test: it answers as it should, or as it is told to. Its clock does not wait.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream};
use tokio::time::Instant;

use crate::connect::{Opened, enter};
use crate::watch::{Visit, Withheld};
use crate::{Account, Content, Door, Go, Letter, Place, Security, State, Stop, Trouble, Trust};

/// Something a server does.
#[derive(Debug, Clone)]
pub(crate) enum Say {
    Text(String),
    Wait(Duration),
}

/// Says it; `TAG` is what the command began with.
pub(crate) fn say(text: &str) -> Say {
    Say::Text(text.to_owned())
}

/// Says nothing for so many seconds.
pub(crate) const fn wait(seconds: u64) -> Say {
    Say::Wait(Duration::from_secs(seconds))
}

/// What is on the server.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) letters: BTreeSet<u32>,
    /// Those of them that are older than any day that is asked for.
    pub(crate) old: BTreeSet<u32>,
    pub(crate) validity: u32,
    pub(crate) hides_next: bool,
    /// What it was asked.
    pub(crate) asked: Vec<String>,
}

impl Folder {
    pub(crate) fn of(letters: &[u32]) -> Self {
        Self { letters: letters.iter().copied().collect(), validity: 7, ..Self::default() }
    }

    pub(crate) fn add(&mut self, uid: u32) {
        self.letters.insert(uid);
    }

    fn last(&self) -> u32 {
        self.letters.last().copied().unwrap_or(0)
    }

    /// Those of a set as IMAP writes it.
    fn of_set(&self, set: &str) -> BTreeSet<u32> {
        let number = |text: &str| if text == "*" { self.last() } else { text.parse().unwrap() };
        let mut found = BTreeSet::new();
        for range in set.split(',') {
            let (first, last) = range.split_once(':').unwrap_or((range, range));
            let (first, last) = (number(first), number(last));
            let (first, last) = (first.min(last), first.max(last));
            found.extend(self.letters.iter().filter(|uid| (first..=last).contains(*uid)));
        }
        found
    }

    /// The letters a command wants, by their numbers or by the place of one in the folder.
    pub(crate) fn wanted(&self, command: &str) -> BTreeSet<u32> {
        if let Some(place) = command.strip_prefix("FETCH ") {
            let place: usize = place.split(' ').next().unwrap().parse().unwrap();
            return self.letters.iter().copied().skip(place - 1).take(1).collect();
        }
        let mut words = command.split(' ').skip(2).skip_while(|word| *word == "UID");
        self.of_set(words.next().unwrap())
    }

    /// The answer to a `FETCH`, with something before its end.
    pub(crate) fn fetch(&self, command: &str, before_the_end: &str) -> Vec<Say> {
        let mut text = String::new();
        for (n, uid) in self.wanted(command).iter().enumerate() {
            let n = n + 1;
            let body = format!("letter {uid}");
            let length = body.len();
            if command.contains("RFC822.SIZE") {
                writeln!(text, "* {n} FETCH (UID {uid} RFC822.SIZE {length})\r").unwrap();
            } else {
                writeln!(text, "* {n} FETCH (UID {uid} BODY[] {{{length}}}\r\n{body})\r").unwrap();
            }
        }
        vec![say(&format!("{text}{before_the_end}TAG OK done\r\n"))]
    }

    fn answer(&self, command: &str) -> Vec<Say> {
        let text = if command.starts_with("CAPABILITY") {
            "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n".to_owned()
        } else if command.starts_with("EXAMINE") {
            let (count, validity, next) = (self.letters.len(), self.validity, self.last() + 1);
            let next = if self.hides_next {
                String::new()
            } else {
                format!("* OK [UIDNEXT {next}] next\r\n")
            };
            format!(
                "* {count} EXISTS\r\n* OK [UIDVALIDITY {validity}] valid\r\n{next}TAG OK done\r\n"
            )
        } else if command.starts_with("UID SEARCH") {
            let mut found = self.wanted(command);
            if command.contains("SINCE") {
                found.retain(|uid| !self.old.contains(uid));
            }
            let found: String = found.iter().map(|uid| format!(" {uid}")).collect();
            format!("* SEARCH{found}\r\nTAG OK done\r\n")
        } else if command.contains("FETCH ") {
            return self.fetch(command, "");
        } else if command == "IDLE" {
            "+ idling\r\n".to_owned()
        } else {
            "TAG OK done\r\n".to_owned()
        };
        vec![say(&text)]
    }
}

async fn serve(
    stream: DuplexStream,
    mut answer: impl FnMut(&str, &mut Folder) -> Option<Vec<Say>>,
    folder: Arc<Mutex<Folder>>,
) {
    let (read, write) = tokio::io::split(stream);
    let write = Arc::new(tokio::sync::Mutex::new(write));
    let mut lines = BufReader::new(read).lines();
    write.lock().await.write_all(b"* OK ready\r\n").await.unwrap();
    let mut tag = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        let command = match line.split_once(' ') {
            Some((of, command)) => {
                of.clone_into(&mut tag);
                command.to_owned()
            }
            None => line,
        };
        let said = {
            let mut folder = folder.lock().unwrap();
            folder.asked.push(command.clone());
            answer(&command, &mut folder).unwrap_or_else(|| folder.answer(&command))
        };
        let (tag, write) = (tag.clone(), Arc::clone(&write));
        tokio::spawn(async move {
            for one in said {
                match one {
                    Say::Wait(time) => tokio::time::sleep(time).await,
                    Say::Text(text) => {
                        let text = text.replace("TAG", &tag);
                        let _ = write.lock().await.write_all(text.as_bytes()).await;
                    }
                }
            }
        });
    }
}

/// What came of following a folder.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) place: Place,
    pub(crate) behind: Option<u32>,
    pub(crate) letters: BTreeMap<u32, Content>,
    /// How often everything was read.
    pub(crate) watching: u32,
    pub(crate) ended: Option<Trouble>,
    pub(crate) took: Duration,
    pub(crate) asked: Vec<String>,
    /// Visits that came to nothing, and what they did not get.
    pub(crate) failed: u32,
    pub(crate) withheld: Withheld,
}

impl Kept {
    /// The letters that were read.
    pub(crate) fn uids(&self) -> Vec<u32> {
        let read = self.letters.iter().filter(|(_, of)| matches!(of, Content::Whole(_)));
        read.map(|(uid, _)| *uid).collect()
    }
}

struct Taker<E> {
    kept: Kept,
    end: E,
}

impl<E: FnMut(&Kept) -> bool> Door for Taker<E> {
    fn place(&mut self) -> Place {
        self.kept.place
    }

    fn days_behind(&mut self) -> Option<u32> {
        self.kept.behind
    }

    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go {
        for letter in letters {
            let before = self.kept.letters.insert(letter.uid, letter.content);
            let came = before.is_some_and(|content| content != Content::Withheld);
            assert!(!came, "{} came twice", letter.uid);
        }
        self.kept.place = place;
        Go::On
    }

    fn state(&mut self, state: State) -> Go {
        self.kept.watching += u32::from(state == State::Watching);
        if (self.end)(&self.kept) { Go::Stop } else { Go::On }
    }
}

pub(crate) fn account(first_days: Option<u32>) -> Account {
    Account {
        host: "localhost".to_owned(),
        port: 993,
        security: Security::Tls,
        user: "shop".to_owned(),
        password: "secret".to_owned().into(),
        folder: "INBOX".to_owned(),
        first_days,
    }
}

/// Follows a folder from the beginning, over one connection, until it holds.
pub(crate) fn follow(
    account: &Account,
    answer: impl FnMut(&str, &mut Folder) -> Option<Vec<Say>> + Send + 'static,
    folder: Folder,
    end: impl FnMut(&Kept) -> bool,
) -> Kept {
    follow_from(account, answer, folder, Kept::default(), end)
}

/// Follows a folder from where somebody was.
pub(crate) fn follow_from(
    account: &Account,
    answer: impl FnMut(&str, &mut Folder) -> Option<Vec<Say>> + Send + 'static,
    folder: Folder,
    kept: Kept,
    end: impl FnMut(&Kept) -> bool,
) -> Kept {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let (here, there) = tokio::io::duplex(1 << 20);
        let folder = Arc::new(Mutex::new(folder));
        tokio::spawn(serve(there, answer, Arc::clone(&folder)));
        let started = Instant::now();
        let mut kept = kept;
        let (failed, mut withheld) = (kept.failed, std::mem::take(&mut kept.withheld));
        let mut door = Taker { kept, end };
        let mut after = failed;
        let ended = match enter(Box::new(here), false, account).await {
            Ok(opened) => {
                let (trust, stop) = (Trust::public(), Stop::default());
                let mut visit = Visit {
                    account,
                    trust: &trust,
                    door: &mut door,
                    stop: &stop,
                    in_vain: 0,
                    failed,
                    withheld: &mut withheld,
                };
                let day = Duration::from_secs(24 * 60 * 60);
                let ended = tokio::time::timeout(day, visit.follow(opened)).await;
                after = visit.failed;
                ended.unwrap().map(drop)
            }
            Err(trouble) => Err(trouble),
        };
        let mut kept = door.kept;
        kept.ended = ended.err();
        (kept.failed, kept.withheld) = (after + u32::from(kept.ended.is_some()), withheld);
        kept.took = started.elapsed();
        kept.asked = std::mem::take(&mut folder.lock().unwrap().asked);
        kept
    })
}

/// Asks a server something over one connection, with its folder open.
pub(crate) fn asking<T>(
    folder: Folder,
    answer: impl FnMut(&str, &mut Folder) -> Option<Vec<Say>> + Send + 'static,
    ask: impl AsyncFnOnce(&mut Opened) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let (here, there) = tokio::io::duplex(1 << 20);
        tokio::spawn(serve(there, answer, Arc::new(Mutex::new(folder))));
        let mut opened = enter(Box::new(here), false, &account(None)).await?;
        ask(&mut opened).await
    })
}
