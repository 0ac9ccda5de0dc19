import { describe, expect, it } from 'vitest';
import type { BasisView, SignalRow } from '$lib/api';
import { en } from '../i18n/en';
import { days, isGone, noticed, unsure } from './words';

const signal = (kind: SignalRow['kind'], count: number, orders: number): SignalRow => ({
  id: '0',
  kind,
  clause: 'REPEAT_CANCEL',
  label: 'H*** S***',
  marketplace: 'Amazon.de',
  from: '2026-11-01T10:00:00Z',
  until: '2026-11-20T09:00:00Z',
  at: '2026-11-21T09:00:00Z',
  count,
  orders,
  unsure: 0,
  snippet: '',
  verdict: null,
  decided_by: null,
  reason: null,
  buyer_id: null,
  withdrawn_at: null,
});

describe('what was noticed', () => {
  it('counts the days on which something happened', () => {
    expect(days('2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z')).toBe(1);
    expect(days('2026-11-01T10:00:00Z', '2026-11-02T10:00:00Z')).toBe(2);
  });

  it('says how many, in how long, of how many', () => {
    // Texts are in Chinese until a language is chosen.
    expect(noticed(signal('cancels', 3, 4))).toBe('19 天内 4 笔订单中取消 3 笔');
    expect(noticed(signal('cancels', 3, 3))).toBe('19 天内取消 3 笔订单');
    expect(noticed(signal('not_received', 2, 12))).toBe('19 天内 12 笔订单中 2 笔称未收到货');
    expect(noticed(signal('returns', 5, 8))).toBe('19 天内 8 笔订单退货 5 笔');
    expect(en.signals.noticed.cancels(1, 1, 0)).toBe('1 order cancelled within 1 day');
    expect(en.signals.noticed.cancels(3, 19, 20)).toBe('3 of 20 orders cancelled within 19 days');
    expect(en.signals.noticed.not_received(2, 19, 12)).toBe('2 of 12 orders said not to have arrived within 19 days');
    expect(en.signals.noticed.returns(5, 19, 8)).toBe('5 of 8 orders sent back within 19 days');
  });

  it('says what is gone only where something was stored', () => {
    const one: BasisView = {
      key: 'a',
      at: '2026-11-01T10:00:00Z',
      order_id: 'a',
      order: null,
      message: null,
      cancelled: false,
      returns: [],
      claims: [],
    };
    expect(isGone('returns', one)).toBe(true);
    expect(isGone('cancels', { ...one, cancelled: true })).toBe(false);
    const claim = { kind: 'safe_t', at: null, claim_id: '', state: 'Granted', reason: '', amount: null } as const;
    expect(isGone('safe_t', { ...one, claims: [claim] })).toBe(false);
  });

  it('says what the reports leave open', () => {
    expect(unsure({ kind: 'cancels', unsure: 2 })).toContain('谁取消');
    expect(unsure({ kind: 'returns', unsure: 2 })).toContain('退货责任');
    expect(unsure({ kind: 'safe_t', unsure: 1 })).toContain('运输损坏');
    expect(unsure({ kind: 'not_received', unsure: 2 })).toContain('没有索赔');
    expect(en.signals.unsure.safe_t(1)).toMatch(/^For 1 order the claim does not say/);
  });
});
