import type { IdentifierKind } from '$lib/api';

/** One identifier being written. */
export type FlagRow = { id: number; kind: IdentifierKind; value: string };

/** A buyer being flagged. Kept in memory alone, so that a lock does not lose it. */
class FlagDraft {
  shown = $state(false);
  rows = $state<FlagRow[]>([]);
  note = $state('');
  thenIncident = $state(true);
  #next = 0;

  start(): void {
    if (this.rows.length === 0) this.add('alias', '');
    this.shown = true;
  }

  add(kind: IdentifierKind, value: string): void {
    this.rows.push({ id: this.#next++, kind, value });
  }

  remove(id: number): void {
    this.rows = this.rows.filter((row) => row.id !== id);
  }

  reset(): void {
    this.rows = [];
    this.note = '';
    this.shown = false;
  }
}

/** The buyer being flagged. */
export const flagDraft = new FlagDraft();
