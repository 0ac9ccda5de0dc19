//! Finding phrases in a message and putting them together.

use crate::fold::{Folded, is_dense};
use crate::list::Gap;
use crate::rule::{RULES, Rule};
use crate::{Class, Kind, PhraseList};
use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Bytes of a message that are read. Nobody writes that much by hand; what lies behind is counted
/// in [`Found::unread`].
pub const READ_BYTES: usize = 1 << 20;
/// Findings kept of one message; more would tell a reader nothing new.
pub const FINDINGS_KEPT: usize = 64;
/// Phrases of one class that are looked at in one sentence.
const PER_CLASS: usize = 32;
/// Sentences before one that may belong to it.
const BEFORE: u32 = 2;

/// What was found in one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Findings in the order of the text.
    pub findings: Vec<Finding>,
    /// Bytes at the end that were not read.
    pub unread: usize,
}

/// Words that together are a sign of abuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Of what.
    pub kind: Kind,
    /// The words, as bytes of the message, in order; they do not overlap.
    pub words: Vec<Range<usize>>,
    /// Language of the list that knows them.
    pub language: String,
    /// Version of that list.
    pub list_version: u32,
}

/// Finds the phrases of several lists in messages.
pub struct Reader {
    lists: Vec<(String, u32)>,
    /// Finds the parts of phrases.
    parts: AhoCorasick,
    /// Of each: whether the last word may go on, whether the first may have begun before, and the
    /// slots that it fills.
    uses: Vec<(bool, bool, Vec<usize>)>,
    /// Of each slot: what may stand before it, and which phrase begins with it.
    starts: Vec<(Gap, Option<usize>)>,
    phrases: Vec<Compiled>,
}

/// A phrase takes as many slots as it has parts, one after the other.
struct Compiled {
    list: usize,
    class: Class,
    slots: Range<usize>,
}

/// A phrase in a message, by the words it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    list: usize,
    sentence: u32,
    class: Class,
    first: u32,
    last: u32,
}

impl Reader {
    /// Prepares lists for reading messages.
    ///
    /// # Errors
    /// When the lists together are too large to be searched at once.
    pub fn new(lists: &[PhraseList]) -> Result<Self, BuildError> {
        let mut numbers: HashMap<(&str, bool, bool), usize> = HashMap::new();
        let mut texts: Vec<&str> = Vec::new();
        let mut uses: Vec<(bool, bool, Vec<usize>)> = Vec::new();
        let mut starts = Vec::new();
        let mut phrases = Vec::new();
        for (list, of) in lists.iter().enumerate() {
            for phrase in &of.phrases {
                let first = starts.len();
                for (gap, ways) in &phrase.parts {
                    for part in ways {
                        let number = *numbers
                            .entry((&part.words, part.open, part.tail))
                            .or_insert_with(|| {
                                texts.push(&part.words);
                                uses.push((part.open, part.tail, Vec::new()));
                                texts.len() - 1
                            });
                        if let Some((_, _, slots)) = uses.get_mut(number) {
                            slots.push(starts.len());
                        }
                    }
                    starts.push((*gap, (starts.len() == first).then_some(phrases.len())));
                }
                let slots = first..starts.len();
                phrases.push(Compiled { list, class: phrase.class, slots });
            }
        }
        let parts =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(texts)?;
        let lists = lists.iter().map(|list| (list.language.clone(), list.version)).collect();
        Ok(Self { lists, parts, uses, starts, phrases })
    }

    /// Reads a message. Work grows with its length, to [`READ_BYTES`], and no further.
    #[must_use]
    pub fn read(&self, message: &str) -> Found {
        let end = message.floor_char_boundary(READ_BYTES);
        let (read, unread) = message.split_at(end);
        let folded = Folded::of(read);
        let mut hits = self.hits(&folded);
        excuse(&mut hits);
        let mut findings = Vec::new();
        // What one list knows to be harmless is so for all: languages share words.
        let guards: HashSet<(u32, Class)> = hits
            .iter()
            .filter(|hit| RULES.iter().any(|rule| rule.unless.contains(&hit.class)))
            .map(|hit| (hit.sentence, hit.class))
            .collect();
        let mut start = 0;
        for here in hits.chunk_by(|a, b| (a.list, a.sentence) == (b.list, b.sentence)) {
            if findings.len() >= FINDINGS_KEPT {
                break;
            }
            let (earlier, _) = hits.split_at(start);
            start += here.len();
            let Some(first) = here.first() else { continue };
            let oldest = (first.list, first.sentence.saturating_sub(BEFORE));
            let from = earlier.partition_point(|hit| (hit.list, hit.sentence) < oldest);
            let before = earlier.get(from..).unwrap_or_default();
            self.judge(&folded, before, here, &guards, &mut findings);
        }
        // The same words are no second threat: what is to be published is no review.
        let threats: Vec<Range<usize>> = findings
            .iter()
            .filter(|found| found.kind == Kind::Threat)
            .flat_map(|found| found.words.iter().cloned())
            .collect();
        findings.retain(|found| {
            let touches = |word: &Range<usize>| {
                threats.iter().any(|of| word.start < of.end && of.start < word.end)
            };
            found.kind != Kind::ReviewThreat || !found.words.iter().any(touches)
        });
        findings.sort_by_key(|found| (found.words.first().map(|word| word.start), found.kind));
        // Languages share words, and each list finds its own.
        findings.dedup_by(|later, earlier| {
            let touch = later.words.first().zip(earlier.words.last());
            later.kind == earlier.kind && touch.is_some_and(|(b, a)| b.start < a.end)
        });
        findings.truncate(FINDINGS_KEPT);
        Found { findings, unread: unread.len() }
    }

    /// Every phrase, by list, sentence and class.
    fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let mut hits = Vec::new();
        // No phrase goes from one sentence to another, so only one is held at a time.
        let (mut parts, mut sentence): (Vec<(usize, u32, u32)>, u32) = (Vec::new(), 0);
        for found in self.parts.find_overlapping_iter(folded.text.as_bytes()) {
            let Some((open, tail, slots)) = self.uses.get(found.pattern().as_usize()) else {
                continue;
            };
            let starts = *tail || is_edge(&folded.text, found.start());
            if !starts || !(*open || is_edge(&folded.text, found.end())) {
                continue;
            }
            let first = folded.word_at(found.start());
            let last = folded.word_at(found.end().saturating_sub(1));
            let here = |word: usize| folded.words.get(word).map(|word| word.sentence);
            let (Some(of), Some(to)) = (here(first), here(last)) else { continue };
            if of != to {
                continue;
            }
            if of != sentence {
                self.phrases_of(folded, &mut parts, &mut hits);
                sentence = of;
            }
            let place = |word: usize| u32::try_from(word).unwrap_or(u32::MAX);
            parts.extend(slots.iter().map(|slot| (*slot, place(first), place(last))));
        }
        self.phrases_of(folded, &mut parts, &mut hits);
        hits.sort_unstable();
        hits
    }

    /// Takes the parts found in one sentence and adds the phrases that they make.
    fn phrases_of(&self, folded: &Folded, parts: &mut Vec<(usize, u32, u32)>, hits: &mut Vec<Hit>) {
        parts.sort_unstable();
        parts.dedup();
        let mut new = Vec::new();
        for &(slot, first, last) in parts.iter() {
            let started = self.starts.get(slot).and_then(|(_, phrase)| *phrase);
            let Some(phrase) = started.and_then(|at| self.phrases.get(at)) else { continue };
            let mut ends = vec![last];
            for next in phrase.slots.clone().skip(1) {
                ends = self.follow(folded, parts, &ends, next);
            }
            let Some(&ended) = ends.first() else { continue };
            let Some(from) = folded.words.get(first as usize) else { continue };
            let (list, class) = (phrase.list, phrase.class);
            // What the buyer quotes was written by somebody else.
            let harmless = RULES.iter().any(|rule| rule.unless.contains(&class));
            if harmless || !from.quoted {
                new.push(Hit { list, sentence: from.sentence, class, first, last: ended });
            }
        }
        parts.clear();
        new.sort_unstable();
        new.dedup();
        hits.append(&mut new);
    }

    /// Where slot `next` may end after one of `ends`, the nearest first.
    fn follow(
        &self,
        folded: &Folded,
        parts: &[(usize, u32, u32)],
        ends: &[u32],
        next: usize,
    ) -> Vec<u32> {
        let gap = self.starts.get(next).map_or(Gap::None, |(gap, _)| *gap);
        let mut found = Vec::new();
        for last in ends {
            let from = parts.partition_point(|&(part, first, _)| (part, first) <= (next, *last));
            let room = |&&(part, first, _): &&(usize, u32, u32)| {
                let dense = folded.words.get(first as usize).is_some_and(|word| word.dense);
                part == next && first - last <= gap.room(dense) + 1
            };
            let here = parts.get(from..).unwrap_or_default().iter().take_while(room);
            found.extend(here.map(|(_, _, ended)| *ended));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Applies every rule to a sentence, and those that may to it and the ones before.
    fn judge(
        &self,
        folded: &Folded,
        before: &[Hit],
        here: &[Hit],
        guards: &HashSet<(u32, Class)>,
        findings: &mut Vec<Finding>,
    ) {
        let guarded = |hit: &Hit, classes: &[Class]| {
            classes.iter().any(|class| guards.contains(&(hit.sentence, *class)))
        };
        for rule in RULES {
            let has = |hits: &[Hit], class| hits.iter().any(|hit| hit.class == class);
            if here.first().is_some_and(|hit| guarded(hit, rule.unless)) {
                continue;
            }
            // No further back than to the nearest harmless sentence.
            let harmless = before.iter().rposition(|hit| guarded(hit, rule.unless));
            let from = harmless.map_or(0, |at| at + 1);
            let before = before.get(from..).filter(|_| rule.next_sentence).unwrap_or_default();
            if !rule.all.iter().all(|class| has(here, *class) || has(before, *class)) {
                continue;
            }
            let Some(mut hits) = together(rule, before, here) else { continue };
            hits.sort_by_key(|hit| hit.first);
            if rule.alone && !hits.iter().all(|hit| is_all(folded, hit)) {
                continue;
            }
            let Some(list) = hits.first().and_then(|hit| self.lists.get(hit.list)) else {
                continue;
            };
            let mut words: Vec<Range<usize>> = Vec::new();
            for span in hits.iter().map(|hit| folded.span(hit.first, hit.last)) {
                match words.last_mut() {
                    Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                    _ => words.push(span),
                }
            }
            let (language, list_version) = list.clone();
            findings.push(Finding { kind: rule.kind, words, language, list_version });
        }
    }
}

/// Words at either end of a phrase that says whom an insult is said of, among which that insult is.
const SAID_OF: u32 = 3;

/// Leaves out the insults of somebody who has nothing to do with the shop, as the lists tell.
fn excuse(hits: &mut Vec<Hit>) {
    let others = hits.iter().filter(|hit| hit.class == Class::OfOthers);
    let ends = |hit: &Hit| {
        let begin = hit.first..=hit.last.min(hit.first.saturating_add(SAID_OF - 1));
        let end = hit.first.max(hit.last.saturating_sub(SAID_OF - 1))..=hit.last;
        begin.chain(end)
    };
    let mut said: HashSet<u32> = others.flat_map(ends).collect();
    // What is said to the reader is not said of them.
    let to_reader = || hits.iter().filter(|hit| hit.class == Class::OfYou);
    to_reader().flat_map(ends).for_each(|word| {
        said.remove(&word);
    });
    let addressed: HashSet<u32> = to_reader().map(|hit| hit.sentence).collect();
    hits.retain(|hit| match hit.class {
        Class::Insult | Class::InsultWord => {
            !said.contains(&hit.first) && !said.contains(&hit.last)
        }
        Class::FairOthers => !addressed.contains(&hit.sentence),
        _ => true,
    });
}

/// One hit of each class of the rule, near the first and apart from it.
fn together<'a>(rule: &Rule, before: &'a [Hit], here: &'a [Hit]) -> Option<Vec<&'a Hit>> {
    let (centre, others) = rule.all.split_first()?;
    let of = |class: Class| {
        let of_class = move |hit: &&Hit| hit.class == class;
        let in_one = |hits: &'a [Hit]| hits.iter().filter(of_class).take(PER_CLASS);
        in_one(before).chain(in_one(here))
    };
    of(*centre).find_map(|middle| {
        let mut found = vec![middle];
        for class in others {
            let nearest = of(*class)
                .filter(|hit| apart(middle, hit) > 0)
                .min_by_key(|hit| apart(middle, hit))?;
            if apart(middle, nearest) > rule.reach {
                return None;
            }
            found.push(nearest);
        }
        Some(found)
    })
}

/// Whether signs set it off from all other words of its sentence.
fn is_all(folded: &Folded, hit: &Hit) -> bool {
    let word = |at: u32| folded.words.get(at as usize);
    let starts = |at: u32| word(at).is_none_or(|word| word.set_off);
    let same = |at: u32| word(at).is_some_and(|word| word.sentence == hit.sentence);
    let before = hit.first.checked_sub(1).is_some_and(same);
    let after = hit.last.checked_add(1).filter(|at| same(*at));
    (!before || starts(hit.first)) && after.is_none_or(starts)
}

/// Words from one hit to another; 0 when they overlap.
fn apart(a: &Hit, b: &Hit) -> u32 {
    if b.first > a.last { b.first - a.last } else { a.first.saturating_sub(b.last) }
}

/// Whether a word may start or end here. Scripts without blanks have no edges to go by.
fn is_edge(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let (before, after) = (before.chars().next_back(), after.chars().next());
    let inside = |char: Option<char>| {
        char.is_some_and(|char| (char.is_alphanumeric() || char == '*') && !is_dense(char))
    };
    !(inside(before) && inside(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> bool {
        let list = format!("language: en\nversion: 1\n[threat]\n{phrase}\n");
        let reader = Reader::new(&[PhraseList::parse(&list).unwrap()]).unwrap();
        !reader.read(text).findings.is_empty()
    }

    #[test]
    fn marks_leave_room_for_so_many_words() {
        for (mark, most) in [("_", 2), ("..", 5), ("...", 12)] {
            let phrase = format!("burn {mark} shop");
            assert!(found(&phrase, &format!("burn {}shop", "x1 ".repeat(most))), "{mark}");
            assert!(!found(&phrase, &format!("burn {}shop", "x1 ".repeat(most + 1))), "{mark}");
        }
        assert!(found("烧_店", "烧了你们的店") && !found("烧_店", "烧了你们大家的店"));
        assert!(found("~shop", "photoshop") && !found("shop", "photoshop"));
        assert!(found("burn~ shop", "burning shop") && !found("burn~ shop", "burning the shop"));
    }

    #[test]
    fn some_words_count_when_signs_set_them_off() {
        let list = "language: en\nversion: 1\n[insult word]\nidiots\n";
        let reader = Reader::new(&[PhraseList::parse(list).unwrap()]).unwrap();
        let found = |text: &str| reader.read(text).findings.len();
        assert_eq!((found("It broke. Idiots!"), found("It broke, idiots said so.")), (1, 0));
        assert_eq!(found("It broke again, idiots."), 1);
    }

    #[test]
    fn the_nearest_word_need_not_be_the_one() {
        assert!(found("burn .. shop _ down", "burn the shop or that shop right down"));
    }
}
