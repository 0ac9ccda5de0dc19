// A backend of invented data, for looking at the window under `vite dev` with `?demo`.
// `demo=none` starts without a vault, `demo=locked` with a closed one, `demo=empty` with an empty one.
import type * as T from '../lib/api/generated';
import type { Link } from '../lib/api/transport';
import * as data from './data';

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
const exhibit = (kind: T.ExhibitKind, handle: string): T.ExhibitView => ({
  id: data.id(),
  incident_id: null,
  kind,
  name: handle,
  sha256: '9f2b6c0d4e8a17355b0c9d2e7f4a6b81c3d5e7f9011223344556677889900aab',
  bytes: 2_284_311,
  links: [],
  media_type: 'image/png',
  class: 'image',
  captured_at: null,
  derived_from: null,
  has_thumbnail: false,
  removed: null,
  damaged: null,
  added_at: new Date().toISOString(),
  added_by: data.me,
});
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
    if (state.me?.role === 'agent') return refuse('role_not_allowed');
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
  'overview.get': () => ({
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
      'reason.1.query': 'Lindenhofweg 14, 97070 Würzburg',
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
    return { buyer_id: id, label, existing: [] };
  },
  'buyers.add_from_order': ({ kinds, note }) => {
    const identifiers = kinds.map((kind: T.IdentifierKind) => ({ kind, value: 'x9y8z7w6' }));
    const { id, label } = add(identifiers, note);
    return { buyer_id: id, label, existing: [] };
  },
  'buyers.add_identifier': ({ buyer_id, kind, value }) => {
    const about = find(buyers, buyer_id);
    about.identifiers.push({
      id: data.id(),
      kind,
      masked: `${value.slice(0, 3)}•••`,
      shared: false,
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
    find(about.identifiers, identifier_id).shared = shared;
    return changed(about);
  },
  'buyers.add_note': ({ buyer_id, text }) => {
    const about = find(buyers, buyer_id);
    about.notes.unshift({ id: data.id(), text, at: new Date().toISOString(), by: data.me });
    return changed(about);
  },
  'buyers.reveal': ({ id }) => ({
    label: 'Jonas Dornfeld',
    values: Object.fromEntries(find(buyers, id).identifiers.map((one) => [one.id, `${one.masked} (plain)`])),
  }),
  'incidents.add': ({ buyer_id, clause, at, orders, text, buyer_version, exhibits }) => {
    const about = find(buyers, buyer_id);
    const added = exhibits.map(({ kind, handle }: { kind: T.ExhibitKind; handle: string }) => exhibit(kind, handle));
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
    const buyer_id = links[0].buyer;
    const about = find(buyers, buyer_id);
    const added = files.map(({ handle, kind }: { handle: string; kind: T.ExhibitKind }) => exhibit(kind, handle));
    about.exhibits.push(...added);
    for (const one of alerts)
      if (one.buyer_id === buyer_id)
        one.exhibits_present.push(...files.map(({ kind }: { kind: T.ExhibitKind }) => kind));
    stale('buyers', 'alerts');
    return { exhibits: added };
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
  'trust.list': () => ({ items: [...trust] }),
  'trust.add': ({ kind, value, reason }) => {
    trust.push({
      id: data.id(),
      kind,
      masked: `${value.slice(0, 4)}•••`,
      reason,
      at: new Date().toISOString(),
      by: data.me,
    });
    stale('trust');
    return trust.at(-1);
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
    files: [
      {
        handle: purpose === 'import' ? 'orders.txt' : `消息 ${data.id().slice(-3)}.png`,
        name: purpose === 'import' ? 'orders.txt' : '消息 2026-11-20.png',
        bytes: 482_113,
      },
    ],
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
  'lookup.find': ({ query: asked }) => ({
    items: /\d{3}-/.test(asked)
      ? orders
          .filter((one) => one.order_id.startsWith(asked))
          .slice(0, 5)
          .map((one) => ({
            type: 'order',
            order_id: one.order_id,
            marketplace: one.marketplace,
            purchased_at: one.purchased_at,
            label: one.buyer_label,
            flag: one.flag,
          }))
      : buyers
          .slice(0, 2)
          .map((one) => ({ type: 'buyer', id: one.id, label: one.label, status: one.status, matched: 'alias' })),
  }),
  'criteria.list': () => ({ criteria: data.criteria }),
  'journal.verify': () => ({ ok: true, head: data.head, events: data.head.events, problems: [] }),
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
