import { describe, expect, it } from 'vitest';
import { endOf, span } from './days';

describe('the days between which orders were placed', () => {
  const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).toISOString();

  it('hold the last one whole', () => {
    expect(span('2026-11-01', '2026-11-30')).toEqual({
      from: local(2026, 11, 1),
      to: local(2026, 12, 1),
      problem: null,
    });
    expect(span('', '2026-12-31').to).toBe(local(2027, 1, 1));
    expect(span('2026-11-01', '2026-11-01').problem).toBeNull();
    expect(span('', '')).toEqual({ from: null, to: null, problem: null });
  });

  it('are refused when they are none, instead of breaking the list', () => {
    for (const odd of ['202611-01-01', '2026-02-30', '2026-13-01', '20261-11-22', '0001-01-01', 'x']) {
      expect(span(odd, '')).toEqual({ from: null, to: null, problem: 'from' });
      expect(span('2026-01-01', odd)).toEqual({ from: null, to: null, problem: 'to' });
    }
    expect(span('2026-11-02', '2026-11-01').problem).toBe('reversed');
  });
});

describe('the day on which something ends', () => {
  const noon = new Date(2026, 10, 22, 12);

  it('still counts, and need not be named', () => {
    expect(endOf('2026-11-22', noon)).toBe(new Date(2026, 10, 23).toISOString());
    expect(endOf('', noon)).toBeNull();
  });

  it('is refused when it has passed or is none', () => {
    for (const odd of ['2026-11-21', '2026-02-30', 'x']) expect(endOf(odd, noon)).toBeUndefined();
  });
});
