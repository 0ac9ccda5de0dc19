import { describe, expect, it } from 'vitest';
import { zh } from '$lib/i18n/zh';
import { doorRemedy } from './remedies';

// Texts are in Chinese until a language is chosen.
describe('what helps at a door', () => {
  it('names no particulars that are not kept', () => {
    expect(doorRemedy('unknown_columns')).toBe(zh.sources.unknownColumns);
    expect(doorRemedy('mail_password')).toBe(zh.errors.mail_password);
  });

  it('has a general text for a code of a later version', () =>
    expect(doorRemedy('of_tomorrow')).toBe(zh.errors.unknown));
});
