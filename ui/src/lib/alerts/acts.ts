import { api, type Action, type AlertRow } from '$lib/api';
import { format, m } from '$lib/i18n';
import { remedy, toasts } from '$lib/ui';

type Alert = Pick<AlertRow, 'id'>;

/** Offers to open an alert again that was just closed or put off. */
function offerUndo(text: string, alert: Alert): void {
  toasts.show({
    text,
    action: {
      text: m().common.undo,
      undo: true,
      run: () => {
        api.alerts.reopen({ id: alert.id }).catch((error) => toasts.show({ text: remedy(error), tone: 'alert' }));
      },
    },
  });
}

/** Tomorrow at nine, local time. */
export function tomorrow(now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9).toISOString();
}

/** In an hour. */
export const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** What a person may do with an alert. Each is refused in place, through the action. */
export const acts = {
  claim: (action: Action, { id }: Alert) => action.run(() => api.alerts.claim({ id })),
  release: (action: Action, { id }: Alert) => action.run(() => api.alerts.release({ id })),
  reopen: (action: Action, { id }: Alert) => action.run(() => api.alerts.reopen({ id })),
  /** Takes on what a colleague works on. */
  takeOver: (action: Action, { id }: Alert) =>
    action.run(async () => {
      await api.alerts.release({ id });
      return api.alerts.claim({ id });
    }),
  async wake(action: Action, { id }: Alert) {
    const done = await action.run(() => api.alerts.reopen({ id }));
    if (done) toasts.show({ text: m().watch.awake });
    return done;
  },
  async handle(action: Action, alert: Alert, note: string) {
    const done = await action.run(() => api.alerts.handle({ id: alert.id, note: note.trim() || undefined }));
    if (done) offerUndo(m().watch.undoHandled, alert);
    return done;
  },
  async dismiss(action: Action, alert: Alert, note: string) {
    const done = await action.run(() =>
      api.alerts.dismiss({ id: alert.id, note: note.trim() || undefined, not_this_buyer: false }),
    );
    if (done) offerUndo(m().watch.undoDismissed, alert);
    return done;
  },
  /** Refused where the reason is asked for. */
  async notThisBuyer(alert: Alert, note: string, until: string | null) {
    await api.alerts.dismiss({ id: alert.id, note, not_this_buyer: true, until });
    offerUndo(m().watch.undoNotThisBuyer, alert);
  },
  async snooze(action: Action, alert: Alert, until: string) {
    const done = await action.run(() => api.alerts.snooze({ id: alert.id, until }));
    if (done) offerUndo(m().watch.undoSnoozed(format.until(until)), alert);
    return done;
  },
};
