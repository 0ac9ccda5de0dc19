//! Where a mail program put what another wrote below what was written.

/// How mail programs introduce a quotation: beginning and end of its line, or of two when the sender's
/// name makes it long, and a word between them where the two alone say little.
const QUOTED: [(&str, &str, &str); 14] = [
    ("On ", "", "wrote:"),
    ("Am ", "schrieb", ":"),
    ("Le ", "", "écrit :"),
    ("Le ", "", "écrit:"),
    ("Il ", "", "scritto:"),
    ("El ", "", "escribió:"),
    ("Em ", "", "escreveu:"),
    ("Op ", "schreef", ":"),
    ("Den ", "skrev", ":"),
    ("", "", "napisał(a):"),
    ("", "", "napisał:"),
    ("", "", "şunu yazdı:"),
    ("于", "", "写道："),
    ("在", "", "写道："),
];

/// Most bytes of a line of an introduction.
const INTRODUCTION_MAX: usize = 500;

/// Words between dashes above what another wrote, as Outlook, QQ and others put them.
const ORIGINAL: [&str; 31] = [
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "original nachricht",
    "mail original",
    "courriel original",
    "message transféré",
    "messaggio inoltrato",
    "mensaje reenviado",
    "message d'origine",
    "message original",
    "messaggio originale",
    "mensaje original",
    "mensagem original",
    "oorspronkelijk bericht",
    "ursprungligt meddelande",
    "oryginalna wiadomość",
    "orijinal mesaj",
    "opprinnelig melding",
    "oprindelig meddelelse",
    "alkuperäinen viesti",
    "původní zpráva",
    "原始邮件",
    "邮件原件",
    "原始郵件",
    "原邮件",
    "元のメッセージ",
    "forwarded message",
    "weitergeleitete nachricht",
    "转发邮件",
];

/// The first two headers that Outlook and others put above what another wrote, without their colons.
const HEADERS: [(&[&str], &[&str]); 11] = [
    (&["from"], &["sent", "date", "to", "reply-to"]),
    (&["von"], &["gesendet", "datum", "an"]),
    (
        &["de"],
        &[
            "envoyé",
            "date",
            "à",
            "enviado",
            "enviado el",
            "enviada",
            "enviado em",
            "fecha",
            "data",
            "para",
        ],
    ),
    (&["da"], &["inviato", "data", "a"]),
    (&["发件人"], &["发送时间", "发送日期", "日期", "时间", "收件人"]),
    (&["寄件者", "寄件人"], &["寄件日期", "傳送時間", "日期", "收件者"]),
    (&["差出人", "送信者", "送信元"], &["送信日時", "送信日", "日付", "日時", "宛先"]),
    (&["van"], &["verzonden", "datum", "aan"]),
    (&["från"], &["skickat", "datum", "till"]),
    (&["od"], &["wysłano", "data", "do"]),
    (&["kimden"], &["gönderildi", "tarih", "kime"]),
];

/// Where a quotation begins that a mail program introduced and whose lines bear no marks: from there on
/// the words may be another's.
#[must_use]
pub fn quotation(text: &str) -> Option<usize> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, line.trim()));
        start += line.len();
    }
    let trimmed = |at: usize| lines.get(at).map_or("", |(_, line)| *line);
    (0..lines.len()).find_map(|at| {
        let of_two = quotes(trimmed(at), trimmed(at + 1))?;
        let below = lines.iter().skip(at + 1 + usize::from(of_two)).map(|(_, line)| *line);
        let marked =
            below.clone().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with('>'));
        if marked { None } else { lines.get(at).map(|(start, _)| *start) }
    })
}

/// Whether a line stands above what another wrote, alone or, which is told, with the one below it.
pub(super) fn quotes(line: &str, next: &str) -> Option<bool> {
    let long = |line: &str| line.len() > INTRODUCTION_MAX;
    if long(line) {
        return None;
    }
    // Mail programs set narrow and unbreakable spaces before a colon.
    let line = spaced(line);
    if is_original(&line) || introduces(&line) {
        return Some(false);
    }
    let next = if long(next) { String::new() } else { spaced(next) };
    if heads(&line, &next) {
        return Some(true);
    }
    (names_letter(&line) && introduces(&format!("{line} {next}"))).then_some(true)
}

/// With ordinary spaces, one between words.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

pub(super) fn is_original(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', '=', ' ']);
    let leading = line.len() - line.trim_start_matches(['-', '_', '=']).len();
    leading >= 3 && ORIGINAL.contains(&&*inner.to_lowercase().replace('\u{2019}', "'"))
}

/// Whether the line names a letter: by an address, a year or a time of day.
fn names_letter(line: &str) -> bool {
    line.contains('@') || names_time(line)
}

/// Whether a year or a time of day stands in the line.
pub(super) fn names_time(line: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let year = |part: &[u8]| part.iter().all(digit);
    let time = |part: &[u8]| matches!(part, [a, b':', b, c] if [a, b, c].into_iter().all(digit));
    line.as_bytes().windows(4).any(|part| year(part) || time(part))
}

/// Whether the line introduces a letter, as in `On Tue, May 5, 2026 at 10:00 AM Shop wrote:`.
fn introduces(line: &str) -> bool {
    let quoted = |(begin, between, end): &(&str, &str, &str)| {
        line.starts_with(begin) && line.contains(between) && line.ends_with(end)
    };
    names_letter(line) && (QUOTED.iter().any(quoted) || is_dated(line) || is_addressed(line))
}

/// When, who with an address in brackets, and a colon: so mail programs of every language introduce a letter.
fn is_addressed(line: &str) -> bool {
    let address = |text: &str| {
        let (address, _) = text.split_once('>').unwrap_or_default();
        let (local, domain) = address.split_once('@').unwrap_or_default();
        !local.is_empty() && domain.contains('.') && !address.contains(char::is_whitespace)
    };
    line.ends_with([':', '：']) && names_time(line) && line.split('<').skip(1).any(address)
}

/// `2026年5月5日(火) 10:00 店 <shop@example.com>:`
fn is_dated(line: &str) -> bool {
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let dated = line
        .split_once('年')
        .is_some_and(|(year, rest)| digits(year) && rest.contains('月') && rest.contains('日'));
    // Without a sender it may be the writer's own list of what happened when.
    let sender = ["@", "写道", "寫道", "書きました"].iter().any(|word| line.contains(word));
    dated && sender && line.ends_with([':', '：'])
}

/// Whether both are the headers of another letter.
fn heads(line: &str, next: &str) -> bool {
    let header = |line: &str| {
        let (name, value) = line.split_once([':', '：'])?;
        let name = name.trim_matches(['*', ' ']).to_lowercase();
        Some((name, value.contains('@') || value.bytes().any(|byte| byte.is_ascii_digit())))
    };
    let (Some((first, named)), Some((second, dated))) = (header(line), header(next)) else {
        return false;
    };
    let both = |(firsts, seconds): &(&[&str], &[&str])| {
        firsts.contains(&&*first) && seconds.contains(&&*second)
    };
    (named || dated) && HEADERS.iter().any(both)
}
