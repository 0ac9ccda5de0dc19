import type { IdentifierKind } from '$lib/api';
import { drafts, parsed } from './store.svelte';

/** One identifier being written. */
export type FlagRow = { id: number; kind: IdentifierKind; value: string };

const TARGET = 'flag';

/** A buyer being flagged. */
class FlagDraft {
  shown = $state(false);
  rows = $state<FlagRow[]>([]);
  note = $state('');
  thenIncident = $state(true);
  #next = 0;

  start(): void {
    if (!this.touched) this.#take();
    if (this.rows.length === 0) this.add('alias', '');
    this.shown = true;
  }

  add(kind: IdentifierKind, value: string): void {
    this.rows.push({ id: this.#next++, kind, value });
  }

  remove(id: number): void {
    this.rows = this.rows.filter((row) => row.id !== id);
  }

  get touched(): boolean {
    return this.note !== '' || this.rows.some((row) => row.value !== '');
  }

  /** Keeps what was written. Called whenever something of it changes. */
  keep(): void {
    const rows = this.rows.filter((row) => row.value !== '').map(({ kind, value }) => ({ kind, value }));
    const { note, thenIncident } = this;
    if (this.touched) drafts.write(TARGET, JSON.stringify({ rows, note, thenIncident }));
    else if (this.shown) drafts.forget(TARGET);
  }

  reset(): void {
    this.rows = [];
    this.note = '';
    this.shown = false;
    drafts.forget(TARGET);
  }

  #take(): void {
    const kept = parsed<{ rows: Omit<FlagRow, 'id'>[]; note: string; thenIncident: boolean }>(drafts.read(TARGET));
    if (!kept) return;
    this.rows = [];
    for (const { kind, value } of kept.rows) this.add(kind, value);
    this.note = kept.note;
    this.thenIncident = kept.thenIncident;
  }
}

/** The buyer being flagged. */
export const flagDraft = new FlagDraft();
