import type { ExhibitKind, FileHandle } from '$lib/api';

const ending = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Endings of the reports that are imported: text, and the sheets that the import explains how to save as text. */
const REPORTS = new Set(['txt', 'csv', 'tsv', 'tab', 'xls', 'xlsx']);
const FILMS = new Set(['mp4', 'mov', 'm4v', 'webm', 'avi', 'mkv', '3gp']);

/** Tells dropped reports from everything else. */
export function sorted(files: readonly FileHandle[]): { reports: FileHandle[]; evidence: FileHandle[] } {
  const report = ({ name }: FileHandle) => REPORTS.has(ending(name));
  return { reports: files.filter(report), evidence: files.filter((file) => !report(file)) };
}

/** What a file may show by its name alone, until its content was looked at. */
export function kindOf(name: string): ExhibitKind {
  if (FILMS.has(ending(name))) return 'packing_video';
  return ending(name) === 'eml' ? 'message' : 'other';
}

/** Whether this looks like an order ID of the marketplace. */
export const isOrderId = (text: string): boolean => /^(?:\d{3}-\d{7}-\d{7}|[SD]01-\d{7}-\d{7})$/.test(text);
