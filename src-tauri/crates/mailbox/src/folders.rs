//! The folders of an account, as a person picks some of them.

use async_imap::imap_proto::{MailboxDatum, NameAttribute, Response};

use crate::Trouble;
use crate::connect::{ANSWER, Opened};
use crate::sync::{Said, ask};

/// Folders that are answered: more than anybody looks through.
const MOST: usize = 1_000;

/// A folder of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderName {
    /// As the server writes it, which is how it is asked for.
    pub name: String,
    /// As a person reads it.
    pub shown: String,
}

/// The folders that can be opened, the one for what comes in first; none when the server does not want to
/// tell.
pub(crate) async fn folders(opened: &mut Opened) -> Result<Vec<FolderName>, Trouble> {
    let mut found: Vec<FolderName> = Vec::new();
    let said = ask(opened, "LIST \"\" \"*\"", ANSWER, |answer| {
        let Response::MailboxData(MailboxDatum::List { name_attributes, name, .. }) = answer else {
            return;
        };
        let opens = name_attributes.iter().all(|of| match of {
            NameAttribute::NoSelect => false,
            NameAttribute::Extension(other) => !other.eq_ignore_ascii_case("\\NonExistent"),
            _ => true,
        });
        if opens && found.len() < MOST {
            found.push(FolderName { name: name.to_string(), shown: shown(name) });
        }
    })
    .await?;
    if said != Said::Done {
        return Ok(Vec::new());
    }
    // The order is the server's otherwise.
    found.sort_by_key(|folder| !folder.name.eq_ignore_ascii_case("INBOX"));
    Ok(found)
}

/// The name of a folder as a person reads it: servers write what is not ASCII in a UTF-7 of their own
/// (RFC 3501, 5.1.3). One that is not written so is shown as it is.
#[must_use]
pub fn shown(name: &str) -> String {
    decoded(name).unwrap_or_else(|| name.to_owned())
}

fn decoded(name: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = name;
    while let Some((plain, coded)) = rest.split_once('&') {
        text.push_str(plain);
        let (coded, after) = coded.split_once('-')?;
        if coded.is_empty() {
            text.push('&');
        } else {
            text.push_str(&units(coded)?);
        }
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// Base64 with `,` for `/` and without padding, of UTF-16.
fn units(coded: &str) -> Option<String> {
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut bytes = Vec::new();
    for digit in coded.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b',' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
        }
        // No more than what is left of a byte is kept.
        bits &= (1 << held) - 1;
    }
    if bytes.is_empty() {
        return None;
    }
    let units = bytes.chunks(2).map(|pair| match *pair {
        [high, low] => Some(u16::from_be_bytes([high, low])),
        _ => None,
    });
    let units: Option<Vec<u16>> = units.collect();
    // A name of control characters would write over what stands beside it.
    String::from_utf16(&units?).ok().filter(|text| !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted::{Folder, asking, say};

    #[test]
    fn names_are_shown_as_people_wrote_them() {
        for (name, text) in [
            ("INBOX", "INBOX"),
            ("Amazon/Nachrichten", "Amazon/Nachrichten"),
            ("Gel&APY-schte Elemente", "Gelöschte Elemente"),
            ("&U,BTFw-", "台北"),
            ("&kK5O9g-/&g0l6P5CuTvY-", "邮件/草稿邮件"),
            ("R&-D &2D3eAA-", "R&D 😀"),
        ] {
            assert_eq!(shown(name), text, "{name}");
        }
        // What is no such name stays what it is.
        for name in ["R&D", "a & b", "&A-", "&!!!!-", "&2D0-", "&AAo-", "Löschen"] {
            assert_eq!(shown(name), name);
        }
    }

    #[test]
    fn folders_that_open_are_listed_with_the_one_for_what_comes_in_first() {
        let listed = |answer: &'static str| {
            asking(
                Folder::of(&[1]),
                move |command, _| command.starts_with("LIST").then(|| vec![say(answer)]),
                async |opened| folders(opened).await,
            )
        };
        let found = listed(
            "* LIST (\\HasChildren \\Noselect) \"/\" \"[Gmail]\"\r\n\
             * LIST (\\HasNoChildren) \"/\" \"Amazon\"\r\n\
             * LIST (\\NonExistent) \"/\" gone\r\n\
             * LIST (\\HasNoChildren \\Junk) \"/\" \"&V4NXPpCuTvY-\"\r\n\
             * LIST (\\HasNoChildren) \"/\" INBOX\r\nTAG OK done\r\n",
        );
        let names: Vec<_> = found.unwrap().into_iter().map(|of| (of.name, of.shown)).collect();
        let pair = |name: &str, shown: &str| (name.to_owned(), shown.to_owned());
        assert_eq!(
            names,
            [pair("INBOX", "INBOX"), pair("Amazon", "Amazon"), pair("&V4NXPpCuTvY-", "垃圾邮件"),]
        );
        assert_eq!(listed("TAG NO not here\r\n"), Ok(Vec::new()));
        assert_eq!(listed("* BYE\r\n"), Err(Trouble::Lost));
    }
}
