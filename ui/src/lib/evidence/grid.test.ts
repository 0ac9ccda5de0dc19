import { describe, expect, it } from 'vitest';
import { grid, inSight, target } from './grid';

describe('a gallery', () => {
  it('has as many columns as have room', () => {
    expect(grid(500, 156, 12, 10)).toEqual({ columns: 3, rows: 4 });
    expect(grid(100, 156, 12, 10)).toEqual({ columns: 1, rows: 10 });
    expect(grid(500, 156, 12, 0)).toEqual({ columns: 3, rows: 0 });
  });

  it('draws the rows in sight and a few beside them', () => {
    const lines = { columns: 5, rows: 2000 };
    expect(inSight(0, 540, 180, lines, 2)).toEqual({ from: 0, to: 5 });
    expect(inSight(18_000, 540, 180, lines, 2)).toEqual({ from: 98, to: 105 });
    expect(inSight(360_000, 540, 180, lines, 2).to).toBe(1999);
    expect(inSight(0, 540, 180, { columns: 5, rows: 0 }, 2)).toEqual({ from: 0, to: -1 });
  });

  it('is walked through by keys', () => {
    const lines = grid(500, 156, 12, 10);
    const go = (key: string, at: number) => target(key, at, lines, 10, 2);
    expect(go('ArrowRight', 2)).toBe(3);
    expect(go('ArrowLeft', 0)).toBe(0);
    expect(go('ArrowDown', 1)).toBe(4);
    // Under the last column there is nothing in the short row: its end is next.
    expect(go('ArrowDown', 8)).toBe(9);
    expect(go('ArrowDown', 9)).toBe(9);
    expect(go('ArrowUp', 1)).toBe(1);
    expect(go('PageUp', 4)).toBe(1);
    expect(go('PageDown', 1)).toBe(7);
    expect([go('Home', 7), go('End', 0)]).toEqual([0, 9]);
    expect(go('x', 0)).toBeUndefined();
    expect(target('End', 0, lines, 0, 2)).toBeUndefined();
  });
});
