import { untrack } from 'svelte';
import { api } from '$lib/api';

/** How long after the last key a draft is kept, in milliseconds. */
const PAUSE = 400;

/**
 * What was begun and not saved, by what it is about. It stays in memory through a lock, and the vault
 * keeps it through a restart.
 */
class Drafts {
  #texts = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Those that the vault does not know as they are. */
  #unkept = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether anything is begun. */
  get any(): boolean {
    return this.#texts.size > 0;
  }

  /** What was written; empty when nothing was. */
  read(target: string): string {
    return this.#texts.get(target) ?? '';
  }

  /** Keeps what was written; nothing is kept of an empty text. */
  write(target: string, text: string): void {
    // Who writes depends on nothing here: an effect may keep what it reads elsewhere.
    const before = untrack(() => this.#texts);
    if ((before.get(target) ?? '') === text) return;
    const next = new Map(before);
    if (text === '') next.delete(target);
    else next.set(target, text);
    this.#texts = next;
    this.#unkept.add(target);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Drops what was written, because it was saved or given up. */
  forget(target: string): void {
    this.write(target, '');
  }

  /** Hands the vault what it does not know yet. What it refuses stays in memory. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const targets = [...this.#unkept];
    this.#unkept.clear();
    for (const target of targets)
      await api.drafts
        .set({ target, content: this.#texts.get(target) ?? null })
        .catch(() => void this.#unkept.add(target));
  }

  /** Reads what the vault kept. What is in memory is newer. */
  async load(): Promise<void> {
    const kept = await api.drafts.get({}).catch(() => null);
    if (!kept) return;
    const next = new Map(kept.items.map(({ target, content }) => [target, content]));
    for (const [target, text] of this.#texts) next.set(target, text);
    for (const target of this.#unkept) if (!this.#texts.has(target)) next.delete(target);
    this.#texts = next;
    await this.flush();
  }

  /** Forgets what is in memory, as a restart does. */
  restart(): void {
    clearTimeout(this.#timer);
    this.#texts = new Map();
    this.#unkept.clear();
  }
}

/** What a kept text says; null when there is none that can be read. */
export function parsed<Kept>(text: string): Kept | null {
  try {
    return text === '' ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

/** What was begun and not saved. */
export const drafts = new Drafts();
