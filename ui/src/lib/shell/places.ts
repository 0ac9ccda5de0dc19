import type { Messages } from '$lib/i18n';
import type { IconName } from '$lib/ui';

/** The areas of the window, in the order of the rail. */
export const places: {
  path: string;
  icon: IconName;
  name: keyof Messages['nav'] & ('watch' | 'buyers' | 'orders' | 'evidence' | 'rules' | 'settings');
}[] = [
  { path: '/watch', icon: 'eye', name: 'watch' },
  { path: '/buyers', icon: 'users', name: 'buyers' },
  { path: '/orders', icon: 'order', name: 'orders' },
  { path: '/evidence', icon: 'archive', name: 'evidence' },
  { path: '/rules', icon: 'book', name: 'rules' },
  { path: '/settings', icon: 'gear', name: 'settings' },
];
