import { describe, expect, it } from 'vitest';
import { zh } from '$lib/i18n/zh';
import { fieldName, rowsNoticed } from './reasons';

describe('the rows that are named one by one', () => {
  it('are not called skipped when they were taken', () => {
    const title = (skipped: number, undated: number) => rowsNoticed({ name: 'a.txt', skipped, undated }).title;
    expect(title(2, 0)).toBe(zh.bell.skippedTitle);
    expect(title(0, 2)).toBe(zh.bell.undatedTitle);
    expect(title(1, 2)).toBe(zh.bell.noticedTitle);
    expect(rowsNoticed({ name: 'a.txt', skipped: 0, undated: 1 }).help).toBe(zh.bell.undatedHelp('a.txt'));
  });
});

// Texts are in Chinese until a language is chosen.
describe('what a column holds', () => {
  it('has words of its own for what came after an order', () => {
    expect(fieldName('orders', 'purchased_at')).toBe(zh.mapping.fields.purchased_at);
    expect(fieldName('claims', 'purchased_at')).toBe(zh.mapping.afterFields.purchased_at);
    expect(fieldName('claims', 'order_id')).toBe(zh.mapping.fields.order_id);
    expect(fieldName('returns', 'of_tomorrow')).toBe('of_tomorrow');
  });
});
