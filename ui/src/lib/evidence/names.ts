import type { ExhibitKind, FileHandle } from '$lib/api';

const ending = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Endings of tables, which are imported, and of the sheets that the import explains how to save as text. */
const TABLES = new Set(['csv', 'tsv', 'tab', 'xls', 'xlsx']);
const FILMS = new Set(['mp4', 'mov', 'm4v', 'webm', 'avi', 'mkv', '3gp']);

/** Whether a name alone leaves open if a file is a report of orders or a text, as of a chat. */
export const isOpen = ({ name }: FileHandle): boolean => ending(name) === 'txt';

/** Tells dropped reports from everything else. `tables` are the open ones that begin as a report does. */
export function sorted(
  files: readonly FileHandle[],
  tables: ReadonlySet<string> = new Set(),
): { reports: FileHandle[]; evidence: FileHandle[] } {
  const report = (file: FileHandle) => TABLES.has(ending(file.name)) || (isOpen(file) && tables.has(file.handle));
  return { reports: files.filter(report), evidence: files.filter((file) => !report(file)) };
}

/** What a file may show by its name alone, until its content was looked at. */
export function kindOf(name: string): ExhibitKind {
  if (FILMS.has(ending(name))) return 'packing_video';
  return ending(name) === 'eml' ? 'message' : 'other';
}

/** Whether this looks like an order ID of the marketplace. */
export const isOrderId = (text: string): boolean => /^(?:\d{3}-\d{7}-\d{7}|[SD]01-\d{7}-\d{7})$/.test(text);
