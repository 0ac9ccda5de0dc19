import type { CustodyView, ExhibitKind } from '$lib/api';
import { m } from '$lib/i18n';
import { linkText } from './links';

/** What is wrong with an exhibit, in words. */
export function damageText(code: string): string {
  const words: Readonly<Record<string, string>> = m().evidence.damage;
  return (Object.hasOwn(words, code) ? words[code] : undefined) ?? m().evidence.damage.other;
}

/** What something was done for, in words: those of whoever did it, or those of the place where it was done. */
export function purposeText(purpose: string): string {
  const words: Readonly<Record<string, string>> = m().evidence.doneForKnown;
  return (Object.hasOwn(words, purpose) ? words[purpose] : undefined) ?? purpose;
}

/** What somebody did with an exhibit, in words; who and when stand beside it. */
export function actText(entry: CustodyView, title: (clause: string) => string): string {
  const detail = entry.detail ?? '';
  const links = entry.links.map((link) => linkText(link, title)).join(' · ');
  const to = links || m().evidence.something;
  const words: Record<CustodyView['act'], string> = {
    added: links,
    linked: to,
    unlinked: to,
    annotated: detail,
    kind_changed: m().exhibits[detail as ExhibitKind] ?? detail,
    viewed: '',
    exported: '',
    verified: entry.purpose ?? '',
    damaged: damageText(detail),
    derived: '',
    removed: detail,
  };
  return m().evidence.acts[entry.act](words[entry.act]);
}

/** Entries that stand as one line. */
export type CustodyLine = { entry: CustodyView; checks: number };

/** Regular checks in a row that found nothing stand as one line, lest they hide what people did. */
export function folded(newestFirst: readonly CustodyView[]): CustodyLine[] {
  const routine = (of: CustodyView) => of.act === 'verified' && of.purpose === 'scrub';
  const lines: CustodyLine[] = [];
  for (const entry of newestFirst) {
    const last = lines.at(-1);
    if (last && routine(last.entry) && routine(entry)) last.checks += 1;
    else lines.push({ entry, checks: 1 });
  }
  return lines;
}
