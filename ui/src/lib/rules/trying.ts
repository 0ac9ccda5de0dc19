import type { Countable } from '$lib/api';

/** What can be counted, in the order in which it is offered. */
export const countables: readonly Countable[] = [
  'cancels',
  'not_received',
  'returns',
  'safe_t_granted',
  'safe_t_filed',
  'review_threats',
  'abuse',
];

/** What a shipped clause is about. */
export function usual(clause: string): Countable {
  const known: Readonly<Record<string, Countable>> = {
    NOT_RECEIVED_CLAIMS: 'not_received',
    RETURN_ABUSE: 'safe_t_granted',
    REVIEW_EXTORTION: 'review_threats',
    ABUSIVE_LANGUAGE: 'abuse',
  };
  return (Object.hasOwn(known, clause) ? known[clause] : undefined) ?? 'cancels';
}

/** A whole number as typed, in digits of any width; null when it is none. */
export function whole(text: string): number | null {
  const plain = text.trim().normalize('NFKC');
  return /^\d{1,4}$/.test(plain) ? Number(plain) : null;
}
