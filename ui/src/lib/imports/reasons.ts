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
