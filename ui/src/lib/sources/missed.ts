import type { CoverageDay } from '$lib/api';

/** What was missed of one kind, with what for. */
export interface Missed {
  of: 'orders' | 'messages' | 'skipped';
  reasons: readonly { reason: string; count: number }[];
}

/** How many in all. */
export const total = (reasons: readonly { count: number }[]) => reasons.reduce((sum, { count }) => sum + count, 0);

/** What of a day could not be compared or was not taken; only what there is. */
export const missed = ({ coverage, written, skipped }: CoverageDay): Missed[] =>
  (
    [
      { of: 'orders', reasons: coverage.unscreenable },
      { of: 'messages', reasons: written.unscreenable },
      { of: 'skipped', reasons: skipped },
    ] satisfies Missed[]
  ).filter(({ reasons }) => total(reasons) > 0);
