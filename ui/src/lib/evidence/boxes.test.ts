import { describe, expect, it } from 'vitest';
import { between, middle, moved, resized, worth } from './boxes';

describe('a box over a picture', () => {
  it('lies between two corners, whichever came first, and within the picture', () => {
    expect(between({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.25 })).toEqual({ x: 0.25, y: 0.25, w: 0.5, h: 0.25 });
    expect(between({ x: -1, y: 0.5 }, { x: 2, y: 3 })).toEqual({ x: 0, y: 0.5, w: 1, h: 0.5 });
  });

  it('is not made by a mere click', () => {
    expect(worth(between({ x: 0.5, y: 0.5 }, { x: 0.501, y: 0.9 }))).toBe(false);
    expect(worth(middle())).toBe(true);
  });

  it('is moved as far as the picture goes', () => {
    expect(moved({ x: 0.5, y: 0.5, w: 0.25, h: 0.25 }, 1, -1)).toEqual({ x: 0.75, y: 0, w: 0.25, h: 0.25 });
  });

  it('is resized as far as the picture goes, and never vanishes', () => {
    const box = { x: 0.5, y: 0.5, w: 0.25, h: 0.25 };
    expect(resized(box, 1, 1)).toEqual({ x: 0.5, y: 0.5, w: 0.5, h: 0.5 });
    expect(worth(resized(box, -1, -1))).toBe(true);
  });
});
