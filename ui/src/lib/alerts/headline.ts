import type { AlertRow } from '$lib/api';
import { m } from '$lib/i18n';

/** What happened, in one line: who ordered again or wrote, and how sure that is. */
export function headline(alert: AlertRow, who: string): string {
  const words = m().watch;
  if (alert.message_id !== null) return alert.tier === 'alert' ? words.wrote(who) : words.maybeWrote(who);
  return alert.tier === 'alert' ? words.orderedAgain(who) : words.maybeOrdered(who);
}
