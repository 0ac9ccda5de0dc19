import { api, isApiError, type FileHandle, type Job } from '$lib/api';
import { m } from '$lib/i18n';
import { remedy, toasts } from '$lib/ui';
import { UNKNOWN_COLUMNS, asked } from './mapping.svelte';

const over = (job: Job) => job.state === 'done' || job.state === 'cancelled' || job.state === 'failed';

/** Jobs that were started together. */
type Batch = { waiting: Set<string>; ended: Job[]; tell: (ended: Job[]) => void };

/** Work in the background: what runs, and what has ended since the vault was opened. */
class Jobs {
  list = $state.raw<readonly Job[]>([]);
  readonly running = $derived(this.list.filter((job) => !over(job)));
  readonly finished = $derived(this.list.filter(over));
  /** Something ended since the list was last looked at. */
  unseen = $state(0);
  /** The list is open. */
  shown = $state(false);
  /** How to start a job again, by its id. */
  #again = $state.raw<ReadonlyMap<string, () => Promise<void>>>(new Map());
  #batches: Batch[] = [];
  /** How far the files that run have come together, 0 to 1; null while unknown. */
  readonly share = $derived.by(() => {
    const total = this.running.reduce((sum, job) => sum + (job.bytes_total ?? 0), 0);
    const done = this.running.reduce((sum, job) => sum + (job.bytes_total ? job.bytes_done : 0), 0);
    return total > 0 ? Math.min(1, done / total) : null;
  });

  async load(): Promise<void> {
    try {
      const { jobs } = await api.jobs.list({});
      // What ended while the list was on its way does not run again.
      const ended = new Map(this.finished.map((job) => [job.id, job]));
      this.list = jobs.map((job) => ended.get(job.id) ?? job);
    } catch {
      // Locked meanwhile; read again with the next unlock, and every job tells of itself.
    }
  }

  forget(): void {
    this.list = [];
    this.unseen = 0;
    this.shown = false;
    this.#again = new Map();
    this.#batches = [];
  }

  /** Remembers how to start these again, and tells once when all of them have ended. */
  follow(ids: readonly string[], again: (id: string) => () => Promise<void>, tell: (ended: Job[]) => void): void {
    this.#again = new Map([...this.#again, ...ids.map((id) => [id, again(id)] as const)]);
    const batch: Batch = { waiting: new Set(ids), ended: [], tell };
    this.#batches.push(batch);
    // Short work may have ended before its id was known here.
    for (const job of this.finished) this.#count(job);
  }

  /** How to start a job again that failed or was cancelled; undefined when that is not known. */
  again(job: Job): (() => Promise<void>) | undefined {
    if (job.state !== 'failed' && job.state !== 'cancelled') return undefined;
    const start = this.#again.get(job.id);
    return (
      start &&
      (async () => {
        const rest = new Map(this.#again);
        rest.delete(job.id);
        this.#again = rest;
        await start();
      })
    );
  }

  #count(job: Job): void {
    for (const batch of this.#batches) {
      if (!batch.waiting.delete(job.id)) continue;
      batch.ended.push(job);
      if (batch.waiting.size === 0) batch.tell(batch.ended);
    }
    this.#batches = this.#batches.filter(({ waiting }) => waiting.size > 0);
  }

  /** The backend tells of progress. */
  take(job: Job): void {
    const before = this.list.find(({ id }) => id === job.id);
    this.list = before ? this.list.map((known) => (known.id === job.id ? job : known)) : [job, ...this.list];
    if (!over(job) || (before && over(before))) return;
    if (!this.shown) this.unseen += 1;
    this.#tell(job);
    this.#count(job);
  }

  #tell(job: Job): void {
    if (job.kind !== 'import' && job.kind !== 'sample') return;
    const name = job.kind === 'sample' ? m().bell.kinds.sample : job.name;
    if (job.state === 'done' && job.import)
      toasts.show({ text: m().toasts.imported(name, job.import.orders, job.import.alerts) });
    else if (job.state === 'cancelled') toasts.show({ text: m().toasts.importCancelled(name) });
    // Of columns that nobody knows, whoever started the import tells: with a way on.
    else if (job.error && !UNKNOWN_COLUMNS.includes(job.error.code))
      toasts.show({ text: m().common.colon(m().toasts.importFailed(name), remedy(job.error)), tone: 'alert' });
  }

  /** Imports files that were dropped or chosen. */
  async import(files: FileHandle[]): Promise<void> {
    if (files.length === 0) return;
    try {
      const started = await api.imports.start({ handles: files.map((file) => file.handle) });
      await this.load();
      this.follow(
        started.jobs,
        (id) => () => this.import(files.filter((_, at) => started.jobs[at] === id)),
        (ended) => {
          for (const job of ended) {
            const file = files.find((_, at) => started.jobs[at] === job.id);
            if (!file || !job.error || !UNKNOWN_COLUMNS.includes(job.error.code)) continue;
            toasts.show({
              text: m().common.colon(m().toasts.importFailed(job.name), remedy(job.error)),
              tone: 'alert',
              action: { text: m().mapping.title, run: () => (asked.file = file) },
            });
          }
        },
      );
    } catch (thrown) {
      const names = m().common.list(files.map((file) => file.name));
      const why = isApiError(thrown) ? remedy(thrown) : m().errors.unknown;
      toasts.show({ text: m().common.colon(m().toasts.importFailed(names), why), tone: 'alert' });
    }
  }

  /** Asks for files and imports them. */
  async pick(): Promise<void> {
    try {
      await this.import((await api.files.pick({ purpose: 'import', multiple: true })).files);
    } catch (thrown) {
      toasts.show({ text: isApiError(thrown) ? remedy(thrown) : m().errors.unknown, tone: 'alert' });
    }
  }
}

/** The work in the background. */
export const jobs = new Jobs();
