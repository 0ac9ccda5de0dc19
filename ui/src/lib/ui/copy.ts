import { m } from '../i18n';
import { toasts } from './toasts.svelte';

/** Puts text on the clipboard and says so. */
export async function copy(text: string, what: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toasts.show({ text: m().toasts.copied(what) });
}
