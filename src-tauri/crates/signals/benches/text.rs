//! `cargo bench -p buyerwatch-signals`: messages read in a second.
#![allow(clippy::unwrap_used)]

use buyerwatch_signals::{Reader, shipped_lists};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

fn reader() -> Reader {
    Reader::new(&shipped_lists().unwrap()).unwrap()
}

fn messages() -> Vec<&'static str> {
    let files = [
        include_str!("../tests/labelled/en.tsv"),
        include_str!("../tests/labelled/de.tsv"),
        include_str!("../tests/labelled/fr.tsv"),
        include_str!("../tests/labelled/it.tsv"),
        include_str!("../tests/labelled/es.tsv"),
        include_str!("../tests/labelled/pt.tsv"),
        include_str!("../tests/labelled/ja.tsv"),
        include_str!("../tests/labelled/zh.tsv"),
    ];
    let lines = files.into_iter().flat_map(|file| file.lines().skip(1));
    lines.filter_map(|line| line.split('\t').nth(1)).collect()
}

#[divan::bench]
fn prepare(bencher: Bencher) {
    let lists = shipped_lists().unwrap();
    bencher.bench(|| Reader::new(&lists).unwrap());
}

#[divan::bench]
fn short_messages(bencher: Bencher) {
    let (reader, messages) = (reader(), messages());
    bencher
        .counter(ItemsCount::new(messages.len()))
        .bench(|| messages.iter().map(|text| reader.read(text).findings.len()).sum::<usize>());
}

#[divan::bench(args = ["fuck you ", "if refund bad review ", "\u{301}a", "\u{201c}", "i would never write a bad review if refund "])]
fn hostile_megabyte(bencher: Bencher, part: &str) {
    let reader = reader();
    let text = part.repeat((1 << 20) / part.len());
    bencher.counter(BytesCount::of_str(&text)).bench(|| reader.read(&text));
}
