//! Chinese, Japanese and Korean addresses, which go from the large to the small without blanks.

use super::text::{is_cjk, is_word};

/// Writes `district/place|postcode` to `out`, or nothing if this is no street; to `wide` the same
/// without the district, or nothing if there is none.
///
/// The place is what remains behind province, city and district, without blanks. Whatever counts
/// blocks, houses, buildings and rooms (丁目 番 号 栋 楼 室 …) becomes a hyphen, so that
/// 1丁目2番3号 is 1-2-3. The district stays unless the postcode is Japanese or Korean (seven and
/// five digits): a Chinese postcode may cover a whole city, in which every district has its 人民路.
/// `places`: parts that stand behind the street or in columns of their own, small to large; the
/// district may be among them. Without a postcode the city is put in its place.
pub(crate) fn read_cjk<'a>(
    lines: impl Iterator<Item = &'a str>,
    places: &[&str],
    postcode: &str,
    out: &mut String,
    wide: &mut String,
) {
    let mut text = String::new();
    for line in lines {
        push_levelled(line, &mut text);
    }
    while text.ends_with('-') {
        text.pop();
    }
    let found = Levels::of(&text);
    let rest = found.rest;
    let has_number = rest.bytes().any(|byte| byte.is_ascii_digit());
    if rest.chars().count() < 4 || !(has_number || rest.chars().count() >= 6) {
        return;
    }
    let mut district = found.district.to_owned();
    let mut city = found.city.to_owned();
    let districts_count = postcode.is_empty() || postcode.len() == 6;
    if districts_count && (district.is_empty() || postcode.is_empty()) {
        let mut room = String::new();
        let mut named = None;
        for place in places {
            room.clear();
            push_levelled(place, &mut room);
            let levels = Levels::of(&room);
            if district.is_empty() {
                district.push_str(levels.district);
            }
            if named.is_none() && !levels.city.is_empty() {
                named = Some(levels.city.to_owned());
            }
        }
        // A column that holds one name only need not say that it is a city's.
        let bare = || {
            let bare = places
                .iter()
                .map(|place| place.trim())
                .find(|place| !place.is_empty() && !place.ends_with(DISTRICTS))?;
            Some(bare.trim_end_matches(['市', '시']).to_owned())
        };
        city = named.or_else(bare).unwrap_or(city);
    }
    let end = if postcode.is_empty() { city.as_str() } else { postcode };
    if districts_count && !district.is_empty() {
        for part in [&district, "/", rest, "|", end] {
            out.push_str(part);
        }
        for part in [rest, "|", end] {
            wide.push_str(part);
        }
    } else {
        for part in [rest, "|", end] {
            out.push_str(part);
        }
    }
}

/// What remains behind province, city and district, whether it names a number or not: a village, a hall of residence.
pub(crate) fn place_without_number<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in lines {
        push_levelled(line, &mut text);
    }
    let text = text.trim_end_matches('-');
    let rest = Levels::of(text).rest;
    if rest.chars().count() < 3 { String::new() } else { rest.to_owned() }
}

/// What ends the name of a district.
const DISTRICTS: [char; 5] = ['区', '區', '县', '縣', '旗'];

/// Province, city and district at the front of an address, and what is behind them.
struct Levels<'a> {
    /// Without the word for city; empty if it is not named.
    city: &'a str,
    /// The last district, county, banner or city of a lower level, without the word for it; empty
    /// if none is named.
    district: &'a str,
    rest: &'a str,
}

impl<'a> Levels<'a> {
    fn of(text: &'a str) -> Self {
        let mut levels = Self { city: "", district: "", rest: text };
        for country in ["中华人民共和国", "中国", "中國", "日本国", "日本", "대한민국", "한국"]
        {
            levels.rest = levels.rest.strip_prefix(country).unwrap_or(levels.rest);
        }
        if let Some((province, behind)) = split_province(levels.rest) {
            if MUNICIPALITIES.contains(&province) {
                levels.city = province;
            }
            levels.rest = behind;
        }
        for _ in 0..3 {
            let Some((part, behind)) = split_district(levels.rest) else { break };
            if part.ends_with(DISTRICTS) {
                levels.district = part.trim_end_matches(DISTRICTS);
            } else if part.ends_with(['市', '시']) {
                let name = part.trim_end_matches(['市', '시']);
                // 昆山市 within 苏州市. A municipality is written twice, 北京市北京市.
                if levels.city.is_empty() {
                    levels.city = name;
                } else if levels.city != name && part.ends_with('市') {
                    levels.district = name;
                }
            }
            levels.rest = behind;
        }
        levels
    }
}

/// Splits off `广东省`, `广东`, `東京都`, `서울특별시`.
fn split_province(text: &str) -> Option<(&'static str, &str)> {
    let (position, province) =
        PROVINCES.iter().enumerate().find(|(_, name)| text.starts_with(**name))?;
    let behind = text.strip_prefix(province)?;
    if let Some(rest) = SUFFIXES.iter().find_map(|suffix| behind.strip_prefix(suffix)) {
        return Some((province, rest));
    }
    // Only Chinese provinces are written bare, and 上海路 is a street in many cities.
    let street = behind.starts_with(['路', '街', '大', '道', '巷', '东', '西', '南', '北', '中']);
    (position < CHINESE_PROVINCES && !street).then_some((province, behind))
}

/// Splits off `深圳市`, `千代田区`, `강남구`, `西多摩郡奥多摩町` at the front.
fn split_district(text: &str) -> Option<(&str, &str)> {
    let mut before = ' ';
    let mut chars = text.char_indices().take(7).enumerate().peekable();
    while let Some((count, (offset, char))) = chars.next() {
        if char.is_ascii_digit() {
            return None;
        }
        let ends = count > 0
            && match char {
                '市' | '县' | '縣' | '旗' | '시' | '군' => true,
                // A housing estate or an industrial park is no district.
                '区' | '區' => !matches!(
                    before,
                    '小' | '社'
                        | '園'
                        | '园'
                        | '发'
                        | '發'
                        | '业'
                        | '業'
                        | '校'
                        | '厂'
                        | '库'
                        | '地'
                        | '住'
                ),
                '구' => count >= 1,
                '郡' => true,
                _ => false,
            };
        before = char;
        if !ends {
            continue;
        }
        let mut end = offset + char.len_utf8();
        // 四日市市 and its like.
        if char == '市' && chars.peek().is_some_and(|(_, (_, next))| *next == '市') {
            end += '市'.len_utf8();
        }
        if char == '郡' {
            let tail = text.get(end..).unwrap_or("");
            if let Some((_, (at, town))) = tail
                .char_indices()
                .enumerate()
                .take(6)
                .find(|(count, (_, c))| *count > 0 && matches!(c, '町' | '村'))
            {
                end += at + town.len_utf8();
            }
        }
        return Some(text.split_at(end));
    }
    None
}

/// Appends a folded line without blanks and with numbers joined by hyphens.
fn push_levelled(line: &str, out: &mut String) {
    let ends_in_digit =
        |out: &str| out.bytes().next_back().is_some_and(|byte| byte.is_ascii_digit());
    // A new line is a new part: numbers on both sides stay apart.
    if ends_in_digit(out) {
        out.push('-');
    }
    let mut rest = line;
    'next: while let Some(char) = rest.chars().next() {
        if !char.is_ascii() && (out.ends_with('-') || ends_in_digit(out)) {
            for counter in COUNTERS {
                if let Some(behind) = rest.strip_prefix(counter) {
                    if !out.ends_with('-') {
                        out.push('-');
                    }
                    rest = behind;
                    continue 'next;
                }
            }
        }
        let (_, behind) = rest.split_at(char.len_utf8());
        if let Some(digit) = numeral(char)
            && COUNTERS.iter().take(JAPANESE_BLOCKS).any(|counter| behind.starts_with(counter))
        {
            out.push(digit);
        } else if is_word(char) {
            // Between a number and a name the hyphen of a counter says nothing.
            if !char.is_ascii_digit()
                && out.ends_with('-')
                && (is_cjk(char) || char.is_alphabetic())
            {
                out.pop();
            }
            out.push(char);
        } else if ends_in_digit(out) {
            // Blank or hyphen behind a number: matters only before another number.
            out.push('-');
        }
        rest = behind;
    }
}

/// 一 to 九 as digits.
fn numeral(char: char) -> Option<char> {
    Some(match char {
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}

/// The first of [`COUNTERS`], before which numbers are written in characters too.
const JAPANESE_BLOCKS: usize = 2;

/// What counts a part of an address; longer ones before their beginnings.
const COUNTERS: &[&str] = &[
    "丁目",
    "丁",
    "番地の",
    "番地",
    "番",
    "号室",
    "號室",
    "号楼",
    "号院",
    "号",
    "號",
    "栋",
    "棟",
    "幢",
    "座",
    "单元",
    "單元",
    "室",
    "楼",
    "樓",
    "层",
    "層",
    "階",
    "弄",
    "の",
    "호",
    "번지",
];

const MUNICIPALITIES: [&str; 8] = ["北京", "上海", "天津", "重庆", "香港", "澳门", "台北", "서울"];

/// What may follow the name of a province.
const SUFFIXES: &[&str] = &[
    "特别行政区",
    "特別行政區",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
    "특별자치도",
    "특별자치시",
    "특별시",
    "광역시",
    "시",
    "도",
    "都",
    "道",
    "府",
    "県",
];

/// The first of [`PROVINCES`].
const CHINESE_PROVINCES: usize = 34;

/// What Chinese calls the provinces of China, municipalities and regions among them, without the word for province.
pub fn chinese_provinces() -> &'static [&'static str] {
    PROVINCES.get(..CHINESE_PROVINCES).unwrap_or(PROVINCES)
}

/// Provinces of China, prefectures of Japan, provinces of Korea; without the word for province.
const PROVINCES: &[&str] = &[
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "北海",
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "滋賀",
    "京都",
    "大阪",
    "兵庫",
    "奈良",
    "和歌山",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
    "서울",
    "부산",
    "대구",
    "인천",
    "광주",
    "대전",
    "울산",
    "세종",
    "경기",
    "강원",
    "충청북",
    "충청남",
    "전라북",
    "전라남",
    "전북",
    "경상북",
    "경상남",
    "제주",
    "충북",
    "충남",
];
