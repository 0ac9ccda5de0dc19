//! Files that are no reports are refused with an error that says what was expected.

use buyerwatch_tests::bwatch::Bwatch;

#[test]
fn junk_is_refused_and_leaves_the_vault_as_it_was() {
    let bwatch = Bwatch::with_vault();
    let line = vec![b'a'; 20 << 20];
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[7; 4096]].concat();
    let zip = [&b"PK\x03\x04\x14\0\0\0\x08\0"[..], &[9; 4096]].concat();
    let junk: [(&str, &[u8]); 6] = [
        ("picture.png", &png),
        ("empty.txt", b""),
        ("archive.zip", &zip),
        ("one-line.txt", &line),
        ("zeros.txt", &[0; 65_536]),
        ("prose.txt", b"Dear team,\nplease find the orders below.\n"),
    ];
    for (name, bytes) in junk {
        let file = bwatch.input(name, bytes);
        let answer = bwatch.run(["import".as_ref(), file.as_os_str()]);
        assert_eq!(answer.status, Some(1), "{name}: {}", answer.json);
        let message = answer.json["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains("report"), "{name} says what was expected: {message:?}");
    }
    bwatch.assert_whole();
    assert_eq!(bwatch.alerts(), []);
}
