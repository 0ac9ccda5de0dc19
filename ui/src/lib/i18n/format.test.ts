import { describe, expect, it } from 'vitest';
import { bytes, clock, countdown, day, dayTime, exact, money, number, until, when } from './format';

const now = new Date('2026-11-22T12:00:00Z').getTime();
const before = (ms: number) => new Date(now - ms).toISOString();

// Texts are in Chinese until a language is chosen.
describe('dates', () => {
  it('are relative within a day', () => {
    expect(when(before(20_000), now)).toBe('刚刚');
    expect(when(before(120_000), now)).toBe('2 分钟前');
    expect(when(before(5 * 3_600_000), now)).toBe('5 小时前');
    expect(when(before(-2 * 3_600_000), now)).toBe('2 小时后');
  });

  it('are days after it, with the year only when it is another', () => {
    expect(day('2026-05-03T12:00:00Z', now)).toBe('5月3日');
    expect(day('2025-05-03T12:00:00Z', now)).toBe('2025年5月3日');
    expect(when(before(30 * 86_400_000), now)).toBe('10月23日');
  });

  it('that come are a time alone today', () => {
    const noon = new Date(2026, 10, 22, 12).getTime();
    const at = (hours: number) => new Date(noon + hours * 3_600_000).toISOString();
    expect(until(at(2), noon)).toBe(clock(at(2)));
    expect(until(at(20), noon)).toBe(dayTime(at(20), noon));
  });

  it('tell the exact instant and the zone', () =>
    expect(exact('2026-11-22T12:00:00Z')).toMatch(/^2026-11-2\dT\d\d:\d\d:00[+-]\d\d:\d\d \(.+\)$/));
});

describe('numbers', () => {
  it('are grouped', () => expect(number(1_234_567)).toBe('1,234,567'));
  it('of money carry their currency', () => {
    expect(money({ amount: '189.00', currency: 'EUR' })).toBe('€189.00');
    expect(money({ amount: '1200', currency: 'JPY' })).toBe('JP¥1,200');
    expect(money({ amount: '12', currency: 'CNY' })).toBe('¥12.00');
    expect(money({ amount: '12', currency: 'USD' })).not.toBe(money({ amount: '12', currency: 'CAD' }));
    expect(money({ amount: '5', currency: '' })).toBe('5');
    expect(money({ amount: '5', currency: 'not one' })).toBe('5 not one');
    expect(money(null)).toBe('');
  });
  it('of bytes step by a thousand', () => {
    expect(bytes(999)).toMatch(/^999/);
    expect(bytes(1_284_311)).toMatch(/^1\.3/);
  });
  it('count down in minutes and seconds', () => {
    expect(countdown(521)).toBe('8:41');
    expect(countdown(-3)).toBe('0:00');
  });
});
