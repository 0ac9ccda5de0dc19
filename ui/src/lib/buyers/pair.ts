import type { BuyerDetail, DuplicateView, IdentifierView } from '$lib/api';

/** Two buyers who may be one person. */
export type Pair = { one: string; other: string };

export const pairsOf = (items: readonly DuplicateView[]): Pair[] =>
  items.map(({ one, other }) => ({ one: one.id, other: other.id }));

/** The pair without order: the same for both ways round. */
export const pairKey = ({ one, other }: Pair): string => [one, other].toSorted().join(' ');

/** The place of the pair to show, after some of them are gone. */
export const within = (at: number, count: number): number => Math.max(0, Math.min(at, count - 1));

/** The other one of a pair. */
export const counterpart = (pair: DuplicateView, of: string) => (pair.one.id === of ? pair.other : pair.one);

/** What only one of two buyers has, in the order of the record; masked values are compared, so equal ones may hide a
 *  difference but never the other way round. */
export function own(buyer: BuyerDetail | undefined, other: BuyerDetail | undefined): IdentifierView[] {
  const theirs = new Set((other?.identifiers ?? []).map(({ kind, masked }) => `${kind} ${masked}`));
  return (buyer?.identifiers ?? []).filter(({ kind, masked }) => !theirs.has(`${kind} ${masked}`));
}
