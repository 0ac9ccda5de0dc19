//! Letters that hang on letters, as where somebody hands a marketplace's letter on as a file.
//!
//! Nobody can tell who wrote them: a server looks at the letter that came, and whoever sent that one chose
//! what hangs on it, its headers included. So they are read and shown, and compared with nobody.

use super::{
    ATTACHMENTS_MAX, Came, KEPT_MAX, MailFormat, bounded, line, observe, plain, recognize,
};
use buyerwatch_domain::{ObservedAttachment, ObservedMessage};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// How deep letters are looked for within letters: what was handed on, and handed on again.
const DEPTH_MAX: usize = 3;
/// Bytes at the beginning of a file that tell whether it is a letter.
const TOLD_BY: usize = 64 << 10;

/// Letters that hang on one.
#[derive(Default)]
pub(super) struct Found {
    /// Those of a marketplace, or that pretend to be.
    pub(super) letters: Vec<ObservedMessage>,
    /// There are more than are read, or deeper ones.
    pub(super) has_more: bool,
}

/// What may still be read and kept of one letter and of all that hangs on it.
struct Room {
    letters: usize,
    bytes: usize,
}

/// The letters of a marketplace that hang on a letter.
pub(super) fn find(letter: &Message<'_>) -> Found {
    let mut found = Found::default();
    let mut room = Room { letters: ATTACHMENTS_MAX, bytes: KEPT_MAX };
    look(letter, DEPTH_MAX, &mut room, &mut found);
    found
}

fn look(letter: &Message<'_>, depth: usize, room: &mut Room, found: &mut Found) {
    for part in letter.attachments() {
        let Some(bytes) = letter_in(part) else { continue };
        // What is decoded out of a part was not counted with the letter around it.
        if depth == 0 || room.letters == 0 || bytes.len() > room.bytes || bounded(bytes).is_err() {
            found.has_more = true;
            continue;
        }
        room.letters -= 1;
        let lines = plain(bytes);
        let Some(inner) = MessageParser::default().parse(&*lines) else { continue };
        let mut message = observe(&inner, Came::Attached);
        if message.forged.is_none() {
            // Somebody's own letter, on which the marketplace's may hang.
            look(&inner, depth - 1, room, found);
            continue;
        }
        room.bytes -= bytes.len();
        // They are in it, and it is kept as it is.
        message.attachments.iter_mut().for_each(|file| file.content = Vec::new());
        message.attachments.insert(0, itself(part, bytes));
        found.letters.push(message);
    }
}

/// The bytes of a part that is a letter, by its type or by the ending of its name.
fn letter_in<'a>(part: &'a MessagePart<'_>) -> Option<&'a [u8]> {
    if let PartType::Message(message) = &part.body {
        return Some(message.raw_message());
    }
    let name = part.attachment_name().unwrap_or_default().trim_end().to_ascii_lowercase();
    if !name.ends_with(".eml") && !name.ends_with(".emlx") {
        return None;
    }
    let bytes = part.contents();
    let beginning = bytes.get(..TOLD_BY).unwrap_or(bytes);
    (recognize(beginning) == Some(MailFormat::Eml)).then_some(bytes)
}

/// The letter as it was attached, so that a person can keep it as evidence.
fn itself(part: &MessagePart<'_>, bytes: &[u8]) -> ObservedAttachment {
    const UNNAMED: &str = "letter.eml";
    let name = line(part.attachment_name().unwrap_or_default());
    ObservedAttachment {
        name: if name.is_empty() { UNNAMED.to_owned() } else { name },
        media_type: "message/rfc822".to_owned(),
        bytes: bytes.len() as u64,
        content: bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Letter, MailError, parse_whole};
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    use buyerwatch_domain::{Forgery, MessageKind};

    const ALIAS: &str = "a1b2c3d4e5f6g7@marketplace.amazon.de";

    /// A buyer's letter that claims to have been checked.
    fn inner() -> String {
        format!(
            "Authentication-Results: mx.shop.example; dmarc=pass header.from=marketplace.amazon.de\r\n\
             From: \"Mira Feldt\" <{ALIAS}>\r\nTo: shop@example.com\r\nMessage-ID: <m1@x>\r\n\
             Subject: Frage (Bestellung: 305-1234567-7654321)\r\n\r\nI want my money."
        )
    }

    fn hung(from: &str, head: &str, content: &str) -> String {
        format!(
            "From: {from}\r\nSubject: Fwd\r\nMessage-ID: <c@shop.example>\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
             please look\r\n--b\r\n{head}\r\n\r\n{content}\r\n--b--\r\n"
        )
    }

    fn file(name: &str, letter: &str) -> (String, String) {
        let head = format!(
            "Content-Type: application/octet-stream; name=\"{name}\"\r\n\
             Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64"
        );
        (head, BASE64_STANDARD.encode(letter))
    }

    fn read(letter: &str) -> Letter {
        parse_whole(letter.as_bytes(), None).unwrap()
    }

    const AGENT: &str = "Support <agent@shop.example>";
    const RFC822: &str = "Content-Type: message/rfc822";

    #[test]
    fn a_marketplaces_letter_on_a_strangers_is_read_and_believed_by_nobody() {
        let (head, content) = file("Frage.EML", &inner());
        for carrier in [hung(AGENT, RFC822, &inner()), hung(AGENT, &head, &content)] {
            let found = read(&carrier);
            assert_eq!(found.message, ObservedMessage::default());
            let [one] = found.attached.as_slice() else { panic!("{found:?}") };
            assert_eq!((one.kind, one.forged), (MessageKind::Buyer, Some(Forgery::Attached)));
            assert_eq!((&*one.message_id, &*one.alias), ("m1@x", ALIAS));
            assert_eq!((&*one.order_id, &*one.body), ("305-1234567-7654321", "I want my money."));
            assert_eq!(one.compared(), None);
            let [whole] = one.attachments.as_slice() else { panic!("{one:?}") };
            assert_eq!(whole.media_type, "message/rfc822");
            assert_eq!(String::from_utf8_lossy(&whole.content), inner());
            assert!(whole.name.to_ascii_lowercase().ends_with(".eml"), "{}", whole.name);
            assert!(!found.has_more);
        }
    }

    #[test]
    fn what_hangs_on_a_marketplaces_letter_stays_with_it() {
        let found = read(&hung(&format!("<{ALIAS}>"), RFC822, &inner()));
        assert_eq!((found.message.forged, found.attached.len()), (None, 0));
        let [file] = found.message.attachments.as_slice() else { panic!("{found:?}") };
        assert_eq!(String::from_utf8_lossy(&file.content), inner());
        // One that only seems to be the marketplace's is a stranger's.
        let found = read(&hung("Amazon <agent@shop.example>", RFC822, &inner()));
        assert_eq!(found.message.forged, Some(Forgery::Lookalike));
        assert_eq!(found.attached.len(), 1);
    }

    #[test]
    fn letters_of_no_marketplace_are_passed_over() {
        let private = "From: friend@example.com\r\nSubject: Lunch\r\n\r\nAt noon.";
        // What came back to the shop, which nobody knows to be its own.
        let bounced =
            format!("From: shop@example.com\r\nTo: <{ALIAS}>\r\nSubject: Re\r\n\r\nSorry.");
        let (head, content) = file("notes.eml", "no letter at all");
        for carrier in [
            hung(AGENT, RFC822, private),
            hung(AGENT, RFC822, &bounced),
            hung(AGENT, &head, &content),
            hung(AGENT, "Content-Type: text/plain; name=x.txt", &inner()),
        ] {
            let found = read(&carrier);
            assert_eq!((found.attached.len(), found.has_more), (0, false), "{carrier}");
        }
        let lookalike = inner().replace("marketplace.amazon.de", "marketplace.amaz0n.de");
        let found = read(&hung(AGENT, RFC822, &lookalike));
        assert_eq!(found.attached[0].forged, Some(Forgery::Lookalike));
    }

    #[test]
    fn letters_within_letters_are_found_as_deep_as_people_hand_them_on() {
        let mut carrier = inner();
        for depth in 1..=5 {
            let (head, content) = file("fwd.eml", &carrier);
            carrier = hung(AGENT, &head, &content);
            let found = read(&carrier);
            let expected = if depth <= DEPTH_MAX { (1, false) } else { (0, true) };
            assert_eq!((found.attached.len(), found.has_more), expected, "{depth}");
        }
    }

    #[test]
    fn bombs_stay_refused_however_they_are_wrapped() {
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(1000);
        assert_eq!(
            parse_whole(hung(AGENT, RFC822, &nested).as_bytes(), None),
            Err(MailError::TooComplex)
        );
        let (head, content) =
            file("x.eml", &format!("From: a@b.example\r\nSubject: x\r\n{nested}"));
        let found = read(&hung(AGENT, &head, &content));
        assert_eq!((found.attached.len(), found.has_more), (0, true));
        // Many beside one another are read up to a number.
        let (head, content) = file("x.eml", &inner());
        let part = format!("{head}\r\n\r\n{content}\r\n--b\r\n");
        let many = hung(AGENT, &part.repeat(ATTACHMENTS_MAX + 5), "");
        let found = read(&many);
        assert_eq!((found.attached.len(), found.has_more), (ATTACHMENTS_MAX, true));
    }
}
