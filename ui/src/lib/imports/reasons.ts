import type { ImportRecord } from '$lib/api';
import { m } from '$lib/i18n';

/** Why a row was skipped, in words. */
export function skipReason(code: string): string {
  return (m().skips as Readonly<Record<string, string>>)[code] ?? m().skips.other;
}

/** What the rows of a file are that are named one by one: those that were skipped, those without a date, or both. */
export function rowsNoticed(record: Pick<ImportRecord, 'name' | 'skipped' | 'undated'>): {
  title: string;
  help: string;
} {
  const { bell } = m();
  if (!record.undated) return { title: bell.skippedTitle, help: bell.skippedHelp(record.name) };
  return record.skipped
    ? { title: bell.noticedTitle, help: bell.noticedHelp(record.name) }
    : { title: bell.undatedTitle, help: bell.undatedHelp(record.name) };
}

/** Why an order could not be screened, in words. */
export function unscreenableReason(code: string): string {
  return (m().unscreenable as Readonly<Record<string, string>>)[code] ?? code;
}

/** Which kind of report it was, in words. */
export function reportFormat(code: string): string {
  return (m().formats as Readonly<Record<string, string>>)[code] ?? m().formats.other;
}

/** What a column of a mapped file holds, in words. What came after an order has words of its own. */
export function fieldName(kind: string, field: string): string {
  const { fields, afterFields } = m().mapping;
  return (kind === 'orders' ? undefined : afterFields[field]) ?? fields[field] ?? field;
}
