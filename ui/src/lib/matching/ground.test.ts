import { describe, expect, it } from 'vitest';
import type { Ground } from '$lib/api';
import { en } from '../i18n/en';
import { zh } from '../i18n/zh';
import { changes, rests } from './ground';

const grounds = Object.keys(en.matching.grounds) as Ground[];

describe('what would change a verdict', () => {
  it('never offers to make an alert of what is one', () => {
    for (const ground of grounds) {
      expect(changes(en.matching, 'alert', ground)).not.toMatch(/would make it an alert|more that agrees/);
      expect(changes(zh.matching, 'alert', ground)).not.toMatch(/就会提醒|需要/);
    }
  });

  it('never threatens to take away an alert that is none', () => {
    for (const tier of ['possible', null] as const)
      for (const ground of grounds) {
        expect(changes(en.matching, tier, ground)).not.toMatch(/would not alert|possible match at most/);
        expect(changes(zh.matching, tier, ground)).not.toMatch(/就不会提醒|最多算/);
      }
  });

  it('says of an alert that what agrees is enough', () => {
    for (const ground of grounds)
      expect(rests(en.matching, 'alert', ground)).not.toMatch(/too little|Perhaps|Namesakes/);
    expect(rests(en.matching, 'alert', 'name_alone')).toContain('rare enough');
    expect(rests(en.matching, 'possible', 'name_alone')).toContain('Namesakes');
    expect(rests(zh.matching, null, 'household')).toBe(zh.matching.grounds.household);
  });
});
