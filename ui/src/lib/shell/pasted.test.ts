import { expect, it } from 'vitest';
import { asLines, inOneLine } from './pasted';

it('keeps the line ends of what is pasted into one line', () => {
  const label = '王小明\r\n13800001111\n\n 浙江省杭州市\t文三路 100 号\n';
  expect(inOneLine(label)).toBe('王小明 ↵ 13800001111 ↵ 浙江省杭州市\t文三路 100 号');
  expect(asLines(inOneLine(label))).toBe('王小明\n13800001111\n浙江省杭州市\t文三路 100 号');
});

it('leaves what was typed as it is', () => {
  expect(inOneLine('305-1234567-1234567')).toBe('305-1234567-1234567');
  expect(asLines(' henrike sollwedel ')).toBe('henrike sollwedel');
});

it('reads a mark however somebody edits around it', () => {
  expect(asLines('王小明↵13800001111 ↵')).toBe('王小明\n13800001111');
});
