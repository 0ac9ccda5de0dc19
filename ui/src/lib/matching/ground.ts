import type { Ground, Tier } from '$lib/api';
import type { Messages } from '$lib/i18n';

type Texts = Messages['matching'];

/** What the verdict rests on, in the words that fit the verdict. */
export function rests(texts: Texts, tier: Tier | null, ground: Ground): string {
  const ofAlert: Partial<Record<Ground, string>> = texts.groundsOfAlert;
  return (tier === 'alert' && ofAlert[ground]) || texts.grounds[ground];
}

/** What would make it another verdict. */
export const changes = (texts: Texts, tier: Tier | null, ground: Ground): string =>
  texts.changes[tier ?? 'none'][ground];
