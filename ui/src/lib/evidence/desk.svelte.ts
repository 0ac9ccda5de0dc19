import { Action, api, type ExhibitView } from '$lib/api';
import { m } from '$lib/i18n';
import { jobs } from '$lib/imports';
import { remedy, toasts } from '$lib/ui';

/** The list that somebody goes through while looking at its exhibits one by one. */
export type Walk = {
  readonly total: number;
  /** The place of the one looked at, from 0; -1 when it left the list. */
  place(id: string): number;
  /** Goes on by so many; undefined at the end, or while the list is being read. */
  step(from: string, by: 1 | -1): ExhibitView | undefined;
};

/** A walk through exhibits that are all at hand. */
export function walk(exhibits: readonly ExhibitView[]): Walk {
  const place = (id: string) => exhibits.findIndex((one) => one.id === id);
  return {
    total: exhibits.length,
    place,
    step: (from, by) => {
      const at = place(from);
      return at < 0 ? undefined : exhibits[at + by];
    },
  };
}

type Side = 0 | 1;

/** What of the evidence is looked at or about to be handed out, wherever in the window. */
class Desk {
  /** In the viewer: one, or two side by side. */
  shown = $state.raw<readonly ExhibitView[]>([]);
  /** The side that goes on by the next one. */
  side = $state<Side>(0);
  redacting = $state(false);
  walk = $state.raw<Walk | null>(null);
  /** Whose details are in the sheet. */
  detail = $state<string | null>(null);
  exporting = $state.raw<readonly ExhibitView[]>([]);
  removing = $state.raw<readonly ExhibitView[]>([]);
  readonly action = new Action();

  readonly active = $derived(this.shown[this.side] ?? this.shown[0]);

  /** Opens the viewer. */
  open(exhibit: ExhibitView, through: Walk | null = null): void {
    this.shown = [exhibit];
    this.side = 0;
    this.walk = through;
    this.redacting = false;
  }

  /** Opens the viewer with two side by side. */
  compare(left: ExhibitView, right: ExhibitView, through: Walk | null = null): void {
    this.shown = [left, right];
    this.side = 1;
    this.walk = through;
    this.redacting = false;
  }

  /** Opens a picture with the tool for blackening. */
  redact(exhibit: ExhibitView): void {
    this.open(exhibit);
    this.redacting = true;
  }

  /** Whether something comes before or after the one on the active side that does not stand beside it. */
  near(by: 1 | -1): boolean {
    const { active, walk } = this;
    if (!active || !walk || this.redacting) return false;
    const at = walk.place(active.id);
    const beside = this.shown.some(({ id }) => id !== active.id && walk.place(id) === at + by);
    const to = at + (beside ? 2 * by : by);
    return at >= 0 && to >= 0 && to < walk.total;
  }

  go(by: 1 | -1): void {
    let next = this.active && !this.redacting ? this.walk?.step(this.active.id, by) : undefined;
    // Nothing is compared with itself.
    if (next && this.shown.some(({ id }) => id === next?.id)) next = this.walk?.step(next.id, by);
    if (next) this.shown = this.shown.map((one, at) => (at === this.side ? next : one));
  }

  /** Puts the next one beside the one that is shown. */
  split(): void {
    const [left] = this.shown;
    if (!left) return;
    const right = this.walk?.step(left.id, 1) ?? this.walk?.step(left.id, -1);
    if (right) this.compare(left, right, this.walk);
  }

  /** Goes back to one: that of the active side. */
  join(): void {
    if (this.active) this.open(this.active, this.walk);
  }

  swap(): void {
    this.shown = [...this.shown].reverse();
  }

  close(): void {
    this.shown = [];
    this.walk = null;
    this.redacting = false;
  }

  async export(purpose: string): Promise<void> {
    const wanted = this.exporting;
    const started = await this.action.run(() => handOut(wanted, purpose));
    // Another export may have been asked for meanwhile.
    if (started && this.exporting === wanted) this.exporting = [];
  }

  async remove(reason: string): Promise<void> {
    const gone = [...this.removing];
    for (const one of gone) {
      await api.exhibits.remove({ exhibit_id: one.id, reason });
      // What is done stays done when a later one is refused.
      this.removing = this.removing.filter(({ id }) => id !== one.id);
    }
    if (this.shown.some(({ id }) => gone.some((one) => one.id === id))) this.close();
    toasts.show({ text: m().evidence.removedToast(gone.length) });
  }

  /** Nothing of it outlives the lock. */
  forget(): void {
    this.close();
    this.detail = null;
    this.exporting = [];
    this.removing = [];
  }
}

/** Asks for a folder and has copies written there; tells how that ended. False when none was chosen. */
async function handOut(exhibits: readonly ExhibitView[], purpose: string): Promise<boolean> {
  const exhibit_ids = exhibits.map(({ id }) => id);
  const { job, folder } = await api.exhibits.export({ exhibit_ids, purpose: purpose || null });
  if (job === null) return false;
  await jobs.load();
  const place = folder ?? '';
  jobs.follow(
    [job],
    () => async () => void (await handOut(exhibits, purpose)),
    ([ended]) => {
      if (ended?.state === 'done') toasts.show({ text: m().evidence.exported(exhibit_ids.length, place) });
      else if (ended?.error)
        toasts.show({
          text: m().common.colon(m().evidence.exportFailed(place), remedy(ended.error)),
          tone: 'alert',
        });
      else toasts.show({ text: m().evidence.exportStopped(place) });
    },
  );
  return true;
}

/** What of the evidence is looked at. */
export const desk = new Desk();
