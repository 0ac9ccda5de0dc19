/**
 * A list of phrases in rows. The text stays the one thing that is edited: rows are read from it, and every change
 * makes another text of which all but the line concerned is as it was, to the byte.
 */

export type Kind = 'head' | 'section' | 'phrase' | 'words' | 'remark' | 'blank' | 'stray';

/** A line, read as the program reads it. */
export interface Row {
  /** Counted from 1. */
  line: number;
  kind: Kind;
  /** What stands in it, without blanks around it. */
  text: string;
  /** Under which section; null before the first. */
  section: string | null;
}

/** The lines under one name, which may stand in several places. */
export interface Section {
  name: string;
  /** Where it begins first; null when the list does not have it. */
  line: number | null;
  rows: Row[];
}

export interface Change {
  kind: 'added' | 'changed' | 'removed';
  section: string;
  /** In the draft; null of what was removed. */
  line: number | null;
  /** What is in force; null of what was added. */
  before: string | null;
  /** Of what was removed: the line of the draft that it stood before; null at the end of its section. */
  place: number | null;
}

/** The section of words by name. */
export const WORDS = 'words';

/** The sections that a list may have, by what they are about. */
export const TOPICS = {
  words: [WORDS],
  reviews: [
    'review threat',
    'bad review',
    'undo review',
    'benefit',
    'condition',
    'otherwise',
    'else review',
    'undo it',
    'past review',
    'review pressure',
    'good review',
    'extra',
    'praise',
    'fair review',
  ],
  insults: [
    'insult',
    'insult word',
    'staff',
    'fair insult',
    'insult of others',
    'fair insult of others',
    'insult of you',
  ],
  threats: [
    'threat',
    'violence',
    'target',
    'intent',
    'private data',
    'exposure',
    'authority',
    'invention',
    'fair threat',
  ],
  contact: ['off platform', 'payment', 'evasion', 'messenger', 'invite', 'fair contact'],
  phishing: ['phishing', 'alarm', 'secret', 'code sent', 'hand over', 'fair phishing'],
} as const;

export type Topic = keyof typeof TOPICS | 'other';

const known: readonly string[] = Object.values(TOPICS).flat();
const bare = (raw: string) => raw.replace(/^\uFEFF+/, '').trim();
const title = (line: string) => (/^\[.*\]$/.test(line) ? line.slice(1, -1).trim() : null);

/** Every line of a list. */
export function rows(text: string): Row[] {
  let section: string | null = null;
  return text.split('\n').map((raw, at) => {
    const line = bare(raw);
    const named = title(line);
    let kind: Kind;
    if (line === '') kind = 'blank';
    else if (line.startsWith('#')) kind = 'remark';
    else if (named !== null) {
      kind = 'section';
      section = named;
    } else if (section === null) kind = /^(?:language|version):/.test(line) ? 'head' : 'stray';
    else kind = section === WORDS ? 'words' : 'phrase';
    return { line: at + 1, kind, text: line, section };
  });
}

/** The sections in the order of the topics, each known one even if the list lacks it; unknown ones last. */
export function sections(text: string): Section[] {
  const all = new Map<string, Section>(known.map((name) => [name, { name, line: null, rows: [] }]));
  for (const row of rows(text)) {
    if (row.section === null || row.kind === 'blank') continue;
    const of = all.get(row.section) ?? { name: row.section, line: null, rows: [] };
    all.set(row.section, of);
    if (row.kind === 'section') of.line ??= row.line;
    else of.rows.push(row);
  }
  return [...all.values()];
}

/** What a section is about. */
export function topic(name: string): Topic {
  const found = Object.entries(TOPICS).find(([, names]) => (names as readonly string[]).includes(name));
  return (found?.[0] as Topic | undefined) ?? 'other';
}

/** Whether it is a line that says something. */
export const counts = ({ kind }: Row): boolean => kind === 'phrase' || kind === 'words';

/** One line, whatever was pasted. */
export const single = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

/** Whether a text can stand in a line of its own without becoming a remark or a section. */
export const stands = (text: string): boolean => text !== '' && !text.startsWith('#') && title(text) === null;

/** The name of a group of words, and the words. */
export function group(text: string): { name: string; words: string[] } {
  const at = text.indexOf('=');
  const [name, words] = at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
  const parts = words.split('|').map((word) => word.trim());
  return { name: name.trim(), words: parts.filter(Boolean) };
}

/** The line of a group of words. */
export const grouped = (name: string, words: readonly string[]): string =>
  `${single(name)} = ${words.map(single).filter(Boolean).join('|')}`;

/** How many lines use the words of each name. */
export function uses(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of rows(text).filter(counts)) {
    const names = new Set([...row.text.matchAll(/<([^<>]*)>/g)].map(([, name]) => name?.trim() ?? ''));
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

/** Where a line of a draft stands after further ones were put in. */
export function shifted(before: string, after: string, line: number): number {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const first = old.findIndex((text, at) => text !== now[at]);
  return first >= 0 && line > first ? line + now.length - old.length : line;
}

/** The list with another text in one line. */
export function replaced(text: string, line: number, next: string): string {
  const lines = text.split('\n');
  const raw = lines[line - 1];
  if (raw === undefined) return text;
  const old = bare(raw);
  const at = raw.indexOf(old);
  lines[line - 1] = raw.slice(0, at) + single(next) + raw.slice(at + old.length);
  return lines.join('\n');
}

/** The list with another text in one line; where that is a group of words by another name, they are called so everywhere. */
export function rewritten(text: string, line: number, next: string): string {
  const row = rows(text)[line - 1];
  const [from, to] = [group(row?.text ?? '').name, group(next).name];
  const then = replaced(text, line, next);
  if (row?.kind !== 'words' || from === to || !from || !to) return then;
  return rows(then)
    .filter(counts)
    .reduce((list, { line: at, text: old }) => {
      const called = old.replace(/<([^<>]*)>/g, (whole, name: string) => (name.trim() === from ? `<${to}>` : whole));
      return called === old ? list : replaced(list, at, called);
    }, then);
}

/** The list without one line. */
export function removed(text: string, line: number): string {
  return text
    .split('\n')
    .filter((_, at) => at !== line - 1)
    .join('\n');
}

/** The list with a line before another one. */
function put(text: string, line: number, next: string): string {
  const lines = text.split('\n');
  // A list whose lines end as on Windows goes on so.
  const end = lines[0]?.endsWith('\r') ? '\r' : '';
  lines.splice(line - 1, 0, single(next) + end);
  return lines.join('\n');
}

/** The list with a further line: at the top of its section, or, of words by name, where it may use those above. */
export function added(text: string, section: string, next: string): string {
  const all = rows(text);
  const start = all.find((row) => row.kind === 'section' && row.section === section);
  if (!start) return added(begun(text, section), section, next);
  if (section === WORDS) return ended(text, section, next);
  let line = start.line + 1;
  while (all[line - 1]?.kind === 'remark') line += 1;
  return put(text, line, next);
}

/** The list with a further line at the end of a section. */
function ended(text: string, section: string, next: string): string {
  const last = rows(text).findLast((row) => row.section === section && row.kind !== 'blank');
  return last ? put(text, last.line + 1, next) : added(text, section, next);
}

/** The list with one section more: the last, but words are defined above those that use them. */
function begun(text: string, section: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const first = rows(text).find((row) => row.kind === 'section');
  if (section === WORDS && first) return put(put(text, first.line, ''), first.line, `[${section}]`);
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${end}[${section}]${end}`;
}

/** The list as it was before a change. */
export function undone(text: string, change: Change): string {
  if (change.kind === 'added') return change.line === null ? text : removed(text, change.line);
  if (change.before === null) return text;
  if (change.kind === 'changed') return change.line === null ? text : rewritten(text, change.line, change.before);
  return change.place === null ? ended(text, change.section, change.before) : put(text, change.place, change.before);
}

/** More cells than this are not compared one by one. */
const CELLS = 4_000_000;

/** What the lines of a draft differ in from the list in force, in the order of the draft. */
export function changes(before: string, after: string): Change[] {
  if (before === after) return [];
  const [old, now] = [rows(before).filter(counts), rows(after).filter(counts)];
  const same = (one: Row | undefined, other: Row | undefined) =>
    one !== undefined && other !== undefined && one.section === other.section && one.text === other.text;
  let start = 0;
  while (same(old[start], now[start])) start += 1;
  let [left, right] = [old.length, now.length];
  while (left > start && right > start && same(old[left - 1], now[right - 1])) {
    left -= 1;
    right -= 1;
  }
  const found: Change[] = [];
  let [gone, come]: [Row[], Row[]] = [[], []];
  const close = (next: Row | undefined) => {
    found.push(...hunk(gone, come, next));
    [gone, come] = [[], []];
  };
  for (const [one, other] of aligned(old.slice(start, left), now.slice(start, right), same)) {
    if (one && other) close(other);
    else if (one) gone.push(one);
    else if (other) come.push(other);
  }
  close(now[right]);
  return found;
}

/** Both lists side by side, with as many lines as can be beside the same one. */
function aligned(old: Row[], now: Row[], same: (one: Row, other: Row) => boolean): [Row | null, Row | null][] {
  const alone = (): [Row | null, Row | null][] => [
    ...old.map((row): [Row, null] => [row, null]),
    ...now.map((row): [null, Row] => [null, row]),
  ];
  const width = now.length + 1;
  if (old.length * now.length === 0 || old.length * now.length > CELLS) return alone();
  const length = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      length[i * width + j] = same(old[i]!, now[j]!) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: [Row | null, Row | null][] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i] ?? null, now[j] ?? null];
    if (one && other && same(one, other)) {
      pairs.push([one, other]);
      [i, j] = [i + 1, j + 1];
    } else if (one && (!other || at(i + 1, j) >= at(i, j + 1))) {
      pairs.push([one, null]);
      i += 1;
    } else {
      pairs.push([null, other]);
      j += 1;
    }
  }
  return pairs;
}

/** Lines that went and lines that came in one place: those that are much alike are one that was changed. */
function hunk(gone: Row[], come: Row[], next: Row | undefined): Change[] {
  const left = [...gone];
  const found = come.map((row): Change => {
    const [section, line] = [row.section ?? '', row.line];
    const alike = left.filter((old) => old.section === row.section && likeness(old, row) >= 0.4);
    const best = alike.sort((a, b) => likeness(b, row) - likeness(a, row))[0];
    if (!best) return { kind: 'added', section, line, before: null, place: null };
    left.splice(left.indexOf(best), 1);
    return { kind: 'changed', section, line, before: best.text, place: null };
  });
  const lost = left.map((old): Change => {
    // It stood before what came in its place, else before what follows.
    const follows = [...come, ...(next ? [next] : [])].find((row) => row.section === old.section);
    return {
      kind: 'removed',
      section: old.section ?? '',
      line: null,
      before: old.text,
      place: follows?.line ?? null,
    };
  });
  const at = ({ line, place }: Change) => line ?? place ?? Infinity;
  return [...lost, ...found].sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}

/** How much two lines have in common, from 0 to 1. */
function likeness(one: Row, other: Row): number {
  if (one.kind === 'words') {
    const [a, b] = [group(one.text), group(other.text)];
    return a.name === b.name ? 1 : a.words.join('|') === b.words.join('|') ? 0.5 : 0;
  }
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [a, b] = [pairs(one.text), pairs(other.text)];
  const both = [...a].filter((pair) => b.has(pair)).length;
  return (2 * both) / (a.size + b.size);
}

/** A line in pieces, for showing: words, signs, and names of words. */
export function parts(text: string): { text: string; of: 'word' | 'sign' | 'name' }[] {
  const pieces = text.split(/(<[^<>]*>|\.{2,3}|[()|~_])/).filter(Boolean);
  return pieces.map((piece) => ({
    text: piece,
    of: /^<.*>$/.test(piece) ? 'name' : /^(?:\.{2,3}|[()|~_])$/.test(piece) ? 'sign' : 'word',
  }));
}
