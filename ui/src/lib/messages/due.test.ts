import { expect, it } from 'vitest';
import { pressing } from './due';

it('is calm until the last hours', () => {
  const now = new Date('2026-11-22T12:00:00Z').getTime();
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
  expect([20, 6.1, 6, 0.1, 0, -30].map((hours) => pressing(at(hours), now))).toEqual([
    'calm',
    'calm',
    'soon',
    'soon',
    'late',
    'late',
  ]);
});
