import { goto } from '$app/navigation';
import {
  Action,
  api,
  isApiError,
  type ApiError,
  type ExhibitKind,
  type ExhibitLink,
  type FileHandle,
  type GuessedFile,
  type Job,
  type LinkView,
} from '$lib/api';
import { format, m } from '$lib/i18n';
import { jobs } from '$lib/imports';
import { remedy, toasts } from '$lib/ui';
import { base64 } from './clipboard';
import { sameLink } from './links';
import { isOpen, kindOf, sorted } from './names';

/** The most that can be pasted, in bytes. */
const MOST = 64_000_000;

/** One file on its way in. */
export type Incoming = {
  key: string;
  name: string;
  bytes: number;
  kind: ExhibitKind;
  /** Somebody chose the kind. */
  chosen: boolean;
  /** What was told of the file; null until then. */
  guess: GuessedFile | null;
  from: { handle: string } | { pasted: File; preview: string };
  /** Why it was not taken in. */
  error: ApiError | null;
};

const problem = (thrown: unknown): ApiError =>
  isApiError(thrown) ? thrown : { code: 'unknown', params: {}, reference: '' };

/** Files on their way in: the sheet that asks where they belong, and the work of taking them in. */
class Intake {
  shown = $state(false);
  items = $state<Incoming[]>([]);
  links = $state.raw<readonly LinkView[]>([]);
  /** What is looked at, which is likely meant. */
  here = $state.raw<LinkView | null>(null);
  reading = $state(0);
  readonly action = new Action();
  #next = 0;

  /** What the files probably belong to and nobody chose yet, the likeliest first. */
  readonly suggestions = $derived.by(() => {
    const found: LinkView[] = [];
    for (const item of this.items)
      for (const one of item.guess?.suggestions ?? [])
        if (![...found, ...this.links].some((known) => sameLink(known.link, one.link))) found.push(one);
    return found.slice(0, 6);
  });

  /** Opens the sheet with these files; those that wait in it stay. */
  async ask(files: readonly FileHandle[], links: readonly LinkView[] = []): Promise<void> {
    if (files.length === 0) return;
    this.#open(links);
    const added = files.map((file) => this.#add(file.name, file.bytes, { handle: file.handle }));
    this.reading += 1;
    try {
      const told = await api.exhibits.guess({ handles: files.map(({ handle }) => handle) });
      for (const [at, key] of added.entries()) this.#tell(key, told.files[at]);
    } catch (thrown) {
      this.action.error = problem(thrown);
    } finally {
      this.reading -= 1;
    }
  }

  /** Asks for files, then where they belong. */
  async pick(links: readonly LinkView[] = []): Promise<void> {
    try {
      await this.ask((await api.files.pick({ purpose: 'exhibit', multiple: true })).files, links);
    } catch (thrown) {
      toasts.show({ text: remedy(problem(thrown)), tone: 'alert' });
    }
  }

  /** Takes what was pasted. False when that is no file. */
  paste(files: readonly File[]): boolean {
    if (files.length === 0) return false;
    const fitting = files.filter(({ size }) => size <= MOST);
    if (fitting.length < files.length) toasts.show({ text: m().evidence.intake.tooLarge, tone: 'alert' });
    if (fitting.length === 0) return true;
    this.#open([]);
    for (const file of fitting) {
      // A browser calls every pasted picture the same.
      const picture = file.type.startsWith('image/');
      const name = picture && /^image\.\w+$/.test(file.name) ? m().evidence.intake.pasted(stamp()) : file.name;
      this.#add(name, file.size, { pasted: file, preview: picture ? URL.createObjectURL(file) : '' });
    }
    return true;
  }

  /** Takes what was dropped where nothing says what it is: reports are imported, of the rest is asked. */
  async dropped(files: readonly FileHandle[]): Promise<void> {
    const open = files.filter(isOpen);
    const told =
      open.length > 0
        ? await api.exhibits.guess({ handles: open.map(({ handle }) => handle) }).catch(() => null)
        : null;
    const tables = new Set(told?.files.filter(({ table }) => table).map(({ handle }) => handle));
    const { reports, evidence } = sorted(files, tables);
    void jobs.import(reports);
    await this.ask(evidence);
  }

  /** Takes files in without asking where they belong: that was told by where they were dropped. */
  async take(files: readonly FileHandle[], links: readonly ExhibitLink[], kind?: ExhibitKind): Promise<void> {
    if (files.length === 0) return;
    let kinds = files.map(({ name }) => kind ?? kindOf(name));
    if (!kind) {
      const told = await api.exhibits.guess({ handles: files.map(({ handle }) => handle) }).catch(() => null);
      kinds = files.map(({ name }, at) => told?.files[at]?.kind ?? kindOf(name));
    }
    await this.#start(
      files.map(({ handle }, at) => ({ handle, kind: kinds[at] ?? 'other' })),
      links,
      // A place that asks for one kind is a line of what the clause requires.
      kind ? 'requirement' : null,
    );
  }

  drop(key: string): void {
    for (const item of this.items) if (item.key === key) release(item);
    this.items = this.items.filter((item) => item.key !== key);
  }

  link(link: LinkView): void {
    if (!this.links.some((known) => sameLink(known.link, link.link))) this.links = [...this.links, link];
  }

  unlink(link: LinkView): void {
    this.links = this.links.filter((known) => known !== link);
  }

  /** Takes in what is in the sheet. What was refused stays in it, and so does what comes in meanwhile. */
  async save(): Promise<void> {
    const links = this.links.map(({ link }) => link);
    const keys = new Set(this.items.map(({ key }) => key));
    const left = () => this.items.filter(({ key }) => keys.has(key));
    const count = await this.action.run(async () => {
      const files = left().filter((item) => 'handle' in item.from && !item.guess?.error);
      if (files.length)
        await this.#start(
          files.map((item) => ({ handle: 'handle' in item.from ? item.from.handle : '', kind: item.kind })),
          links,
        );
      for (const { key } of files) this.drop(key);
      let pasted = 0;
      for (const item of left()) {
        if (!('pasted' in item.from)) continue;
        const data_base64 = await base64(item.from.pasted);
        await api.exhibits.paste({ data_base64, name: item.name, kind: item.kind, links });
        this.drop(item.key);
        pasted += 1;
      }
      return pasted;
    });
    if (count === undefined) return;
    if (count > 0) told(count);
    // What is left cannot be taken in; the sheet said why.
    const failed = left();
    if (failed.length > 0) toasts.show({ text: m().evidence.intake.failed(failed.length), tone: 'alert' });
    if (failed.length === this.items.length) this.reset();
    else for (const { key } of failed) this.drop(key);
  }

  /** Hands files on that are order reports after all. */
  reports(): FileHandle[] {
    const files = this.items.flatMap((item) =>
      'handle' in item.from ? [{ handle: item.from.handle, name: item.name, bytes: item.bytes }] : [],
    );
    this.reset();
    return files;
  }

  reset(): void {
    for (const item of this.items) release(item);
    this.items = [];
    this.links = [];
    this.shown = false;
    this.action.error = null;
  }

  /** The vault is locked: pictures from the clipboard leave memory, files can be read again. */
  locked(): void {
    for (const item of this.items) if ('pasted' in item.from) this.drop(item.key);
    this.here = null;
  }

  #open(links: readonly LinkView[]): void {
    if (!this.shown && this.items.length === 0) {
      this.links = [];
      this.action.error = null;
      if (links.length === 0 && this.here) this.link(this.here);
    }
    for (const link of links) this.link(link);
    this.shown = true;
  }

  #add(name: string, bytes: number, from: Incoming['from']): string {
    const key = String(this.#next++);
    this.items.push({ key, name, bytes, kind: kindOf(name), chosen: false, guess: null, from, error: null });
    return key;
  }

  #tell(key: string, guess: GuessedFile | undefined): void {
    const item = this.items.find((known) => known.key === key);
    if (!item || !guess) return;
    item.guess = guess;
    item.error = guess.error;
    if (!item.chosen) item.kind = guess.kind;
  }

  async #start(
    files: { handle: string; kind: ExhibitKind }[],
    links: readonly ExhibitLink[],
    asked: 'requirement' | null = null,
  ): Promise<void> {
    const purpose = asked ?? (links.some(({ type }) => type === 'incident') ? 'incident' : null);
    const started = await api.exhibits.start({ files, links: [...links], purpose });
    await jobs.load();
    jobs.follow(
      started.jobs,
      (id) => async () => {
        const file = files[started.jobs.indexOf(id)];
        if (file) await this.#start([file], links, asked);
      },
      ended,
    );
  }
}

/** Tells how taking files in ended, once for all that were started together. */
function ended(of: Job[]): void {
  const done = of.filter(({ state }) => state === 'done').length;
  const failed = of.filter(({ state }) => state === 'failed').length;
  const cancelled = of.length - done - failed;
  if (failed > 0)
    toasts.show({
      text: m().evidence.intake.failed(failed),
      tone: 'alert',
      action: { text: m().evidence.intake.why, run: () => (jobs.shown = true) },
    });
  if (done > 0) told(done);
  if (cancelled > 0) toasts.show({ text: m().evidence.intake.cancelled(cancelled) });
}

function told(count: number): void {
  toasts.show({
    text: m().evidence.intake.done(count),
    action: { text: m().evidence.intake.show, run: () => void goto('/evidence') },
  });
}

function release(item: Incoming): void {
  if ('preview' in item.from && item.from.preview) URL.revokeObjectURL(item.from.preview);
}

/** The moment of a screenshot, fit for the name of a file. */
function stamp(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${format.clock(now.toISOString()).replace(':', '.')}.${two(now.getSeconds())}`;
}

/** What is on its way in. */
export const intake = new Intake();
