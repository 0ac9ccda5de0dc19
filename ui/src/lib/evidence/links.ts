import type { ExhibitLink, LinkView } from '$lib/api';
import { m } from '$lib/i18n';

/** Whether both lead to the same. */
export function sameLink(a: ExhibitLink, b: ExhibitLink): boolean {
  if (a.type === 'buyer' && b.type === 'buyer') return a.buyer === b.buyer;
  if (a.type === 'incident' && b.type === 'incident') return a.incident === b.incident;
  return a.type === 'order' && b.type === 'order' && a.order_id === b.order_id;
}

/** What a link leads to, with what sort of thing it is. `title` names a clause. */
export function linkText({ link, label }: LinkView, title: (clause: string) => string): string {
  const words = link.type === 'incident' ? label.replace(/^[A-Z][A-Z0-9_]+/, title) : label;
  return m()
    .evidence.linkOf(m().evidence.linkTypes[link.type], words || m().evidence.something)
    .trim();
}

/** Where a link leads to in the window. */
export function linkPath(link: ExhibitLink): string {
  return link.type === 'order' ? `/orders?find=${encodeURIComponent(link.order_id)}` : `/buyers/${link.buyer}`;
}
