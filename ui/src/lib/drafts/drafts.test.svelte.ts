import { beforeEach, describe, expect, it, vi } from 'vitest';
import { alertFocus, drafts, flagDraft, incidentDraft } from './index';

const vault = vi.hoisted(() => new Map<string, string>());
vi.mock('$lib/api', () => ({
  api: {
    drafts: {
      get: async () => ({ items: [...vault].map(([target, content]) => ({ target, content })) }),
      set: async ({ target, content }: { target: string; content: string | null }) => {
        if (content === null) vault.delete(target);
        else vault.set(target, content);
        return {};
      },
    },
  },
}));

const ORDER = { order_id: '302-5550148-1180023', marketplace: 'Amazon.de' };
const A = { id: '1', label: 'A' };
const B = { id: '2', label: 'B' };

/** Writes as the sheet does, which keeps every change. */
function write(text: string) {
  incidentDraft.text = text;
  incidentDraft.keep();
}

beforeEach(() => {
  incidentDraft.reset();
  flagDraft.reset();
  drafts.restart();
  vault.clear();
});

describe('an incident being written', () => {
  it('stays when the sheet is opened again for the same buyer', () => {
    incidentDraft.start({ buyer: A });
    write('written');
    incidentDraft.shown = false;
    incidentDraft.start({ buyer: A, orders: [ORDER.order_id] });
    expect(incidentDraft.text).toBe('written');
    expect(incidentDraft.orders).toEqual([ORDER.order_id]);
  });

  it('never moves from one buyer to another, and is there again for the first', () => {
    incidentDraft.start({ buyer: A });
    write('about A');
    incidentDraft.start({ buyer: B });
    expect(incidentDraft.text).toBe('');
    expect(incidentDraft.buyer?.id).toBe('2');
    write('about B');
    incidentDraft.start({ from: ORDER });
    expect(incidentDraft.text).toBe('');
    expect(incidentDraft.buyer).toBeNull();
    incidentDraft.start({ buyer: A });
    expect([incidentDraft.text, incidentDraft.buyer?.id, incidentDraft.from]).toEqual(['about A', '1', null]);
    incidentDraft.start({ buyer: B });
    expect(incidentDraft.text).toBe('about B');
  });

  it('begun for nobody becomes that of the buyer who is named next', () => {
    incidentDraft.start({});
    write('somebody did this');
    incidentDraft.shown = false;
    incidentDraft.start({ buyer: B });
    incidentDraft.keep();
    expect([incidentDraft.text, incidentDraft.buyer?.id]).toEqual(['somebody did this', '2']);
    incidentDraft.start({ buyer: A });
    expect(incidentDraft.text).toBe('');
    incidentDraft.start({});
    expect(incidentDraft.text).toBe('');
  });

  it('keeps the texts of both when it is given to a buyer who has one', () => {
    incidentDraft.start({ buyer: A });
    write('first');
    incidentDraft.start({ buyer: B });
    write('second');
    incidentDraft.unpick(true);
    incidentDraft.keep();
    incidentDraft.pick(A);
    incidentDraft.keep();
    expect(incidentDraft.text).toBe('first\n\nsecond');
    incidentDraft.start({ buyer: B });
    expect(incidentDraft.text).toBe('');
  });

  it('blames the recognised buyer of an order only when it is sure', () => {
    const order = { ...ORDER, buyer_id: '1', recognised_label: 'A' };
    incidentDraft.startFromOrder({ ...order, flag: 'possible' });
    expect([incidentDraft.buyer, incidentDraft.match, incidentDraft.from]).toEqual([null, A, ORDER]);
    incidentDraft.reset();
    incidentDraft.startFromOrder({ ...order, flag: 'alert' });
    expect([incidentDraft.buyer, incidentDraft.from]).toEqual([A, ORDER]);
    incidentDraft.unpick(false);
    expect([incidentDraft.buyer, incidentDraft.from, incidentDraft.choosing]).toEqual([null, ORDER, false]);
  });

  it('outlives a restart, and what was discarded does not come back', async () => {
    incidentDraft.start({ buyer: A });
    write('written');
    await drafts.flush();
    const kept = [...vault];
    incidentDraft.reset();
    await drafts.flush();
    expect(vault.size).toBe(0);
    drafts.restart();
    for (const [target, text] of kept) vault.set(target, text);
    await drafts.load();
    expect(drafts.any).toBe(true);
    incidentDraft.start({ buyer: A });
    expect(incidentDraft.text).toBe('written');
  });

  it('begins now, to the minute', () => {
    incidentDraft.start({});
    expect(incidentDraft.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    expect(new Date(incidentDraft.at).getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('a buyer being flagged', () => {
  it('starts with one row and loses none', () => {
    flagDraft.start();
    expect(flagDraft.rows).toHaveLength(1);
    flagDraft.add('phone', '+49 30 5550142');
    flagDraft.start();
    expect(flagDraft.rows.map((row) => row.kind)).toEqual(['alias', 'phone']);
    flagDraft.remove(flagDraft.rows[0]?.id ?? -1);
    expect(flagDraft.rows.map((row) => row.kind)).toEqual(['phone']);
  });

  it('outlives a restart', async () => {
    flagDraft.start();
    flagDraft.add('phone', '+49 30 5550142');
    flagDraft.note = 'Called';
    flagDraft.keep();
    await drafts.flush();
    const kept = new Map(vault);
    flagDraft.reset();
    await drafts.flush();
    drafts.restart();
    for (const [target, text] of kept) vault.set(target, text);
    await drafts.load();
    flagDraft.start();
    expect(flagDraft.rows.map(({ kind, value }) => [kind, value])).toEqual([['phone', '+49 30 5550142']]);
    expect(flagDraft.note).toBe('Called');
  });
});

describe('a text being written', () => {
  it('is kept for its target alone, and what is in memory is newer than the vault', async () => {
    drafts.write('note:1', 'new');
    vault.set('note:1', 'old').set('note:2', 'other');
    await drafts.load();
    expect([drafts.read('note:1'), drafts.read('note:2'), drafts.read('note:3')]).toEqual(['new', 'other', '']);
    expect(vault.get('note:1')).toBe('new');
    drafts.forget('note:1');
    await drafts.flush();
    expect(vault.has('note:1')).toBe(false);
  });
});

it('a notification shows its alert once', () => {
  alertFocus.ask('7');
  expect(alertFocus.take()).toBe('7');
  expect(alertFocus.take()).toBeNull();
});
