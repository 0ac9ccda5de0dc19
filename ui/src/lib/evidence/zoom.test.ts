import { describe, expect, it } from 'vitest';
import { WHOLE, fit, kept, zoomAt } from './zoom';

const FRAME = { width: 800, height: 600 };

describe('a picture in its frame', () => {
  it('is as large as fits, and never larger than it is', () => {
    expect(fit({ width: 1600, height: 600 }, FRAME, 0)).toBe(0.5);
    expect(fit({ width: 100, height: 50 }, FRAME, 0)).toBe(1);
    expect(fit({ width: 0, height: 0 }, FRAME, 0)).toBe(1);
  });

  it('fits on its side, too', () => {
    expect(fit({ width: 1200, height: 400 }, FRAME, 90)).toBe(0.5);
    expect(fit({ width: 1200, height: 400 }, FRAME, 180)).toBeCloseTo(2 / 3);
  });

  it('stays under the pointer while it is enlarged', () => {
    const near = zoomAt(WHOLE, 2, 100, -50);
    expect(near).toEqual({ zoom: 2, x: -100, y: 50 });
    const back = zoomAt(near, 0.5, 100, -50);
    expect(back.zoom).toBe(1);
    expect([back.x + 0, back.y + 0]).toEqual([0, 0]);
  });

  it('is enlarged within limits', () => {
    expect(zoomAt(WHOLE, 0.1, 0, 0).zoom).toBe(1);
    expect(zoomAt(WHOLE, 1000, 0, 0).zoom).toBe(16);
  });

  it('covers the frame when it is larger, and stays in the middle when it is not', () => {
    expect(kept({ zoom: 2, x: 900, y: 900 }, { width: 1200, height: 500 }, FRAME)).toEqual({ zoom: 2, x: 200, y: 0 });
    expect(kept({ zoom: 2, x: -900, y: 0 }, { width: 1200, height: 500 }, FRAME).x).toBe(-200);
  });
});
