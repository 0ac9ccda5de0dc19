import { expect, it } from 'vitest';
import { dayTime } from '$lib/i18n/format';
import { capturedAt } from './captured';

it('keeps the digits of a clock whose zone nobody knows', () => {
  const now = new Date('2026-11-22T12:00:00Z').getTime();
  const captured_at = '2026-03-04T05:06:07.000Z';
  expect(dayTime(capturedAt({ captured_at, captured_offset: null }) ?? '', now)).toBe('3月4日 05:06');
  expect(capturedAt({ captured_at, captured_offset: 480 })).toBe(captured_at);
  expect(capturedAt({ captured_at: null, captured_offset: null })).toBeNull();
});
