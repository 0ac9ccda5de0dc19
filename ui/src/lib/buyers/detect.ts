import type { IdentifierKind } from '$lib/api';

const ORDER = /\b(?:\d{3}-\d{7}-\d{7}|[SD]01-\d{7}-\d{7})\b/;
const MAIL = /[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+\.[a-z]{2,}/i;
const MARKETPLACE_ID = /^A[A-Z0-9]{11,20}$/;
const ADDRESS =
  /\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|square|apt|unit|suite|p\.?\s?o\.?\s?box|rue|via|calle|plaza|piazza)\b|str(?:\.|aße|asse)|weg\b|gasse|platz|allee|[省市区县镇路街号弄巷室丁目番地〒]/i;

/** What kind of identifier a text most likely is. */
export function detect(text: string): IdentifierKind {
  const value = text.trim();
  if (ORDER.test(value)) return 'order_id';
  if (MAIL.test(value)) return 'alias';
  if (MARKETPLACE_ID.test(value)) return 'marketplace_id';
  const digits = value.replace(/\D/g, '').length;
  if (/^[+(\d][\d\s()./-]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?$/i.test(value) && digits >= 7 && digits <= 17) return 'phone';
  if (/\d/.test(value) && (ADDRESS.test(value) || /,|\n/.test(value))) return 'address';
  if (/[\d_]/.test(value) && !/\s/.test(value)) return 'user_name';
  return 'name';
}

/** The identifiers in pasted text: labels are dropped, the lines of an address are joined. */
export function identifiersIn(text: string): { kind: IdentifierKind; value: string }[] {
  const found: { kind: IdentifierKind; value: string }[] = [];
  for (const raw of text.split(/[\n\t;；]+/)) {
    const line = raw.trim().replace(/^[\p{L} -]{2,20}[:：]\s*/u, '');
    if (line === '') continue;
    // Among other words order IDs and addresses of mail still say what they are, and so does a number with its country.
    const [inner, ...others] = [ORDER, MAIL].flatMap((of) => line.match(new RegExp(of, `g${of.flags}`)) ?? []);
    if (inner) others.push(...(line.match(/(?<!\S)\+\d[\d ()./-]{6,}\d/g) ?? []));
    const value = inner ?? line;
    const kind = detect(value);
    const last = found.at(-1);
    // A line that ends in a place or postcode goes on with the address before it.
    if (
      last?.kind === 'address' &&
      !inner &&
      (kind === 'address' || /^[\p{L}-]{0,3}\s?\d{4,6}(?:-\d{3,4})?\b/u.test(value))
    ) {
      last.value += `, ${value}`;
      continue;
    }
    for (const one of [value, ...others]) {
      const kind = detect(one);
      if (!found.some((known) => known.kind === kind && known.value === one)) found.push({ kind, value: one });
    }
  }
  return found;
}
