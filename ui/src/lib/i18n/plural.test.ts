// @vitest-environment node
import { expect, it } from 'vitest';
import { joined } from './plural';

it('puts a space around a name only where it meets other letters', () => {
  expect(joined('11月8日由', '志远', '列入')).toBe('11月8日由志远列入');
  expect(joined('11月8日由', 'Jonas', '列入')).toBe('11月8日由 Jonas 列入');
  expect(joined('J••• D•••', '再次下单')).toBe('J••• D••• 再次下单');
  expect(joined('王••', '再次下单')).toBe('王•• 再次下单');
});
