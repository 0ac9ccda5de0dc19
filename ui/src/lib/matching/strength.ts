import type { IconName } from '$lib/ui';
import type { Reason, ReasonNote } from '$lib/api';

/** How two values stand to each other, as a person tells it. */
export type Relation = 'agree' | 'close' | 'conflict' | 'missing' | 'shared';

const relations: Record<ReasonNote, Relation> = {
  exact: 'agree',
  variant: 'agree',
  nickname: 'close',
  close: 'close',
  initial: 'close',
  partial: 'close',
  conflict: 'conflict',
  missing: 'missing',
  missing_in_order: 'missing',
  missing_in_record: 'missing',
  shared: 'shared',
};

export const relation = (note: ReasonNote): Relation => relations[note];

export const relationIcons: Record<Relation, IconName> = {
  agree: 'check',
  close: 'swap',
  conflict: 'close',
  missing: 'minus',
  shared: 'users',
};

/** How much a line of the argument says, in words: bits mean nothing to most people. */
export type Strength = 'proof' | 'rareName' | 'rare' | 'telling' | 'common' | 'slight' | 'against' | 'stronglyAgainst';

const names = new Set(['given_name', 'family_name', 'middle_name', 'name']);
const proofs = new Set(['alias', 'marketplace_id', 'phone', 'user_name', 'order_id']);

export function strength({ field, weight, note }: Pick<Reason, 'field' | 'weight' | 'note'>): Strength | null {
  if (relation(note) === 'shared' || Math.abs(weight) < 0.05) return null;
  if (weight <= -5) return 'stronglyAgainst';
  if (weight < 0) return 'against';
  if (weight >= 12 && proofs.has(field)) return 'proof';
  // One in a thousand and rarer.
  if (weight >= 10) return names.has(field) ? 'rareName' : 'rare';
  if (weight >= 6) return 'telling';
  return weight >= 3 ? 'common' : 'slight';
}

/** One step of the waterfall: from where to where the sum goes, in parts of the whole width. */
export type Step = { left: number; width: number };

/** Where each line takes the sum, on one scale with nothing and with what is needed. */
export function steps(
  weights: readonly number[],
  needed: number | null,
): { steps: Step[]; zero: number; need: number | null } {
  let sum = 0;
  let low = 0;
  let high = Math.max(1, needed ?? 0);
  const spans = weights.map((weight) => {
    const from = sum;
    sum += weight;
    low = Math.min(low, sum);
    high = Math.max(high, sum);
    return [Math.min(from, sum), Math.max(from, sum)] as const;
  });
  const at = (value: number) => (value - low) / (high - low);
  return {
    steps: spans.map(([from, to]) => ({ left: at(from), width: at(to) - at(from) })),
    zero: at(0),
    need: needed === null ? null : at(needed),
  };
}
