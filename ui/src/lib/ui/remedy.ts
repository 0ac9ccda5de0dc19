import type { ApiError } from '../api/generated';
import { m } from '../i18n';

type Words = Readonly<Record<string, string>>;

/** What a refusal means and what helps, in the language shown now. Unknown codes have a general text. */
export function remedy(error: Pick<ApiError, 'code' | 'params'>): string {
  const texts: Words = m().errors;
  const template = (Object.hasOwn(texts, error.code) ? texts[error.code] : undefined) ?? m().errors.unknown;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = error.params[name];
    if (Array.isArray(value)) return m().common.list(value.map(term));
    if (name === 'kind') return word(m().fileKinds, value);
    if (name === 'format') return word(m().otherReports, value);
    return value === undefined ? '' : String(value);
  });
}

function word(words: Words & { other: string }, code: unknown): string {
  return (typeof code === 'string' && Object.hasOwn(words, code) ? words[code] : undefined) ?? words.other;
}

/** The word for what a refusal names as missing. */
function term(code: string): string {
  if (code === 'incident') return m().common.inline(m().buyer.timeline.incident);
  const exhibits: Words = m().exhibits;
  return m().common.inline(exhibits[code] ?? code);
}
