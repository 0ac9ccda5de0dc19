// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

type Node = string | ((...args: never[]) => string) | readonly Node[] | { readonly [key: string]: Node };

/** Every text of a catalogue with its path; functions as their source. */
function texts(node: Node, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') return [[path, String(node)]];
  return Object.entries(node).flatMap(([key, value]) => texts(value as Node, path ? `${path}.${key}` : key));
}

const crates = new URL('../../../../src-tauri/crates/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, crates), 'utf8');

/** The names that a match of Rust gives out: `Self::Gap => "gap"`, `NotText { .. } => "not_text"`. */
function arms(source: string): string[] {
  return [...source.matchAll(/=>\s*"([a-z][a-z_]+)"/g)].map(([, code]) => code ?? '');
}
/** The part of a source between two marks. */
function between(source: string, from: string, to: string): string {
  const start = source.indexOf(from);
  expect(start, `the source still has ${from}`).toBeGreaterThanOrEqual(0);
  const end = source.indexOf(to, start);
  return source.slice(start, end < 0 ? undefined : end);
}

describe('the catalogues', () => {
  const english = new Map(texts(en as unknown as Node));
  const chinese = new Map(texts(zh as unknown as Node));

  it('hold the same texts', () => expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort()));

  it('leave nothing empty and never shout', () => {
    for (const [path, text] of [...english, ...chinese]) {
      expect(text.trim(), path).not.toBe('');
      if (!text.includes('=>')) expect(text, path).not.toMatch(/[!！]/);
    }
  });

  it('say it in Chinese where Chinese is shown', () => {
    const foreign = /^(?:Ctrl|Shift|Delete|Enter|Home|End|Esc|PgUp|PgDn|SKU|SHA-256|English|Switch to English|\+ )/;
    for (const [path, text] of chinese)
      if (!text.includes('=>') && !foreign.test(text)) expect(text, path).toMatch(/\p{Script=Han}/u);
  });

  it('name the same parameters in a refusal', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const [code, text] of Object.entries(en.errors))
      expect(names(zh.errors[code as keyof typeof en.errors]), code).toEqual(names(text));
  });
});

describe('a text for every code of the backend', () => {
  it('that refuses a decision', () =>
    expect(Object.keys(en.errors)).toEqual(expect.arrayContaining(arms(read('domain/src/refusal.rs')))));

  it('that refuses a file', () => {
    const source = between(read('intake/src/error.rs'), 'impl IntakeError', 'pub fn params');
    expect(Object.keys(en.errors)).toEqual(expect.arrayContaining(arms(source)));
  });

  it('of the use cases', () => {
    const source = read('app/src/error.rs');
    const made = [...source.matchAll(/::new\(\s*"([a-z_]+)"/g)].map(([, code]) => code ?? '');
    expect(Object.keys(en.errors)).toEqual(expect.arrayContaining([...arms(source), ...made]));
  });

  it('that names a kind of file', () => {
    const source = between(read('intake/src/error.rs'), 'Self::Image =>', '}');
    expect(Object.keys(en.fileKinds)).toEqual(expect.arrayContaining(arms(source)));
  });

  it('for an identifier that cannot match', () => {
    const source = between(read('matching/src/identifier.rs'), 'impl Unusable', '\n}');
    expect(Object.keys(en.unusable)).toEqual(expect.arrayContaining(arms(source)));
    const shown = [...read('app/src/buyers/shown.rs').matchAll(/Some\("([a-z_]+)"\)/g)].map(([, code]) => code);
    expect(shown).toContain('shared_by_nature');
    expect(Object.keys(en.unusable)).toEqual(expect.arrayContaining(shown));
  });

  it('for a row that was skipped or could not be screened', () => {
    const source = read('domain/src/observation.rs');
    expect(Object.keys(en.skips)).toEqual(expect.arrayContaining(arms(between(source, 'impl SkipReason', '\n}'))));
    expect(Object.keys(en.unscreenable)).toEqual(
      expect.arrayContaining(arms(between(source, 'impl Unscreenable', '\n}'))),
    );
  });

  it('for a line of a list of phrases that cannot be read', () => {
    const source = between(read('signals/src/list.rs'), 'impl Problem {', '\n}');
    expect(Object.keys(en.phrases.problems).sort()).toEqual(arms(source).sort());
  });

  it('for a problem of the record', () => {
    const source = between(read('vault/src/journal/verify.rs'), 'impl ProblemCode', '\n}');
    expect(Object.keys(en.settings.problemCodes)).toEqual(expect.arrayContaining(arms(source)));
  });
});
