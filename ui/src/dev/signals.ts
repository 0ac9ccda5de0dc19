/** Made-up signals for the demo. */
import type * as T from '$lib/api/generated';
import * as data from './data';
import { message } from './sources';

const ago = (minutes: number): string => data.ago(minutes / 60);

const basis = (n: number, of: number, text: string | null, kind?: T.SignalKind): T.BasisView => {
  const order_id = `305-${String(2_000_000 + n * 10 + of).padStart(7, '0')}-${String(1_234_567 + of)}`;
  return {
    key: text ? `m${n}` : order_id,
    at: ago(2880 * (of + 1)),
    order_id,
    order: null,
    message: text
      ? message(n, { text, findings: [{ kind: 'insult', clause: 'ABUSIVE_LANGUAGE', words: [[8, 13]] }] })
      : null,
    cancelled: kind === 'cancels',
    returns:
      kind === 'returns'
        ? [
            {
              at: ago(2880 * (of + 1)),
              product: '',
              quantity: 1,
              status: 'Approved',
              reason: 'CR-UNWANTED_ITEM',
              disposition: '',
              comment: '',
              refunded: null,
            },
          ]
        : [],
    claims:
      kind === 'not_received'
        ? [
            {
              kind: 'a_to_z',
              at: ago(2880 * (of + 1)),
              claim_id: '',
              state: '',
              reason: 'ITEM_NOT_RECEIVED',
              amount: null,
            },
          ]
        : [],
  };
};

const row = (n: number, kind: T.SignalKind, clause: string, more: Partial<T.SignalDetail>): T.SignalDetail => {
  const observations = more.basis ?? [2, 1, 0].map((of) => basis(n, of, null, kind));
  return {
    id: data.id(),
    kind,
    clause,
    label: ['H••• S•••', 'M••• K•••', '张••', 'b1c2•••@…amazon.de'][n % 4] ?? '',
    marketplace: 'Amazon.de',
    from: observations[0]?.at ?? ago(9000),
    until: observations.at(-1)?.at ?? ago(10),
    at: ago(n * 340 + 12),
    count: observations.length,
    orders: kind === 'returns' ? 5 : 0,
    unsure: 0,
    snippet: '',
    verdict: null,
    decided_by: null,
    reason: null,
    buyer_id: null,
    withdrawn_at: null,
    existing: [],
    incidents: [],
    ...more,
    basis: observations,
  };
};

const insult = 'You are idiot people and I know where you live.';

export const signals: T.SignalDetail[] = [
  row(1, 'cancels', 'REPEAT_CANCEL', { unsure: 1 }),
  row(2, 'abuse', 'ABUSIVE_LANGUAGE', {
    basis: [basis(2, 0, insult)],
    snippet: insult,
    existing: [{ buyer_id: data.id(), label: 'M••• K•••' }],
  }),
  row(3, 'not_received', 'NOT_RECEIVED_CLAIMS', { basis: [1, 0].map((of) => basis(3, of, null, 'not_received')) }),
  row(4, 'returns', 'RETURN_ABUSE', {}),
  row(5, 'cancels', 'REPEAT_CANCEL', { verdict: 'rejected', reason: 'The shop was out of stock.' }),
  row(6, 'returns', 'RETURN_ABUSE', { withdrawn_at: data.ago(60) }),
];
