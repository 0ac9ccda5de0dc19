//! Findings against messages that were labelled by hand before any list was written.
//!
//! Half of them, by hash, is for tuning the lists; the other half is held out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use buyerwatch_signals::{Kind, Reader, shipped_lists};
use std::collections::BTreeSet;

/// Written after the lists, with other turns of phrase. The lists were widened by them: as first met
/// they gave a precision of .933 and a recall of .280.
const SECOND: &str = include_str!("labelled/second.tsv");
/// Written after that, in plainer words. As first met: precision .938, recall .938.
const THIRD: &str = include_str!("labelled/third.tsv");
/// Written after that and not tuned to.
const LAST: &str = include_str!("labelled/last.tsv");

/// Fair messages of another hand, near to what is none: reviews already written, the shop's own offers,
/// couriers, other people's reviews. As first met 22 of 98 were taken for something; the lists were mended
/// by them.
const FAIR: &str = include_str!("labelled/fair.tsv");

/// Fair messages near to the ones of that set, and abusive ones that were missed. The lists were widened
/// by them.
const NEAR: &str = include_str!("labelled/near.tsv");

/// Eight fair and eight abusive messages of each language. As first met: precision .790, recall .766, 13 of
/// 64 fair ones flagged; mended and widened by it.
const FOURTH: &str = include_str!("labelled/fourth.tsv");
/// As many again. As first met: precision .960, recall .750; widened by it.
const FIFTH: &str = include_str!("labelled/fifth.tsv");

/// What fair buyers write every day, with words that the lists look for: bats, codes, schools, transfers.
/// As first met 6 of 160 were taken for something; mended by them.
const EVERYDAY: &str = include_str!("labelled/everyday.tsv");

/// Ten more of each language. As first met 4 of 80 were taken for something; mended by them.
const DAILY: &str = include_str!("labelled/daily.tsv");

/// Fifteen more of each language, near to the words of the general families. As first met 7 of 120 were taken
/// for something; mended by them.
const COMMON: &str = include_str!("labelled/common.tsv");

/// As many again, of what buyers write in anger or by the way. As first met 4 of 120 were taken for something;
/// mended by them.
const PLAIN: &str = include_str!("labelled/plain.tsv");

/// Fair messages in which the parts of the rules come together by chance: a bank that says it is not true, a
/// knife to be exchanged. As first met 17 of 47 were taken for something; mended by them.
const NEARBY: &str = include_str!("labelled/nearby.tsv");

/// What is said of carriers, by the hand of the lists: as first met 17 of 36 were taken for insults of the
/// shop; mended by them.
const CARRIERS: &str = include_str!("labelled/carriers.tsv");

/// Ten fair and ten abusive messages of each language in each, the lists widened by one before the next was
/// written. What they gave as first met stands in the README. Twenty of each in the
/// seventeenth and eighteenth, which other hands wrote that had not seen the lists; the nineteenth is abusive
/// only, and by the hand of the lists.
const LATER: [(&str, &str); 14] = [
    ("sixth", include_str!("labelled/sixth.tsv")),
    ("seventh", include_str!("labelled/seventh.tsv")),
    ("eighth", include_str!("labelled/eighth.tsv")),
    ("ninth", include_str!("labelled/ninth.tsv")),
    ("tenth", include_str!("labelled/tenth.tsv")),
    ("eleventh", include_str!("labelled/eleventh.tsv")),
    ("twelfth", include_str!("labelled/twelfth.tsv")),
    ("thirteenth", include_str!("labelled/thirteenth.tsv")),
    ("fourteenth", include_str!("labelled/fourteenth.tsv")),
    ("fifteenth", include_str!("labelled/fifteenth.tsv")),
    ("seventeenth", include_str!("labelled/seventeenth.tsv")),
    ("eighteenth", include_str!("labelled/eighteenth.tsv")),
    ("nineteenth", include_str!("labelled/nineteenth.tsv")),
    ("twentieth", include_str!("labelled/twentieth.tsv")),
];

/// Written by another hand that had not seen the lists. Nobody has looked at what is wrong in it, so that it
/// says what to expect of new messages; `SHOW` leaves it out.
const UNSEEN: &str = include_str!("labelled/sixteenth.tsv");

struct Message {
    language: &'static str,
    kinds: BTreeSet<Kind>,
    text: &'static str,
    note: &'static str,
    held_out: bool,
}

impl Message {
    fn read(language: &'static str, line: &'static str) -> Self {
        let mut fields = line.split('\t');
        let (labels, text, note) =
            (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        let kind = |code| Kind::from_code(code).expect(line);
        let kinds = labels.split(',').filter(|label| *label != "-").map(kind).collect();
        let held_out = blake3::hash(text.as_bytes()).as_bytes()[0] & 1 == 1;
        Self { language, kinds, text, note, held_out }
    }
}

const FILES: [(&str, &str); 8] = [
    ("en", include_str!("labelled/en.tsv")),
    ("de", include_str!("labelled/de.tsv")),
    ("fr", include_str!("labelled/fr.tsv")),
    ("it", include_str!("labelled/it.tsv")),
    ("es", include_str!("labelled/es.tsv")),
    ("pt", include_str!("labelled/pt.tsv")),
    ("ja", include_str!("labelled/ja.tsv")),
    ("zh", include_str!("labelled/zh.tsv")),
];

fn messages() -> Vec<Message> {
    let lines = FILES.iter().flat_map(|&(language, file)| {
        file.lines().skip(1).map(move |line| Message::read(language, line))
    });
    lines.collect()
}

fn later(file: &'static str) -> Vec<Message> {
    let read = |line: &'static str| {
        let (language, rest) = line.split_once('\t').unwrap();
        let (language, _) = FILES.iter().find(|(known, _)| *known == language).expect(line);
        Message::read(language, rest)
    };
    file.lines().skip(1).map(read).collect()
}

/// True, false and missed labels.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
    messages: u32,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.messages += other.messages;
    }

    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    fn row(self, name: &str) {
        println!(
            "{name:<24} {:>4} messages  {:>3} right {:>3} wrong {:>3} missed  P {:.3}  R {:.3}",
            self.messages,
            self.right,
            self.wrong,
            self.missed,
            self.precision(),
            self.recall()
        );
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// A table per language and the sum.
fn measure(reader: &Reader, name: &str, messages: &[&Message], show: bool) -> Tally {
    let mut sum = Tally::default();
    for (language, _) in FILES {
        let mut tally = Tally::default();
        for message in messages.iter().filter(|message| message.language == language) {
            let found = reader.read(message.text);
            let kinds: BTreeSet<Kind> = found.findings.iter().map(|found| found.kind).collect();
            let count = |set: usize| u32::try_from(set).unwrap();
            tally.add(Tally {
                right: count(kinds.intersection(&message.kinds).count()),
                wrong: count(kinds.difference(&message.kinds).count()),
                missed: count(message.kinds.difference(&kinds).count()),
                messages: 1,
            });
            if show && kinds != message.kinds {
                let words = found.findings.iter().flat_map(|found| &found.words);
                let words: Vec<&str> =
                    words.filter_map(|word| message.text.get(word.clone())).collect();
                let expected = &message.kinds;
                println!("  {language} expected {expected:?} found {kinds:?} {words:?}");
                println!("    {} ({})", message.text, message.note);
            }
        }
        tally.row(&format!("{name}, {language}"));
        sum.add(tally);
    }
    sum.row(name);
    sum
}

#[test]
fn precision_and_recall() {
    let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
    let (messages, second, third) = (messages(), later(SECOND), later(THIRD));
    assert!(messages.len() >= 400);
    // Looking at single messages of the held-out half would make it another one for tuning.
    let shown = std::env::var("SHOW").unwrap_or_default();
    let show = |set: &str| shown == set || shown == "all";
    let half = |held_out| messages.iter().filter(move |m| m.held_out == held_out).collect();
    let tuned: Vec<&Message> = half(false);
    let held_out: Vec<&Message> = half(true);
    let second: Vec<&Message> = second.iter().collect();
    let third: Vec<&Message> = third.iter().collect();
    let last = later(LAST);
    let last: Vec<&Message> = last.iter().collect();
    let near = later(NEAR);
    let near: Vec<&Message> = near.iter().collect();
    let fourth = later(FOURTH);
    let fourth: Vec<&Message> = fourth.iter().collect();
    let fifth = later(FIFTH);
    let fifth: Vec<&Message> = fifth.iter().collect();
    let everyday = later(EVERYDAY);
    let (daily, fair) = (later(DAILY), later(FAIR));
    let (common, plain, nearby) = (later(COMMON), later(PLAIN), later(NEARBY));
    let rest: Vec<(&str, Vec<Message>)> =
        LATER.into_iter().map(|(name, file)| (name, later(file))).collect();
    let mut sums = vec![
        measure(&reader, "tuned", &tuned, show("tuned")),
        measure(&reader, "held out", &held_out, false),
        measure(&reader, "second", &second, show("second")),
        measure(&reader, "third", &third, show("third")),
        measure(&reader, "last", &last, show("last")),
        measure(&reader, "near", &near, show("near")),
        measure(&reader, "fourth", &fourth, show("fourth")),
        measure(&reader, "fifth", &fifth, show("fifth")),
    ];
    let mut sets = vec![tuned, held_out, second, third, last, near, fourth, fifth];
    for (name, set) in &rest {
        let set: Vec<&Message> = set.iter().collect();
        sums.push(measure(&reader, name, &set, show(name)));
        sets.push(set);
    }
    sets.push(everyday.iter().collect());
    sets.push(daily.iter().collect());
    sets.push(fair.iter().collect());
    sets.push(common.iter().collect());
    sets.push(plain.iter().collect());
    sets.push(nearby.iter().collect());
    let all = measure(&reader, "all", &sets.concat(), false);
    for (language, _) in FILES {
        let of = messages.iter().filter(|m| m.language == language);
        let harmless = of.clone().filter(|m| m.kinds.is_empty()).count();
        assert!(of.clone().count() >= 50 && harmless * 2 >= of.count(), "{language}");
    }
    for sum in sums.into_iter().chain([all]) {
        assert!(sum.precision() >= 0.95, "precision {}", sum.precision());
        assert!(sum.recall() >= 0.80, "recall {}", sum.recall());
    }
}

/// What to expect of messages that nobody tuned to: fewer are found, and none is wrong more often.
#[test]
fn unseen_messages_are_not_taken_for_what_they_are_not() {
    let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
    let unseen = later(UNSEEN);
    let sum = measure(&reader, "sixteenth", &unseen.iter().collect::<Vec<_>>(), false);
    assert!(sum.precision() >= 0.95, "precision {}", sum.precision());
    let fair: Vec<&Message> = unseen.iter().filter(|message| message.kinds.is_empty()).collect();
    assert!(fair.len() >= 80);
    assert_eq!(measure(&reader, "sixteenth, fair", &fair, false).wrong, 0);
}

/// A fair complaint must not be a signal.
#[test]
fn fair_words_are_none() {
    let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
    let files = [
        ("fair", FAIR),
        ("everyday", EVERYDAY),
        ("daily", DAILY),
        ("common", COMMON),
        ("plain", PLAIN),
        ("nearby", NEARBY),
        ("carriers", CARRIERS),
    ];
    for (name, file) in files {
        let set = later(file);
        let tally = measure(&reader, name, &set.iter().collect::<Vec<_>>(), true);
        assert_eq!(tally.wrong, 0, "{name}");
    }
}

/// What is said of the shop in the same breath as of a carrier stays an insult.
#[test]
fn an_insult_of_the_shop_is_none_of_the_carriers() {
    let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
    for text in [
        "Ihr Idioten habt DHL die falsche Adresse gegeben.",
        "DHL kam nicht, ihr Idioten, so ein Saftladen!",
        "DHL sind Idioten und ihr seid auch Idioten!",
        "SEUR son unos inútiles pero vosotros sois unos sinvergüenzas.",
        "Vuestro repartidor es un idiota y vosotros también sois idiotas.",
        "Chronopost, quelle bande d'incapables, et vous êtes une belle bande d'abrutis.",
        "BRT, branco di incapaci, e voi siete un branco di idioti.",
        "Os Correios entregaram, vocês é que são uns palhaços.",
        "DHL is useless, what a bunch of idiots. And you are a bunch of idiots too!",
        "顺丰的人真是废物，你们客服也是废物",
        // Nothing is said of the carrier here.
        "The courier left it in the rain, you are idiots.",
        "The courier left it at the neighbours and you are such idiots that nobody checked",
        "DHL lost the parcel and you are a load of muppets for using them",
        "The courier said he left it in the rain, you are idiots.",
        "Der Kurier hat es in den Regen gestellt, ihr seid solche Idioten",
        "Le livreur a laissé le colis dehors, vous êtes une bande d'abrutis",
        "Il corriere lo ha lasciato sotto la pioggia e voi siete un branco di incapaci",
        "El mensajero lo dejó bajo la lluvia y ustedes son una panda de inútiles",
        "O entregador deixou na chuva e vocês são um bando de palhaços",
    ] {
        let found = reader.read(text).findings;
        assert!(found.iter().any(|found| found.kind == Kind::Insult), "{text}");
    }
}

/// What a carrier is said to have said of the shop, and what is said to the shop beside an insult of a carrier.
#[test]
fn what_carriers_say_of_the_shop_is_no_insult() {
    let reader = Reader::new(&shipped_lists().unwrap()).unwrap();
    for text in [
        "The courier said you are a bunch of idiots, I told him that you are not.",
        "The driver said you are idiots, I disagree.",
        "He yelled that you are a bunch of idiots, which is not true.",
        "Der Fahrer sagte mir ihr seid Idioten, so ein Quatsch.",
        "Der Bote meint ihr seid Idioten, das glaube ich nicht.",
        "The courier dropped it, are you responsible for those idiots?",
        "DHL is useless, what a bunch of idiots, you are always so kind.",
        "The driver is an idiot and you are great.",
        "You are not idiots, the courier is.",
        "Der Kurier sagt ihr seid Idioten, das glaube ich nicht.",
        "Der Zusteller ist ein Idiot, ihr seid super.",
        "Le livreur dit que vous êtes des incapables, pas moi.",
        "Vous êtes toujours au top mais le livreur est un abruti.",
        "Il corriere è un idiota, voi siete stati gentili.",
        "Sois muy amables, el mensajero es un idiota.",
        "O entregador é um idiota, vocês são ótimos.",
    ] {
        assert_eq!(reader.read(text).findings, [], "{text}");
    }
}
