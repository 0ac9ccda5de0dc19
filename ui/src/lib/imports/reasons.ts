import { m } from '$lib/i18n';

/** Why a row was skipped, in words. */
export function skipReason(code: string): string {
  return (m().skips as Readonly<Record<string, string>>)[code] ?? m().skips.other;
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
