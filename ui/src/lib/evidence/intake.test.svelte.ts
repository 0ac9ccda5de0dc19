import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, type ExhibitView } from '$lib/api';
import { toasts } from '$lib/ui';
import { intake } from './intake.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn() }));
// Reading files is the window's.
vi.mock('./clipboard', async (original) => ({ ...(await original<object>()), base64: async () => 'YQ==' }));

const names = () => intake.items.map(({ name }) => name);
const alerts = () => toasts.list.filter(({ tone }) => tone === 'alert').length;
const note = (name: string) => new File(['seal 4711'], name, { type: 'text/plain' });

beforeEach(() => {
  intake.reset();
  for (const { id } of toasts.list) toasts.close(id);
});
afterEach(() => vi.restoreAllMocks());

/** Saving that waits until it is told to go on. */
function held() {
  let goOn = () => {};
  const waiting = new Promise<void>((done) => (goOn = done));
  const paste = vi.spyOn(api.exhibits, 'paste').mockImplementation(async () => {
    await waiting;
    return {} as ExhibitView;
  });
  return { paste, goOn };
}

it('keeps what comes in while it saves', async () => {
  const { paste, goOn } = held();
  intake.paste([note('first.txt')]);
  const saving = intake.save();
  await vi.waitFor(() => expect(paste).toHaveBeenCalledTimes(1));
  intake.paste([note('second.txt')]);
  goOn();
  await saving;
  expect([names(), intake.shown, alerts()]).toEqual([['second.txt'], true, 0]);
  await intake.save();
  expect(paste.mock.calls.map(([{ name }]) => name)).toEqual(['first.txt', 'second.txt']);
  expect([names(), intake.shown, alerts()]).toEqual([[], false, 0]);
});

it('counts as refused what was there when it began, and no more', async () => {
  const { paste, goOn } = held();
  const error = { code: 'file_empty', params: {}, reference: '' };
  vi.spyOn(api.exhibits, 'guess').mockImplementation(async ({ handles }) => ({
    files: handles.map((handle) => ({
      handle,
      name: handle,
      bytes: 0,
      media_type: '',
      class: 'other',
      kind: 'other',
      table: false,
      order_ids: [],
      tracking_numbers: [],
      suggestions: [],
      error,
    })),
  }));
  await intake.ask([{ handle: 'empty.txt', name: 'empty.txt', bytes: 0 }]);
  intake.paste([note('first.txt')]);
  const saving = intake.save();
  await vi.waitFor(() => expect(paste).toHaveBeenCalledTimes(1));
  await intake.ask([{ handle: 'later.txt', name: 'later.txt', bytes: 0 }]);
  goOn();
  await saving;
  expect([names(), intake.shown, alerts()]).toEqual([['later.txt'], true, 1]);
});
