import { expect, it } from 'vitest';
import { missed, total } from './missed';

const day = {
  day: '2026-11-27T23:00:00.000Z',
  coverage: { screened: 7, unscreenable: [{ reason: 'identity_empty', count: 2 }] },
  messages: 9,
  written: { screened: 3, unscreenable: [] },
  forged: 1,
  skipped: [
    { reason: 'footer', count: 1 },
    { reason: 'mail_too_large', count: 4 },
  ],
} as const;

it('tells what was missed by what it is, and nothing of what is whole', () => {
  const found = missed(structuredClone(day) as never);
  expect(found.map(({ of, reasons }) => [of, total(reasons)])).toEqual([
    ['orders', 2],
    ['skipped', 5],
  ]);
});
