import { describe, expect, it } from 'vitest';
import type { ReturnView } from '$lib/api';
import { en } from '../i18n/en';
import { claimed, rated, reason, returned, state } from './afterSale';

const one: ReturnView = {
  at: '2026-11-02T00:00:00Z',
  product: '',
  quantity: 2,
  status: 'Approved',
  reason: 'CR-UNWANTED_ITEM',
  disposition: '',
  comment: '',
  refunded: null,
};

describe('what came after the sale', () => {
  it('says a known code in words, however it is written', () => {
    // Texts are in Chinese until a language is chosen.
    for (const words of ['CR-DEFECTIVE', 'DEFECTIVE', ' Defective']) expect(reason(words)).toBe('有缺陷');
    expect(reason('AMZ-PG-APP-TOO-LARGE')).toBe(reason('APPAREL_TOO_LARGE'));
    expect(state('Pending Approval')).toBe('待批准');
    expect(state('CUSTOMER_DAMAGED')).toBe('买家损坏');
    expect(en.afterSale.reasons.unwanted_item).toBe('No longer wanted');
  });

  it('leaves what it does not know as it is', () => {
    expect(reason('CR-SOMETHING_NEW')).toBe('CR-SOMETHING_NEW');
    expect(reason('constructor')).toBe('constructor');
    expect(state('Warten auf Freigabe')).toBe('Warten auf Freigabe');
  });

  it('tells of a return and a claim only what is known', () => {
    expect(returned(one)).toEqual(['理由：不再需要', '状态：已批准', '2 件']);
    expect(returned({ ...one, quantity: null, status: '', reason: '' })).toEqual([]);
    const claim = { kind: 'safe_t', at: null, claim_id: 'S1', state: 'Granted', reason: '', amount: null } as const;
    expect(claimed(claim)).toEqual(['状态：已赔付', 'S1']);
  });

  it('counts stars where there are any', () => {
    const given = { at: null, rating: 1, comment: '', response: '' };
    expect(rated(given)).toEqual(['1 星（满分 5 星）']);
    expect(rated({ ...given, rating: null })).toEqual([]);
  });
});
