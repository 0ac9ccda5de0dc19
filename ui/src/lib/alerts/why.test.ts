import { describe, expect, it } from 'vitest';
import { why, type Why } from './why';

const about = (reasons: Why['reasons'], tier: Why['tier'] = 'alert'): Why => ({
  tier,
  reasons,
  title: 'X',
  listed: 'D',
});

describe('the sentence that says why', () => {
  it('names what is the same first, the weightiest first', () => {
    const reasons: Why['reasons'] = [
      { field: 'name', weight: 3, note: 'variant' },
      { field: 'address', weight: 9, note: 'exact' },
      { field: 'alias', weight: 28, note: 'exact' },
      { field: 'phone', weight: 0, note: 'missing_in_order' },
    ];
    expect(why(about(reasons), 'en')).toBe(
      'Same relay alias and delivery address as a buyer listed on D for “X”. The name agrees too, written a little differently.',
    );
    expect(why(about(reasons), 'zh-CN')).toBe(
      '邮箱别名和收货地址与D因“X”列入的买家完全一致；姓名也一致，只是写法略有不同。',
    );
  });

  it('says what speaks against it and that a weak match is weak', () => {
    const reasons: Why['reasons'] = [
      { field: 'address', weight: 8, note: 'exact' },
      { field: 'name', weight: -4, note: 'conflict' },
      { field: 'phone', weight: 0, note: 'shared' },
    ];
    expect(why(about(reasons, 'possible'), 'en')).toBe(
      'Same delivery address as a buyer listed on D for “X”. But the name differs. The phone number is shared by many people and proves nothing. This alone is not enough: compare before you act.',
    );
    expect(why(about(reasons, 'possible'), 'zh-CN')).toBe(
      '收货地址与D因“X”列入的买家完全一致；但姓名不同；电话多人共用，不能作为依据。依据还不充分，请先核对。',
    );
  });

  it('tells parts of names and addresses as wholes', () => {
    const reasons: Why['reasons'] = [
      { field: 'street', weight: 11, note: 'exact' },
      { field: 'house_number', weight: 5, note: 'exact' },
      { field: 'postcode', weight: 9, note: 'exact' },
      { field: 'given_name', weight: 9, note: 'exact' },
      { field: 'family_name', weight: 6, note: 'close' },
    ];
    expect(why(about(reasons), 'en')).toBe('Same delivery address as a buyer listed on D for “X”. The name is close.');
    expect(why(about(reasons), 'zh-CN')).toBe('收货地址与D因“X”列入的买家完全一致；姓名相近。');
    const other: Why['reasons'] = [...reasons.slice(0, 3), { field: 'given_name', weight: -7, note: 'conflict' }];
    expect(why(about([...other, { field: 'family_name', weight: 9, note: 'exact' }]), 'en')).toBe(
      'Same delivery address as a buyer listed on D for “X”. The name agrees in part.',
    );
  });

  it('names a field once and stands without reasons or a date', () => {
    const twice: Why['reasons'] = [
      { field: 'phone', weight: 20, note: 'exact' },
      { field: 'phone', weight: 20, note: 'exact' },
    ];
    expect(why({ ...about(twice), listed: '' }, 'en')).toBe('Same phone number as a buyer listed for “X”.');
    expect(why(about([]), 'zh-CN')).toBe('与D因“X”列入的买家有相近之处。');
  });
});
