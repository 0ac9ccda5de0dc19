use super::*;
use crate::hex;
use buyerwatch_domain::{
    AlertId, BlobId, BuyerId, ExhibitId, ExhibitKind, ExhibitLink, IdentifierId, IncidentId,
    ListingId, Reason, ReasonField, ReasonNote, SeenOrder, Tier, Token,
};

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn alert_raised() -> Event {
    let reason = Reason {
        field: ReasonField::Alias,
        identifier: Some(IdentifierId::from_bytes([4; 16])),
        similarity: 1.0,
        weight: 19.3,
        note: ReasonNote::Exact,
    };
    Event::AlertRaised {
        alert: AlertId::from_bytes([1; 16]),
        buyer: BuyerId::from_bytes([2; 16]),
        listing: ListingId::from_bytes([3; 16]),
        order: SeenOrder {
            order_id: "305-1234567-7654321".to_owned(),
            marketplace: "Amazon.de".to_owned(),
            at: Timestamp::from_millis(1_780_000_000_000),
            identity: Token(-5),
            message: String::new(),
        },
        tier: Tier::Alert,
        score: 19.3,
        reasons: vec![reason],
        latency_ms: 412,
    }
}

fn header(event: &Event, salt: &[u8; 32], payload: &[u8]) -> Header {
    let actor = PersonId::from_bytes([9; 16]);
    let commit = commit(salt, payload);
    Header {
        space_id: [5; 16],
        device_id: key().verifying_key().to_bytes(),
        seq: 41,
        prev: Some([6; 32]),
        hlc: (1_780_000_000_123 << 16) | 2,
        deps: vec![Dep { device: [8; 32], seq: 3, hash: [10; 32] }],
        app_version: "0.1.0".to_owned(),
        ..Header::draft(event.kind(), event.entity(), actor, commit, payload)
    }
}

/// The format of the journal. If this fails, journals that exist can no longer be verified: their
/// hashes, signatures or payloads would be computed over other bytes. Never change what is
/// expected; add a new version of the format instead.
#[test]
fn format_is_frozen() {
    let event = alert_raised();
    let salt = [11; 32];
    let payload = payload(&event, Timestamp::from_millis(1_780_000_000_456)).unwrap();
    assert_eq!(hex::encode(&payload), PAYLOAD);
    let header = header(&event, &salt, &payload);
    let sealed = seal(&header, &key()).unwrap();
    assert_eq!(hex::encode(&header.payload_commit), COMMIT);
    assert_eq!(hex::encode(&sealed.header), HEADER);
    assert_eq!(hex::encode(&sealed.signature), SIGNATURE);
    assert_eq!(hex::encode(&sealed.hash), HASH);
}

const PAYLOAD: &str = concat!(
    "a26261741b0000019e704489c86464617461a8647469657265616c65727465616c6572747820303130313031",
    "3031303130313031303130313031303130313031303130313031656275796572782030323032303230323032",
    "30323032303230323032303230323032303230323032656f72646572a46261747818323032362d30352d3238",
    "5432303a32363a34302e3030305a686964656e7469747924686f726465725f6964733330352d313233343536",
    "372d373635343332316b6d61726b6574706c61636569416d617a6f6e2e64656573636f7265fb40334ccccccc",
    "cccd676c697374696e6778203033303330333033303330333033303330333033303330333033303330333033",
    "67726561736f6e7381a5646e6f7465656578616374656669656c6465616c69617366776569676874fb40334c",
    "cccccccccd6a6964656e74696669657278203034303430343034303430343034303430343034303430343034",
    "3034303430346a73696d696c6172697479f93c006a6c6174656e63795f6d7319019c",
);
const COMMIT: &str = "bf8b297e805ec1922001ed99a692af1d5feedffc14473a46aaeb66d38fa9c018";
const HEADER: &str = concat!(
    "b261760163686c631b019e7044887b0002637365711829646465707381835820080808080808080808080808",
    "08080808080808080808080808080808080808080358200a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
    "0a0a0a0a0a0a0a0a0a0a0a646b696e646c616c6572742e726169736564647072657658200606060606060606",
    "06060606060606060606060606060606060606060606060666736368656d6101686163746f725f6964500909",
    "09090909090909090909090909096863617573655f6964f66873706163655f69645005050505050505050505",
    "05050505050569626c6f625f7265667380696465766963655f69645820ea4a6c63e29c520abef5507b132ec5",
    "f9954776aebebe7b92421eea691446d22c69656e746974795f69645001010101010101010101010101010101",
    "6a6d696e5f726561646572016b6170705f76657273696f6e65302e312e306b656e746974795f747970656561",
    "6c6572746b7061796c6f61645f6c656e1901826e7061796c6f61645f636f6d6d69745820bf8b297e805ec192",
    "2001ed99a692af1d5feedffc14473a46aaeb66d38fa9c018",
);
const SIGNATURE: &str = concat!(
    "f396f824bc4bfbbc397b0b613ddfd27869ba682068d1a2a30f012e87d9f4d952f346f58a6ec680992faf798f",
    "4be75cdf8cb7f2a3fb227780354e8de098142d0a",
);
const HASH: &str = "46d016be0aee9ba9d03585e9ff709621ad1bec737531267d87aafe4af80ffbc0";

fn exhibit_added() -> Event {
    Event::ExhibitAdded {
        exhibit: ExhibitId::from_bytes([1; 16]),
        exhibit_kind: ExhibitKind::PackingVideo,
        name: "packing.mp4".to_owned(),
        sha256: "0f".repeat(32),
        bytes: 4_294_967_297,
        media_type: "video/mp4".to_owned(),
        captured_at: Some(Timestamp::from_millis(1_780_000_000_000)),
        captured_offset: None,
        blob: BlobId::from_bytes([2; 32]),
        derived_from: Some(ExhibitId::from_bytes([3; 16])),
        links: vec![
            ExhibitLink::Buyer { buyer: BuyerId::from_bytes([4; 16]) },
            ExhibitLink::Incident {
                buyer: BuyerId::from_bytes([4; 16]),
                incident: IncidentId::from_bytes([5; 16]),
            },
            ExhibitLink::Order { order_id: "305-1234567-7654321".to_owned() },
        ],
        purpose: None,
    }
}

/// The payload of evidence. If this fails, journals that exist lose their evidence: a payload that
/// cannot be read is set aside.
#[test]
fn evidence_is_frozen() {
    let event = exhibit_added();
    let at = Timestamp::from_millis(1_780_000_000_456);
    let payload = payload(&event, at).unwrap();
    assert_eq!(hex::encode(&payload), EXHIBIT);
    let header = header(&event, &[1; 32], &payload);
    assert_eq!((&*header.kind, &*header.entity_type), ("exhibit.added", "exhibit"));
    assert_eq!(super::event(&header, &payload).unwrap(), Some((event, at)));
}

const EXHIBIT: &str = concat!(
    "a26261741b0000019e704489c86464617461aa64626c6f627840303230323032303230323032303230323032",
    "3032303230323032303230323032303230323032303230323032303230323032303230323032303230323032",
    "3032646e616d656b7061636b696e672e6d70346562797465731b0000000100000001656c696e6b7383a26474",
    "7970656562757965726562757965727820303430343034303430343034303430343034303430343034303430",
    "3430343034a3647479706568696e636964656e74656275796572782030343034303430343034303430343034",
    "3034303430343034303430343034303468696e636964656e7478203035303530353035303530353035303530",
    "353035303530353035303530353035a26474797065656f72646572686f726465725f6964733330352d313233",
    "343536372d373635343332316673686132353678403066306630663066306630663066306630663066306630",
    "6630663066306630663066306630663066306630663066306630663066306630663066306630663066676578",
    "6869626974782030313031303130313031303130313031303130313031303130313031303130316a6d656469",
    "615f7479706569766964656f2f6d70346b63617074757265645f61747818323032362d30352d32385432303a",
    "32363a34302e3030305a6c646572697665645f66726f6d782030333033303330333033303330333033303330",
    "333033303330333033303330336c657868696269745f6b696e646d7061636b696e675f766964656f",
);

#[test]
fn an_entry_reads_back_as_it_was_written_and_encodes_to_the_same_bytes() {
    let event = alert_raised();
    let at = Timestamp::from_millis(1_780_000_000_456);
    let payload = payload(&event, at).unwrap();
    for optional in [false, true] {
        let mut header = header(&event, &[1; 32], &payload);
        if optional {
            header.prev = None;
            header.deps.clear();
            header.cause_id = Some([12; 16]);
            header.blob_refs = vec![[13; 32], [14; 32]];
        }
        let encoded = header.encode().unwrap();
        let read = Header::decode(&encoded).unwrap();
        assert_eq!(read, header);
        assert_eq!(read.encode().unwrap(), encoded);
        assert_eq!(super::event(&read, &payload).unwrap(), Some((event.clone(), at)));
    }
}

#[test]
fn a_signature_holds_for_its_header_its_device_and_nothing_else() {
    let event = alert_raised();
    let sealed = seal(&header(&event, &[1; 32], b"payload"), &key()).unwrap();
    let device = key().verifying_key().to_bytes();
    assert!(signed(&sealed.header, &sealed.signature, &device));
    for bit in 0..sealed.header.len() * 8 {
        let mut forged = sealed.header.clone();
        forged[bit / 8] ^= 1 << (bit % 8);
        assert!(!signed(&forged, &sealed.signature, &device), "bit {bit}");
    }
    let other = SigningKey::from_bytes(&[8; 32]);
    assert!(!signed(&sealed.header, &sealed.signature, &other.verifying_key().to_bytes()));
    let undomained = key().sign(&sealed.header).to_bytes();
    assert!(!signed(&sealed.header, &undomained, &device), "the domain is part of what is signed");
    assert!(!signed(&sealed.header, &[0; 64], &device));
    assert!(!signed(&sealed.header, &sealed.signature, &[0; 32]));
}

#[test]
fn bits_flipped_anywhere_in_a_header_never_panic_and_never_pass_for_the_original() {
    let event = alert_raised();
    let header = header(&event, &[1; 32], b"payload");
    let encoded = header.encode().unwrap();
    for bit in 0..encoded.len() * 8 {
        let mut flipped = encoded.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(Header::decode(&flipped).ok(), Some(header.clone()), "bit {bit}");
    }
    for cut in 0..encoded.len() {
        assert!(Header::decode(&encoded[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn what_a_newer_program_wrote_is_left_alone() {
    let event = alert_raised();
    let payload = payload(&event, Timestamp::from_millis(0)).unwrap();
    let plain = header(&event, &[1; 32], &payload);
    let newer = [
        Header { kind: "alert.escalated".to_owned(), ..plain.clone() },
        Header { min_reader: READER + 1, ..plain.clone() },
        Header { schema: SCHEMA + 1, ..plain },
    ];
    for header in newer {
        assert_eq!(super::event(&header, &payload).unwrap(), None);
    }
}

#[test]
fn an_entry_has_a_size_limit() {
    let event = Event::NoteAdded {
        buyer: BuyerId::from_bytes([2; 16]),
        note: buyerwatch_domain::NoteId::from_bytes([3; 16]),
        text: "长".repeat(100_000),
    };
    let refused = payload(&event, Timestamp::from_millis(0));
    assert!(matches!(refused, Err(VaultError::EventTooLarge)));
}
