import type { RedactBox } from '$lib/api';

/** The least width and height of a box, as a share of the picture. */
const LEAST = 0.005;

const share = (value: number) => Math.min(1, Math.max(0, value));

/** The box between two corners, wherever they lie. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }): RedactBox {
  const [left, right] = [share(Math.min(a.x, b.x)), share(Math.max(a.x, b.x))];
  const [top, bottom] = [share(Math.min(a.y, b.y)), share(Math.max(a.y, b.y))];
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** Whether a box is more than a slip of the hand. */
export const worth = ({ w, h }: RedactBox): boolean => w >= LEAST && h >= LEAST;

/** The box moved, as far as the picture goes. */
export function moved(box: RedactBox, x: number, y: number): RedactBox {
  return {
    ...box,
    x: Math.min(1 - box.w, Math.max(0, box.x + x)),
    y: Math.min(1 - box.h, Math.max(0, box.y + y)),
  };
}

/** The box made larger or smaller at its lower right corner, as far as the picture goes. */
export function resized(box: RedactBox, w: number, h: number): RedactBox {
  return {
    ...box,
    w: Math.min(1 - box.x, Math.max(LEAST, box.w + w)),
    h: Math.min(1 - box.y, Math.max(LEAST, box.h + h)),
  };
}

/** A box in the middle, for those who draw by keyboard. */
export const middle = (): RedactBox => ({ x: 0.35, y: 0.45, w: 0.3, h: 0.1 });
