import { expect, test } from 'vitest';
import type { BuyerDetail, DuplicateView } from '$lib/api';
import { counterpart, own, pairKey, pairsOf, within } from './pair';

const pair = { one: { id: 'a' }, other: { id: 'b' } } as DuplicateView;
const having = (...identifiers: [string, string][]) =>
  ({ identifiers: identifiers.map(([kind, masked], id) => ({ id: `${id}`, kind, masked })) }) as unknown as BuyerDetail;

test('a pair is the same both ways round', () => {
  expect(pairsOf([pair])).toEqual([{ one: 'a', other: 'b' }]);
  expect(pairKey({ one: 'a', other: 'b' })).toBe(pairKey({ one: 'b', other: 'a' }));
  expect(pairKey({ one: 'a', other: 'b' })).not.toBe(pairKey({ one: 'a', other: 'c' }));
});

test('the counterpart is the other one, whoever is asked', () => {
  expect(counterpart(pair, 'a').id).toBe('b');
  expect(counterpart(pair, 'b').id).toBe('a');
});

test('the place stays within what is left', () => {
  expect([within(0, 3), within(2, 3), within(2, 2), within(1, 0)]).toEqual([0, 2, 1, 0]);
});

test('what only one has keeps its kind and its order', () => {
  const one = having(['name', 'J•••'], ['phone', '•••42'], ['alias', 'k7…'], ['user_name', 'J•••']);
  const other = having(['name', 'J•••'], ['phone', '•••99']);
  expect(own(one, other).map(({ kind }) => kind)).toEqual(['phone', 'alias', 'user_name']);
  expect(own(other, one).map(({ masked }) => masked)).toEqual(['•••99']);
  expect(own(one, undefined)).toHaveLength(4);
  expect(own(undefined, one)).toEqual([]);
});
