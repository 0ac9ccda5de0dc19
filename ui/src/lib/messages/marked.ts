/** Text in pieces, those that were noticed marked. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text at the words that were noticed; overlapping ones are one. */
export function pieces(text: string, words: readonly (readonly [number, number])[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...words].sort((a, b) => a[0] - b[0])) {
    if (from > at) found.push({ text: text.slice(at, from), marked: false });
    if (to > Math.max(at, from)) found.push({ text: text.slice(Math.max(at, from), to), marked: true });
    at = Math.max(at, to);
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false });
  return found;
}
