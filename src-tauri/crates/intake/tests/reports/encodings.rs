//! The text comes out right in every encoding, wherever its first character above ASCII stands.

use crate::generate::{self, Format, Plan, report};
use crate::{Drip, encoding_after, orders, rows};
use buyerwatch_intake::{Encoding, Hints, open};

/// The same text in UTF-8.
fn in_utf8(encoding: generate::Encoding, bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(encoding.mark()).unwrap();
    let table = match encoding {
        generate::Encoding::Utf8 | generate::Encoding::Utf8Bom => encoding_rs::UTF_8,
        generate::Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        generate::Encoding::Cp932 => encoding_rs::SHIFT_JIS,
        generate::Encoding::Gbk => encoding_rs::GBK,
        generate::Encoding::Utf16Le => encoding_rs::UTF_16LE,
        generate::Encoding::Utf16Be => encoding_rs::UTF_16BE,
    };
    table.decode_without_bom_handling_and_without_replacement(bytes).unwrap().into_owned().into()
}

fn code(encoding: generate::Encoding) -> &'static str {
    match encoding {
        generate::Encoding::Utf8 => "utf-8",
        generate::Encoding::Utf8Bom => "utf-8-bom",
        generate::Encoding::Windows1252 => "cp1252",
        generate::Encoding::Cp932 => "cp932",
        generate::Encoding::Gbk => "gbk",
        generate::Encoding::Utf16Le => "utf-16le",
        generate::Encoding::Utf16Be => "utf-16be",
    }
}

#[test]
fn every_format_reads_the_same_in_every_encoding() {
    for format in Format::ALL {
        for encoding in generate::Encoding::ALL {
            let plan = Plan { rows: 300, format, encoding, ..Plan::default() };
            let (bytes, _) = report(&plan);
            let read = orders(&*bytes);
            assert_eq!(read.len(), 300);
            assert_eq!(read, orders(&*in_utf8(encoding, &bytes)), "{format:?} {encoding:?}");
            assert_eq!(encoding_after(&bytes).code(), code(encoding), "{format:?}");
        }
    }
}

#[test]
fn what_was_written_is_what_is_read() {
    let people = generate::people(5, 40, generate::Encoding::Utf8);
    let plan = Plan { rows: 200, known: &people, known_per_100k: 100_000, ..Plan::default() };
    let (bytes, planted) = report(&plan);
    let read = orders(&*bytes);
    assert_eq!(planted.len(), read.len());
    for (order, planted) in read.iter().zip(planted) {
        let person = &people[planted.known];
        assert!([person.name.as_str(), "Amazon Customer"].contains(&order.buyer_name.as_str()));
        assert_eq!(order.alias, person.alias);
        assert_eq!(order.phone, person.phone);
        assert_eq!(order.ship_to.lines[0], person.street);
        assert_eq!(order.ship_to.city, person.city);
        assert_eq!(order.ship_to.postal, person.postal);
        assert_eq!(order.ship_to.country, person.country);
        assert_eq!(order.channel.0, person.channel);
        assert!(order.purchased_at.is_some() && order.quantity.is_some());
    }
}

#[test]
fn one_row_alone_tells_its_encoding() {
    use generate::Encoding::{Cp932, Gbk, Utf8, Windows1252};
    let mut wrong = Vec::new();
    let mut tried = 0;
    for encoding in [Utf8, Windows1252, Cp932, Gbk] {
        for format in Format::ALL {
            for seed in 0..120 {
                let plan = Plan { seed, rows: 1, format, encoding, ..Plan::default() };
                let (bytes, _) = report(&plan);
                tried += 1;
                if orders(&*bytes) != orders(&*in_utf8(encoding, &bytes)) {
                    wrong.push(String::from_utf8(in_utf8(encoding, &bytes)).unwrap());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong[0]);
}

#[test]
fn the_first_character_above_ascii_may_come_late() {
    for encoding in generate::Encoding::ALL {
        let plan = Plan { rows: 40, format: Format::NewOrders, encoding, ..Plan::default() };
        let (bytes, _) = report(&plan);
        let utf8 = in_utf8(encoding, &bytes);
        let (header, body) =
            utf8.split_at(utf8.iter().position(|byte| *byte == b'\n').unwrap() + 1);
        let mut text = header.to_vec();
        for row in 0..40_000 {
            let line = format!(
                "302-{row:07}-1234567\t{row}\t2026-11-02\t\t\tAnna Nowhere, nothing above ASCII\n"
            );
            text.extend_from_slice(line.as_bytes());
        }
        assert!(text.len() > 2 << 20);
        text.extend_from_slice(body);
        let mut late = encoding.mark().to_vec();
        encoding.encode(std::str::from_utf8(&text).unwrap(), &mut late);

        let mut reader = open(&*late, Hints::default()).unwrap();
        let mark = encoding.mark();
        assert_eq!(
            reader.encoding().code(),
            if mark.is_empty() { "utf-8" } else { code(encoding) },
            "nothing is decided before there is something to decide on"
        );
        let read = crate::rest(&mut reader);
        assert_eq!(reader.encoding().code(), code(encoding));
        assert!(read == rows(&*text), "{encoding:?}");
    }
}

#[test]
fn a_file_glued_together_keeps_the_text_of_each_part() {
    use generate::Encoding::{Cp932, Gbk, Utf8, Windows1252};
    for order in [
        [Utf8, Windows1252, Gbk, Cp932],
        [Cp932, Utf8, Windows1252, Gbk],
        [Windows1252, Cp932, Gbk, Utf8],
        [Gbk, Windows1252, Utf8, Cp932],
    ] {
        let mut glued = Vec::new();
        let mut expected = Vec::new();
        for encoding in order {
            let plan = Plan { rows: 80, encoding, format: Format::NewOrders, ..Plan::default() };
            let (bytes, _) = report(&plan);
            expected.extend_from_slice(&in_utf8(encoding, &bytes));
            glued.extend_from_slice(&bytes);
        }
        let (glued, expected) = (rows(&*glued), rows(&*expected));
        let wrong = glued.iter().zip(&expected).filter(|(a, b)| a != b).count();
        assert_eq!(wrong, 0, "of {} in {order:?}", expected.len());
    }
}

#[test]
fn a_damaged_row_does_not_turn_the_rest() {
    let header = "order-id\tpurchase-date\tbuyer-name\tship-city\n";
    let mut bytes = header.as_bytes().to_vec();
    for row in 0..50 {
        if row == 20 {
            bytes.extend_from_slice(
                b"302-0000020-1234567\t2026-11-02\tJ\xc3\xb6rg M\xc3\xbcl\xc3\tK\xc3\xb6ln\n",
            );
        } else if row == 30 {
            bytes.extend_from_slice(
                b"302-0000030-1234567\t2026-11-02\tJ\xf6rg M\xfcller\tK\xf6ln\n",
            );
        } else {
            let line = format!("302-{row:07}-1234567\t2026-11-02\tJörg Müller\tKöln\n");
            bytes.extend_from_slice(line.as_bytes());
        }
    }
    let read = orders(&*bytes);
    for (row, order) in read.iter().enumerate() {
        assert_eq!(order.ship_to.city, "Köln", "row {row}");
        let name = if row == 20 { "Jörg Mül\u{fffd}" } else { "Jörg Müller" };
        assert_eq!(order.buyer_name, name, "row {row}");
    }
    assert_eq!(encoding_after(&bytes), Encoding::Utf8);
}

#[test]
fn names_that_are_easily_mistaken_come_out_right() {
    let header = "order-id\tpurchase-date\tbuyer-name\tship-city\tship-country\n";
    let row = |name: &str, city: &str, country: &str| {
        format!("{header}302-1234567-1234567\t2026-11-02\t{name}\t{city}\t{country}\n")
    };
    let tables = [encoding_rs::WINDOWS_1252, encoding_rs::SHIFT_JIS, encoding_rs::GBK];
    for (table, name, city, country) in [
        // Letters whose pairs with the next letter are Chinese characters.
        (0, "Jörg Müller", "Würzburg", "DE"),
        (0, "Größe Süßmilch", "Gießen", "DE"),
        (0, "ÄNNE GROẞ".trim_end_matches('ẞ'), "KÖLN", "DE"),
        (0, "José Nuñez", "León", ""),
        (0, "„Anna“ – Lärm", "Paris", "FR"),
        (0, "Zoë", "Rom", ""),
        (0, "André", "Genf", "CH"),
        (0, "Åse Sørensen", "Ærø", "DK"),
        (0, "João Conceição", "São Tomé", "BR"),
        (0, "5 € im Café", "Wien", "AT"),
        // Half-width katakana, and characters only Microsoft's table has.
        (1, "ﾔﾏﾀﾞ ﾀﾛｳ", "ﾄｳｷｮｳ", "JP"),
        (1, "髙橋 﨑山", "ソ能表示", "JP"),
        (1, "田中", "Tokyo", "JP"),
        (1, "山田 太郎", "横浜市", "US"),
        // A name whose bytes are UTF-8 by accident, and rare characters.
        (2, "陆", "和平路", "CN"),
        (2, "联通", "深圳市", ""),
        (2, "王小明", "杭州市", "US"),
        // All that a Chinese spreadsheet keeps of Western Europe.
        (2, "José Müller", "Besançon".trim_end_matches("çon"), "FR"),
        (2, "朱镕基".trim_end_matches('基'), "喆", "CN"),
        (2, "Müller 王".trim_start_matches("Müller "), "上海", "DE"),
    ] {
        let text = row(name, city, country);
        let (bytes, _, lacking) = tables[table].encode(&text);
        assert!(!lacking, "{name}");
        let read = orders(&*bytes);
        assert_eq!(read[0].buyer_name, name);
        assert_eq!(read[0].ship_to.city, city);
    }
}

#[test]
fn unicode_text_of_a_spreadsheet_loses_its_quotes() {
    let text = "order-id\tpurchase-date\tproduct-name\trecipient-name\tship-address-1\tship-city\r\n\
                302-0000001-1234567\t2026-11-02\t\"He said \"\"hi\"\"\"\t\"Lind, J\u{f6}rg\"\t\"\"\"Haus\"\" 3\"\t\u{5927}\u{962a}\r\n\
                302-0000002-1234567\t2026-11-02\t\"\"\"\"\tAnna\t\"5\"\" Weg\"\t\r\n";
    let wide: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(encoding_after(&wide), Encoding::Utf16Le);
    for read in [orders(&*wide), orders(text.as_bytes()), orders(Drip(&wide, 1))] {
        assert_eq!(read[0].product, "He said \"hi\"");
        assert_eq!(read[0].recipient_name, "Lind, J\u{f6}rg");
        assert_eq!(read[0].ship_to.lines, ["\"Haus\" 3"]);
        assert_eq!(read[0].ship_to.city, "\u{5927}\u{962a}");
        assert_eq!(read[1].product, "\"");
        assert_eq!(read[1].ship_to.lines, ["5\" Weg"]);
    }
    // Nothing was quoted here, so a doubled quote is two.
    let text = "order-id\tpurchase-date\tproduct-name\n302-0000001-1234567\t\tPipe 5\"\" \n";
    assert_eq!(orders(text.as_bytes())[0].product, "Pipe 5\"\"");
}

/// Signs that are few in a file and read as usual text in every other encoding.
#[test]
fn valid_utf8_is_utf8_however_little_it_says() {
    let header = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\tproduct-name\t\
                  ship-address-1\tship-city\tship-postal-code\tship-country\tsales-channel\n";
    for (country, channel) in
        [("DE", "Amazon.de"), ("JP", "Amazon.co.jp"), ("CN", "Amazon.cn"), ("US", ""), ("", "")]
    {
        for title in
            ["LEGO® Set", "Kettle 80 °C", "2º B", "Coat ½", "Μπλούζα", "Рубашка", "Zoë", "García"]
        {
            let mut text = header.to_owned();
            for row in 0..30 {
                let name = if row == 20 { "Jörg Müller" } else { "Jo Sample" };
                text.push_str(&format!(
                    "302-1234567-{row:07}\t{row}\t2026-11-02T10:00:00+00:00\ta{row}bcdefgh@marketplace.\
                     amazon.de\t{name}\t{title}\tHauptweg 12\tBerlin\t10115\t{country}\t{channel}\n"
                ));
            }
            let read = orders(text.as_bytes());
            assert_eq!(encoding_after(text.as_bytes()), Encoding::Utf8, "{title} {country}");
            assert_eq!(read[20].buyer_name, "Jörg Müller", "{title} {country}");
            assert!(read.iter().all(|order| order.product == title), "{title} {country}");
        }
    }
}
