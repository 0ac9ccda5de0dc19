/** How tiles lie in a gallery. */
export type Grid = { columns: number; rows: number };

/** As many columns as have room, at least one. */
export function grid(width: number, least: number, gap: number, total: number): Grid {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  return { columns, rows: Math.ceil(total / columns) };
}

/** The rows in sight and a few beside them; `to` is the last. */
export function inSight(
  top: number,
  height: number,
  row: number,
  { rows }: Grid,
  over: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(top / row) - over);
  return {
    from: Math.min(from, Math.max(0, rows - 1)),
    to: Math.min(rows - 1, Math.ceil((top + height) / row) + over),
  };
}

/** Where a key leads among `total` tiles; undefined when it leads nowhere. */
export function target(key: string, at: number, { columns }: Grid, total: number, page: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    // From above the last row down to its end, even where that is short.
    ArrowDown: Math.floor(at / columns) < Math.floor((total - 1) / columns) ? Math.min(at + columns, total - 1) : at,
    Home: 0,
    End: total - 1,
    PageUp: Math.max(at % columns, at - page * columns),
    PageDown: at + page * columns,
  };
  const to = steps[key];
  if (to === undefined || total === 0) return undefined;
  return to < 0 ? at : Math.min(total - 1, to);
}
