// A backend of invented data, for looking at the window under `vite dev` with `?demo`.
// `demo=none` starts without a vault, `demo=locked` with a closed one, `demo=empty` with an empty one.
import type * as T from '../lib/api/generated';
import type { Link } from '../lib/api/transport';
import { rows } from '../lib/rules/lists';
import * as data from './data';
import * as proof from './evidence';
import { phrases } from './phrases';
import { signals } from './signals';
import { answered, conversation, conversations, folders, mailboxes, presets } from './sources';

const query = new URLSearchParams(location.search);
const start = query.get('demo');
let send: (push: T.Push) => void = () => {};
const stale = (...tags: T.Tag[]) => setTimeout(() => send({ type: 'stale', tags }), 5);
const refuse = (code: string, params: T.ApiError['params'] = {}): never => {
  throw { code, params, reference: 'K7M2' } satisfies T.ApiError;
};

const state: T.SessionState = { ...data.session };
const settings = { ...data.settings };
const lang = query.get('lang') ?? sessionStorage.getItem('demo-lang');
if (lang === 'en' || lang === 'zh-CN') state.language = settings.language = lang;
const theme = query.get('theme');
if (theme === 'dark' || theme === 'light') state.theme = settings.theme = theme;
if (start === 'none') Object.assign(state, { phase: 'none', me: null, lock_in_s: null, vault_id: null });
if (start === 'locked') Object.assign(state, { phase: 'locked', me: null, lock_in_s: null, failed_attempts: 2 });
if (start === 'wait')
  Object.assign(state, { phase: 'locked', me: null, lock_in_s: null, failed_attempts: 4, unlock_wait_ms: 42_000 });

if (start === 'locked' || start === 'wait') state.locked_since = new Date(Date.now() - 23 * 60_000).toISOString();

const size = start === 'empty' || start === 'none' ? 0 : Number(query.get('size') ?? 41);
/** Stands for more orders than are worth making. */
const lots = Number(query.get('orders') ?? 0);
const buyers: T.BuyerDetail[] = Array.from({ length: size }, (_, n) => data.buyer(n));
const orders: T.OrderDetail[] = Array.from({ length: size ? Math.max(2300, size) : 0 }, (_, n) => data.order(n));
const alerts: T.AlertDetail[] = [];
for (let n = 0; n < (size ? 6 : 0); n += 1) {
  const about = buyers[(n * 3) % buyers.length]!;
  const seen = orders[n * 2]!;
  const raised = data.alert(n, about, seen);
  alerts.push(raised);
  Object.assign(seen, {
    flag: raised.tier,
    buyer_id: about.id,
    recognised_label: about.label,
    alert_id: raised.id,
    unscreenable: null,
  });
}
const imports = size ? [data.record(0), data.record(1)] : [];
const jobs: T.Job[] = start === 'jobs' ? [data.job()] : [];
let trust = [...data.trust];
const drafts = new Map<string, string>();
let wrong = 0;

const find = <Item extends { id: string }>(items: Item[], id: string): Item =>
  items.find((item) => item.id === id) ?? refuse('not_found');
const openAlert = (one: T.AlertDetail) => one.state === 'open' || one.state === 'claimed';
const snoozed = (one: T.AlertDetail) => one.snoozed_until !== null && one.snoozed_until > new Date().toISOString();
const views: Record<T.AlertView, (one: T.AlertDetail) => boolean> = {
  open: (one) => openAlert(one) && one.tier === 'alert' && !snoozed(one),
  mine: (one) => openAlert(one) && one.claimed_by?.id === data.me.id,
  possible: (one) => openAlert(one) && one.tier === 'possible' && !snoozed(one),
  snoozed: (one) => openAlert(one) && snoozed(one),
  closed: (one) => !openAlert(one),
};
const page = <Item>(items: Item[], { offset, limit }: { offset: number; limit: number }) => ({
  total: items.length,
  items: items.slice(offset, offset + limit),
});
const change = (id: string, next: Partial<T.AlertDetail>) => {
  Object.assign(find(alerts, id), next);
  stale('alerts');
  return structuredClone(find(alerts, id));
};
const compared = ({ order_id, marketplace, buyer_id }: T.CompareOrder): T.Comparison => {
  const alert = alerts.find((one) => one.tier === 'possible') ?? refuse('not_found');
  return {
    order_id,
    marketplace: marketplace || 'Amazon.de',
    buyer_id,
    buyer_label: alert.buyer_label,
    buyer_status: alert.buyer_status,
    tier: alert.tier,
    score: alert.score,
    needed: 11,
    ground: alert.ground,
    reasons: alert.reasons,
    silences: ['not_this_buyer'],
    alert_id: alert.id,
    raised_at: alert.raised_at,
    today: null,
  };
};
const changed = (about: T.BuyerDetail) => {
  stale('buyers', 'alerts');
  return structuredClone(about);
};
const entry = (kind: T.TimelineEntry['kind'], more: Partial<T.TimelineEntry> = {}): T.TimelineEntry => ({
  at: new Date().toISOString(),
  kind,
  by: data.me,
  clause: null,
  text: null,
  order_id: null,
  marketplace: null,
  ref_id: null,
  ...more,
});
/** All evidence; more of it is made on demand with `exhibits=10000`. */
const many = start === 'empty' || start === 'none' ? 0 : Number(query.get('exhibits') ?? 64);
const exhibits: T.ExhibitView[] = Array.from({ length: many }, (_, n) => proof.exhibit(n, proofLinks(n)));
const notes = new Map<string, T.ExhibitNote[]>();
const extra = new Map<string, T.CustodyView[]>();
for (const [at, about] of buyers.entries()) {
  const mine = exhibits.filter(({ links }) => links.some((link) => link.type !== 'order' && link.buyer === about.id));
  about.exhibits = mine;
  for (const incident of about.incidents_list)
    incident.exhibits = mine.filter(({ incident_id }) => incident_id === incident.id);
  if (at > 8) break;
}
if (exhibits[11]) {
  exhibits[11].derived_from = exhibits[1]!.id;
  exhibits[11].kind = 'packing_photo';
}

function proofLinks(n: number): T.ExhibitLink[] {
  const about = buyers[Math.floor(n / 8) % Math.max(1, Math.min(8, buyers.length))];
  if (!about || n % 9 === 8) return [];
  const incident = about.incidents_list[0];
  const order: T.ExhibitLink = { type: 'order', order_id: data.order(n % 4).order_id };
  if (n % 5 === 4) return [order];
  if (n % 2 && incident) return [{ type: 'incident', buyer: about.id, incident: incident.id }, order];
  return [{ type: 'buyer', buyer: about.id }];
}
const linkLabel = (link: T.ExhibitLink): string => {
  if (link.type === 'order') return link.order_id;
  const about = buyers.find(({ id }) => id === link.buyer);
  if (link.type === 'buyer') return about?.label ?? '';
  const incident = about?.incidents_list.find(({ id }) => id === link.incident);
  return incident ? `${incident.clause} · ${incident.at.slice(0, 10)}` : '';
};
const happened = (id: string, act: T.CustodyAct, more: Partial<T.CustodyView> = {}) => {
  const entry = {
    at: new Date().toISOString(),
    actor: state.me ?? data.me,
    device: data.head.device_id,
    act,
    detail: null,
    purpose: null,
    links: [],
    ...more,
  };
  extra.set(id, [...(extra.get(id) ?? []), entry]);
};
const detail = (id: string): T.ExhibitDetail => {
  const one = find(exhibits, id);
  return {
    exhibit: one,
    links: one.links.map((link) => ({ link, label: linkLabel(link) })),
    notes: notes.get(id) ?? [],
    custody: [...proof.custody(one, linkLabel), ...(extra.get(id) ?? [])],
    derived_from: one.derived_from,
    derived: exhibits.filter(({ derived_from }) => derived_from === id).map(({ id }) => id),
  };
};
const changedExhibit = (id: string) => {
  stale('exhibits', 'buyers', 'alerts');
  return detail(id);
};
const exhibit = (kind: T.ExhibitKind, name: string, links: T.ExhibitLink[] = []): T.ExhibitView => {
  const one: T.ExhibitView = {
    ...proof.exhibit(exhibits.length, links),
    kind,
    name,
    captured_at: null,
    captured_offset: null,
    damaged: null,
    class: /\.(png|jpe?g)$/i.test(name)
      ? 'image'
      : /\.pdf$/i.test(name)
        ? 'pdf'
        : /\.(mp4|webm)$/i.test(name)
          ? 'video'
          : 'other',
    has_thumbnail: /\.(png|jpe?g)$/i.test(name),
    redactable: /\.(png|jpe?g)$/i.test(name),
    added_at: new Date().toISOString(),
    added_by: state.me ?? data.me,
  };
  exhibits.unshift(one);
  for (const link of links) {
    const about = link.type === 'order' ? undefined : buyers.find(({ id }) => id === link.buyer);
    about?.exhibits.unshift(one);
    if (link.type === 'incident') about?.incidents_list.find(({ id }) => id === link.incident)?.exhibits.unshift(one);
  }
  return one;
};
/** Names of the files by their handles. */
const nameOf = (handle: string) => handle.split('/').at(-1) ?? handle;
const inName = (name: string) => name.match(/\d{3}-\d{7}-\d{7}/g) ?? [];

/** Work that goes on by itself. */
function work(kind: T.JobKind, name: string, bytes: number, end: (job: T.Job) => void): T.Job {
  const job: T.Job = {
    ...data.job(),
    kind,
    name,
    rows: 0,
    rows_per_s: 0,
    bytes_done: 0,
    bytes_total: bytes,
    seconds_left: null,
    started_at: new Date().toISOString(),
  };
  jobs.unshift(job);
  const timer = setInterval(() => {
    if (job.state !== 'running') return clearInterval(timer);
    job.bytes_done = Math.min(bytes, job.bytes_done + Math.max(bytes / 8, 1));
    job.seconds_left = Math.ceil((bytes - job.bytes_done) / Math.max(bytes / 4, 1));
    if (job.verified) job.verified.checked = Math.round((job.bytes_done / bytes) * job.verified.total);
    if (job.bytes_done >= bytes) {
      clearInterval(timer);
      Object.assign(job, { state: 'done', finished_at: new Date().toISOString() });
      end(job);
    }
    send({ type: 'job', job: structuredClone(job) });
  }, 350);
  return job;
}
function add(identifiers: { kind: T.IdentifierKind; value: string }[], note: string | null) {
  const about = data.buyer(1);
  Object.assign(about, {
    status: 'watching',
    clause: null,
    listing: null,
    incidents: 0,
    sightings: 0,
    incidents_list: [],
    exhibits: [],
    open_alerts: 0,
    notes: note ? [{ id: data.id(), text: note, at: new Date().toISOString(), by: data.me }] : [],
    timeline: [entry('added')],
    added_at: new Date().toISOString(),
    last_seen_at: null,
    identifiers: identifiers.map(({ kind, value }) => ({
      id: data.id(),
      kind,
      masked: `${value.slice(0, 4)}•••`,
      shared: false,
      marked_shared: false,
      shared_names: null,
      unusable: null,
      added_at: new Date().toISOString(),
    })),
    label: `${identifiers.find(({ kind }) => kind === 'name')?.value.slice(0, 1) ?? '?'}•••`,
  });
  buyers.unshift(about);
  stale('buyers');
  return about;
}

/** Two pairs that may be one person each: a listed buyer with a watched one, and two more. */
const alike: [string, string][] = [
  [0, 1],
  [2, 4],
].flatMap(([one, other]) => (buyers[one!] && buyers[other!] ? [[buyers[one!]!.id, buyers[other!]!.id]] : []));
const apart = new Map<string, string | null>();
const merged = new Map<string, { about: T.BuyerDetail; into: string; place: number }>();

function duplicate(one: string, other: string): T.DuplicateView {
  let [left, right] = [find(buyers, one), find(buyers, other)];
  if (right.status === 'listed' && left.status !== 'listed') [left, right] = [right, left];
  const listed = [left, right].find((of) => of.status === 'listed');
  const related = alike.some((pair) => pair.includes(one) && pair.includes(other));
  const lines: T.Reason[] = [
    { field: 'phone', query: '+49 ••• 118', listed: '+49 ••• 118', similarity: 1, weight: 13, note: 'exact' },
    { field: 'family_name', query: 'D•••', listed: 'D•••', similarity: 0.8, weight: 7.6, note: 'close' },
    { field: 'street', query: 'L•••', listed: 'L•••', similarity: 1, weight: 11.2, note: 'exact' },
    { field: 'given_name', query: 'J•••', listed: 'L•••', similarity: 0, weight: -7, note: 'conflict' },
    { field: 'unit', query: '•••', listed: null, similarity: 0, weight: 0, note: 'missing' },
  ];
  const told = apart.has([one, other].toSorted().join());
  return structuredClone({
    one: left,
    other: right,
    ground: related ? 'identifier' : 'nothing',
    score: related ? 24.8 : 0,
    reasons: related ? lines : [],
    apart: told
      ? { at: new Date().toISOString(), by: data.me, reason: apart.get([one, other].toSorted().join()) ?? null }
      : null,
    status: listed ? 'listed' : left.status,
    clause: listed?.clause ?? null,
    review_due: listed?.review_due ?? null,
    lists: (left.status === 'listed') !== (right.status === 'listed'),
  });
}

// The calls are as the contract has them; their inputs are trusted here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const cases: Record<string, (input: any) => unknown> = {
  'session.state': () => ({ ...state }),
  'session.create': ({ person_name, language }) => {
    Object.assign(state, {
      phase: 'open',
      me: { ...data.me, name: person_name, role: 'owner' },
      language,
      lock_in_s: 600,
      vault_id: data.id(),
    });
    return { recovery_key: 'K7M2Q-9X4W1-R8T5B-D3F6H-J0NPS-VYZ2C-A4E7G-M1Q8X', vault_id: state.vault_id };
  },
  'session.save_kit': () => ({ saved: true, name: 'Buyerwatch-recovery-kit.html' }),
  'session.strength': ({ passphrase }) => {
    const score = Math.min(4, Math.floor(passphrase.length / 5));
    return {
      score,
      acceptable: score >= 3,
      warning: score < 2 ? 'too_short' : score < 3 ? 'dictionary' : null,
      guesses_log10: passphrase.length,
    };
  },
  'session.unlock': ({ passphrase }) => {
    if (passphrase === 'wrong') return refuse('wrong_passphrase', { wait_ms: ++wrong > 1 ? 4000 : 0, attempts: wrong });
    return Object.assign(state, { phase: 'open', me: data.me, lock_in_s: 600, failed_attempts: 0, unlock_wait_ms: 0 });
  },
  'session.unlock_recovery': ({ recovery_key }) =>
    recovery_key.length < 20
      ? refuse('malformed_recovery_key')
      : Object.assign(state, { phase: 'open', me: data.me, lock_in_s: 600 }),
  'session.lock': () => ({ ...Object.assign(state, { phase: 'locked', me: null, lock_in_s: null }) }),
  'session.change_passphrase': ({ current }) =>
    current === 'wrong' ? refuse('wrong_passphrase', { wait_ms: 0, attempts: 1 }) : { changed: true },
  'session.touch': () => ({ lock_in_s: settings.idle_lock_minutes ? settings.idle_lock_minutes * 60 : null }),
  'session.load_sample': () => ({ job: data.id() }),
  'settings.get': () => ({ ...settings }),
  'settings.set': (next) => {
    Object.assign(settings, next);
    Object.assign(state, { language: settings.language, theme: settings.theme });
    stale('settings');
    return { ...settings };
  },
  'policy.get': () => ({ ...data.policy }),
  'policy.set': (next) => {
    if (state.me?.role !== 'owner') return refuse('owner_only');
    stale('policy');
    return { ...Object.assign(data.policy, next) };
  },
  'people.list': () => ({ people: [...data.people], me: state.me?.id ?? '' }),
  'people.add': ({ name, role }) => {
    data.people.push({ id: data.id(), name, role });
    stale('session');
    return data.people.at(-1);
  },
  'people.switch': ({ person_id }) => {
    state.me = find(data.people, person_id);
    stale('session');
    return state.me;
  },
  'overview.days': ({ days }) => ({
    items: Array.from({ length: days }, (_, n) => ({
      day: data.ago(n * 24),
      coverage: {
        screened: 380 + ((n * 97) % 240),
        unscreenable: n % 3 === 0 ? [] : [{ reason: 'identity_empty', count: (n * 13) % 41 }],
      },
      messages: (n * 7) % 29,
      written: {
        screened: (n * 5) % 23,
        unscreenable: n % 4 === 1 ? [{ reason: 'order_unknown', count: 2 }] : [],
      },
      forged: n % 5 === 2 ? 1 : 0,
      skipped: n % 6 === 1 ? [{ reason: 'not_of_marketplace', count: 7 }] : [],
    })),
  }),
  'messages.list': (input) => page(size ? conversations(input) : [], input),
  'messages.get': ({ id }) => conversation(id),
  'messages.answered': ({ id, answered: yes }) => {
    stale('orders');
    return answered(id, yes);
  },
  'mailboxes.presets': () => ({ items: presets }),
  'mailboxes.list': () => ({ items: size ? mailboxes : [] }),
  'mailboxes.test': () => ({
    letters: 1240,
    tells: true,
    folders: [
      { folder: 'INBOX', name: 'INBOX' },
      { folder: 'Amazon', name: 'Amazon' },
      { folder: '&V4NXPpCuTvY-', name: '垃圾邮件' },
    ],
  }),
  'mailboxes.retry': () => ({}),
  'mailboxes.set_password': () => ({}),
  'mailboxes.set_auth_server': () => ({}),
  'folders.list': () => ({ items: size ? folders : [] }),
  'folders.test': () => ({ files: 3 }),
  'mappings.list': () => ({
    items: [
      {
        id: 'f'.repeat(64),
        name: 'Lamp shop',
        kind: 'orders',
        channel: 'Own shop',
        columns: [['auftragsnummer', 'order_id']],
        saved_at: data.ago(9_000),
      },
      {
        id: 'e'.repeat(64),
        name: 'Claims of the agency',
        kind: 'claims',
        channel: '',
        columns: [['bestellnummer', 'order_id']],
        saved_at: data.ago(19_000),
      },
    ],
  }),
  'mappings.preview': () => ({
    columns: [
      { name: '订单号', normal: '订单号', guess: 'order_id' },
      { name: '收件人', normal: '收件人', guess: 'recipient_name' },
      { name: 'Notes', normal: 'notes', guess: null },
    ],
    rows: [
      ['A-1001', 'H. Sorbe', 'gift'],
      ['A-1002', 'M. Kern', ''],
    ],
    fields: ['order_id', 'recipient_name', 'phone', 'city'],
    kinds: [
      {
        kind: 'orders',
        fields: ['order_id', 'recipient_name', 'phone', 'city'],
        guesses: ['order_id', 'recipient_name', null],
      },
      {
        kind: 'returns',
        fields: ['order_id', 'purchased_at', 'reason', 'comment'],
        guesses: ['order_id', null, 'comment'],
      },
      { kind: 'claims', fields: ['order_id', 'purchased_at', 'reason', 'status'], guesses: ['order_id', null, null] },
      { kind: 'feedback', fields: ['order_id', 'rating', 'comment'], guesses: ['order_id', null, 'comment'] },
    ],
  }),
  'overview.get': () => ({
    signals: size ? signals.filter(({ verdict, withdrawn_at }) => verdict === null && withdrawn_at === null).length : 0,
    alerts: {
      open: alerts.filter(views.open).length,
      mine: alerts.filter(views.mine).length,
      possible: alerts.filter(views.possible).length,
      closed: alerts.filter(views.closed).length,
      snoozed: alerts.filter(views.snoozed).length,
    },
    buyers: {
      watching: buyers.filter((one) => one.status === 'watching').length,
      listed: buyers.filter((one) => one.status === 'listed').length,
      cleared: buyers.filter((one) => one.status === 'cleared').length,
    },
    orders: orders.length,
    coverage: size ? { screened: 412, unscreenable: imports[0]!.unscreenable } : { screened: 0, unscreenable: [] },
    coverage_total: { screened: 41_200, unscreenable: [] },
    last_import: imports[0] ?? null,
  }),
  'alerts.list': (input) =>
    page(
      alerts.filter(
        (one) =>
          views[input.view as T.AlertView](one) && `${one.order_id} ${one.buyer_label}`.includes(input.query ?? ''),
      ),
      input,
    ),
  'alerts.get': ({ id }) => structuredClone(find(alerts, id)),
  'alerts.claim': ({ id }) =>
    change(id, { state: 'claimed', claimed_by: state.me, claimed_at: new Date().toISOString() }),
  'alerts.release': ({ id }) => change(id, { state: 'open', claimed_by: null, claimed_at: null }),
  'alerts.handle': ({ id, note }) =>
    change(id, { state: 'handled', note: note ?? null, closed_at: new Date().toISOString(), closed_by: state.me }),
  'alerts.dismiss': ({ id, note }) =>
    change(id, { state: 'dismissed', note: note ?? null, closed_at: new Date().toISOString(), closed_by: state.me }),
  'alerts.reopen': ({ id }) => change(id, { state: 'open', snoozed_until: null, claimed_by: null, closed_at: null }),
  'alerts.snooze': ({ id, until }) => change(id, { snoozed_until: until }),
  'alerts.reveal': () => ({
    values: {
      buyer_label: 'Jonas Dornfeld',
      'reason.0.query': 's2y5k9w3@marketplace.amazon.de',
      'reason.0.listed': 's2y5k9w3@marketplace.amazon.de',
      'reason.1.query': 'Lindenhofweg',
      'reason.1.listed': 'Lindenhofweg',
      'reason.2.query': 'Dornfeld',
      'reason.2.listed': 'Dornfeldt',
      'reason.3.query': 'Jonas',
      'reason.3.listed': 'Jonas',
    },
  }),
  'buyers.list': (input) => {
    const shown = buyers.filter(
      (one) =>
        (!input.status || one.status === input.status) &&
        (!input.query || one.label.toLowerCase().includes(input.query.toLowerCase())),
    );
    return { ...page(shown, input), counts: (cases['overview.get']!({}) as T.Overview).buyers };
  },
  'buyers.get': ({ id }) => structuredClone(find(buyers, id)),
  'buyers.add': ({ identifiers, note }) => {
    const { id, label } = add(identifiers, note);
    return { buyer_id: id, label, existing: [], unusable: [] };
  },
  'buyers.check': ({ identifiers }) => ({
    unusable: identifiers.flatMap(({ kind, value }: T.TypedIdentifier, at: number) =>
      kind === 'phone' && value.length < 5 ? [{ at, kind, masked: '•••', reason: 'not_a_phone' }] : [],
    ),
  }),
  'buyers.add_from_order': ({ kinds, note }) => {
    const identifiers = kinds.map((kind: T.IdentifierKind) => ({ kind, value: 'x9y8z7w6' }));
    const { id, label } = add(identifiers, note);
    return { buyer_id: id, label, existing: [], unusable: [] };
  },
  'buyers.add_identifier': ({ buyer_id, kind, value }) => {
    const about = find(buyers, buyer_id);
    about.identifiers.push({
      id: data.id(),
      kind,
      masked: `${value.slice(0, 3)}•••`,
      shared: false,
      marked_shared: false,
      shared_names: null,
      unusable: null,
      added_at: new Date().toISOString(),
    });
    return changed(about);
  },
  'buyers.remove_identifier': ({ buyer_id, identifier_id }) => {
    const about = find(buyers, buyer_id);
    if (about.identifiers.length === 1) return refuse('last_identifier');
    about.identifiers = about.identifiers.filter((one) => one.id !== identifier_id);
    return changed(about);
  },
  'buyers.mark_shared': ({ buyer_id, identifier_id, shared }) => {
    const about = find(buyers, buyer_id);
    const one = find(about.identifiers, identifier_id);
    one.shared = shared;
    one.marked_shared = shared;
    return changed(about);
  },
  'buyers.add_note': ({ buyer_id, text }) => {
    const about = find(buyers, buyer_id);
    about.notes.unshift({ id: data.id(), text, at: new Date().toISOString(), by: data.me });
    return changed(about);
  },
  'buyers.duplicates': ({ buyer_id }) => {
    const shown = alike
      .filter((pair) => !apart.has(pair.toSorted().join()) && (!buyer_id || pair.includes(buyer_id)))
      .filter((pair) => pair.every((id) => buyers.some((one) => one.id === id)));
    return { items: shown.map(([one, other]) => duplicate(one, other)), total: shown.length, by_likeness: true };
  },
  'buyers.compare': ({ one, other }) => duplicate(one, other),
  'buyers.dismiss_duplicate': ({ one, other, undo, reason }) => {
    const key = [one, other].toSorted().join();
    if (undo) apart.delete(key);
    else apart.set(key, reason ?? null);
    stale('buyers');
    return {};
  },
  'buyers.merge': ({ into, from, reason }) => {
    const [stays, goes] = [find(buyers, into), find(buyers, from)];
    const place = buyers.indexOf(goes);
    buyers.splice(place, 1);
    merged.set(from, { about: goes, into, place });
    stays.identifiers.push(...goes.identifiers);
    stays.merged.push({
      id: goes.id,
      label: goes.label,
      status: goes.status,
      identifiers: goes.identifiers.map(({ id }) => id),
      incidents: goes.incidents,
      at: new Date().toISOString(),
      by: data.me,
      reason: reason ?? null,
    });
    if (goes.status === 'listed' && stays.status !== 'listed')
      Object.assign(stays, {
        status: 'listed',
        clause: goes.clause,
        listing: goes.listing,
        review_due: goes.review_due,
      });
    return changed(stays);
  },
  'buyers.unmerge': ({ buyer_id }) => {
    const { about, into, place } = merged.get(buyer_id) ?? refuse('not_merged');
    const stays = find(buyers, into);
    stays.identifiers = stays.identifiers.filter(({ id }) => !about.identifiers.some((one) => one.id === id));
    stays.merged = stays.merged.filter(({ id }) => id !== buyer_id);
    buyers.splice(place, 0, about);
    merged.delete(buyer_id);
    apart.set([into, buyer_id].toSorted().join(), null);
    return changed(about);
  },
  'buyers.reveal': ({ id }) => ({
    label: 'Jonas Dornfeld',
    values: Object.fromEntries(find(buyers, id).identifiers.map((one) => [one.id, `${one.masked} (plain)`])),
  }),
  'incidents.add': ({ buyer_id, clause, at, orders, text, buyer_version, exhibits: given }) => {
    const about = find(buyers, buyer_id);
    const added = given.map(({ kind, handle }: T.ExhibitFile) => exhibit(kind, nameOf(handle)));
    const one: T.IncidentView = {
      id: data.id(),
      clause,
      criterion_version: 1,
      at,
      orders,
      text,
      buyer_version,
      reported_at: new Date().toISOString(),
      reported_by: data.me,
      withdrawn: null,
      exhibits: added,
    };
    about.incidents_list.unshift(one);
    about.exhibits.push(...added);
    about.incidents += 1;
    about.timeline.unshift(entry('incident', { clause, text, ref_id: one.id, at }));
    stale('buyers');
    return { incident_id: one.id, exhibits: added, gate: data.gate(about, clause) };
  },
  'incidents.withdraw': ({ buyer_id, incident_id, reason }) => {
    const about = find(buyers, buyer_id);
    find(about.incidents_list, incident_id).withdrawn = reason;
    return changed(about);
  },
  'exhibits.add': ({ files, links }) => {
    const added = files.map(({ handle, kind }: T.ExhibitFile) => exhibit(kind, nameOf(handle), links));
    stale('buyers', 'alerts', 'exhibits');
    return { exhibits: added };
  },
  'exhibits.guess': ({ handles }) => ({
    files: handles.map((handle: string): T.GuessedFile => {
      const name = nameOf(handle);
      const film = /\.(mp4|webm|mov)$/i.test(name);
      const ids = inName(name);
      return {
        handle,
        name,
        bytes: film ? 4_204_118_003 : 1_482_113,
        media_type: film ? 'video/mp4' : 'image/png',
        class: film ? 'video' : /\.pdf$/i.test(name) ? 'pdf' : /\.(png|jpe?g)$/i.test(name) ? 'image' : 'other',
        kind: film
          ? 'packing_video'
          : /消息|message/i.test(name)
            ? 'message'
            : /打包|pack/i.test(name)
              ? 'packing_photo'
              : 'other',
        table: false,
        order_ids: ids,
        tracking_numbers: name.match(/1Z\w{16}/g) ?? [],
        suggestions:
          ids.length && buyers[0] ? [{ link: { type: 'buyer', buyer: buyers[0].id }, label: buyers[0].label }] : [],
        error: name.startsWith('0 ') ? { code: 'file_empty', params: {}, reference: '' } : null,
      };
    }),
  }),
  'exhibits.start': ({ files, links }) => ({
    jobs: files.map(({ handle, kind }: T.ExhibitFile, at: number) => {
      const name = nameOf(handle);
      const own = inName(name).map((order_id): T.ExhibitLink => ({ type: 'order', order_id }));
      return work('exhibit', name, 4_000_000 * (at + 1), (job) => {
        if (name.includes('坏'))
          return Object.assign(job, {
            state: 'failed',
            error: { code: 'file_changed', params: {}, reference: 'Q4T8' },
          });
        job.exhibit = exhibit(kind, name, [...links, ...own]).id;
        stale('buyers', 'alerts', 'exhibits');
      }).id;
    }),
  }),
  'exhibits.paste': ({ name, kind, links }) => {
    const one = exhibit(kind, name, links);
    stale('buyers', 'alerts', 'exhibits');
    return one;
  },
  'exhibits.freeze_order': ({ order_id, links }) => {
    const one = exhibit('order_page', `order-${order_id}.json`, [{ type: 'order', order_id }, ...links]);
    Object.assign(one, { class: 'text', media_type: 'application/json', has_thumbnail: false });
    stale('exhibits', 'buyers');
    return { exhibit: one, personal_data_removed: orders.some((of) => of.order_id === order_id && of.purged) };
  },
  'exhibits.keep_frame': () => ({}),
  'exhibits.keep_attachment': ({ part, links }) => {
    const one = exhibit('other', `attachment ${part + 1}.jpg`, links);
    stale('exhibits', 'buyers');
    return one;
  },
  'exhibits.freeze_message': ({ message_id, links }) => {
    const one = exhibit('message', `message ${message_id.slice(0, 8)}.txt`, links);
    Object.assign(one, { class: 'text', media_type: 'text/plain', has_thumbnail: false });
    stale('exhibits', 'buyers');
    return one;
  },
  'exhibits.list': (input: T.ListExhibits) => {
    const belongs = ({ links }: T.ExhibitView) =>
      (!input.buyer_id || links.some((link) => link.type !== 'order' && link.buyer === input.buyer_id)) &&
      (!input.incident_id || links.some((link) => link.type === 'incident' && link.incident === input.incident_id)) &&
      (!input.order_id || links.some((link) => link.type === 'order' && link.order_id === input.order_id));
    const rest = exhibits.filter(
      (one) =>
        belongs(one) &&
        (one.removed !== null) === Boolean(input.removed) &&
        (!input.class || one.class === input.class) &&
        (!input.damaged_only || one.damaged !== null) &&
        (!input.unlinked_only || one.links.length === 0) &&
        [one.added_at, one.captured_at].some(
          (at) => at !== null && (!input.from || at >= input.from) && (!input.until || at < input.until),
        ) &&
        (!input.text || `${one.name} ${one.sha256}`.toLowerCase().includes(input.text.toLowerCase())),
    );
    const rows = rest.filter((one) => !input.kind || one.kind === input.kind);
    if (input.sort === 'name') rows.sort((a, b) => a.name.localeCompare(b.name));
    else if (input.sort === 'captured_desc')
      rows.sort((a, b) => (b.captured_at ?? '').localeCompare(a.captured_at ?? ''));
    else rows.sort((a, b) => b.added_at.localeCompare(a.added_at));
    const kinds = new Map<T.ExhibitKind, number>();
    for (const { kind } of rest) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return {
      rows: rows.slice(input.offset, input.offset + input.limit),
      total: rows.length,
      counts_by_kind: [...kinds].map(([kind, count]) => ({ kind, count })),
    };
  },
  'exhibits.get': ({ exhibit_id }) => detail(exhibit_id),
  'exhibits.open': ({ exhibit_id, purpose }) => {
    const one = find(exhibits, exhibit_id);
    happened(exhibit_id, 'viewed', { purpose: purpose ?? 'review' });
    stale('exhibits');
    return {
      class: one.class,
      mime: one.media_type,
      bytes: one.bytes,
      path: `/${one.class === 'pdf' ? 'page' : 'exhibit'}/${one.id}`,
      url: `/demo-media/${one.class === 'pdf' ? 'page' : 'exhibit'}/${one.id}`,
      pages: one.class === 'pdf' ? 3 : null,
    };
  },
  'exhibits.text': ({ exhibit_id }) => (find(exhibits, exhibit_id).class === 'mail' ? proof.mail : proof.words),
  'exhibits.link': ({ exhibit_id, link }) => {
    find(exhibits, exhibit_id).links.push(link);
    happened(exhibit_id, 'linked', { links: [{ link, label: linkLabel(link) }], purpose: 'filing' });
    return changedExhibit(exhibit_id);
  },
  'exhibits.unlink': ({ exhibit_id, link }) => {
    const one = find(exhibits, exhibit_id);
    one.links = one.links.filter((known) => JSON.stringify(known) !== JSON.stringify(link));
    happened(exhibit_id, 'unlinked', { links: [{ link, label: linkLabel(link) }], purpose: 'filing' });
    return changedExhibit(exhibit_id);
  },
  'exhibits.annotate': ({ exhibit_id, text }) => {
    notes.set(exhibit_id, [
      ...(notes.get(exhibit_id) ?? []),
      { text, at: new Date().toISOString(), by: state.me ?? data.me },
    ]);
    happened(exhibit_id, 'annotated', { detail: text, purpose: 'remark' });
    return changedExhibit(exhibit_id);
  },
  'exhibits.set_kind': ({ exhibit_id, kind }) => {
    find(exhibits, exhibit_id).kind = kind;
    happened(exhibit_id, 'kind_changed', { detail: kind, purpose: 'filing' });
    return changedExhibit(exhibit_id);
  },
  'exhibits.remove': ({ exhibit_id, reason }) => {
    find(exhibits, exhibit_id).removed = { reason, at: new Date().toISOString(), by: state.me ?? data.me };
    happened(exhibit_id, 'removed', { detail: reason });
    return changedExhibit(exhibit_id);
  },
  'exhibits.redact': ({ exhibit_id }) => {
    const source = find(exhibits, exhibit_id);
    const made = exhibit(source.kind, source.name.replace(/\.\w+$/, '（已涂黑）.png'), [...source.links]);
    made.derived_from = source.id;
    happened(exhibit_id, 'derived', { detail: made.id, purpose: 'redaction' });
    stale('exhibits', 'buyers');
    return made;
  },
  'exhibits.export': ({ exhibit_ids, purpose }) => {
    const job = work('export', '证据 2026-11-24 101500', exhibit_ids.length * 2_000_000, () => {
      for (const one of exhibit_ids) happened(one, 'exported', { purpose: purpose ?? 'handover' });
      stale('exhibits');
    });
    return { cancelled: false, folder: job.name, job: job.id };
  },
  'exhibits.verify': ({ sample_percent }) => {
    const total = Math.max(1, Math.round((exhibits.length * (sample_percent ?? 100)) / 100));
    const job = work('verify', '', total * 1_000_000, (of) => {
      of.verified = {
        total,
        checked: total,
        damaged: exhibits.filter(({ damaged }) => damaged).length,
        before: 0,
        began_at: job.started_at,
      };
      stale('exhibits');
    });
    job.verified = { total, checked: 0, damaged: 0, before: 0, began_at: job.started_at };
    return { jobs: [job.id] };
  },
  'exhibits.readiness': ({ id }) => {
    const about = find(buyers, id);
    const codes = [...new Set(about.incidents_list.filter(({ withdrawn }) => !withdrawn).map(({ clause }) => clause))];
    return {
      clauses: codes.map((clause): T.ReadyClause => {
        const rule = data.criteria.find(({ code }) => code === clause)!;
        return {
          clause,
          title: rule.title,
          incidents: about.incidents_list
            .filter((one) => one.clause === clause && !one.withdrawn)
            .map((one) => ({
              incident_id: one.id,
              at: one.at,
              orders: one.orders,
              items: rule.clauses[0]!.required_exhibits.map((kind) => ({
                kind,
                present: one.exhibits
                  .filter((known) => known.kind === kind && !known.removed && !known.damaged)
                  .map(({ id }) => id),
                damaged: one.exhibits.filter((known) => known.kind === kind && known.damaged).map(({ id }) => id),
              })),
            })),
        };
      }),
    };
  },
  'listings.gate': ({ buyer_id, clause }) => data.gate(find(buyers, buyer_id), clause),
  'listings.add': ({ buyer_id, clause }) => {
    const about = find(buyers, buyer_id);
    const gate = data.gate(about, clause);
    if (!gate.met)
      return refuse(gate.missing.includes('incident') ? 'clause_not_met' : 'exhibits_missing', {
        missing: gate.missing,
      });
    about.listing = {
      id: data.id(),
      clause,
      criterion_version: 1,
      state: data.policy.second_person ? 'awaiting_approval' : 'active',
      listed_at: new Date().toISOString(),
      listed_by: state.me ?? data.me,
      approved_by: null,
      review_due: data.ago(-24 * 90),
      ended_at: null,
      ended_reason: null,
    };
    about.awaiting_approval = data.policy.second_person;
    if (!about.awaiting_approval) about.status = 'listed';
    about.timeline.unshift(entry(about.awaiting_approval ? 'listing_proposed' : 'listed', { clause }));
    stale('buyers');
    return { listing: about.listing, gate: data.gate(about, clause) };
  },
  'listings.approve': ({ buyer_id }) => {
    const about = find(buyers, buyer_id);
    if (about.listing?.listed_by.id === state.me?.id) return refuse('same_person');
    Object.assign(about, { status: 'listed', awaiting_approval: false });
    Object.assign(about.listing ?? {}, { state: 'active', approved_by: state.me });
    return changed(about);
  },
  'listings.decline': ({ buyer_id, reason }) => {
    const about = find(buyers, buyer_id);
    about.awaiting_approval = false;
    Object.assign(about.listing ?? {}, { state: 'declined', ended_at: new Date().toISOString(), ended_reason: reason });
    return changed(about);
  },
  'listings.clear': ({ buyer_id, reason }) => {
    const about = find(buyers, buyer_id);
    about.status = 'cleared';
    Object.assign(about.listing ?? {}, { state: 'cleared', ended_at: new Date().toISOString(), ended_reason: reason });
    return changed(about);
  },
  'phrases.list': () => ({
    items: ['en', 'de', 'fr', 'it', 'es', 'pt', 'ja', 'zh'].map((language) => {
      const text = phrases(language);
      const lines = rows(text).filter(({ kind }) => kind === 'phrase').length;
      return { language, version: language === 'de' ? 3 : 1, own: language === 'de', phrases: lines, text };
    }),
  }),
  'phrases.test': ({ list, text }) => {
    const broken = rows(list ?? '').find((row) => row.text.split('(').length !== row.text.split(')').length);
    if (broken) refuse('malformed_phrases', { line: broken.line, reason: 'brackets' });
    return { findings: text ? [{ kind: 'insult', clause: 'ABUSIVE_LANGUAGE', words: [[0, 4]] }] : [] };
  },
  'phrases.publish': () => ({ items: [] }),
  'signals.list': ({ show, ...input }) =>
    page(
      (size ? signals : []).filter(
        ({ verdict, withdrawn_at }) =>
          show === (verdict !== null ? 'decided' : withdrawn_at !== null ? 'withdrawn' : 'open'),
      ),
      input,
    ),
  'signals.get': ({ id }) => structuredClone(find(signals, id)),
  'signals.accept': ({ id }) => {
    const signal = find(signals, id);
    Object.assign(signal, { verdict: 'accepted', decided_by: state.me, at: data.ago(0) });
    stale('signals');
    return {
      buyer_id: buyers[0]?.id ?? '',
      incidents: signal.basis.map(() => data.id()),
      gate: null,
      personal_data_removed: 0,
    };
  },
  'signals.reject': ({ id, reason }) => {
    const signal = find(signals, id);
    Object.assign(signal, { verdict: 'rejected', decided_by: state.me, at: data.ago(0), reason: reason ?? null });
    stale('signals');
    return structuredClone(signal);
  },
  'signals.reopen': ({ id }) => {
    Object.assign(find(signals, id), { verdict: null, decided_by: null, reason: null });
    stale('signals');
    return {};
  },
  'trust.list': () => ({ items: [...trust] }),
  'trust.add': ({ kind, value, reason, until }) => {
    trust.push({
      id: data.id(),
      kind,
      masked: `${value.slice(0, 4)}•••`,
      reason,
      at: new Date().toISOString(),
      by: data.me,
      until: until ?? null,
      ended: false,
    });
    stale('trust');
    return trust.at(-1);
  },
  'trust.reach': ({ kind }) => ({ orders: 12, more: false, borne_by_many: kind === 'name' || kind === 'address' }),
  'trust.pairs': () => ({
    items: [...buyers].slice(0, 12).flatMap((one) =>
      one.pair_decisions.map((pair) => ({
        ...pair,
        buyer_id: one.id,
        buyer_label: one.label,
        buyer_status: one.status,
      })),
    ),
  }),
  'trust.restore_pair': ({ buyer_id }) => {
    find(buyers, buyer_id).pair_decisions = [];
    stale('trust');
    return {};
  },
  'trust.remove': ({ id }) => {
    trust = trust.filter((one) => one.id !== id);
    stale('trust');
    return {};
  },
  'orders.list': (input) => {
    if (lots && input.flag === 'all' && !input.query)
      return {
        total: lots,
        items: Array.from({ length: Math.min(input.limit, lots - input.offset) }, (_, n) =>
          data.order(input.offset + n),
        ),
        marketplaces: [],
      };
    const shown = orders.filter(
      (one) =>
        (input.flag === 'all' ||
          (input.flag === 'flagged' && one.flag) ||
          one.flag === input.flag ||
          (input.flag === 'unscreenable' && one.unscreenable)) &&
        (!input.marketplace || one.marketplace === input.marketplace) &&
        (!input.query || `${one.order_id} ${one.sku} ${one.product}`.toLowerCase().includes(input.query.toLowerCase())),
    );
    return { ...page(shown, input), marketplaces: ['Amazon.co.jp', 'Amazon.com', 'Amazon.de', 'Amazon.it'] };
  },
  'orders.get': ({ order_id }) =>
    structuredClone(orders.find((one) => one.order_id === order_id) ?? refuse('not_found')),
  'orders.reveal': () => ({
    buyer_name: 'Jonas Dornfeld',
    recipient_name: 'Jonas Dornfeld',
    alias: 's2y5k9w3@marketplace.amazon.de',
    phone: '+49 30 5550142',
    ship_to: 'Lindenhofweg 14, 97070 Würzburg, DE',
  }),
  'orders.compare': compared,
  'orders.reveal_compared': (asked) => ({
    comparison: compared(asked),
    values: {
      buyer_label: 'Jonas Dornfeld',
      'reason.0.query': 'Kirchgasse',
      'reason.0.listed': 'Kirchgase',
      'reason.2.query': 'Dornfeld',
      'reason.2.listed': 'Dornfeld',
      'reason.3.query': 'Lena',
      'reason.3.listed': 'Jonas',
    },
  }),
  'orders.identifiers': ({ order_id }) => ({
    identifiers: [
      { kind: 'alias', masked: 's2y5•••@…amazon.de', token: 'a' },
      { kind: 'order_id', masked: order_id, token: 'b' },
      { kind: 'phone', masked: '+49 ••• 118', token: 'c' },
      { kind: 'name', masked: 'J••• D•••', token: 'd' },
    ],
    buyer_id: null,
    existing: buyers.slice(0, 1).map((one) => ({ buyer_id: one.id, label: one.label })),
  }),
  'drafts.get': () => ({ items: [...drafts].map(([target, content]) => ({ target, content })) }),
  'drafts.set': ({ target, content }) => {
    if (content) drafts.set(target, content);
    else drafts.delete(target);
    return {};
  },
  'files.pick': ({ purpose }) => ({
    files:
      purpose === 'import'
        ? [{ handle: 'orders.txt', name: 'orders.txt', bytes: 482_113 }]
        : ['消息 2026-11-20.png', '打包 302-5108846-1172604.mp4'].map((name) => ({
            handle: `${data.id()}/${name}`,
            name,
            bytes: name.endsWith('mp4') ? 4_204_118_003 : 482_113,
          })),
  }),
  'imports.start': () => {
    const running = data.job();
    jobs.unshift(running);
    const timer = setInterval(() => {
      Object.assign(running, {
        bytes_done: running.bytes_done + 6_000_000,
        rows: running.rows + 14_000,
        seconds_left: Math.max(0, (running.seconds_left ?? 1) - 1),
      });
      if (running.bytes_done >= 96_000_000) {
        clearInterval(timer);
        const done = data.record(0);
        imports.unshift(done);
        Object.assign(running, { state: 'done', finished_at: new Date().toISOString(), import: done });
        stale('imports', 'orders', 'alerts');
      }
      send({ type: 'job', job: { ...running } });
    }, 500);
    return { jobs: [running.id] };
  },
  'imports.cancel': ({ job }) => {
    const one = find(jobs, job);
    Object.assign(one, { state: 'cancelled', finished_at: new Date().toISOString() });
    send({ type: 'job', job: { ...one } });
    return {};
  },
  'imports.list': (input) => page(imports, input),
  'imports.skipped': (input) =>
    page(
      [
        { line: 17, reason: 'malformed_order_id' },
        { line: 118, reason: 'repeated_header' },
        { line: 203, reason: 'malformed_order_id' },
        { line: 377, reason: 'malformed_order_id' },
      ],
      input,
    ),
  'jobs.list': () => ({ jobs: [...jobs] }),
  'jobs.cancel': ({ job }) => cases['imports.cancel']!({ job }),
  'lookup.find': ({ query: asked, message_id }) => {
    const order = (one: T.OrderDetail): T.LookupItem => ({
      type: 'order',
      order_id: one.order_id,
      marketplace: one.marketplace,
      purchased_at: one.purchased_at,
      label: one.buyer_label,
      flag: one.flag,
    });
    const buyer = (one: T.BuyerDetail): T.LookupItem => ({
      type: 'buyer',
      id: one.id,
      label: one.label,
      status: one.status,
      matched: 'alias',
    });
    if (message_id)
      return { items: [...buyers.slice(0, 1).map(buyer), ...orders.slice(0, 2).map(order)], reading: false };
    const byId = /\d{3}-/.test(asked);
    return {
      reading: false,
      items: byId
        ? orders
            .filter((one) => one.order_id.startsWith(asked))
            .slice(0, 5)
            .map(order)
        : buyers.slice(0, 2).map(buyer),
    };
  },
  'criteria.list': () => ({ criteria: data.criteria }),
  'criteria.backtest': (input) => {
    const job: T.Job = { ...data.job(), kind: 'backtest', name: input.clause, state: 'running', import: null };
    job.tried = { total: 2300, done: 800, reached: 1 };
    jobs.unshift(job);
    setTimeout(() => {
      Object.assign(job, { state: 'done', finished_at: new Date().toISOString() });
      send({ type: 'job', job: { ...job } });
    }, 800);
    return { jobs: [job.id] };
  },
  'criteria.backtested': () => ({
    clause: 'REPEAT_CANCEL',
    counted: 'cancels',
    count: 3,
    window_days: 30,
    percent: null,
    min_orders: null,
    from: null,
    until: null,
    orders: 2300,
    unidentified: 37,
    identities: 1740,
    observed: 61,
    without_buyer: 4,
    texts_gone: 0,
    reached_total: 2,
    only_clean_otherwise: 1,
    exempt: 1,
    reached: [0, 1].map((n) => ({
      label: ['H••• S•••', '张••'][n] ?? '',
      buyer_id: n === 0 ? (buyers[0]?.id ?? null) : null,
      first_reached_at: data.ago(900 + n * 400),
      windows: [
        {
          from: data.ago(1500 + n * 400),
          until: data.ago(900 + n * 400),
          reached_at: data.ago(900 + n * 400),
          orders: [0, 1, 2].map((of) => data.order(n * 7 + of).order_id),
          observed: [0, 1, 2].map((of) => ({
            at: data.ago(1500 - of * 300 + n * 400),
            order_id: data.order(n * 7 + of).order_id,
            marketplace: 'Amazon.de',
            message: '',
          })),
          placed: 4,
          unsure: n,
        },
      ],
      other_orders: n * 6,
      clean_orders: n * 6,
      only_clean_otherwise: n === 1,
    })),
  }),
  'journal.verify': () => ({ ok: true, head: data.head, events: data.head.events, problems: [] }),
  'journal.accept_head': () => ({ ok: true, head: data.head, events: data.head.events, problems: [] }),
  'journal.head': () => ({ ...data.head }),
};

/** The invented backend. */
export const link: Link = {
  async call(name, input) {
    await new Promise((resolve) => setTimeout(resolve, 15));
    const run = cases[name];
    if (!run) return refuse('unknown_use_case');
    if (state.phase !== 'open' && !/^(session|settings)\./.test(name)) return refuse('locked');
    return structuredClone(run(input));
  },
  async listen(receive) {
    send = receive;
    Object.assign(window, { demoPush: receive });
    return () => {};
  },
};
