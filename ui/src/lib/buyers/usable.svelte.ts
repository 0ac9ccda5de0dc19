import { createQuery } from '@tanstack/svelte-query';
import { read, type TypedIdentifier } from '$lib/api';
import { m } from '$lib/i18n';

/** Why an identifier can never be found in an order, and what helps. */
export function unusable(code: string): string {
  return (m().unusable as Readonly<Record<string, string>>)[code] ?? m().unusable.other;
}

/** Says which identifiers can never be found in an order, while they are written. */
export class Usable {
  #settled = $state<TypedIdentifier[]>([]);
  #query;

  /** `written`: what stands in the fields now; nothing of it is kept when there is none. */
  constructor(written: () => readonly TypedIdentifier[], buyer: () => string | null = () => null) {
    $effect(() => {
      const now = written()
        .map(({ kind, value }) => ({ kind, value: value.trim() }))
        .filter(({ value }) => value !== '');
      const timer = setTimeout(() => (this.#settled = now), now.length ? 300 : 0);
      return () => clearTimeout(timer);
    });
    this.#query = createQuery(() => ({
      ...read('buyers.check', { identifiers: this.#settled, buyer_id: buyer() }),
      enabled: this.#settled.length > 0,
      gcTime: 0,
    }));
  }

  /** The warning for one of them, if it is due. */
  why({ kind, value }: TypedIdentifier): string | null {
    const found = this.#query.data?.unusable.find(({ at }) => {
      const one = this.#settled[at];
      return one?.kind === kind && one.value === value.trim();
    });
    return found ? m().flag.unusable(unusable(found.reason)) : null;
  }
}
