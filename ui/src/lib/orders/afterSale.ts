import type { ClaimView, FeedbackView, ReturnView } from '$lib/api';
import { format, m } from '$lib/i18n';

/** What the marketplace calls it, in one writing: `CR-DEFECTIVE`, `Defective` and `DEFECTIVE` are one. */
function code(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/^(?:cr-|amz-pg-(?:app-)?|apparel[_-])/, '')
    .replace(/[\s-]+/g, '_');
}

/** A known code in words, anything else as it is. */
function worded(known: Readonly<Record<string, string>>, words: string): string {
  const of = code(words);
  return Object.hasOwn(known, of) ? known[of]! : words.trim();
}

/** A reason or ground of the marketplace in words. */
export const reason = (words: string) => worded(m().afterSale.reasons, words);
/** A state or condition of the marketplace in words. */
export const state = (words: string) => worded(m().afterSale.states, words);

const named = (name: string, text: string) => (text ? m().common.colon(name, text) : '');
const known = (parts: string[]) => parts.filter((part) => part !== '');

/** What is known of a return beside its date and what the buyer wrote. */
export function returned(one: ReturnView): string[] {
  return known([
    named(m().common.reason, reason(one.reason)),
    named(m().afterSale.status, state(one.status)),
    one.quantity === null ? '' : m().afterSale.units(one.quantity),
    one.product,
    named(m().afterSale.condition, state(one.disposition)),
    named(m().afterSale.refunded, format.money(one.refunded)),
  ]);
}

/** What is known of a claim beside its kind and date. */
export function claimed(one: ClaimView): string[] {
  return known([
    named(m().afterSale.ground, reason(one.reason)),
    named(m().afterSale.status, state(one.state)),
    named(m().afterSale.paid, format.money(one.amount)),
    one.claim_id,
  ]);
}

/** How a buyer rated the shop. */
export function rated(one: FeedbackView): string[] {
  return one.rating === null ? [] : [m().afterSale.stars(one.rating)];
}
