use crate::support::place;
use buyerwatch_domain::Address;
use buyerwatch_matching::normalise::{address, address_line};

fn agree(written: &str, parts: &Address) -> bool {
    let line = address_line(written).unwrap_or_else(|e| panic!("{written:?}: {e}"));
    let form = address(parts).unwrap_or_else(|e| panic!("{parts:?}: {e}"));
    form.keys.iter().any(|key| line.keys.contains(key))
}

#[track_caller]
fn assert_agree(parts: &Address, written: &[&str]) {
    for text in written {
        assert!(
            agree(text, parts),
            "{text:?} gives {:?}\n{parts:?} gives {:?}",
            address_line(text),
            address(parts)
        );
    }
}

#[test]
fn an_american_address_however_it_is_written() {
    let written = [
        "12 Main St, Springfield, IL 62704, US",
        "12 Main St, Springfield, IL 62704",
        "12 Main Street, Springfield 62704, United States",
        "12 Main St., Springfield, Illinois, 62704-1234, USA",
        "12 main street\nSpringfield, IL 62704\nUnited States",
        "12 Main St\r\nSpringfield IL 62704\r\n",
        "12 Main St Springfield IL 62704",
        "12 Main St, Springfield, IL, 62704, US",
        "Jo Sample\n12 Main St\nSpringfield, IL 62704",
        "  12  MAIN  ST ,SPRINGFIELD,IL 62704 ",
    ];
    for parts in [
        place(&["12 Main Street"], "Springfield", "IL", "62704", "US"),
        place(&["12 Main St"], "SPRINGFIELD", "Illinois", "62704-1234", "US"),
        place(&["12 main st."], "", "", "62704", ""),
        place(&["12 Main St", "Springfield, IL 62704"], "Springfield", "IL", "62704", "US"),
        place(&["", "12 Main St", ""], "Springfield", "IL", "627041234", "United States"),
    ] {
        assert_agree(&parts, &written);
    }
}

#[test]
fn units_however_they_are_written() {
    let parts = place(&["12 N Main St", "Apt 4B"], "Springfield", "IL", "62704", "US");
    assert_agree(
        &parts,
        &[
            "12 North Main Street, Apt 4B, Springfield, IL 62704",
            "12 N. Main St #4b, Springfield, IL 62704",
            "12 N Main St Apt. 4 B, Springfield, IL 62704",
            "Unit 4B, 12 N Main St, Springfield, IL 62704",
            "12 N Main St Apartment #4B\nSpringfield, IL 62704",
            "12 N Main St Apt 4B Springfield IL 62704",
            "12 North Main Street, Apt 4B, Springfield, IL, 62704, US",
        ],
    );
    for other in [
        "12 N Main St, Apt 5B, Springfield, IL 62704",
        "12 S Main St, Apt 4B, Springfield, IL 62704",
        "4 N Main St, Apt 12B, Springfield, IL 62704",
        "12 N Main St, Apt 4B, Springfield, IL 62705",
        "12 N Main St, Springfield, IL 62704",
        "12 N Main Rd, Apt 4B, Springfield, IL 62704",
    ] {
        assert!(!agree(other, &parts), "{other}");
    }
}

#[test]
fn german_addresses() {
    for parts in [
        place(&["Königsgasse 14"], "Würzburg", "", "97070", "DE"),
        place(&["Koenigsgasse 14"], "Wuerzburg", "Bayern", "97070", "Germany"),
        place(&["Erika Beispiel", "KÖNIGSGASSE 14"], "Würzburg", "", "D-97070", "DE"),
    ] {
        let written = [
            "Königsgasse 14, 97070 Würzburg",
            "Koenigsgasse 14, 97070 Wuerzburg, Deutschland",
            "Konigsgasse 14\nD-97070 Würzburg\nGermany",
            "Königsgasse 14 97070 Würzburg",
            "Königsgasse 14, Würzburg, 97070, DE",
        ];
        if parts.lines.len() == 1 {
            assert_agree(&parts, &written);
        }
    }
    let parts = place(&["Beispielstraße 5 a"], "Musterstadt", "", "01067", "DE");
    assert_agree(
        &parts,
        &[
            "Beispielstr. 5a, 01067 Musterstadt",
            "Beispiel Str. 5 A, 01067 Musterstadt",
            "BEISPIELSTRASSE 5A, 01067 MUSTERSTADT",
            "Beispiel-Straße 5a\n01067 Musterstadt",
        ],
    );
    let eaten = place(&["Beispielstraße 5a"], "Musterstadt", "", "1067", "DE");
    assert_agree(&eaten, &["Beispielstr. 5a, 01067 Musterstadt"]);
    assert!(!agree("Beispielstr. 5b, 01067 Musterstadt", &parts));
    assert!(!agree("Beispielweg 5a, 01067 Musterstadt", &parts));
}

#[test]
fn other_european_addresses() {
    assert_agree(
        &place(&["Flat 3", "12 Sample Road"], "London", "", "SW1A 1AA", "GB"),
        &[
            "Flat 3, 12 Sample Rd, London SW1A 1AA",
            "12 Sample Road, Flat 3, London, SW1A1AA, UK",
            "flat 3\n12 sample road\nLondon\nsw1a 1aa\nUnited Kingdom",
            "Flat 3, 12 Sample Road, London, SW1A 1AA, GB",
        ],
    );
    assert_agree(
        &place(&["Rose Cottage", "Mill Lane"], "Bath", "Somerset", "BA1 1AA", "GB"),
        &[
            "Rose Cottage, Mill Lane, Bath, BA1 1AA",
            "Rose Cottage, Mill Lane, Bath, Somerset BA1 1AA",
        ],
    );
    assert_agree(
        &place(&["7 av. de l'Exemple"], "Paris", "", "75001", "FR"),
        &["7 avenue de l’Exemple, 75001 Paris", "7, Avenue de l'Exemple, 75001 PARIS, France"],
    );
    assert_agree(
        &place(&["Via dell'Esempio, 9"], "Roma", "RM", "00184", "IT"),
        &["Via dell'Esempio 9, 00184 Roma RM", "via dell’esempio n. 9, 00184 Roma (RM), Italia"],
    );
    assert_agree(
        &place(&["C/ Ejemplo nº 3, piso 2"], "Madrid", "Madrid", "28001", "ES"),
        &["C/ Ejemplo 3, piso 2, 28001 Madrid", "C/ Ejemplo, 3, Piso 2, Madrid, 28001, España"],
    );
    assert_agree(
        &place(&["Voorbeeldstraat 7"], "Amsterdam", "", "1012 AB", "NL"),
        &["Voorbeeldstraat 7, 1012AB Amsterdam", "Voorbeeldstr. 7\n1012 AB Amsterdam"],
    );
    assert_agree(
        &place(&["ul. Przykładowa 5/7"], "Warszawa", "", "00-950", "PL"),
        &["Przykladowa 5/7, 00-950 Warszawa", "ul. Przykładowa 5/7\n00-950 Warszawa\nPolska"],
    );
    assert_agree(
        &place(&["Ringweg 3/4"], "Wien", "", "1010", "AT"),
        &["Ringweg 3/4, 1010 Wien", "Ringweg 3/4, A-1010 Wien, Österreich"],
    );
    assert!(!agree("Ringweg 4/3, 1010 Wien", &place(&["Ringweg 3/4"], "Wien", "", "1010", "AT")));
    assert_agree(
        &place(&["ул. Примерная, д. 5, кв. 7"], "Москва", "", "101000", "RU"),
        &["101000, Москва, ул. Примерная, д. 5, кв. 7", "ул. Примерная 5 кв 7, 101000 Москва"],
    );
}

#[test]
fn american_and_oceanian_addresses() {
    assert_agree(
        &place(&["100 Example Blvd", "Suite 12"], "Ottawa", "ON", "K1A 0B1", "CA"),
        &[
            "100 Example Boulevard, Suite 12, Ottawa, ON K1A 0B1",
            "100 Example Blvd #12, Ottawa ON K1A0B1, Canada",
        ],
    );
    assert_agree(
        &place(&["Unit 2, 9 King Street"], "Sydney", "NSW", "2000", "AU"),
        &[
            "Unit 2, 9 King St, Sydney NSW 2000",
            "Unit 2, 9 King Street, Sydney, NSW, 2000, Australia",
        ],
    );
    assert_agree(
        &place(&["Rua Exemplo, 123", "Apto 45"], "São Paulo", "SP", "01310-100", "BR"),
        &["Rua Exemplo 123, apto 45, São Paulo - SP, 01310-100, Brasil"],
    );
    assert_agree(
        &place(&["P.O. Box 77"], "Springfield", "IL", "62704", "US"),
        &["PO Box 77, Springfield, IL 62704"],
    );
}

#[test]
fn japanese_addresses() {
    for parts in [
        place(&["千代田1丁目2番3号", "見本ビル101号室"], "千代田区", "東京都", "100-0001", "JP"),
        place(&["千代田１－２－３", "見本ビル１０１"], "千代田区", "東京都", "1000001", "JP"),
        place(&["東京都千代田区千代田1-2-3 見本ビル101"], "", "", "〒100-0001", "JP"),
        place(&["千代田一丁目2-3 見本ビル 101号"], "東京", "", "100-0001", "日本"),
    ] {
        assert_agree(
            &parts,
            &[
                "〒100-0001 東京都千代田区千代田1-2-3 見本ビル101",
                "100-0001 東京都千代田区千代田１丁目２番３号 見本ビル１０１号室",
                "〒１００－０００１\n東京都千代田区千代田1-2-3\n見本ビル101号室\n日本",
                "千代田1-2-3, 見本ビル101, 千代田区, 東京都, 100-0001, JP",
            ],
        );
    }
    let parts = place(&["千代田1-2-3"], "千代田区", "東京都", "100-0001", "JP");
    for other in [
        "〒100-0001 東京都千代田区千代田3-2-1",
        "〒100-0001 東京都千代田区千代田1-23",
        "〒100-0002 東京都千代田区千代田1-2-3",
    ] {
        assert!(!agree(other, &parts), "{other}");
    }
    assert_agree(
        &place(&["見本1-2"], "四日市市", "三重県", "510-0001", "JP"),
        &["〒510-0001 三重県四日市市見本1-2", "〒510-0001 四日市市見本1丁目2番"],
    );
}

/// How two Chinese addresses agree: wholly, but for a district that one side names, or not.
fn agreement(written: &str, parts: &Address) -> &'static str {
    let line = address_line(written).unwrap_or_else(|e| panic!("{written:?}: {e}"));
    let form = address(parts).unwrap_or_else(|e| panic!("{parts:?}: {e}"));
    let meet = |some: &[String], others: &[String]| some.iter().any(|key| others.contains(key));
    if meet(&form.keys, &line.keys) {
        "whole"
    } else if meet(&form.keys, &line.without_district) || meet(&form.without_district, &line.keys) {
        "wide"
    } else {
        "no"
    }
}

#[test]
fn chinese_addresses() {
    let named = [
        "广东省深圳市南山区样例路12号3栋402室 518000",
        "中国广东省深圳市南山区样例路12号3栋402，518000",
        "518000 广东深圳市南山区样例路12号3栋402室",
        "样例路12号3栋402室, 南山区, 深圳市, 广东省, 518000, CN",
        "样例路12号3栋402室, 深圳市南山区, 广东省, 518000",
        "南山区样例路12号3栋402室, 深圳市, 广东省, 518000, CN",
    ];
    let unnamed =
        ["样例路12号3栋402室, 深圳市, 广东省, 518000, CN", "深圳市样例路12号3栋402, 518000"];
    let elsewhere = "广东省深圳市罗湖区样例路12号3栋402室 518000";
    for parts in [
        place(&["南山区样例路12号3栋402"], "深圳", "广东", "518000", "CN"),
        place(&["样例路12号3栋402"], "南山区", "深圳市", "518000", "CN"),
        place(&["样例路12号3栋402"], "深圳市 南山区", "广东", "518000", "CN"),
        place(&["广东省深圳市南山区样例路12号3栋402室"], "", "", "518000", "中国"),
        place(&["广东深圳市南山区", "样例路１２号 3栋 402室"], "", "", "518000", ""),
        place(&["南山區样例路12号3栋402"], "深圳", "广东", "518000", "CN"),
    ] {
        for text in named {
            assert_eq!(agreement(text, &parts), "whole", "{text} {parts:?}");
        }
        for text in unnamed {
            assert_eq!(agreement(text, &parts), "wide", "{text} {parts:?}");
        }
        assert_eq!(agreement(elsewhere, &parts), "no", "{parts:?}");
    }
    let parts = place(&["样例路12号3栋402室"], "深圳市", "广东省", "518000", "CN");
    for text in unnamed {
        assert_eq!(agreement(text, &parts), "whole", "{text}");
    }
    for text in named.iter().chain([&elsewhere]) {
        assert_eq!(agreement(text, &parts), "wide", "{text}");
    }
    // Many orders from China carry no postcode: the city takes its place.
    for (parts, with_district, without) in [
        (place(&["样例路12号3栋402室"], "深圳市", "广东省", "000000", "CN"), "wide", "whole"),
        (place(&["广东省深圳市南山区样例路12号3栋402室"], "", "", "", "CN"), "whole", "wide"),
        (place(&["样例路12号3栋402室"], "深圳市南山区", "", "", "CN"), "whole", "wide"),
    ] {
        for (text, expected) in [
            ("广东省深圳市南山区样例路12号3栋402室", with_district),
            ("样例路12号3栋402室, 深圳市, 广东省, CN", without),
            ("江苏省南京市玄武区样例路12号3栋402室", "no"),
        ] {
            assert_eq!(agreement(text, &parts), expected, "{text} {parts:?}");
        }
    }
    // A city of a lower level counts like a district.
    let parts = place(&["江苏省苏州市昆山市样例路12号3栋402室"], "", "", "215300", "CN");
    assert_eq!(agreement("江苏省苏州市昆山市样例路12号3栋402室 215300", &parts), "whole");
    assert_eq!(agreement("江苏省苏州市常熟市样例路12号3栋402室 215300", &parts), "no");
    // A housing estate is no district.
    let estate = place(&["样例小区3栋402"], "深圳市南山区", "广东省", "518000", "CN");
    assert_eq!(agreement("广东省深圳市南山区样例小区3栋402室 518000", &estate), "whole");
    assert_eq!(agreement("广东省深圳市南山区其他小区3栋402室 518000", &estate), "no");
}

#[test]
fn a_country_that_is_named_is_told() {
    for (written, country) in [
        ("Schulstr. 5, 12345 Musterstadt, Germany", Some("DE")),
        ("Schulstr. 5, 12345 Musterstadt, DE", Some("DE")),
        ("Schulstr. 5\n12345 Exempleville\nFrance", Some("FR")),
        ("Schulstr. 5, 12345 Exempleville, FR", Some("FR")),
        ("12 Main St, Springfield, IL 62704 US", Some("US")),
        ("12 Main St, Springfield, IL 62704, United States", Some("US")),
        ("518000 广东深圳市南山区样例路12号3栋402室, 中国", Some("CN")),
        ("100-0001, 東京都千代田区千代田1-2-3, JP", Some("JP")),
        ("8 Example Road, Kowloon, Hong Kong", Some("HK")),
        ("Schulstr. 5, 12345 Musterstadt", None),
        // A state, a province, a canton.
        ("12 Main St, Springfield 62704, IL", None),
        ("12 Main St, Fresno 93650, CA", None),
        ("1 Main St, Dover 19901, DE", None),
        ("Via dell'Esempio 9, 03100 Frosinone, FR", None),
        ("Beispielweg 3, 3000 Bern, BE", None),
        ("1 Example Road, St. John's A1A 1A1, NL", None),
        ("12 Main St, Springfield, IL", None),
    ] {
        let form = address_line(written).unwrap();
        assert_eq!(form.country.as_deref(), country, "{written}");
    }
}

#[test]
fn korean_addresses() {
    assert_agree(
        &place(&["강남구 견본로 152", "5층 501호"], "서울특별시", "", "06236", "KR"),
        &[
            "서울특별시 강남구 견본로 152 5층 501호 06236",
            "06236 서울 강남구 견본로 152, 5층 501호",
        ],
    );
}

#[test]
fn without_a_postcode_the_city_counts() {
    let parts = place(&["Flat 5, 8 Example Road"], "Kowloon", "", "", "HK");
    assert_agree(
        &parts,
        &["Flat 5, 8 Example Road, Kowloon, Hong Kong", "8 Example Rd Flat 5, Kowloon, HK"],
    );
    assert!(!agree("Flat 5, 8 Example Road, Wan Chai, HK", &parts));
}

#[test]
fn the_form_that_the_product_itself_writes_agrees() {
    for parts in [
        place(&["12 Main St", "Apt 4B"], "Springfield", "IL", "62704-1234", "US"),
        place(&["Königsgasse 14"], "Würzburg", "", "97070", "DE"),
        place(&["Königsgasse 14", "Hinterhaus"], "Würzburg", "Bayern", "97070", "DE"),
        place(&["Beispiel GmbH", "Königsgasse 14"], "Würzburg", "", "97070", "DE"),
        place(&["12 Sample Road"], "London", "Greater London", "SW1A 1AA", "GB"),
        place(&["Ringweg 3"], "Wien", "", "1010", "AT"),
        place(&["9 King Street"], "Sydney", "NSW", "2000", "AU"),
        place(&["Voorbeeldstraat 7"], "Amsterdam", "", "1012 AB", "NL"),
        place(&["千代田1-2-3"], "千代田区", "東京都", "100-0001", "JP"),
        place(&["样例路12号3栋402室"], "深圳市", "广东省", "518000", "CN"),
        place(&["样例路12号3栋402室"], "深圳市", "广东省", "", "CN"),
        place(&["Villa 5, Example Street"], "Dubai", "Dubai", "", "AE"),
        place(&["1200 Mill Lane", "Suite 1400"], "Springfield", "IL", "62704", "US"),
        place(&["12345 Long Street"], "Austin", "TX", "78701", "US"),
    ] {
        assert_agree(&parts, &[&parts.one_line(), &parts.one_line().replace(", ", "\n")]);
    }
}

#[test]
fn what_is_no_street_gives_a_postcode_at_most() {
    let form = address(&place(&[], "Springfield", "IL", "62704", "US")).unwrap();
    assert_eq!((form.keys.len(), form.postcode.as_deref()), (0, Some("62704")));
    for lines in [&["-"][..], &["n/a"], &["12"], &["."]] {
        assert!(
            address(&place(lines, "", "", "62704", "US")).unwrap().keys.is_empty(),
            "{lines:?}"
        );
    }
    assert!(address(&place(&[], "Springfield", "IL", "", "US")).is_err());
    assert!(address_line("Springfield").is_err());
    assert!(address_line("").is_err());
}

#[test]
fn short_forms_that_their_sign_tells() {
    let madrid = place(&["Calle Mayor 3"], "Madrid", "", "28013", "ES");
    assert_agree(&madrid, &["C/ Mayor, 3, 28013 Madrid", "C/Mayor 3, 28013 Madrid, Spain"]);
    // Without its sign it stays the letter of a building.
    let block = place(&["Mayor 3 C"], "Madrid", "", "28013", "ES");
    assert!(!agree("Calle Mayor 3, 28013 Madrid", &block));
}
