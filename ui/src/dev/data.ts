// Invented data for looking at the window without a backend.
import type {
  AlertDetail,
  BuyerDetail,
  Criterion,
  ExhibitView,
  Gate,
  ImportRecord,
  Job,
  JournalHead,
  OrderDetail,
  Person,
  Policy,
  SessionState,
  Settings,
  TrustView,
} from '../lib/api/generated';

const HOUR = 3_600_000;
/** An instant some hours ago. */
export const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
let next = 1;
/** A new id. */
export const id = (): string => (next++).toString(16).padStart(32, '0');

const text = (zh: string, en: string) => ({ zh, en });
const criterion = (
  code: string,
  title: Criterion['title'],
  rule: Criterion['title'],
  count: number,
  window_days: number,
  required_exhibits: Criterion['clauses'][number]['required_exhibits'],
): Criterion => ({
  code,
  version: 1,
  title,
  clauses: [{ code, text: rule, threshold: { count, window_days }, required_exhibits, once_per_order: count > 1 }],
});

export const criteria: Criterion[] = [
  criterion(
    'REPEAT_CANCEL',
    text('反复下单后取消', 'Repeated order-then-cancel'),
    text(
      '同一买家在 30 天内至少 3 次下单后又自行取消，且每次取消都不是因为本店缺货、延误或商品描述有误。每次须记录订单号和取消时间，并附订单页截图。',
      'The same buyer placed and then cancelled at least 3 orders within 30 days, and no cancellation was caused by the shop. Each one is recorded with its order ID and time of cancellation, with a screenshot of the order page.',
    ),
    3,
    30,
    ['order_page'],
  ),
  criterion(
    'REVIEW_EXTORTION',
    text('以评价相要挟', 'Review threat for a refund or gift'),
    text(
      '买家在消息中明确以差评，或以修改、删除评价为条件，索要退款、赠品或其他其无权获得的利益。仅表示不满、如实评价或正常要求退款，不属于本条。须附消息原文。',
      'In a message the buyer makes a bad review, or the change or removal of one, the condition for a refund, gift or other benefit to which there is no right. Anger, an honest review or an ordinary refund request does not fall under this clause. The message itself is attached.',
    ),
    1,
    365,
    ['message'],
  ),
  criterion(
    'RETURN_ABUSE',
    text('已证实的退货欺诈', 'Proven return abuse'),
    text(
      '退回的包裹是空箱，或退回物品并非本店发出的那一件，且有发货时的打包照片或录像与收到退货时的照片可以对照。',
      'A returned parcel was empty or held another item than the one sent, and a photo or film of the packing can be compared with photos of what came back.',
    ),
    1,
    365,
    ['packing_photo', 'return_photo'],
  ),
];

export const me: Person = { id: id(), name: '晓雯', role: 'agent' };
export const lead: Person = { id: id(), name: '志远', role: 'lead' };
export const people = [me, lead];

export const session: SessionState = {
  phase: 'open',
  language: 'zh-CN',
  theme: 'system',
  version: '0.1.0',
  vault_id: id(),
  data_dir: 'C:\\Users\\xiaowen\\AppData\\Roaming\\Buyerwatch',
  locked_since: null,
  unlock_wait_ms: 0,
  failed_attempts: 0,
  lock_in_s: 521,
  media: '/demo-media',
  me,
};
export const settings: Settings = {
  language: 'zh-CN',
  theme: 'system',
  density: 'comfortable',
  idle_lock_minutes: 10,
  notifications: true,
  notification_detail: 'none',
  keep_running: true,
};
export const policy: Policy = { second_person: true, review_days: 90, retention_days: 30 };
export const head: JournalHead = {
  seq: 311,
  hash: '7be0c5a14f2d6d0b9f4d3c5a7e1b28f06c9ad1e5b7430f2a8c6e9d1b0f3a5c72',
  events: 312,
  device_id: 'c5d0e3f1a2b4968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f',
};
export const trust: TrustView[] = [
  {
    id: id(),
    kind: 'alias',
    masked: 'no-r•••@…amazon.it',
    reason: '企业订单共用别名',
    at: ago(900),
    by: lead,
    until: null,
    ended: false,
  },
  {
    id: id(),
    kind: 'phone',
    masked: '+49 ••• 207',
    reason: '展会期间的测试订单',
    at: ago(60),
    by: lead,
    until: ago(-240),
    ended: false,
  },
];

const exhibit = (kind: ExhibitView['kind'], name: string, hours: number): ExhibitView => ({
  id: id(),
  incident_id: null,
  kind,
  name,
  sha256: '9f2b6c0d4e8a17355b0c9d2e7f4a6b81c3d5e7f9011223344556677889900aab',
  bytes: 1_284_311,
  links: [],
  media_type: 'image/png',
  class: 'image',
  captured_at: null,
  captured_offset: null,
  derived_from: null,
  has_thumbnail: false,
  redactable: true,
  removed: null,
  damaged: null,
  added_at: ago(hours),
  added_by: me,
});

const products = [
  'LED 台灯 Luma 2',
  'Bambus-Schneidebrett, 3er-Set',
  'Travel kettle 0.8 l',
  'ワイヤレスマウス',
  'Lampe de lecture',
  'Wireless charger stand, 15 W',
];
const places = [
  ['Amazon.de', 'EUR', 'Würzburg', 'DE'],
  ['Amazon.com', 'USD', 'Springfield', 'US'],
  ['Amazon.it', 'EUR', 'Torino', 'IT'],
  ['Amazon.co.jp', 'JPY', '横浜市', 'JP'],
] as const;

/** One order of many; the same for the same number. */
export function order(n: number): OrderDetail {
  const [marketplace, currency, city, country] = places[n % places.length]!;
  const product = products[n % products.length]!;
  const unscreenable = n % 23 === 11 ? 'identity_empty' : n % 31 === 7 ? 'only_shared_identity' : null;
  const amount = {
    amount: currency === 'JPY' ? String(1200 + ((n * 37) % 9000)) : ((n * 7.31) % 280).toFixed(2),
    currency,
  };
  const label = unscreenable ? '' : ['J••• D•••', 'M••• K•••', '王••', 'A••• R•••'][n % 4]!;
  return {
    order_id: `${302 + (n % 90)}-${String(5_108_846 + n * 17).padStart(7, '0')}-${String((1_172_604 + n * 7919) % 10_000_000).padStart(7, '0')}`,
    marketplace,
    purchased_at: ago(0.4 + n * 0.7),
    status: n % 9 === 0 ? 'shipped' : n % 17 === 0 ? 'cancelled' : 'unshipped',
    fulfillment: n % 5 === 0 ? 'marketplace' : 'seller',
    items: n % 6 === 0 ? 2 : 1,
    product,
    sku: `BW-${1000 + (n % 40)}`,
    quantity: 1 + (n % 3 === 0 ? 1 : 0),
    amount,
    buyer_label: label,
    city,
    country,
    flag: null,
    buyer_id: null,
    recognised_label: null,
    alert_id: null,
    unscreenable,
    business: n % 29 === 3,
    cancel_requested: n % 37 === 5,
    purged: false,
    recipient_label: label,
    alias_masked: unscreenable ? '' : 's2y5•••@…amazon.de',
    phone_masked: n % 3 ? '+49 ••• 118' : '',
    ship_to_masked: unscreenable ? '' : `Königsg••• 14, 97070 ${city}`,
    lines: [
      { item_id: `${n}`, sku: `BW-${1000 + (n % 40)}`, product, quantity: 1, price: amount },
      ...(n % 6 === 0
        ? [{ item_id: `${n}b`, sku: 'BW-1007', product: products[(n + 1) % 6]!, quantity: 2, price: amount }]
        : []),
    ],
    imported_at: ago(0.5),
    source: 'orders-2026-11-22.txt',
    returns:
      n % 6 === 0
        ? [
            {
              at: ago(0.2),
              product,
              quantity: 1,
              status: 'Approved',
              reason: 'CR-DEFECTIVE',
              disposition: '',
              comment: 'The handle came off on the first day.',
              refunded: amount,
            },
          ]
        : [],
    claims:
      n % 12 === 0 ? [{ kind: 'safe_t', at: ago(0.1), claim_id: '200123', state: 'Granted', reason: '', amount }] : [],
    feedback: n % 12 === 0 ? [{ at: ago(0.1), rating: 1, comment: 'Never again.', response: '' }] : [],
  };
}

const names = ['J••• D•••', 'M••• K•••', '王••', 'A••• R•••', 'S••• P•••', '田••', 'C••• L•••', 'E••• van d•••'];

/** One buyer of many. */
export function buyer(n: number): BuyerDetail {
  const status = n % 7 === 6 ? 'cleared' : n % 3 === 0 ? 'listed' : 'watching';
  const rule = criteria[(n + 1) % criteria.length]!;
  const incident = {
    id: id(),
    clause: rule.code,
    criterion_version: 1,
    at: ago(480 + n),
    orders: [order(n).order_id],
    text: '买家来信称，如果当天不全额退款，就留一星评价并在社交媒体上公开。订单当时已妥投三天，此前没有任何投诉。',
    buyer_version: n % 2 ? null : '东西有划痕，我只是想要一个说法。',
    reported_at: ago(470 + n),
    reported_by: me,
    withdrawn: null,
    exhibits: status === 'listed' ? [exhibit('message', '消息 2026-05-01.png', 470)] : [],
  };
  return {
    id: id(),
    label: names[n % names.length]!,
    status,
    clause: status === 'watching' ? null : rule.code,
    incidents: 1 + (n % 3),
    sightings: n % 5,
    open_alerts: n === 0 ? 2 : 0,
    last_seen_at: n % 4 === 3 ? null : ago(n * 9 + 0.3),
    review_due: status === 'listed' ? ago(-24 * (20 + n)) : null,
    added_at: ago(500 + n * 3),
    awaiting_approval: false,
    added_by: me,
    identifiers: [
      {
        id: id(),
        kind: 'alias',
        masked: 's2y5•••@…amazon.de',
        shared: false,
        marked_shared: false,
        shared_names: null,
        unusable: null,
        added_at: ago(480),
      },
      {
        id: id(),
        kind: 'phone',
        masked: '+49 ••• 118',
        shared: false,
        marked_shared: false,
        shared_names: null,
        unusable: null,
        added_at: ago(480),
      },
      {
        id: id(),
        kind: 'name',
        masked: names[n % names.length]!,
        shared: false,
        marked_shared: false,
        shared_names: null,
        unusable: null,
        added_at: ago(480),
      },
      {
        id: id(),
        kind: 'address',
        masked: 'Königsg••• 14, 97070',
        shared: true,
        marked_shared: false,
        shared_names: 19,
        unusable: null,
        added_at: ago(480),
      },
    ],
    incidents_list: [incident],
    exhibits: incident.exhibits,
    notes: [{ id: id(), text: '电话里语气平和，答应寄回。', at: ago(300), by: lead }],
    listing:
      status === 'listed'
        ? {
            id: id(),
            clause: rule.code,
            criterion_version: 1,
            state: 'active',
            listed_at: ago(440),
            listed_by: me,
            approved_by: lead,
            review_due: ago(-24 * (20 + n)),
            ended_at: null,
            ended_reason: null,
          }
        : null,
    timeline: [
      ...(n % 4 === 3
        ? []
        : [
            {
              at: ago(n * 9 + 0.3),
              kind: 'alert' as const,
              by: null,
              clause: rule.code,
              text: null,
              order_id: order(n).order_id,
              marketplace: order(n).marketplace,
              ref_id: null,
            },
          ]),
      ...(status === 'listed'
        ? [
            {
              at: ago(440),
              kind: 'approved' as const,
              by: lead,
              clause: rule.code,
              text: null,
              order_id: null,
              marketplace: null,
              ref_id: null,
            },
            {
              at: ago(441),
              kind: 'listing_proposed' as const,
              by: me,
              clause: rule.code,
              text: null,
              order_id: null,
              marketplace: null,
              ref_id: null,
            },
          ]
        : []),
      {
        at: incident.at,
        kind: 'incident',
        by: me,
        clause: rule.code,
        text: incident.text,
        order_id: null,
        marketplace: null,
        ref_id: incident.id,
      },
      {
        at: ago(500 + n * 3),
        kind: 'added',
        by: me,
        clause: null,
        text: null,
        order_id: null,
        marketplace: null,
        ref_id: null,
      },
    ],
    timeline_cut: false,
    merged: [],
    pair_decisions:
      n % 4
        ? []
        : [
            {
              identity: '41',
              label: n % 8 ? 'J••• D•••' : '',
              order_id: '403-1234567-7654321',
              reason: '同名，地址和别名都不同',
              at: ago(90),
              by: lead,
              until: null,
              ended: false,
            },
          ],
  };
}

/** An alert for a buyer and an order. */
export function alert(n: number, about: BuyerDetail, seen: OrderDetail): AlertDetail {
  const possible = n % 4 === 3;
  const rule = criteria.find(({ code }) => code === about.listing?.clause) ?? criteria[1]!;
  return {
    id: id(),
    tier: possible ? 'possible' : 'alert',
    state: n === 2 ? 'claimed' : 'open',
    buyer_id: about.id,
    buyer_label: about.label,
    buyer_status: 'listed',
    clause: rule.code,
    order_id: seen.order_id,
    marketplace: seen.marketplace,
    message_id: null,
    amount: seen.amount,
    at: seen.purchased_at ?? ago(1),
    raised_at: ago(0.03 + n * 0.6),
    claimed_by: n === 2 ? lead : null,
    snoozed_until: null,
    score: 41.2,
    ground: possible ? 'household' : 'identifier',
    latency_ms: 212,
    order: seen,
    message: null,
    reasons: possible
      ? [
          { field: 'street', query: 'K•••', listed: 'K•••', similarity: 0.8, weight: 9.4, note: 'close' },
          { field: 'unit', query: '•••', listed: '•••', similarity: 1, weight: 5, note: 'exact' },
          { field: 'family_name', query: 'D•••', listed: 'D•••', similarity: 1, weight: 10.2, note: 'exact' },
          { field: 'given_name', query: 'L•••', listed: 'J•••', similarity: 0, weight: -7, note: 'conflict' },
          { field: 'postcode', query: '97070', listed: '97070', similarity: 1, weight: 8.8, note: 'exact' },
          {
            field: 'alias',
            query: 'q8w1•••@…amazon.de',
            listed: 's2y5•••@…amazon.de',
            similarity: 0,
            weight: -1,
            note: 'conflict',
          },
          { field: 'phone', query: null, listed: '+49 ••• 118', similarity: 0, weight: 0, note: 'missing_in_order' },
        ]
      : [
          {
            field: 'alias',
            query: 's2y5•••@…amazon.de',
            listed: 's2y5•••@…amazon.de',
            similarity: 1,
            weight: 20,
            note: 'exact',
          },
          { field: 'street', query: 'L•••', listed: 'L•••', similarity: 1, weight: 11.2, note: 'exact' },
          { field: 'family_name', query: 'D•••', listed: 'D•••', similarity: 0.8, weight: 7.6, note: 'close' },
          { field: 'given_name', query: 'J•••', listed: 'J•••', similarity: 1, weight: 6.4, note: 'exact' },
          { field: 'house_number', query: '•••', listed: '•••', similarity: 1, weight: 4.1, note: 'exact' },
          { field: 'postcode', query: '97070', listed: '97070', similarity: 1, weight: 8.8, note: 'exact' },
          { field: 'phone', query: null, listed: '+49 ••• 142', similarity: 0, weight: 0, note: 'missing_in_order' },
        ],
    listing: about.listing,
    criterion_title: rule.title,
    history: about.timeline.slice(0, 3),
    history_total: about.timeline.length,
    exhibits_present: about.exhibits.map(({ kind }) => kind),
    note: null,
    claimed_at: n === 2 ? ago(1) : null,
    closed_at: null,
    closed_by: null,
  };
}

/** What is missing before a buyer may be listed. */
export function gate(about: BuyerDetail, clause: string): Gate {
  const rule = criteria.find(({ code }) => code === clause)!;
  const { threshold, required_exhibits, text: rules } = rule.clauses[0]!;
  const counted = about.incidents_list.filter((one) => one.clause === clause && !one.withdrawn).map(({ id }) => id);
  const incidents = counted.length;
  const exhibits = required_exhibits.map((kind) => ({
    kind,
    present: about.exhibits.filter((one) => one.kind === kind).length,
  }));
  const missing = [
    ...(incidents < threshold.count ? ['incident'] : []),
    ...exhibits.filter(({ present }) => present === 0).map(({ kind }) => kind),
  ];
  return {
    clause,
    criterion_version: 1,
    title: rule.title,
    text: rules,
    incidents,
    counted,
    needed: threshold.count,
    window_days: threshold.window_days,
    exhibits,
    buyer_version_recorded: about.incidents_list.some((one) => one.buyer_version),
    approval: policy.second_person
      ? about.listing?.state === 'awaiting_approval'
        ? 'waiting'
        : 'needed'
      : 'not_needed',
    met: missing.length === 0,
    missing,
  };
}

/** An import that has ended. */
export const record = (n: number): ImportRecord => ({
  id: id(),
  name: n ? '待发货订单 2026-11-21.txt' : 'orders-2026-11-22.txt',
  format: 'unshipped_seller_central',
  encoding: n ? 'gbk' : 'utf-8',
  state: 'done',
  started_at: ago(0.5 + n * 24),
  finished_at: ago(0.49 + n * 24),
  rows: 465,
  orders: 449,
  observations: { messages: 0, returns: 0, claims: 0, feedback: 0 },
  duplicates: 12,
  skipped: 4,
  skipped_by_reason: [
    { reason: 'malformed_order_id', count: 3 },
    { reason: 'repeated_header', count: 1 },
  ],
  screened: 412,
  unscreenable: [
    { reason: 'identity_empty', count: 29 },
    { reason: 'only_shared_identity', count: 8 },
  ],
  undated: n ? 6 : 0,
  alerts: n ? 0 : 3,
  possible: n ? 1 : 2,
});

/** An import that runs. */
export const job = (): Job => ({
  id: id(),
  kind: 'import',
  name: '全部订单 2026 Q3.txt',
  state: 'running',
  bytes_done: 41_000_000,
  bytes_total: 96_000_000,
  rows: 213_400,
  rows_per_s: 61_250,
  seconds_left: 14,
  started_at: ago(0.001),
  finished_at: null,
  import: null,
  exhibit: null,
  verified: null,
  tried: null,
  error: null,
});
