import { describe, expect, it } from 'vitest';
import { steps, strength } from './strength';

describe('the waterfall', () => {
  it('starts every step where the one before ended', () => {
    const { steps: all, zero, need } = steps([10, -4, 6], 8);
    expect(zero).toBe(0);
    expect(need).toBeCloseTo(8 / 12);
    expect(all[0]).toEqual({ left: 0, width: 10 / 12 });
    expect(all[1]?.left).toBeCloseTo(6 / 12);
    expect(all[2]?.left).toBeCloseTo(6 / 12);
    expect((all[2]?.left ?? 0) + (all[2]?.width ?? 0)).toBeCloseTo(1);
  });

  it('has room for a sum below nothing and stands without lines', () => {
    const { steps: all, zero } = steps([-9, 3], null);
    expect(zero).toBeCloseTo(0.9);
    expect(all[0]).toEqual({ left: 0, width: 0.9 });
    expect(steps([], null).steps).toEqual([]);
  });

  it('says in words how much a line says', () => {
    expect(strength({ field: 'family_name', weight: 11, note: 'exact' })).toBe('rareName');
    expect(strength({ field: 'unit', weight: 3, note: 'exact' })).toBe('common');
    expect(strength({ field: 'alias', weight: 20, note: 'exact' })).toBe('proof');
    expect(strength({ field: 'street', weight: -9, note: 'shared' })).toBeNull();
    expect(strength({ field: 'given_name', weight: -7, note: 'conflict' })).toBe('stronglyAgainst');
  });
});
