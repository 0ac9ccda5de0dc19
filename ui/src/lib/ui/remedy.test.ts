import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en';
import { zh } from '../i18n/zh';
import { remedy } from './remedy';

// Texts are in Chinese until a language is chosen.
describe('what helps', () => {
  it('names what is missing', () =>
    expect(remedy({ code: 'exhibits_missing', params: { missing: ['packing_photo', 'return_photo'] } })).toBe(
      '缺少证据：打包照片和退货照片。',
    ));

  it('names the kind of file', () =>
    expect(remedy({ code: 'not_text', params: { kind: 'image' } })).toBe('这是图片。导入需要文本格式的订单报表。'));

  it('has a general text for a code of a later version', () => {
    expect(remedy({ code: 'of_tomorrow', params: {} })).toBe(zh.errors.unknown);
    expect(remedy({ code: 'constructor', params: {} })).toBe(zh.errors.unknown);
    expect(remedy({ code: 'not_an_order_report', params: { format: 'of_tomorrow' } })).toContain(zh.otherReports.other);
  });

  it('leaves no placeholder standing', () => {
    for (const code of Object.keys(en.errors)) expect(remedy({ code, params: {} }), code).not.toMatch(/[{}]/);
  });
});
