//! Chinese names in Latin letters. One syllable more or another one is another name, as one character is, and most
//! slips of one name are another.

use super::profile::NameProfile;

/// Every syllable of Standard Chinese without its tone, by what it begins with, as in GB/T 16159; `lv` and `nv` as
/// passports wrote them, too.
const SYLLABLES: &[(&str, &str)] = &[
    ("", "a ai an ang ao e ei en eng er o ou"),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo v"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// The family names of nine in ten of those who bear a Chinese one, by the census of China.
const FAMILIES: &str = "an bai bi cai cao chang chen cheng cui dai deng ding dong du duan fan fang feng fu gan gao ge \
    geng gong gu guan guo han hao he hong hou hu hua huang ji jia jian jiang jin kang ke kong lai lan lei li lian liang \
    liao lin liu long lou lu lv luo ma mao mei meng mo mu ni nie niu ou pan pang pei peng pu qi qian qiao qin qiu qu \
    ren rong shao shen sheng shi song su sun tan tang tao tian tong tu wan wang wei wen weng wu xi xia xiang xiao xie \
    xin xing xiong xu xue yan yang yao ye yi yin ying yu yuan yue yun zang zeng zhai zhan zhang zhao zheng zhong zhou \
    zhu zhuang zou zuo";

/// A name has at most so many syllables, those of the family name among them.
const MOST: usize = 4;

/// Whether both are Chinese names in Latin letters, and other names, whichever of the words comes first.
pub(super) fn are_other_names(one: &NameProfile, other: &NameProfile) -> bool {
    (has_family(one) || has_family(other))
        && is_spelled(one)
        && is_spelled(other)
        && !is_same(one, other)
}

fn has_family(name: &NameProfile) -> bool {
    [name.words.first(), name.words.last()]
        .into_iter()
        .flatten()
        .any(|word| FAMILIES.split_ascii_whitespace().any(|family| *family == *word.text))
}

fn is_spelled(name: &NameProfile) -> bool {
    let mut counted = name.words.iter().map(|word| syllables(&word.text, MOST));
    let in_all = counted.try_fold(0, |sum, of| of.map(|of| sum + of));
    name.words.len() > 1 && in_all.is_some_and(|of| of <= MOST)
}

fn is_same(one: &NameProfile, other: &NameProfile) -> bool {
    let words = |name: &NameProfile| -> Vec<String> {
        name.words.iter().map(|word| word.text.to_string()).collect()
    };
    let (one, other) = (words(one), words(other).concat());
    (0..one.len()).any(|at| [&one[at..], &one[..at]].concat().concat() == other)
}

/// In how few syllables a word is spelled, if in so many at most.
fn syllables(word: &str, most: usize) -> Option<usize> {
    if word.is_empty() {
        return Some(0);
    }
    let rests =
        SYLLABLES.iter().filter_map(|(begins, _)| Some((begins, word.strip_prefix(begins)?)));
    let after = rests.flat_map(|(begins, rest)| {
        let ends = SYLLABLES.iter().filter(move |(of, _)| of == begins);
        let ends = ends.flat_map(|(_, ends)| ends.split_ascii_whitespace());
        ends.filter_map(move |end| rest.strip_prefix(end))
    });
    let most = most.checked_sub(1)?;
    after.filter_map(|rest| syllables(rest, most)).min().map(|of| of + 1)
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profile;
    use super::*;

    fn other(one: &str, other: &str) -> bool {
        let named = |name: &str| {
            let mut profile = Profile::default();
            profile.add_name(name);
            profile.names.remove(0)
        };
        are_other_names(&named(one), &named(other))
    }

    #[test]
    fn one_syllable_more_or_another_is_another_name() {
        for (one, another) in [
            ("Qiang Tang", "Zhi-qiang Tang"),
            ("Wang Wei", "Wang Wei-dong"),
            ("Meng Ya-Nan", "Mengyao Lan"),
            ("Xiaoming Gong", "Xiao-ming Guang"),
            ("Chen Fang", "Chen Fan"),
        ] {
            assert!(other(one, another), "{one} and {another}");
            assert!(other(another, one), "{another} and {one}");
        }
        for (one, same) in [
            ("Deng Li Na", "Lina Deng"),
            ("Wei-Dong Wang", "WANG WEIDONG"),
            ("Ouyang Na", "Na Ouyang"),
            // A slip that no syllable is may be one.
            ("Zhnag Wei", "Zhang Wei"),
            // Nobody's name in Chinese.
            ("Harri Ojankoski", "Haarri Ojankoski"),
            ("Anna Miller", "Anne Miller"),
        ] {
            assert!(!other(one, same), "{one} and {same}");
        }
    }

    #[test]
    fn syllables_are_counted_as_few_as_they_can_be() {
        assert_eq!(syllables("xian", MOST), Some(1));
        assert_eq!(syllables("weidong", MOST), Some(2));
        assert_eq!(syllables("zhnag", MOST), None);
        assert_eq!(syllables(&"a".repeat(100_000), MOST), None);
    }
}
