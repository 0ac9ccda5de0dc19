import { beforeEach, describe, expect, it } from 'vitest';
import { alertFocus, flagDraft, incidentDraft } from './index';

beforeEach(() => {
  incidentDraft.reset();
  flagDraft.reset();
});

describe('an incident being written', () => {
  it('stays when the sheet is opened again for the same buyer', () => {
    incidentDraft.start({ buyer: { id: '1', label: 'A' } });
    incidentDraft.text = 'written';
    incidentDraft.shown = false;
    incidentDraft.start({ buyer: { id: '1', label: 'A' }, orders: ['302-5550148-1180023'] });
    expect(incidentDraft.text).toBe('written');
    expect(incidentDraft.orders).toEqual(['302-5550148-1180023']);
  });

  it('never moves from one buyer to another', () => {
    incidentDraft.start({ buyer: { id: '1', label: 'A' } });
    incidentDraft.text = 'about A';
    incidentDraft.start({ buyer: { id: '2', label: 'B' } });
    expect(incidentDraft.text).toBe('');
    expect(incidentDraft.buyer?.id).toBe('2');
    incidentDraft.text = 'about B';
    incidentDraft.start({ from: { order_id: '302-5550148-1180023', marketplace: 'Amazon.de' } });
    expect(incidentDraft.text).toBe('');
    expect(incidentDraft.buyer).toBeNull();
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
});

it('a notification shows its alert once', () => {
  alertFocus.ask('7');
  expect(alertFocus.take()).toBe('7');
  expect(alertFocus.take()).toBeNull();
});
