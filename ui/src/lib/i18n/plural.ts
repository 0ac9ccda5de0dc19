const rules = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en-GB');

/** An English count with its noun: `1 order`, `2,301 orders`. */
export function count(n: number, one: string, other = `${one}s`): string {
  return `${numbers.format(n)} ${rules.select(n) === 'one' ? one : other}`;
}

/** An English list: `a, b and c`. */
export const listEn = (parts: string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);

/** A Chinese list: `甲、乙和丙`. */
export const listZh = (parts: string[]): string => new Intl.ListFormat('zh-CN', { type: 'conjunction' }).format(parts);

/** A grouped number. */
export const group = (n: number): string => numbers.format(n);

const han = /\p{Script=Han}/u;

/** Chinese written around a name: a space stands only where it meets other letters (`由志远列入`, `由 Jonas 列入`). */
export const joined = (...parts: string[]): string =>
  parts.reduce((text, part) => `${text}${han.test(text.slice(-1)) && han.test(part.charAt(0)) ? '' : ' '}${part}`);
