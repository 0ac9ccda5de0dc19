import type { ExhibitKind, IdentifierKind, MediaClass, TimelineEntry } from '$lib/api';
import type { IconName } from '$lib/ui';

/** The picture of a kind of exhibit. */
export function exhibitIcon(kind: ExhibitKind): IconName {
  const icons: Record<ExhibitKind, IconName> = {
    order_page: 'file',
    tracking: 'truck',
    message: 'mail',
    packing_photo: 'image',
    packing_video: 'video',
    return_photo: 'image',
    label: 'tag',
    phone_note: 'phone',
    other: 'file',
  };
  return icons[kind];
}

/** The picture of a class of content. */
export function classIcon(of: MediaClass): IconName {
  const icons: Record<MediaClass, IconName> = {
    image: 'image',
    pdf: 'pdf',
    video: 'video',
    audio: 'audio',
    mail: 'mail',
    text: 'text',
    other: 'file',
  };
  return icons[of];
}

/** The picture of an entry of a buyer's history, and the meaning of its colour. */
export function timelineIcon(kind: TimelineEntry['kind']): { icon: IconName; tone: string } {
  const icons: Record<TimelineEntry['kind'], { icon: IconName; tone: string }> = {
    added: { icon: 'plus', tone: 'text-ink-3' },
    incident: { icon: 'alert', tone: 'text-possible' },
    incident_withdrawn: { icon: 'strike', tone: 'text-ink-3' },
    exhibit: { icon: 'file', tone: 'text-ink-3' },
    note: { icon: 'note', tone: 'text-ink-3' },
    listed: { icon: 'flag', tone: 'text-alert' },
    listing_proposed: { icon: 'flag', tone: 'text-possible' },
    approved: { icon: 'check', tone: 'text-alert' },
    declined: { icon: 'minus', tone: 'text-ink-3' },
    cleared: { icon: 'back', tone: 'text-fine' },
    sighting: { icon: 'cart', tone: 'text-ink-3' },
    alert: { icon: 'bell', tone: 'text-alert' },
    not_this_buyer: { icon: 'minus', tone: 'text-fine' },
    pair_restored: { icon: 'back', tone: 'text-ink-3' },
    merged: { icon: 'chain', tone: 'text-ink-3' },
    unmerged: { icon: 'swap', tone: 'text-ink-3' },
  };
  return icons[kind];
}

/** The picture of a kind of identifier. */
export function identifierIcon(kind: IdentifierKind): IconName {
  const icons: Record<IdentifierKind, IconName> = {
    alias: 'mail',
    marketplace_id: 'key',
    phone: 'phone',
    name: 'user',
    address: 'truck',
    user_name: 'user',
    order_id: 'order',
  };
  return icons[kind];
}
