import { QueriesObserver, type QueryObserverResult } from '@tanstack/svelte-query';
import { untrack } from 'svelte';
import type { ApiError } from './generated';
import { client } from './queries';

type Answer<Row> = { total: number; items: Row[] };
type Result<Row> = QueryObserverResult<Answer<Row>, ApiError>;
type Options<Row> = {
  queryKey: readonly unknown[];
  queryFn: () => Promise<Answer<Row>>;
  meta: { tags: readonly never[] | readonly string[] };
};

/** Rows fetched at a time. */
const PAGE = 100;

/**
 * A long list of which only the pages in sight are fetched and kept fresh.
 *
 * Rows of an earlier filter stay until the first page of the new one is there, so that nothing
 * flickers. Make it while a component initialises.
 */
export class Paged<Row, First extends Answer<Row> = Answer<Row>> {
  #pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
  #wanted = $state.raw<readonly number[]>([0]);
  /** How many rows there are in all; undefined until the first answer. */
  total = $state<number | undefined>(undefined);
  /** The newest answer, for what comes with every page. */
  answer = $state.raw<First | undefined>(undefined);
  error = $state.raw<ApiError | null>(null);
  /** Asks again for what was refused. */
  retry: () => void;

  constructor(options: (offset: number, limit: number) => unknown) {
    const of = options as (offset: number, limit: number) => Options<Row>;
    const observer = new QueriesObserver(client, []);
    $effect(() => {
      const wanted = this.#wanted;
      const queries = wanted.map((page) => of(page * PAGE, PAGE));
      untrack(() => {
        observer.setQueries(queries as never);
        this.#take(wanted, observer.getCurrentResult() as Result<Row>[]);
      });
    });
    this.retry = () => {
      for (const result of observer.getCurrentResult() as Result<Row>[]) if (result.error) void result.refetch();
    };
    $effect(() => observer.subscribe((results) => this.#take(this.#wanted, results as Result<Row>[])));
  }

  #take(wanted: readonly number[], results: Result<Row>[]): void {
    this.error = results.find((result) => result.error)?.error ?? null;
    const answers = wanted.map((page, at) => [page, results[at]?.data] as const);
    const newest = answers.findLast(([, answer]) => answer)?.[1];
    if (!newest) return;
    this.answer = newest as First;
    this.total = newest.total;
    this.#pages = new Map(answers.flatMap(([page, answer]) => (answer ? [[page, answer.items] as const] : [])));
  }

  /** Tells which rows are in sight. */
  want(from: number, to: number): void {
    const last = this.total === undefined ? 0 : Math.max(0, Math.floor((this.total - 1) / PAGE));
    const first = Math.min(Math.floor(from / PAGE), last);
    const pages: number[] = [];
    for (let page = Math.max(0, first); page <= Math.min(last, Math.floor(to / PAGE)); page += 1) pages.push(page);
    if (pages.length === 0) pages.push(0);
    if (pages.join() !== this.#wanted.join()) this.#wanted = pages;
  }

  /** The row at this place, if its page is there. */
  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** The place of the row for which `test` holds, among the pages that are there; -1 if none. */
  find(test: (row: Row) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex(test);
      if (at >= 0) return page * PAGE + at;
    }
    return -1;
  }
}
