import type { ExhibitKind, MediaClass } from '$lib/api';

/** What an exhibit may show, in the order in which it is offered. */
export const exhibitKinds: readonly ExhibitKind[] = [
  'order_page',
  'tracking',
  'message',
  'packing_photo',
  'packing_video',
  'return_photo',
  'label',
  'phone_note',
  'other',
];

/** How content can be shown, in the order in which it is offered. */
export const mediaClasses: readonly MediaClass[] = ['image', 'pdf', 'video', 'audio', 'mail', 'text', 'other'];
