import type { Reason, ReasonField } from '$lib/api';

type Line = Pick<Reason, 'field' | 'weight' | 'note'>;

const nameParts = ['given_name', 'family_name', 'middle_name', 'generation'] as const;
const homeParts = ['street', 'house_number', 'unit', 'city', 'country'] as const;
type Part = (typeof nameParts)[number] | (typeof homeParts)[number];

/** What a sentence speaks of: names and addresses as wholes. */
export type WholeField = Exclude<ReasonField, Part>;
export type WholeLine = { field: WholeField; weight: number; note: Reason['note'] };

const has = (parts: readonly string[], field: string) => parts.includes(field);

/** One line for a name or an address that was compared part by part. */
function together(field: WholeField, lines: Line[]): WholeLine[] {
  if (lines.length === 0) return [];
  const weight = lines.reduce((sum, line) => sum + line.weight, 0);
  const noted = (note: Reason['note']) => lines.some((line) => line.note === note);
  const agrees = lines.some((line) => line.weight > 0);
  if (noted('shared')) return [{ field, weight, note: 'shared' }];
  if (noted('conflict'))
    return [{ field, weight, note: agrees && (field === 'name' || weight > 0) ? 'partial' : 'conflict' }];
  if (!agrees) return [{ field, weight, note: 'missing' }];
  const close = noted('close') || noted('nickname') || noted('initial') || (field === 'name' && noted('missing'));
  return [{ field, weight, note: close ? 'close' : 'exact' }];
}

/** The argument as a person tells it: not street, number and flat, but the address. */
export function whole(reasons: readonly Line[]): WholeLine[] {
  const names = reasons.filter((line) => has(nameParts, line.field));
  // The postcode belongs to an address that was compared part by part; else it is all there is.
  const parted = reasons.some((line) => has(homeParts, line.field));
  const isHome = (line: Line) => has(homeParts, line.field) || (parted && line.field === 'postcode');
  const rest = reasons.filter((line) => !has(nameParts, line.field) && !isHome(line)) as WholeLine[];
  return [...rest, ...together('name', names), ...together('address', reasons.filter(isHome))];
}
