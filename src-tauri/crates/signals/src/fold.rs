//! One way of writing, with the way back to the original.
//!
//! Phrases and messages go through the same steps: compatibility forms, case, accents, invisible
//! characters, letters of other scripts that look Latin, traditional characters, digits and signs
//! in the place of letters ("id10t"), letters set apart ("F U C K") and stretched ("fuuuck").

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};

/// Longer passages in quotation marks are not taken for a quotation, so that two stray marks do not
/// hide a whole message.
const QUOTATION: usize = 400;
/// Nor are those between single ones, which are apostrophes as well: a title, a word.
const NAME: usize = 40;
/// Words after which a sentence without an end is taken to end.
const SENTENCE: u32 = 120;
/// How far a blank and another sign set words apart.
const BLANK: u32 = 1;
const SIGN: u32 = 16;

/// A word, or one character of a script that is written without blanks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Place in the folded text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Place in the original.
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Which sentence it is in.
    pub(crate) sentence: u32,
    /// It stands in quotation marks.
    pub(crate) quoted: bool,
    /// It is a character of Chinese or Japanese.
    pub(crate) dense: bool,
    /// What stands between it and the word before it.
    gap: u32,
    /// A sign does, such as a comma.
    pub(crate) set_off: bool,
}

/// A text in one way of writing.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// Words with a blank between them.
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
}

impl Folded {
    pub(crate) fn of(original: &str) -> Self {
        let mut raw = Raw { quotations: quotations(original), ..Raw::default() };
        raw.quotations.reverse();
        let mut line_start = true;
        let mut skipping = false;
        let mut chars = original.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            if char == '\n' {
                let blank = line_start && !skipping;
                if blank || skipping {
                    raw.end_sentence();
                }
                (line_start, skipping) = (true, false);
                raw.separate(BLANK);
                continue;
            }
            if skipping {
                continue;
            }
            // Lines of the mail that is answered.
            if line_start && char == '>' {
                skipping = true;
                raw.end_sentence();
                continue;
            }
            line_start = line_start && char.is_whitespace();
            let next = chars.peek().map(|(_, next)| *next);
            raw.take(at, char, next);
        }
        raw.finish()
    }

    /// The word that starts or goes on at a place of the folded text.
    pub(crate) fn word_at(&self, place: usize) -> usize {
        self.words.partition_point(|word| word.end as usize <= place)
    }

    /// The part of the original from one word to another.
    pub(crate) fn span(&self, first: u32, last: u32) -> Range<usize> {
        let from = self.words.get(first as usize).map_or(0, |word| word.from as usize);
        let to = self.words.get(last as usize).map_or(from, |word| word.to as usize);
        from..to
    }
}

/// Words as they come, before letters set apart are put together.
#[derive(Default)]
struct Raw {
    letters: String,
    words: Vec<Word>,
    open: bool,
    gap: u32,
    sentence: u32,
    in_sentence: u32,
    /// The next one last.
    quotations: Vec<Range<usize>>,
}

impl Raw {
    fn separate(&mut self, by: u32) {
        self.open = false;
        self.gap = self.gap.saturating_add(by);
    }

    fn end_sentence(&mut self) {
        self.separate(SIGN);
        if self.in_sentence > 0 {
            self.sentence += 1;
            self.in_sentence = 0;
        }
    }

    fn take(&mut self, at: usize, char: char, next: Option<char>) {
        let goes_on = next.is_some_and(char::is_alphanumeric);
        match char {
            '。' | '！' | '？' | '!' | '?' | '…' => return self.end_sentence(),
            '.' if !goes_on => return self.end_sentence(),
            _ if is_invisible(char) => return,
            _ => {}
        }
        let to = at + char.len_utf8();
        if char.is_ascii() {
            let char = self.letter_meant(char, next).unwrap_or(char);
            self.letter(char.to_ascii_lowercase(), at, to);
        } else {
            decompose_compatible(char, |part| {
                for lower in part.to_lowercase() {
                    self.letter(lower, at, to);
                }
            });
        }
    }

    /// The letter that a digit or a sign within a word stands for.
    fn letter_meant(&self, char: char, next: Option<char>) -> Option<char> {
        let before = self.letters.chars().next_back().filter(|_| self.open);
        let before = before.is_some_and(|char| char.is_ascii_alphabetic());
        let after = next.is_some_and(|char| char.is_ascii_alphabetic());
        let after_digit = next.is_some_and(|char| char.is_ascii_digit());
        match char {
            '$' if after || before && next == Some('$') => Some('s'),
            '0' if before && (after || after_digit) => Some('o'),
            '1' if before && (after || after_digit) => Some('i'),
            '3' if before && after => Some('e'),
            '4' if before && after => Some('a'),
            '5' if before && after => Some('s'),
            _ => None,
        }
    }

    fn letter(&mut self, char: char, at: usize, to: usize) {
        if matches!(char, '\u{3099}' | '\u{309A}') {
            let whole = self.letters.chars().next_back().and_then(|last| compose(last, char));
            if let (Some(whole), Some(word)) = (whole, self.words.last_mut()) {
                self.letters.pop();
                self.letters.push(whole);
                (word.end, word.to) = (small(self.letters.len()), small(to));
            }
            return;
        }
        if is_combining_mark(char) {
            if let Some(word) = self.words.last_mut().filter(|_| self.open) {
                word.to = small(to);
            }
            return;
        }
        let char = simplified(look_alike(char));
        if char == 'ß' {
            self.letter('s', at, to);
            return self.letter('s', at, to);
        }
        let dense = is_dense(char);
        let symbol = matches!(char, '%' | '=' | '@' | '$' | '€' | '£' | '¥');
        if !(char.is_alphanumeric() || char == '*' || symbol) {
            return self.separate(if char.is_whitespace() { BLANK } else { SIGN });
        }
        if !self.open || dense || symbol {
            let start = small(self.letters.len());
            let quoted = self.is_quoted(at);
            if self.in_sentence >= SENTENCE {
                self.end_sentence();
            }
            self.in_sentence += 1;
            let (from, to, sentence, gap) = (small(at), small(to), self.sentence, self.gap);
            let set_off = gap >= SIGN;
            let word = Word { start, end: start, from, to, sentence, quoted, dense, gap, set_off };
            self.words.push(word);
        }
        self.gap = 0;
        self.open = !(dense || symbol);
        self.letters.push(char);
        if let Some(word) = self.words.last_mut() {
            (word.end, word.to) = (small(self.letters.len()), small(to));
        }
    }

    fn is_quoted(&mut self, at: usize) -> bool {
        while self.quotations.pop_if(|range| range.end <= at).is_some() {}
        self.quotations.last().is_some_and(|range| range.start < at)
    }

    fn finish(self) -> Folded {
        let mut folded = Folded::default();
        let text = |word: &Word| {
            self.letters.get(word.start as usize..word.end as usize).unwrap_or_default()
        };
        let single = |word: &Word| {
            word.end == word.start + 1 && text(word).bytes().all(|b| b.is_ascii_alphabetic())
        };
        let mut rest = self.words.as_slice();
        while let Some(first) = rest.first() {
            let apart = rest.iter().take(SENTENCE as usize).take_while(|word| single(word)).count();
            let taken = if apart < 3 {
                1
            } else {
                // A wider gap is the end of the word that was set apart.
                let same = |word: &&Word| {
                    matches!(word.gap, BLANK | SIGN) && word.sentence == first.sentence
                };
                1 + rest.iter().take(apart).skip(1).take_while(same).count()
            };
            let (group, after) = rest.split_at(taken.min(rest.len()));
            rest = after;
            let close = folded.words.last().is_some_and(|before| before.dense)
                && first.dense
                && first.gap <= BLANK
                && folded.words.last().is_some_and(|before| before.sentence == first.sentence);
            if !(folded.text.is_empty() || close) {
                folded.text.push(' ');
            }
            let start = small(folded.text.len());
            level(group.iter().flat_map(|word| text(word).chars()), &mut folded.text);
            let to = group.last().map_or(first.to, |last| last.to);
            folded.words.push(Word { start, end: small(folded.text.len()), to, ..*first });
        }
        folded
    }
}

/// Appends letters; three or more of the same become one, of asterisks any number does.
fn level(letters: impl Iterator<Item = char>, out: &mut String) {
    let mut letters = letters.peekable();
    while let Some(char) = letters.next() {
        let mut more = 0;
        while letters.next_if_eq(&char).is_some() {
            more += 1;
        }
        out.push(char);
        let kept = char != '*' && (more < 2 || !char.is_alphabetic() || is_dense(char));
        (0..more).filter(|_| kept).for_each(|_| out.push(char));
    }
}

/// Places are kept small; what is read of a message is far below four gigabytes.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

pub(crate) const fn is_dense(char: char) -> bool {
    matches!(char, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

const fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}' | '\0'..='\u{8}' | '\u{E}'..='\u{1F}')
}

/// Letters of other scripts that are used for Latin ones they look like.
const fn look_alike(char: char) -> char {
    match char {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'ø' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        // Stars of a rating.
        '★' | '☆' | '⭐' => '星',
        _ => char,
    }
}

/// Traditional characters, each followed by the simplified one, as far as lists are likely to use them.
/// Characters of Japanese that look the same go the same way, in lists as in messages.
const TRADITIONAL: &str = "\
    負负評评價价論论壓压個个顆颗給给發发寫写打打錢钱塊块圓圆賠赔償偿補补還还費费禮礼優优惠惠紅红買买賣卖\
    單单訂订撥拨匯汇轉转帳账賬账號号戶户驗验證证碼码鏈链連连結结點点擊击輸输認认聯联繫系係系綁绑線线話话\
    電电腦脑豬猪殘残廢废蠢蠢罵骂媽妈爺爷賤贱滾滚畜畜鳥鸟們们這这爾尔麼么麽么無无為为會会將将從从後后來来\
    對对關关開开門门過过邊边進进遠远運运選选遲迟達达應应該该說说請请讓让誰谁講讲談谈謝谢識识譯译讀读變变\
    刪删撤撤銷销樣样條条機机處处報报場场壞坏報报復复實实寶宝審审屆届島岛幫帮幣币庫库廠厂廣广張张強强當当\
    彈弹歸归徑径悶闷態态慘惨憤愤戰战戲戏擔担據据擁拥擇择攔拦斷断時时書书東东極极樓楼標标檢检權权歡欢殺杀\
    殼壳氣气決决沒没淚泪準准滅灭漲涨潑泼火火災灾燒烧爛烂爭争獎奖獸兽現现產产畫画異异療疗癡痴瘋疯監监盡尽\
    盤盘眾众禍祸種种稱称積积穩稳窩窝筆笔簡简糧粮約约級级紙纸純纯組组終终絕绝統统經经綠绿網网緊紧緩缓編编\
    練练縮缩總总績绩織织繼继續续職职聲声聽听肅肃脅胁腳脚臉脸舊旧藥药蘋苹術术衛卫裝装裡里裏里製制規规視视\
    覺觉觀观觸触計计訊讯訓训記记許许訴诉試试詐诈詞词詢询詳详誠诚誤误調调諒谅諾诺護护負负貨货販贩貪贪責责\
    貼贴貴贵賀贺資资質质賴赖贈赠贏赢趕赶跡迹躲躲車车軟软較较載载輕轻輛辆輩辈辦办農农迴回郵邮釋释針针銀银\
    錄录錯错鍋锅鍵键鎖锁鎮镇鐘钟鐵铁閃闪閉闭問问間间閒闲闆板隊队階阶隨随險险雖虽雙双雜杂離离難难雲云靈灵\
    靜静響响頁页頂顶項项順顺須须預预頓顿領领頭头題题額额顏颜願愿類类顧顾顯显風风飛飞飯饭餘余館馆馬马駕驾\
    騙骗騷骚驚惊體体髒脏鬥斗鬧闹鬼鬼麻麻黃黄黑黑齊齐齒齿龍龙亞亚傷伤傻傻傳传僅仅僱雇億亿儘尽內内兩两凍冻\
    劃划劇剧動动務务勝胜勞劳勢势匯汇區区協协卻却厭厌參参員员喪丧嗎吗嗚呜嘍喽嘗尝噁恶惡恶嚇吓嚴严國国圍围\
    園园團团執执堅坚墊垫墳坟夠够夢梦夾夹奪夺奮奋婦妇姦奸孫孙學学寬宽導导屍尸層层帶带師师幹干庫库";

/// The simplified character for a traditional one.
fn simplified(char: char) -> char {
    if !is_dense(char) {
        return char;
    }
    static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let mut chars = TRADITIONAL.chars().filter(|char| !char.is_whitespace());
        std::iter::from_fn(|| chars.next().zip(chars.next())).collect()
    });
    PAIRS.get(&char).copied().unwrap_or(char)
}

/// Passages in quotation marks, in order.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &[char], usize)> = None;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let last = before.replace(char);
        let next = chars.peek().map(|(_, next)| *next);
        if let Some((from, ends, most)) = open {
            // An apostrophe within a word ends nothing.
            let ends_here = ends.contains(&char) && (!is_apostrophe(char) || !is_inside(next));
            if ends_here {
                found.push(from..at);
                open = None;
                continue;
            }
            if at - from > most {
                open = None;
            }
        }
        if open.is_none() {
            let ends: &[char] = match char {
                '"' => &['"'],
                '“' => &['”', '"'],
                '„' => &['“', '”', '"'],
                '«' => &['»'],
                '»' => &['«'],
                '「' => &['」'],
                '『' => &['』'],
                '\'' | '‘' if !is_inside(last) => &['\'', '’'],
                _ => continue,
            };
            open = Some((at, ends, if is_apostrophe(char) { NAME } else { QUOTATION }));
        }
    }
    found
}

const fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '‘' | '’')
}

/// Whether a mark next to it stands within a word.
fn is_inside(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_alphanumeric() && !is_dense(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tricks_of_writing_are_levelled() {
        for (written, folded) in [
            ("Ｆｕｌｌ  REFUND!", "full refund"),
            ("f\u{200B}u\u{AD}ck you", "fuck you"),
            ("F U C K   Y O U now", "fuck you now"),
            ("f.u.c.k off", "fuck off"),
            ("fuuuuck", "fuck"),
            ("f*** you", "f* you"),
            ("ѕtuріd", "stupid"),
            ("Straße, déjà", "strasse deja"),
            ("z\u{335}a\u{334}l\u{489}g\u{33F}o", "zalgo"),
            ("傻 逼 客 服", "傻逼客服"),
            ("退款，差评", "退款 差评"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("不退錢就給負評", "不退钱就给负评"),
            ("id10t, a$$hole, $hit, b1tch", "idiot asshole shit bitch"),
            ("$30, US$ 30, 20€", "$ 30 us $ 30 20 €"),
            ("星1のレビュー", "星 1 のレビュー"),
            ("★1", "星 1"),
        ] {
            assert_eq!(Folded::of(written).text, folded, "{written}");
        }
    }

    #[test]
    fn the_way_back_leads_to_the_original() {
        let original = "Oh, Ｆ\u{200B}ＯＯ\u{301}ｌ!";
        let folded = Folded::of(original);
        assert_eq!(folded.text, "oh fool");
        assert_eq!(&original[folded.span(1, 1)], "Ｆ\u{200B}ＯＯ\u{301}ｌ");
    }

    #[test]
    fn sentences_and_quotations() {
        let folded = Folded::of("See example.com. He said \"bad word\".\n> old mail\nNew\nline");
        let seen: Vec<(u32, bool)> =
            folded.words.iter().map(|word| (word.sentence, word.quoted)).collect();
        assert_eq!(
            seen,
            [
                (0, false),
                (0, false),
                (0, false),
                (1, false),
                (1, false),
                (1, true),
                (1, true),
                (2, false),
                (2, false),
            ]
        );
        let quoted = |text: &str| -> Vec<bool> {
            Folded::of(text).words.iter().map(|word| word.quoted).collect()
        };
        assert_eq!(quoted("the game 'king fool' it's"), [false, false, true, true, false, false]);
        assert_eq!(quoted("don't be a fool, isn't it"), [false; 8]);
        assert_eq!(quoted("词'傻'"), [false, true]);
        // A stray mark hides nothing.
        let stray = format!("5\" {} fool", "word ".repeat(100));
        assert!(Folded::of(&stray).words.iter().all(|word| !word.quoted));
    }
}
