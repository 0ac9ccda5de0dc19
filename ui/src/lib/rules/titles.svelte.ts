import { createQuery } from '@tanstack/svelte-query';
import { read, type Criterion } from '$lib/api';
import { localized } from '$lib/i18n';

/** The criteria in force, with lookups by clause. Make it while a component initialises. */
export class Clauses {
  #query = createQuery(() => read('criteria.list', {}));
  readonly criteria = $derived<readonly Criterion[]>(this.#query.data?.criteria ?? []);

  get error() {
    return this.#query.error;
  }

  /** What a clause is about, in words; its code while the criteria are not read. */
  title(clause: string): string {
    const criterion = this.criteria.find(({ clauses }) => clauses.some(({ code }) => code === clause));
    return criterion ? localized(criterion.title) : clause;
  }

  find(clause: string | null): Criterion['clauses'][number] | undefined {
    return this.criteria.flatMap(({ clauses }) => clauses).find(({ code }) => code === clause);
  }
}
