import type { Messages } from '$lib/i18n';
import type { IconName } from '$lib/ui';

/** The areas of the window, in the order of the rail. */
export const places: {
  path: string;
  icon: IconName;
  name: keyof Messages['nav'] &
    ('watch' | 'messages' | 'signals' | 'buyers' | 'orders' | 'evidence' | 'rules' | 'sources' | 'settings');
}[] = [
  { path: '/watch', icon: 'eye', name: 'watch' },
  { path: '/buyers', icon: 'users', name: 'buyers' },
  { path: '/orders', icon: 'order', name: 'orders' },
  { path: '/messages', icon: 'mail', name: 'messages' },
  { path: '/signals', icon: 'question', name: 'signals' },
  { path: '/evidence', icon: 'archive', name: 'evidence' },
  { path: '/rules', icon: 'book', name: 'rules' },
  { path: '/sources', icon: 'download', name: 'sources' },
  { path: '/settings', icon: 'gear', name: 'settings' },
];
