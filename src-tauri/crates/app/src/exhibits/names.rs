//! What the name of a file tells: order IDs, tracking numbers, what it probably shows.

use buyerwatch_domain::{ExhibitKind, ExhibitLink};
use buyerwatch_media::Class;
use buyerwatch_vault::{Read, VaultError};

/// Exhibits and incidents that are looked at for one tracking number.
const MENTIONS: u32 = 20;

/// Runs of letters and digits.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Amazon's order IDs, such as `305-1234567-7654321` or `D01-1234567-7654321`, however the groups
/// are kept apart.
pub(super) fn order_ids(name: &str) -> Vec<String> {
    let parts: Vec<&str> = words(name).collect();
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut found: Vec<String> = Vec::new();
    for window in parts.windows(3) {
        let [first, second, third] = window else { continue };
        // Words may stand close by: `Order305-1234567-7654321back`.
        let first = first.to_ascii_uppercase();
        let Some((before, first)) =
            first.len().checked_sub(3).and_then(|at| first.split_at_checked(at))
        else {
            continue;
        };
        let third = third.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let digital = first.strip_prefix(['D', 'S']).is_some_and(|rest| digits(rest, 2));
        if before.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (digits(first, 3) || digital)
            && digits(second, 7)
            && digits(third, 7)
        {
            let id = format!("{first}-{second}-{third}");
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

/// Tracking numbers whose form says that they are one.
pub(super) fn tracking_numbers(name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words(name).map(str::to_ascii_uppercase) {
        if is_tracking_number(&word) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

fn is_tracking_number(word: &str) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let digits_after = |prefix: &str, lengths: std::ops::RangeInclusive<usize>| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| all_digits(rest) && lengths.contains(&rest.len()))
    };
    // UPS; Amazon Logistics; DHL; SF Express; YunExpress; SSCC of parcels; USPS.
    (word.len() == 18 && word.starts_with("1Z"))
        || digits_after("TBA", 12..=12)
        || digits_after("JJD", 15..=22)
        || digits_after("JVGL", 12..=22)
        || digits_after("SF", 12..=15)
        || digits_after("YT", 13..=16)
        || (word.len() == 20 && word.starts_with("00") && all_digits(word))
        || (word.len() == 22 && word.starts_with('9') && all_digits(word))
        || is_postal(word)
}

/// The number of a postal item with its check digit (UPU standard S10).
fn is_postal(word: &str) -> bool {
    let bytes = word.as_bytes();
    let (Some(service), Some(serial), Some(check), Some(country)) =
        (bytes.get(..2), bytes.get(2..10), bytes.get(10), bytes.get(11..13))
    else {
        return false;
    };
    let letters = |part: &[u8]| part.iter().all(u8::is_ascii_uppercase);
    if bytes.len() != 13
        || !letters(service)
        || !letters(country)
        || !serial.iter().chain([check]).all(u8::is_ascii_digit)
    {
        return false;
    }
    let weights = [8u32, 6, 4, 2, 3, 5, 9, 7];
    let sum: u32 = serial.iter().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    let expected = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        other => other,
    };
    u32::from(check - b'0') == expected
}

/// What a file probably shows. A guess that a person corrects.
pub(crate) fn kind_of(name: &str, class: Class) -> ExhibitKind {
    use ExhibitKind as K;
    let name = name.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| name.contains(word));
    // A note about the packing shows no packing, whatever it is called.
    let (film, picture) = (class == Class::Video, class == Class::Image);
    let seen = film || picture;
    let label = says(&["label", "面单", "etikett"]);
    let returned =
        says(&["return", "退货", "退回", "retour", "rücksend", "ruecksend", "came back"]);
    if returned && label {
        K::Label
    } else if seen && returned {
        K::ReturnPhoto
    } else if seen && says(&["pack", "打包", "包装", "发货", "装箱", "verpack"]) {
        if film { K::PackingVideo } else { K::PackingPhoto }
    } else if says(&["label", "面单", "etikett", "快递单"]) {
        K::Label
    } else if says(&["track", "deliver", "物流", "妥投", "签收", "zustell", "sendung", "livraison"])
        || !tracking_numbers(&name).is_empty()
    {
        K::Tracking
    } else if class == Class::Mail
        || says(&["message", "chat", "mail", "消息", "聊天", "邮件", "对话", "nachricht"])
    {
        K::Message
    } else if says(&["phone", "call", "电话", "通话", "anruf", "telefon"]) || class == Class::Audio
    {
        K::PhoneNote
    } else if film {
        K::PackingVideo
    } else if says(&["order", "订单", "bestell", "commande"]) || !order_ids(&name).is_empty() {
        K::OrderPage
    } else {
        K::Other
    }
}

/// What a file belongs to by its name alone: the orders that it names, and what a tracking number
/// in it is known to belong to, if that is one thing.
pub(crate) fn named_in(read: &Read<'_>, name: &str) -> Result<Vec<ExhibitLink>, VaultError> {
    let mut links: Vec<ExhibitLink> = order_ids(name).into_iter().map(order).collect();
    for number in tracking_numbers(name) {
        let known = tracked(read, &number)?;
        let orders: Vec<_> =
            known.iter().filter(|to| matches!(to, ExhibitLink::Order { .. })).collect();
        let sure = match (&orders[..], &known[..]) {
            ([order], _) => Some(*order),
            ([], [only]) => Some(only),
            _ => None,
        };
        if let Some(to) = sure
            && !links.contains(to)
        {
            links.push(to.clone());
        }
    }
    Ok(links)
}

fn order(order_id: String) -> ExhibitLink {
    ExhibitLink::Order { order_id }
}

/// All that a tracking number is known to belong to: the order of a return that came back under it, what
/// exhibits of that name belong to, and incidents in whose text it stands.
pub(super) fn tracked(read: &Read<'_>, number: &str) -> Result<Vec<ExhibitLink>, VaultError> {
    let mut known: Vec<ExhibitLink> =
        read.orders_returned_under(number, MENTIONS)?.into_iter().map(order).collect();
    let exhibits = read.exhibits_named(number, MENTIONS)?;
    let incidents = read.incidents_mentioning(number, MENTIONS)?;
    let incidents =
        incidents.into_iter().map(|(buyer, incident)| ExhibitLink::Incident { buyer, incident });
    for link in exhibits.into_iter().flat_map(|exhibit| exhibit.links).chain(incidents) {
        if !known.contains(&link) {
            known.push(link);
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_ids_are_found_however_they_are_written() {
        for (name, found) in [
            ("305-1234567-7654321.png", vec!["305-1234567-7654321"]),
            ("IMG 305_1234567_7654321 (2).jpg", vec!["305-1234567-7654321"]),
            (
                "打包305-1234567-7654321和028-7654321-1234567.mp4",
                vec!["305-1234567-7654321", "028-7654321-1234567"],
            ),
            ("d01-1234567-7654321.pdf", vec!["D01-1234567-7654321"]),
            ("Order305-1234567-7654321back.png", vec!["305-1234567-7654321"]),
            ("1305-1234567-7654321.png", vec![]),
            ("305-123456-7654321.png", vec![]),
            ("2026-11-20 screenshot.png", vec![]),
        ] {
            assert_eq!(order_ids(name), found, "{name}");
        }
    }

    #[test]
    fn tracking_numbers_are_told_by_their_form() {
        for number in [
            "1Z999AA10123456784",
            "RR473124829DE",
            "TBA123456789012",
            "00340434161094022115",
            "9400111899223817576194",
            "SF1234567890123",
        ] {
            assert_eq!(tracking_numbers(&format!("pod_{number}.pdf")), [number]);
        }
        for other in ["RR473124828DE", "IMG20261120101112", "305-1234567-7654321", "4711"] {
            assert!(tracking_numbers(&format!("{other}.pdf")).is_empty(), "{other}");
        }
    }

    #[test]
    fn kinds_are_guessed_by_name_and_content() {
        use ExhibitKind as K;
        for (name, class, kind) in [
            ("packing 4711.mp4", Class::Video, K::PackingVideo),
            ("打包.jpg", Class::Image, K::PackingPhoto),
            ("VID_0001.mp4", Class::Video, K::PackingVideo),
            ("return label.pdf", Class::Pdf, K::Label),
            ("退货照片.jpg", Class::Image, K::ReturnPhoto),
            ("RR473124829DE.pdf", Class::Pdf, K::Tracking),
            ("thread.eml", Class::Mail, K::Message),
            ("305-1234567-7654321.png", Class::Image, K::OrderPage),
            ("call.ogg", Class::Audio, K::PhoneNote),
            ("x.bin", Class::Other, K::Other),
            // What it holds counts, too.
            ("packing note.txt", Class::Text, K::Other),
            ("打包记录.pdf", Class::Pdf, K::Other),
            ("returned things.txt", Class::Text, K::Other),
            ("return film.mp4", Class::Video, K::ReturnPhoto),
            ("return request.eml", Class::Mail, K::Message),
            ("packing call.ogg", Class::Audio, K::PhoneNote),
            ("packing 305-1234567-7654321.txt", Class::Text, K::OrderPage),
        ] {
            assert_eq!(kind_of(name, class), kind, "{name}");
        }
    }
}
