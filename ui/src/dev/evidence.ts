// Invented evidence for looking at the window without a backend.
import type * as T from '../lib/api/generated';
import * as data from './data';

type Seed = { kind: T.ExhibitKind; class: T.MediaClass; mime: string; name: string; bytes: number };

const seeds: Seed[] = [
  { kind: 'message', class: 'image', mime: 'image/png', name: '买家消息 差评威胁.png', bytes: 482_113 },
  { kind: 'packing_photo', class: 'image', mime: 'image/jpeg', name: '打包 302-5108846-1172604.jpg', bytes: 3_284_311 },
  { kind: 'return_photo', class: 'image', mime: 'image/jpeg', name: '退货开箱 空箱 IMG_2041.jpg', bytes: 4_103_220 },
  { kind: 'packing_video', class: 'video', mime: 'video/webm', name: '打包录像 2026-11-20.webm', bytes: 2_481_003_118 },
  { kind: 'label', class: 'pdf', mime: 'application/pdf', name: 'Versandetikett 302-5108863.pdf', bytes: 188_204 },
  { kind: 'message', class: 'mail', mime: 'message/rfc822', name: 'Re_ Rückerstattung.eml', bytes: 24_811 },
  { kind: 'tracking', class: 'image', mime: 'image/png', name: '物流妥投 1Z999AA10123456784.png', bytes: 611_907 },
  { kind: 'phone_note', class: 'audio', mime: 'audio/wav', name: '通话录音 11-18.wav', bytes: 88_244 },
  { kind: 'order_page', class: 'text', mime: 'application/json', name: 'order-302-5108897-1196361.json', bytes: 4_018 },
  { kind: 'other', class: 'other', mime: 'application/zip', name: '聊天记录备份.zip', bytes: 9_204_118 },
];

const hex = (n: number) =>
  Array.from({ length: 8 }, (_, at) => (((n + 1) * 2_654_435_761 * (at + 3)) >>> 0).toString(16).padStart(8, '0')).join(
    '',
  );

/** One exhibit of many; the same for the same number. */
export function exhibit(n: number, links: T.ExhibitLink[]): T.ExhibitView {
  const seed = seeds[n % seeds.length]!;
  const again = Math.floor(n / seeds.length);
  const incident = links.find((link) => link.type === 'incident');
  return {
    id: `e${n.toString(16).padStart(31, '0')}`,
    incident_id: incident?.incident ?? null,
    links,
    kind: seed.kind,
    name: again ? seed.name.replace(/(\.\w+)$/, ` (${again + 1})$1`) : seed.name,
    media_type: seed.mime,
    class: seed.class,
    sha256: hex(n),
    bytes: seed.bytes + n * 311,
    captured_at: n % 3 === 1 ? data.ago(30 + n * 5) : null,
    captured_offset: n % 2 === 1 ? 480 : null,
    added_at: data.ago(2 + n * 4.3),
    added_by: n % 4 ? data.me : data.lead,
    derived_from: null,
    has_thumbnail: ['image', 'pdf'].includes(seed.class) && n % 14 !== 13,
    redactable: seed.class === 'image',
    removed: null,
    damaged: n === 6 ? 'altered' : null,
  };
}

/** All that happened to an exhibit. */
export function custody(of: T.ExhibitView, label: (link: T.ExhibitLink) => string): T.CustodyView[] {
  const entry = (hours: number, act: T.CustodyAct, more: Partial<T.CustodyView> = {}): T.CustodyView => ({
    at: new Date(new Date(of.added_at).getTime() + hours * 3_600_000).toISOString(),
    actor: data.me,
    device: data.head.device_id,
    act,
    detail: null,
    purpose: null,
    links: [],
    ...more,
  });
  return [
    entry(0, 'added', {
      actor: of.added_by,
      detail: of.sha256,
      purpose: 'evidence',
      links: of.links.map((link) => ({ link, label: label(link) })),
    }),
    entry(0.4, 'viewed', { purpose: 'review' }),
    entry(0.6, 'exported', {
      actor: data.lead,
      device: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
      purpose: '提交平台申诉',
    }),
    of.damaged
      ? entry(1.2, 'damaged', { detail: of.damaged, purpose: 'scrub' })
      : entry(1.2, 'verified', { purpose: 'scrub' }),
  ];
}

export const mail: T.ExhibitText = {
  text: 'Guten Tag,\n\nwenn ich nicht bis heute Abend den vollen Betrag zurückbekomme, schreibe ich eine Bewertung mit einem Stern und poste alles.\n\nDas Paket kam übrigens an.\n\nMit freundlichen Grüßen\nJ. D.',
  truncated: false,
  mail: {
    from: 'J. D. <s2y5k9w3@marketplace.amazon.de>',
    to: 'shop@example.com',
    subject: 'Re: Rückerstattung LED-Lampe',
    date: '2026-11-18T09:14:00+01:00',
    attachments: [{ name: 'foto.jpg', mime: 'image/jpeg', bytes: 284_110 }],
  },
};

export const words: T.ExhibitText = {
  text: JSON.stringify(
    {
      order_id: '302-5108897-1196361',
      marketplace: 'Amazon.de',
      status: 'shipped',
      items: [{ sku: 'BW-1003', quantity: 1 }],
    },
    null,
    2,
  ),
  truncated: true,
  mail: null,
};
