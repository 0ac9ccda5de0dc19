import type { FileHandle } from '$lib/api';

/** The file whose columns a person is asked about. */
class Asked {
  file = $state.raw<FileHandle | null>(null);
}

export const asked = new Asked();

/** Refusals that mean: nobody knows these columns yet. */
export const UNKNOWN_COLUMNS = ['unknown_columns', 'not_an_order_report'];
