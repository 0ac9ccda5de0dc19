import { describe, expect, it } from 'vitest';
import { zh } from '$lib/i18n/zh';
import { fieldName } from './reasons';

// Texts are in Chinese until a language is chosen.
describe('what a column holds', () => {
  it('has words of its own for what came after an order', () => {
    expect(fieldName('orders', 'purchased_at')).toBe(zh.mapping.fields.purchased_at);
    expect(fieldName('claims', 'purchased_at')).toBe(zh.mapping.afterFields.purchased_at);
    expect(fieldName('claims', 'order_id')).toBe(zh.mapping.fields.order_id);
    expect(fieldName('returns', 'of_tomorrow')).toBe('of_tomorrow');
  });
});
