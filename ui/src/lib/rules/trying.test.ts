import { describe, expect, it } from 'vitest';
import { usual, whole } from './trying';

describe('what is typed', () => {
  it('is a whole number or none', () => {
    expect(whole(' 30 ')).toBe(30);
    expect(whole('３０')).toBe(30);
    for (const text of ['', '3.5', '-1', 'x', '12345']) expect(whole(text)).toBeNull();
  });

  it('begins with what the clause is about', () => {
    expect(usual('ABUSIVE_LANGUAGE')).toBe('abuse');
    expect(usual('constructor')).toBe('cancels');
  });
});
