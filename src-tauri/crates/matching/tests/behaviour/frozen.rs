//! Normal forms and tokens are stored in vaults, identities in journals that several devices share.
//! If a vector changes, raise `SCHEME` and make stored tokens anew where the plaintext exists.

use crate::support::{key, order, place, tokens};
use buyerwatch_domain::IdentifierKind;
use buyerwatch_matching::normalise::{
    address, alias, marketplace_id, name, order_id, phone, postcode, user_name,
};
use buyerwatch_matching::{SCHEME, identifier_tokens, identity_token};

#[test]
fn one_form_of_each_kind() {
    assert_eq!(SCHEME, 2);
    assert_eq!(
        alias("A1B2C3D4E5F6G7+9f8e7d6c@Marketplace.Amazon.de").as_deref(),
        Ok("a1b2c3d4e5f6g7@marketplace.amazon.de")
    );
    assert_eq!(marketplace_id(" a3h6exampleid ").as_deref(), Ok("A3H6EXAMPLEID"));
    assert_eq!(phone("0931/12345670", Some("DE")).unwrap().e164, "+4993112345670");
    assert_eq!(user_name("@Erika_B").as_deref(), Ok("erika_b"));
    assert_eq!(order_id("302–1234567–7654321").as_deref(), Ok("302-1234567-7654321"));
    assert_eq!(postcode("sw1a 1aa", None).as_deref(), Ok("sw1a1aa"));
    let form = name("Frau Dr. Jürgen-Maria MÜLLER").unwrap();
    assert_eq!(form.full.as_deref(), Some("jurgen maria muller"));
    assert_eq!(form.family.as_deref(), Some("muller"));
    let form = name("王 伟").unwrap();
    assert_eq!((form.full.as_deref(), form.family.as_deref()), (Some("王伟"), Some("王")));
    let forms = [
        place(&["12 N Main Street", "Apt 4B"], "Springfield", "IL", "62704-1234", "US"),
        place(&["Königsgasse 14 a"], "Würzburg", "", "97070", "DE"),
        place(&["千代田1丁目2番3号", "見本ビル101号室"], "千代田区", "東京都", "100-0001", "JP"),
        place(&["广东省深圳市南山区样例路12号3栋402室"], "", "", "518000", "CN"),
    ]
    .map(|parts| address(&parts).unwrap());
    let keys: Vec<&String> =
        forms.iter().flat_map(|form| form.keys.iter().chain(&form.without_district)).collect();
    assert_eq!(
        keys,
        [
            "#4b main n st|12|62704",
            "konigsgasse|14a|97070",
            "千代田1-2-3見本ビル101|1000001",
            "南山/样例路12-3-402|518000",
            "样例路12-3-402|518000",
        ]
    );
}

#[test]
fn one_token_of_each_kind() {
    let tokens_of = [
        (IdentifierKind::Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de"),
        (IdentifierKind::MarketplaceId, "A3HEXAMPLEID"),
        (IdentifierKind::Phone, "+4993112345670"),
        (IdentifierKind::Name, "Erika Beispiel"),
        (IdentifierKind::Address, "Königsgasse 14, 97070 Würzburg"),
        (IdentifierKind::UserName, "erika_b"),
        (IdentifierKind::OrderId, "302-1234567-7654321"),
    ]
    .map(|(kind, value)| identifier_tokens(&key(), kind, value).unwrap().exact[0].0);
    assert_eq!(
        tokens_of,
        [
            -4_897_341_360_278_252_208,
            -7_467_910_198_064_493_175,
            8_024_872_503_028_754_231,
            -8_121_461_595_381_576_738,
            687_769_059_803_305_476,
            5_156_063_590_538_532_177,
            4_350_232_640_471_677_953,
        ]
    );
    let mut seen = order("Erika Beispiel", &["Königsgasse 14"], "Würzburg", "97070");
    seen.ship_to.country = "DE".into();
    let carried = tokens(&seen);
    let parts = [carried.buyer_name.family, carried.postcode, carried.country];
    assert_eq!(
        parts.map(|token| token.map(|token| token.0)),
        [
            Some(-2_865_276_797_197_717_607),
            Some(-8_172_075_891_469_355_003),
            Some(-7_126_985_740_315_886_555),
        ]
    );
}

#[test]
fn the_identity_of_each_kind() {
    let mut seen = order("Erika Beispiel", &["Königsgasse 14"], "Würzburg", "97070");
    let placed = identity_token(&tokens(&seen));
    assert_eq!(placed.0, -8_425_461_565_386_917_824);
    seen.alias = "a1b2c3d4e5f6g7@marketplace.amazon.de".into();
    assert_eq!(Some(identity_token(&tokens(&seen))), tokens(&seen).alias);
}
