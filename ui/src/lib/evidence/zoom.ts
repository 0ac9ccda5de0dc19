/** How a picture lies in its frame: enlarged by `zoom` and moved from the middle. */
export type View = { zoom: number; x: number; y: number };
/** Width and height. */
export type Size = { width: number; height: number };

/** As large as fits, in the middle. */
export const WHOLE: View = { zoom: 1, x: 0, y: 0 };
/** Least and most of the zoom. */
const LEAST = 1;
const MOST = 16;

/** Turned by quarter turns, a picture of this size takes this much room. */
export function turned({ width, height }: Size, degrees: number): Size {
  return degrees % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** By how much a picture of this size is scaled so that it fits; small ones keep their size. */
export function fit(picture: Size, frame: Size, degrees: number): number {
  const room = turned(picture, degrees);
  if (room.width <= 0 || room.height <= 0) return 1;
  return Math.min(1, frame.width / room.width, frame.height / room.height);
}

/** Enlarges by `factor` so that what lies under the point, seen from the middle of the frame, stays there. */
export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const zoom = Math.min(MOST, Math.max(LEAST, view.zoom * factor));
  const by = zoom / view.zoom;
  return { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** Keeps a picture in sight: what is smaller than the frame stays in the middle, what is larger covers it. */
export function kept(view: View, shown: Size, frame: Size): View {
  const most = (of: number, room: number) => Math.max(0, (of - room) / 2);
  const hold = (at: number, limit: number) => Math.min(limit, Math.max(-limit, at));
  return {
    zoom: view.zoom,
    x: hold(view.x, most(shown.width, frame.width)),
    y: hold(view.y, most(shown.height, frame.height)),
  };
}
