import { m } from '$lib/i18n';
import { remedy } from '$lib/ui';

/**
 * What helps against something that went wrong at a door. Only its code is kept, so a text that would name
 * particulars has another one here.
 */
export const doorRemedy = (code: string): string =>
  code === 'unknown_columns' ? m().sources.unknownColumns : remedy({ code, params: {} });
