import { m } from '../i18n';
import { toasts } from './toasts.svelte';

/** Puts text on the clipboard and says so; without `what`, in general. */
export async function copy(text: string, what?: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    toasts.show({ text: m().toasts.copyFailed, tone: 'alert' });
    return;
  }
  toasts.show({ text: what ? m().toasts.copied(what) : m().common.copied });
}
