//! Reading what is new, in order, a bounded part at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, Status};

use crate::connect::{ANSWER, Opened, is_out_of_order, lost, wants_a_pause};
use crate::{Content, Letter, Trouble};

/// Letters whose sizes are asked for at a time.
const SIZES: usize = 500;
/// Letters and bytes that are read at a time.
const LETTERS: usize = 100;
const BYTES: u64 = 8 << 20;
/// Bytes of a longer letter that are not read; the intake takes none of more.
pub(crate) const LETTER_MAX: u64 = 32 << 20;
/// Bytes of the list of numbers of a mailbox: a few million.
const NUMBERS: u64 = 32 << 20;
/// Letters that are tried for one that the server gives.
const SAMPLES: u32 = 8;
/// How long nothing may come while an answer is waited for.
const SILENCE: Duration = Duration::from_secs(120);
/// Bytes a second of the slowest line on which an answer is waited for.
const SLOWEST: u64 = 4 << 10;

/// How a server ends its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It did what it was asked for.
    Done,
    /// It does not want to.
    Refused,
    /// It wants a pause, or is out of order.
    Later,
}

/// Sends a command and hears every answer up to its end.
pub(crate) async fn ask(
    opened: &mut Opened,
    command: &str,
    limit: u64,
    hear: impl FnMut(&Response<'_>),
) -> Result<Said, Trouble> {
    let longest = SILENCE + Duration::from_secs(limit / SLOWEST);
    opened.session.get_mut().allow(limit);
    opened.session.get_mut().hear_within(Some(SILENCE));
    let asked = tokio::time::timeout(longest, asking(opened, command, hear)).await;
    opened.session.get_mut().hear_within(None);
    asked.unwrap_or(Err(Trouble::Lost))
}

async fn asking(
    opened: &mut Opened,
    command: &str,
    mut hear: impl FnMut(&Response<'_>),
) -> Result<Said, Trouble> {
    let id = tokio::time::timeout(SILENCE, opened.session.run_command(command)).await;
    let id = id.map_err(|_| Trouble::Lost)?.map_err(|error| lost(&error))?;
    loop {
        let answer = opened.session.read_response().await.map_err(|error| lost(&error.into()))?;
        let answer = answer.ok_or(Trouble::Lost)?;
        match answer.parsed() {
            Response::Done { tag, status, information, .. } if tag == &id => {
                return match status {
                    Status::Ok => Ok(Said::Done),
                    Status::No | Status::Bad => {
                        let pause = information
                            .as_deref()
                            .is_some_and(|text| wants_a_pause(text) || is_out_of_order(text));
                        Ok(if pause { Said::Later } else { Said::Refused })
                    }
                    _ => Err(Trouble::Protocol),
                };
            }
            Response::Data { status: Status::Bye, .. } => return Err(Trouble::Lost),
            Response::MailboxData(MailboxDatum::Exists(letters)) => opened.exist(*letters),
            Response::Expunge(_) => opened.expunged(),
            other => hear(other),
        }
    }
}

/// The numbers of the letters after a place, in order; of the last days only when that is said.
pub(crate) async fn numbers(
    opened: &mut Opened,
    after: u32,
    since: Option<&str>,
) -> Result<Vec<u32>, Trouble> {
    let Some(first) = after.checked_add(1) else { return Ok(Vec::new()) };
    let since = since.map(|day| format!(" SINCE {day}")).unwrap_or_default();
    let mut found = match search(opened, &format!("{first}:*{since}")).await? {
        Ok(found) => found,
        Err(Said::Later) => return Err(Trouble::Busy),
        Err(_) => return Err(Trouble::Protocol),
    };
    // `*` is the last letter, also when it comes before the first that was asked for.
    found.retain(|number| *number > after);
    Ok(found)
}

/// The highest number in a folder; 0 in an empty one.
pub(crate) async fn highest(opened: &mut Opened) -> Result<u32, Trouble> {
    match search(opened, "*").await? {
        Ok(found) => Ok(found.last().copied().unwrap_or(0)),
        Err(Said::Later) => Err(Trouble::Busy),
        Err(_) => Err(Trouble::Protocol),
    }
}

/// The numbers that a search finds, in order.
async fn search(opened: &mut Opened, what: &str) -> Result<Result<Vec<u32>, Said>, Trouble> {
    let mut found = Vec::new();
    let said = ask(opened, &format!("UID SEARCH UID {what}"), NUMBERS, |answer| {
        if let Response::MailboxData(MailboxDatum::Search(numbers)) = answer {
            found.extend_from_slice(numbers);
        }
    })
    .await?;
    found.sort_unstable();
    found.dedup();
    Ok(if said == Said::Done { Ok(found) } else { Err(said) })
}

/// Those that are still there: what is missing in an answer may have been expunged meanwhile.
async fn still_there(opened: &mut Opened, mut uids: Vec<u32>) -> Result<Vec<u32>, Trouble> {
    if !uids.is_empty()
        && let Ok(found) = search(opened, &set(&uids)).await?
    {
        uids.retain(|uid| found.binary_search(uid).is_ok());
    }
    Ok(uids)
}

/// Those that did not come although they are there. That is theirs, and not a bad hour of the server, only
/// when it gives another one now; otherwise they are asked for again after a while.
async fn withheld(opened: &mut Opened, uids: Vec<u32>) -> Result<Vec<u32>, Trouble> {
    let there = still_there(opened, uids).await?;
    if there.is_empty() || gives_another(opened, &there).await? {
        Ok(there)
    } else {
        Err(Trouble::Busy)
    }
}

/// Whether the server gives a letter now that is none of these. Some all over the folder are tried, which
/// mostly ends with the first.
async fn gives_another(opened: &mut Opened, than: &[u32]) -> Result<bool, Trouble> {
    let exist = opened.folder.exists;
    let tried = exist.min(SAMPLES);
    let mut drawn = [0; 4];
    // Others the next time, should these be no better. Without chance they are the same.
    let _ = getrandom::fill(&mut drawn);
    let first = u64::from(u32::from_le_bytes(drawn));
    for n in 0..tried {
        let exist = u64::from(exist);
        let place = (first + u64::from(n) * (exist / u64::from(tried))) % exist + 1;
        let mut found = None;
        lengths(opened, &format!("FETCH {place}"), |uid, size| found = Some((uid, size))).await?;
        let another = found.filter(|(uid, size)| *size <= LETTER_MAX && !than.contains(uid));
        if let Some((uid, size)) = another
            && whole(opened, uid, size).await?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads a letter that was withheld at an earlier visit; `None` when it is still not given.
pub(crate) async fn letter(opened: &mut Opened, uid: u32) -> Result<Option<Letter>, Trouble> {
    let mut found = None;
    lengths(opened, &format!("UID FETCH {uid}"), |of, size| {
        if of == uid {
            found = Some(size);
        }
    })
    .await?;
    let Some(size) = found.filter(|size| *size <= LETTER_MAX) else { return Ok(None) };
    Ok(whole(opened, uid, size).await?.map(|content| Letter { uid, content }))
}

/// Asks for one letter alone.
async fn whole(opened: &mut Opened, uid: u32, size: u64) -> Result<Option<Content>, Trouble> {
    let mut found = BTreeMap::new();
    bodies(opened, &[uid], size, &mut found).await?;
    Ok(found.remove(&uid))
}

/// What is asked for again, in halves, when a server refuses it: one letter that it cannot read must not
/// keep it from the others.
struct Halves {
    rest: Vec<Vec<u32>>,
    /// A pause that the server wants is made; otherwise that is a refusal like any other.
    patient: bool,
}

impl Halves {
    fn of(uids: &[u32], patient: bool) -> Self {
        Self { rest: vec![uids.to_vec()], patient }
    }

    /// Those to ask for next.
    fn next(&mut self) -> Option<Vec<u32>> {
        self.rest.pop().filter(|some| !some.is_empty())
    }

    /// A server that wants a pause gets it.
    fn bear(&self, said: Said) -> Result<(), Trouble> {
        if said == Said::Later && self.patient { Err(Trouble::Busy) } else { Ok(()) }
    }

    /// Those of what was asked for that did not come. Returns the letter that does not come by itself.
    fn refused(&mut self, said: Said, mut missing: Vec<u32>) -> Result<Option<u32>, Trouble> {
        self.bear(said)?;
        if let [only] = *missing {
            return Ok(Some(only));
        } else if !missing.is_empty() {
            let later = missing.split_off(missing.len() / 2);
            self.rest.extend([later, missing]);
        }
        Ok(None)
    }
}

/// Parts of the letters with these numbers that are read at a time: their numbers and what they weigh, and
/// the numbers of those that are not read.
pub(crate) async fn plan(
    opened: &mut Opened,
    numbers: &[u32],
    patient: bool,
) -> Result<Vec<Part>, Trouble> {
    let mut parts: Vec<Part> = Vec::new();
    for some in numbers.chunks(SIZES) {
        for (uid, size) in sizes(opened, some, patient).await? {
            let fits = parts.last().is_some_and(|part| {
                part.len() < LETTERS && part.bytes.saturating_add(size.unwrap_or(0)) <= BYTES
            });
            if !fits {
                parts.push(Part::default());
            }
            let Some(part) = parts.last_mut() else { continue };
            part.last = uid;
            match size {
                Some(size) if size <= LETTER_MAX => {
                    part.uids.push(uid);
                    part.bytes = part.bytes.saturating_add(size);
                }
                Some(_) => part.left.push((uid, Content::TooLong)),
                None => part.left.push((uid, Content::Withheld)),
            }
        }
    }
    Ok(parts)
}

/// The letters and how long they are, in order; `None` where the server does not say it. Those that
/// vanished are missing.
async fn sizes(
    opened: &mut Opened,
    uids: &[u32],
    patient: bool,
) -> Result<BTreeMap<u32, Option<u64>>, Trouble> {
    let mut sizes = BTreeMap::new();
    let mut halves = Halves::of(uids, patient);
    while let Some(some) = halves.next() {
        let said = told(opened, &some, &mut sizes).await?;
        let mut missing = some.into_iter().filter(|uid| !sizes.contains_key(uid)).collect();
        if said == Said::Done {
            missing = still_there(opened, missing).await?;
        }
        let silent = Vec::from_iter(halves.refused(said, missing)?);
        for uid in withheld(opened, silent).await? {
            // Once more, now that others are given.
            let said = told(opened, &[uid], &mut sizes).await?;
            halves.bear(said)?;
            sizes.entry(uid).or_insert(None);
        }
    }
    Ok(sizes)
}

/// Asks how long letters are; what is told goes to the others.
async fn told(
    opened: &mut Opened,
    uids: &[u32],
    sizes: &mut BTreeMap<u32, Option<u64>>,
) -> Result<Said, Trouble> {
    lengths(opened, &format!("UID FETCH {}", set(uids)), |uid, size| {
        if uids.binary_search(&uid).is_ok() {
            sizes.insert(uid, Some(size));
        }
    })
    .await
}

/// Asks how long letters are, whichever way they are named.
async fn lengths(
    opened: &mut Opened,
    fetch: &str,
    mut hear: impl FnMut(u32, u64),
) -> Result<Said, Trouble> {
    ask(opened, &format!("{fetch} (UID RFC822.SIZE)"), ANSWER, |answer| {
        let Response::Fetch(_, attributes) = answer else { return };
        let size = attributes.iter().find_map(|of| match of {
            AttributeValue::Rfc822Size(size) => Some(u64::from(*size)),
            _ => None,
        });
        if let Some((uid, size)) = uid_of(attributes).zip(size) {
            hear(uid, size);
        }
    })
    .await
}

/// Asks for letters that weigh so much together; those that come go to the others.
async fn bodies(
    opened: &mut Opened,
    uids: &[u32],
    bytes: u64,
    letters: &mut BTreeMap<u32, Content>,
) -> Result<Said, Trouble> {
    // Servers count a little differently from what they send.
    let limit = bytes.saturating_add(bytes / 8).saturating_add(ANSWER);
    ask(opened, &format!("UID FETCH {} (UID BODY.PEEK[])", set(uids)), limit, |answer| {
        let Response::Fetch(_, attributes) = answer else { return };
        let Some(uid) = uid_of(attributes) else { return };
        let body = attributes.iter().find_map(|of| match of {
            AttributeValue::BodySection { section: None, data, .. } => data.as_deref(),
            _ => None,
        });
        if let Some(body) = body
            && uids.binary_search(&uid).is_ok()
        {
            letters.entry(uid).or_insert_with(|| Content::Whole(body.to_vec()));
        }
    })
    .await
}

/// Letters that are read together.
#[derive(Debug, Default)]
pub(crate) struct Part {
    uids: Vec<u32>,
    bytes: u64,
    /// Those that are not read, with the reason.
    left: Vec<(u32, Content)>,
    /// The highest number in it.
    pub(crate) last: u32,
}

impl Part {
    pub(crate) const fn len(&self) -> usize {
        self.uids.len() + self.left.len()
    }
}

/// Reads the letters of a part. One that vanished meanwhile is missing; one that the server does not give
/// comes as withheld.
pub(crate) async fn letters(
    opened: &mut Opened,
    part: &Part,
    patient: bool,
) -> Result<Vec<Letter>, Trouble> {
    let mut letters: BTreeMap<u32, Content> = part.left.iter().cloned().collect();
    let mut halves = Halves::of(&part.uids, patient);
    while let Some(some) = halves.next() {
        let said = bodies(opened, &some, part.bytes, &mut letters).await?;
        let alone = some.len() == 1;
        let missing: Vec<u32> = some.into_iter().filter(|uid| !letters.contains_key(uid)).collect();
        let silent = if said != Said::Done {
            Vec::from_iter(halves.refused(said, missing)?)
        } else if alone {
            missing
        } else {
            // Each by itself once more.
            let there = still_there(opened, missing).await?;
            halves.rest.extend(there.into_iter().map(|uid| vec![uid]));
            continue;
        };
        for uid in withheld(opened, silent).await? {
            // Once more, now that others are given.
            let said = bodies(opened, &[uid], part.bytes, &mut letters).await?;
            halves.bear(said)?;
            letters.entry(uid).or_insert(Content::Withheld);
        }
    }
    Ok(letters.into_iter().map(|(uid, content)| Letter { uid, content }).collect())
}

fn uid_of(attributes: &[AttributeValue<'_>]) -> Option<u32> {
    attributes.iter().find_map(|of| match of {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    })
}

/// Numbers in order, as IMAP writes a set of them.
fn set(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let ranges = ranges.into_iter().map(|(first, last)| {
        if first == last { first.to_string() } else { format!("{first}:{last}") }
    });
    ranges.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_one_range() {
        assert_eq!(set(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(set(&[u32::MAX]), "4294967295");
        assert_eq!(set(&[]), "");
    }
}
