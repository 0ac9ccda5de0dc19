//! Somebody who watches a mailbox on a thread of their own and keeps what comes, place and letters together.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use buyerwatch_mailbox::{Account, Content, Door, Go, Letter, Place, State, Stop, Trust, watch};

/// What outlives a watch, as a vault does.
#[derive(Debug, Default)]
pub struct Kept {
    pub place: Place,
    /// How often each letter was kept, by its `Message-ID`.
    pub letters: BTreeMap<String, u32>,
    /// Letters that were too long.
    pub long: u32,
    pub states: Vec<State>,
}

pub type Shelf = Arc<Mutex<Kept>>;

pub struct Reader {
    pub shelf: Shelf,
    pub stop: Stop,
    thread: Option<JoinHandle<()>>,
}

struct Taker(Shelf);

impl Door for Taker {
    fn place(&mut self) -> Place {
        self.0.lock().unwrap().place
    }

    fn take(&mut self, letters: Vec<Letter>, place: Place) -> Go {
        let mut kept = self.0.lock().unwrap();
        for letter in letters {
            match letter.content {
                Content::Whole(bytes) => *kept.letters.entry(id_of(&bytes)).or_default() += 1,
                Content::TooLong => kept.long += 1,
                Content::Withheld => panic!("the server gives every letter"),
            }
        }
        kept.place = place;
        Go::On
    }

    fn state(&mut self, state: State) -> Go {
        self.0.lock().unwrap().states.push(state);
        Go::On
    }
}

fn id_of(letter: &[u8]) -> String {
    let text = String::from_utf8_lossy(letter);
    let line = text.lines().find_map(|line| line.strip_prefix("Message-ID: <"));
    line.expect("a whole letter").trim_end_matches('>').to_owned()
}

impl Reader {
    pub fn of(account: &Account, trust: &Trust) -> Self {
        Self::with(account, trust, Shelf::default())
    }

    pub fn with(account: &Account, trust: &Trust, shelf: Shelf) -> Self {
        let stop = Stop::default();
        let (account, trust, until) = (account.clone(), trust.clone(), stop.clone());
        let mut door = Taker(Arc::clone(&shelf));
        let thread =
            std::thread::spawn(move || watch(&account, &trust, &mut door, &until).unwrap());
        Self { shelf, stop, thread: Some(thread) }
    }

    pub fn wait(&self, what: &str, mut holds: impl FnMut(&Kept) -> bool) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            {
                let kept = self.shelf.lock().unwrap();
                if holds(&kept) {
                    return;
                }
                assert!(
                    Instant::now() < until,
                    "{what}: {} letters, {:?}",
                    kept.letters.len(),
                    kept.states.last()
                );
            }
            // Whoever waits for the next try does not want to wait in a test.
            self.stop.try_now();
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    pub fn end(mut self) -> Shelf {
        self.stop.stop();
        self.thread.take().unwrap().join().unwrap();
        Arc::clone(&self.shelf)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.stop();
    }
}
