import type { BasisView, SignalRow } from '$lib/api';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui';

const icons: Record<SignalRow['kind'], IconName> = {
  cancels: 'close',
  not_received: 'truck',
  returns: 'back',
  safe_t: 'shield',
  review_threat: 'mail',
  abuse: 'mail',
};

export const signalIcon = (kind: SignalRow['kind']): IconName => icons[kind];

/** Whole days that the observations span, the first and the last included. */
export function days(from: string, until: string): number {
  return Math.floor((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1;
}

/** Whether nothing is stored any more of what was counted. A cancellation needs nothing but its order. */
export function isGone(kind: SignalRow['kind'], one: BasisView): boolean {
  return kind !== 'cancels' && one.message === null && one.returns.length + one.claims.length === 0;
}

/** What was noticed, in one line. */
export function noticed(signal: SignalRow): string {
  const words = m().signals.noticed[signal.kind];
  return words(signal.count, days(signal.from, signal.until), signal.orders);
}

/** What the reports leave open of what counts. */
export function unsure({ kind, unsure }: Pick<SignalRow, 'kind' | 'unsure'>): string {
  const words = m().signals.unsure;
  return words[kind === 'returns' || kind === 'safe_t' || kind === 'not_received' ? kind : 'cancels'](unsure);
}
