import { describe, expect, it } from 'vitest';
import { detect, identifiersIn } from './detect';

describe('the kind of an identifier', () => {
  it.each([
    ['302-5550148-1180023', 'order_id'],
    ['a1b2c3d4e5f6g7@marketplace.amazon.de', 'alias'],
    ['A1B2C3D4E5F6G7', 'marketplace_id'],
    ['+49 30 5550142', 'phone'],
    ['(555) 010-0199 x12', 'phone'],
    ['138 0000 0000', 'phone'],
    ['12 Main St, Springfield, IL 62704', 'address'],
    ['Lindenhofweg 14, 97070 Würzburg', 'address'],
    ['浙江省杭州市西湖区文三路 90 号', 'address'],
    ['Jonas Dornfeld', 'name'],
    ['王小明', 'name'],
    ['shopper_42', 'user_name'],
  ])('of %s is %s', (text, kind) => expect(detect(text)).toBe(kind));
});

describe('pasted text', () => {
  it('falls into its identifiers, without labels', () => {
    expect(
      identifiersIn(
        'Name: Jonas Dornfeld\nOrder ID: 302-5550148-1180023\nPhone: +49 30 5550142\nBuyer <x9y8@marketplace.amazon.de>',
      ),
    ).toEqual([
      { kind: 'name', value: 'Jonas Dornfeld' },
      { kind: 'order_id', value: '302-5550148-1180023' },
      { kind: 'phone', value: '+49 30 5550142' },
      { kind: 'alias', value: 'x9y8@marketplace.amazon.de' },
    ]);
  });

  it('keeps the lines of an address together and nothing twice', () => {
    expect(identifiersIn('Lindenhofweg 14\n97070 Würzburg\n王小明；王小明')).toEqual([
      { kind: 'address', value: 'Lindenhofweg 14, 97070 Würzburg' },
      { kind: 'name', value: '王小明' },
    ]);
  });

  it('is found within one line, too', () => {
    expect(
      identifiersIn('302-5550148-1180023 and 302-5550148-1180031 by x9y8@marketplace.amazon.de, call +49 30 5550142'),
    ).toEqual([
      { kind: 'order_id', value: '302-5550148-1180023' },
      { kind: 'order_id', value: '302-5550148-1180031' },
      { kind: 'alias', value: 'x9y8@marketplace.amazon.de' },
      { kind: 'phone', value: '+49 30 5550142' },
    ]);
  });

  it('is nothing when it is blank', () => expect(identifiersIn(' \n\t')).toEqual([]));
});
