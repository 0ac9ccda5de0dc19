// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en';
import { zh } from '../i18n/zh';
import {
  added,
  changes,
  counts,
  group,
  grouped,
  parts,
  removed,
  replaced,
  rewritten,
  rows,
  sections,
  shifted,
  stands,
  TOPICS,
  topic,
  undone,
  uses,
} from './lists';

const LIST = `# A remark.
language: en
version: 3

[words]
review = review~|rating
all = <review>|star

[insult]
# Of people.
stupid seller
you (fool|idiot)

[flumpets]
<review> or else
`;
const crates = new URL('../../../../src-tauri/crates/signals/', import.meta.url);
const shipped = readdirSync(new URL('data', crates)).map((name) =>
  readFileSync(new URL(`data/${name}`, crates), 'utf8'),
);
const of = (text: string, name: string) => sections(text).find((section) => section.name === name);
const lines = (text: string, name: string) =>
  of(text, name)
    ?.rows.filter(counts)
    .map((row) => row.text);
/** Kind, line and former text of each change. */
const short = (before: string, after: string) =>
  changes(before, after).map((change) => [change.kind, change.line, change.before]);

describe('a list in rows', () => {
  it('tells what every line is', () => {
    const kinds = rows(LIST).map(({ kind }) => kind);
    expect(kinds.slice(0, 7)).toEqual(['remark', 'head', 'head', 'blank', 'section', 'words', 'words']);
    expect(kinds.slice(7)).toEqual([
      'blank',
      'section',
      'remark',
      'phrase',
      'phrase',
      'blank',
      'section',
      'phrase',
      'blank',
    ]);
    expect(rows('fool\n\uFEFF language: en').map(({ kind }) => kind)).toEqual(['stray', 'head']);
    expect(of(LIST, 'insult')).toMatchObject({ line: 9, rows: [{ line: 10 }, { line: 11 }, { line: 12 }] });
  });

  it('shows known sections that the list lacks, and unknown ones', () => {
    expect(of(LIST, 'threat')).toEqual({ name: 'threat', line: null, rows: [] });
    expect(sections(LIST).at(-1)?.name).toBe('flumpets');
    expect([topic('flumpets'), topic('threat'), topic('words')]).toEqual(['other', 'threats', 'words']);
    const twice = `${LIST}[insult]\nfool\n`;
    expect(lines(twice, 'insult')).toEqual(['stupid seller', 'you (fool|idiot)', 'fool']);
  });

  it('knows the sections of the program, with a name and a sentence for each', () => {
    const source = readFileSync(new URL('src/list.rs', crates), 'utf8');
    const classes = source.slice(source.indexOf('classes! {'), source.indexOf('pub(crate) struct Phrase'));
    const names = [...classes.matchAll(/^ {4}\w+ = "([^"]+)",$/gm)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(30);
    const all = Object.values(TOPICS).flat();
    expect([...all].sort()).toEqual([...names, 'words'].sort());
    for (const catalogue of [en, zh]) {
      expect(Object.keys(catalogue.phrases.sections).sort()).toEqual([...all].sort());
      expect(Object.keys(catalogue.phrases.topics)).toEqual([...Object.keys(TOPICS), 'other']);
    }
  });

  it('reads the shipped lists without a line left over', () => {
    expect(shipped.length).toBe(8);
    for (const text of shipped) {
      expect(rows(text).filter(({ kind }) => kind === 'stray')).toEqual([]);
      expect(sections(text).filter(({ name }) => topic(name) === 'other')).toEqual([]);
      for (const row of of(text, 'words')?.rows ?? []) {
        const { name, words } = group(row.text);
        expect(grouped(name, words), row.text).toBe(row.text);
      }
    }
  });
});

describe('a change of a row', () => {
  it('leaves every other byte', () => {
    const messy = '\uFEFF# x\r\nlanguage: en\r\n\r\n[insult]\r\n  fool \t\r\n\r\n# end';
    expect(replaced(messy, 5, 'idiot')).toBe(messy.replace('fool', 'idiot'));
    expect(replaced(messy, 5, 'a\r\n b')).toBe(messy.replace('fool', 'a b'));
    expect(replaced(messy, 1, '# y')).toBe(messy.replace('# x', '# y'));
    expect(removed(messy, 5)).toBe(messy.replace('  fool \t\r\n', ''));
    expect(added(messy, 'insult', 'you')).toBe(messy.replace('[insult]\r\n', '[insult]\r\nyou\r\n'));
    expect(replaced(messy, 99, 'x')).toBe(messy);
  });

  it('adds below the remarks of a section, and words below those that they may use', () => {
    expect(added(LIST, 'insult', 'new')).toBe(LIST.replace('# Of people.\n', '# Of people.\nnew\n'));
    expect(added(LIST, 'words', 'new = <all>')).toBe(LIST.replace('|star\n', '|star\nnew = <all>\n'));
  });

  it('makes the section that it belongs to', () => {
    expect(added(LIST, 'threat', 'new')).toBe(`${LIST}\n[threat]\nnew\n`);
    expect(added('version: 1', 'threat', 'new')).toBe('version: 1\n\n[threat]\nnew\n');
    expect(added('version: 1\n[insult]\nfool\n', 'words', 'a = b')).toBe(
      'version: 1\n[words]\na = b\n\n[insult]\nfool\n',
    );
  });

  it('gives words another name wherever they are called', () => {
    const opinion = rewritten(LIST, 6, 'opinion = review~|rating');
    expect(opinion).toBe(LIST.replace('review =', 'opinion =').replaceAll('<review>', '<opinion>'));
    expect(short(LIST, opinion).map(([kind]) => kind)).toEqual(['changed', 'changed', 'changed']);
    expect(rewritten(LIST, 6, 'review = x')).toBe(replaced(LIST, 6, 'review = x'));
    expect(rewritten(LIST, 11, 'a = b')).toBe(replaced(LIST, 11, 'a = b'));
  });

  it('tells where other lines stand then', () => {
    const after = added(LIST, 'insult', 'new');
    expect([6, 10, 11, 12, 15].map((line) => shifted(LIST, after, line))).toEqual([6, 10, 12, 13, 16]);
    expect(shifted(LIST, LIST, 11)).toBe(11);
    expect(shifted(LIST, replaced(LIST, 11, 'x'), 12)).toBe(12);
  });

  it('is no remark and no section', () => {
    expect(['fool', '(a|b)', '[a] b', '', '# fool', '[insult]'].map(stands)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('takes the words of a group one by one', () => {
    expect(group('review = review~| rating |')).toEqual({ name: 'review', words: ['review~', 'rating'] });
    expect(group('lost')).toEqual({ name: '', words: ['lost'] });
    expect(grouped(' review ', ['a', ' ', 'b '])).toBe('review = a|b');
    expect([...uses(LIST)]).toEqual([['review', 2]]);
  });
});

describe('what differs from the list in force', () => {
  it('is nothing of what stayed, nor a remark', () => {
    expect(changes(LIST, LIST)).toEqual([]);
    expect(changes(LIST, LIST.replace('# Of people.', '# Of all.\n'))).toEqual([]);
  });

  it('is told line by line', () => {
    expect(short(LIST, added(LIST, 'insult', 'flumpet'))).toEqual([['added', 11, null]]);
    expect(short(LIST, removed(LIST, 11))).toEqual([['removed', null, 'stupid seller']]);
    expect(short(LIST, replaced(LIST, 12, 'you (fool|clown)'))).toEqual([['changed', 12, 'you (fool|idiot)']]);
    expect(short(LIST, replaced(LIST, 6, 'review = x'))).toEqual([['changed', 6, 'review = review~|rating']]);
    // What has nothing in common is another line, also in the same place.
    const both = added(removed(LIST, 11), 'insult', 'flumpet');
    expect(short(LIST, both)).toEqual([
      ['removed', null, 'stupid seller'],
      ['added', 11, null],
    ]);
    const apart = removed(replaced(added(LIST, 'words', 'new = x'), 13, 'you fool'), 12);
    expect(short(LIST, apart).map(([kind]) => kind)).toEqual(['added', 'removed', 'changed']);
  });

  it('is another line under another section', () => {
    const moved = added(removed(LIST, 11), 'threat', 'stupid seller');
    expect(changes(LIST, moved).map(({ kind, section }) => [kind, section])).toEqual([
      ['removed', 'insult'],
      ['added', 'threat'],
    ]);
  });

  it('can be undone one by one', () => {
    const edits = [
      added(LIST, 'insult', 'flumpet'),
      removed(LIST, 6),
      removed(LIST, 7),
      removed(LIST, 11),
      removed(LIST, 12),
      removed(removed(LIST, 12), 11),
      removed(LIST, 15),
      replaced(LIST, 12, 'you (fool|clown)'),
      removed(replaced(added(LIST, 'words', 'new = x'), 13, 'you fool'), 12),
      rewritten(LIST, 6, 'opinion = review~|rating'),
    ];
    for (const edit of edits) {
      let text = edit;
      for (let left = changes(LIST, text); left.length > 0; left = changes(LIST, text)) {
        const next = undone(text, left.at(-1)!);
        expect(changes(LIST, next).length, text).toBeLessThan(left.length);
        text = next;
      }
      expect(text).toBe(LIST);
    }
  });

  it('is found in long lists', () => {
    for (const text of shipped) {
      const last = rows(text).filter(counts).at(-1)!;
      const edit = removed(added(text, 'insult', 'flumpet'), last.line + 1);
      expect(short(text, edit)).toEqual([
        ['added', expect.any(Number), null],
        ['removed', null, last.text],
      ]);
    }
  });
});

describe('a row as it is shown', () => {
  it('loses nothing', () => {
    expect(parts('(a|b~) .. <bad> ... c_d')).toEqual([
      { text: '(', of: 'sign' },
      { text: 'a', of: 'word' },
      { text: '|', of: 'sign' },
      { text: 'b', of: 'word' },
      { text: '~', of: 'sign' },
      { text: ')', of: 'sign' },
      { text: ' ', of: 'word' },
      { text: '..', of: 'sign' },
      { text: ' ', of: 'word' },
      { text: '<bad>', of: 'name' },
      { text: ' ', of: 'word' },
      { text: '...', of: 'sign' },
      { text: ' c', of: 'word' },
      { text: '_', of: 'sign' },
      { text: 'd', of: 'word' },
    ]);
    for (const text of shipped)
      for (const row of rows(text))
        expect(
          parts(row.text)
            .map((part) => part.text)
            .join(''),
        ).toBe(row.text);
  });
});
