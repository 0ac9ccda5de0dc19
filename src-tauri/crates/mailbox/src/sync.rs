//! Reading what is new, in order, a bounded part at a time.

use std::time::Duration;

use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, Status};

use crate::connect::{ANSWER, Opened, lost};
use crate::{Letter, Trouble};

/// Letters whose sizes are asked for at a time.
const SIZES: usize = 500;
/// Letters and bytes that are read at a time.
const LETTERS: usize = 100;
const BYTES: u64 = 8 << 20;
/// Bytes of a longer letter that are not read; the intake takes none of more.
pub(crate) const LETTER_MAX: u64 = 32 << 20;
/// Bytes of the list of numbers of a mailbox: a few million.
const NUMBERS: u64 = 32 << 20;
/// How long nothing may come while an answer is waited for.
const SILENCE: Duration = Duration::from_secs(120);
/// Bytes a second of the slowest line on which an answer is waited for.
const SLOWEST: u64 = 4 << 10;

/// Sends a command and hears every answer up to its end.
async fn ask(
    opened: &mut Opened,
    command: &str,
    limit: u64,
    hear: impl FnMut(&Response<'_>),
) -> Result<(), Trouble> {
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
) -> Result<(), Trouble> {
    let id = tokio::time::timeout(SILENCE, opened.session.run_command(command)).await;
    let id = id.map_err(|_| Trouble::Lost)?.map_err(|error| lost(&error))?;
    loop {
        let answer = opened.session.read_response().await.map_err(|error| lost(&error.into()))?;
        let answer = answer.ok_or(Trouble::Lost)?;
        match answer.parsed() {
            Response::Done { tag, status, .. } if tag == &id => {
                return match status {
                    Status::Ok => Ok(()),
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
    let mut found = Vec::new();
    let command = format!("UID SEARCH UID {first}:*{since}");
    ask(opened, &command, NUMBERS, |answer| {
        if let Response::MailboxData(MailboxDatum::Search(numbers)) = answer {
            found.extend_from_slice(numbers);
        }
    })
    .await?;
    // `*` is the last letter, also when it comes before the first that was asked for.
    found.retain(|number| *number > after);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Parts of the letters with these numbers that are read at a time: their numbers and what they weigh, and
/// the numbers of those that are too long.
pub(crate) async fn plan(opened: &mut Opened, numbers: &[u32]) -> Result<Vec<Part>, Trouble> {
    let mut parts: Vec<Part> = Vec::new();
    for some in numbers.chunks(SIZES) {
        let mut sizes: Vec<(u32, u64)> = Vec::with_capacity(some.len());
        let command = format!("UID FETCH {} (UID RFC822.SIZE)", set(some));
        ask(opened, &command, ANSWER, |answer| {
            if let Response::Fetch(_, attributes) = answer {
                let uid = uid_of(attributes);
                let size = attributes.iter().find_map(|of| match of {
                    AttributeValue::Rfc822Size(size) => Some(u64::from(*size)),
                    _ => None,
                });
                sizes.extend(uid.zip(size));
            }
        })
        .await?;
        sizes.sort_unstable();
        sizes.dedup_by_key(|(uid, _)| *uid);
        for (uid, size) in sizes.into_iter().filter(|(uid, _)| some.binary_search(uid).is_ok()) {
            let fits = parts.last().is_some_and(|part| {
                part.uids.len() < LETTERS && part.bytes.saturating_add(size) <= BYTES
            });
            if !fits {
                parts.push(Part::default());
            }
            let Some(part) = parts.last_mut() else { continue };
            part.last = uid;
            if size > LETTER_MAX {
                part.long.push(uid);
            } else {
                part.uids.push(uid);
                part.bytes = part.bytes.saturating_add(size);
            }
        }
    }
    Ok(parts)
}

/// Letters that are read together.
#[derive(Debug, Default)]
pub(crate) struct Part {
    uids: Vec<u32>,
    bytes: u64,
    long: Vec<u32>,
    /// The highest number in it.
    pub(crate) last: u32,
}

impl Part {
    pub(crate) const fn len(&self) -> usize {
        self.uids.len() + self.long.len()
    }
}

/// Reads the letters of a part. One that vanished meanwhile is missing.
pub(crate) async fn letters(opened: &mut Opened, part: &Part) -> Result<Vec<Letter>, Trouble> {
    let mut letters: Vec<Letter> =
        part.long.iter().map(|uid| Letter { uid: *uid, bytes: None }).collect();
    if !part.uids.is_empty() {
        let command = format!("UID FETCH {} (UID BODY.PEEK[])", set(&part.uids));
        // Servers count a little differently from what they send.
        let limit = part.bytes.saturating_add(part.bytes / 8).saturating_add(ANSWER);
        ask(opened, &command, limit, |answer| {
            let Response::Fetch(_, attributes) = answer else { return };
            let Some(uid) = uid_of(attributes) else { return };
            let body = attributes.iter().find_map(|of| match of {
                AttributeValue::BodySection { section: None, data, .. } => data.as_deref(),
                _ => None,
            });
            if let Some(body) = body
                && part.uids.binary_search(&uid).is_ok()
            {
                letters.push(Letter { uid, bytes: Some(body.to_vec()) });
            }
        })
        .await?;
    }
    letters.sort_by_key(|letter| letter.uid);
    letters.dedup_by_key(|letter| letter.uid);
    Ok(letters)
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
