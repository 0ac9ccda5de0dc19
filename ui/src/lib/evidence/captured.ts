import type { ExhibitView } from '$lib/api';

/**
 * An instant as the clock of a device showed it: without a zone, so that it is read in that of the window and
 * shows the same digits everywhere.
 */
export const onItsClock = (iso: string): string => iso.replace(/Z$/, '');

/** When an exhibit was captured, for showing: shifted to the window's zone only where the device's is known. */
export const capturedAt = ({ captured_at, captured_offset }: Pick<ExhibitView, 'captured_at' | 'captured_offset'>) =>
  captured_at !== null && captured_offset === null ? onItsClock(captured_at) : captured_at;
