//! What is pasted into the look-up: whole labels, as pages and chats have them.

use crate::{
    Manner,
    lookup::find::{Find, LookupItem},
    testing::{Bench, Line, fresh, line},
};
use buyerwatch_domain::{BuyerId, IdentifierKind};

const ALIAS: &str = "w2e4r6t8z1u3i5@marketplace.amazon.de";
const ORDER: &str = "305-4711001-8150815";
const MOBILE: &str = "+86 138 0000 1111";

/// Four records, each with one kind of thing that a label holds.
struct Known {
    bench: Bench,
    at_home: BuyerId,
    by_phone: BuyerId,
    by_alias: BuyerId,
    by_order: BuyerId,
}

fn known(name: &str, address: &str, phone: &str) -> Known {
    let bench = fresh(Manner::Unattended);
    for n in 1..30 {
        let Line { name, street, postal, .. } = line(n);
        let address = format!("{street}, {postal} Nordstadt, DE");
        bench.add_buyer(&[(IdentifierKind::Name, &name), (IdentifierKind::Address, &address)]);
    }
    for (name, address) in [
        ("李建国", "上海市徐汇区漕溪北路 18 号 200030"),
        ("陈美玲", "广东省深圳市南山区科技园南路 9 号 518057"),
        ("王立群", "北京市海淀区学院路 37 号 100191"),
        ("佐藤 花子", "〒530-0001 大阪府大阪市北区梅田2-4-9"),
    ] {
        bench.add_buyer(&[(IdentifierKind::Name, name), (IdentifierKind::Address, address)]);
    }
    Known {
        at_home: bench
            .add_buyer(&[(IdentifierKind::Name, name), (IdentifierKind::Address, address)]),
        by_phone: bench.add_buyer(&[(IdentifierKind::Phone, phone)]),
        by_alias: bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]),
        by_order: bench.add_buyer(&[(IdentifierKind::OrderId, ORDER)]),
        bench,
    }
}

impl Known {
    fn find(&self, query: &str) -> Vec<BuyerId> {
        let ask = Find { query: query.to_owned(), message_id: None };
        let found = self.bench.desk.lookup_find(ask).unwrap();
        let buyers = found.items.into_iter().filter_map(|item| match item {
            LookupItem::Buyer { id, .. } => Some(id),
            LookupItem::Order { .. } => None,
        });
        buyers.collect()
    }

    /// The label finds these and nobody else.
    #[track_caller]
    fn finds(&self, query: &str, expected: &[BuyerId]) {
        let mut found = self.find(query);
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn a_chinese_label_is_taken_apart_whatever_stands_between() {
    let known = known("王小明", "浙江省杭州市西湖区文三路 100 号 3 栋 502 室", MOBILE);
    for label in [
        "收件人：王小明 电话：13800001111 地址：浙江省杭州市西湖区文三路100号3栋502室",
        "收件人：王小明，电话：13800001111，地址：浙江省杭州市西湖区文三路100号3栋502室，邮编：310012",
        "姓名:王小明 手机:138 0000 1111 地址:浙江省杭州市西湖区文三路100号3栋502室",
        "收货人王小明电话13800001111地址浙江省杭州市西湖区文三路100号3栋502室",
        "收货人：王小明\n手机号码：13800001111\n所在地区：浙江省杭州市西湖区\n详细地址：文三路100号3栋502室",
        "收件人\t王小明\n电话\t+86 13800001111\n地址\t浙江省 杭州市 西湖区 文三路100号3栋502室",
        "王小明 13800001111 浙江省杭州市西湖区文三路100号3栋502室",
        "王小明13800001111浙江省杭州市西湖区文三路100号3栋502室",
        "王小明，13800001111，浙江省杭州市西湖区文三路100号3栋502室",
        "王小明、１３８００００１１１１、浙江省 杭州市 西湖区 文三路100号3栋502室",
        "浙江省杭州市西湖区文三路100号3栋502室，王小明，138-0000-1111",
        "浙江省杭州市西湖区文三路100号3栋502室 王小明 13800001111",
        "王小明\n13800001111\n浙江省杭州市西湖区文三路100号3栋502室",
        "王小明 浙江省杭州市西湖区文三路100号3栋502室 13800001111",
    ] {
        known.finds(label, &[known.at_home, known.by_phone]);
    }
    let all = "订单号：305-4711001-8150815 收件人：王小明 电话：13800001111 \
               邮箱：w2e4r6t8z1u3i5+x7@marketplace.amazon.de 地址：浙江省杭州市西湖区文三路100号3栋502室";
    known.finds(all, &[known.at_home, known.by_phone, known.by_alias, known.by_order]);
    known.finds("收件人：赵铁柱 电话：13911112222 地址：四川省成都市武侯区人民南路 5 号", &[]);
    // A caption and one value: as typed without it.
    known.finds("收件人：王小明", &[known.at_home]);
    known.finds("电话：138 0000 1111", &[known.by_phone]);
}

#[test]
fn a_label_in_latin_script_is_taken_apart() {
    let known = known(
        "Rosalinde Quastenberg",
        "Fliederstieg 14 Apt 6, 20095 Nordstadt, DE",
        "+49 40 5550177",
    );
    for label in [
        "Name: Rosalinde Quastenberg\nAddress: Fliederstieg 14 Apt 6\n20095 Nordstadt\nPhone: +49 40 5550177",
        "Name: Rosalinde Quastenberg Phone: +49 40 5550177 Address: Fliederstieg 14 Apt 6, 20095 Nordstadt",
        "Rosalinde Quastenberg\nFliederstieg 14 Apt 6\n20095 Nordstadt\nGermany\nTel. +49 (0)40 5550177",
        "Rosalinde Quastenberg, +49 40 5550177, Fliederstieg 14 Apt 6, 20095 Nordstadt",
        "Vorname: Rosalinde\nNachname: Quastenberg\nStraße: Fliederstieg 14 Apt 6\nPLZ: 20095\nOrt: Nordstadt\n\
         Telefon: 0049 40 5550177",
        "Nom : Rosalinde Quastenberg - Adresse : Fliederstieg 14 Apt 6, 20095 Nordstadt - Téléphone : +49405550177",
        "Nome: Rosalinde Quastenberg; Indirizzo: Fliederstieg 14 Apt 6, 20095 Nordstadt; Telefono: +49 40 5550177",
        "Nombre: Rosalinde Quastenberg Dirección: Fliederstieg 14 Apt 6, 20095 Nordstadt Teléfono: +49 40 5550177",
        "お名前：Rosalinde Quastenberg 電話番号：+49 40 5550177 住所：Fliederstieg 14 Apt 6, 20095 Nordstadt",
    ] {
        known.finds(label, &[known.at_home, known.by_phone]);
    }
    let all = "Order ID: 305-4711001-8150815\nBuyer: Rosalinde Quastenberg <w2e4r6t8z1u3i5@marketplace.amazon.de>\n\
               Ship to: Fliederstieg 14 Apt 6, 20095 Nordstadt, DE (+49 40 5550177)";
    let found = known.find(all);
    for buyer in [known.by_phone, known.by_alias, known.by_order] {
        assert!(found.contains(&buyer), "{found:?}");
    }
}

#[test]
fn a_japanese_label_is_taken_apart() {
    let known = known("山田 太郎", "〒150-0001 東京都渋谷区神宮前1-2-3", "+81 90 1234 5678");
    for label in [
        "〒150-0001\n東京都渋谷区神宮前1-2-3\n山田 太郎\n090-1234-5678",
        "氏名：山田 太郎 電話番号：090-1234-5678 住所：〒150-0001 東京都渋谷区神宮前1-2-3",
        "山田 太郎 〒150-0001 東京都渋谷区神宮前1-2-3 090-1234-5678",
    ] {
        known.finds(label, &[known.at_home, known.by_phone]);
    }
}

#[test]
fn a_long_page_is_no_reason_to_miss_its_number() {
    let known = known("王小明", "浙江省杭州市西湖区文三路 100 号 3 栋 502 室", MOBILE);
    let page = format!(
        "{}\n电话：13800001111\n{}",
        "您好，请尽快发货。\n".repeat(60),
        "谢谢。\n".repeat(60)
    );
    assert!(known.find(&page).contains(&known.by_phone));
}
