import type { ExhibitKind, FileHandle, IdentifierKind, OrderRow } from '$lib/api';
import { drafts, parsed } from './store.svelte';

/** Where the buyer of an incident comes from. */
export type FromOrder = { order_id: string; marketplace: string };
/** A buyer on record, by a masked name. */
export type Known = { id: string; label: string };
/** A stored message that goes into the incident. */
export type Enclosed = { id: string; label: string };
type File = { kind: ExhibitKind; file: FileHandle };

/** What of a draft outlives a restart: all but the files, which must be chosen anew. */
type Kept = {
  buyer: Known | null;
  kinds: IdentifierKind[];
  offered: string;
  clause: string | null;
  at: string;
  orders: string[];
  text: string;
  buyerVersion: string;
  messages: Enclosed[];
};

const NOBODY = 'nobody';
const target = (key: string) => `incident:${key}`;

/** The incidents being written: one for each buyer or order that one was begun for. */
class IncidentDraft {
  shown = $state(false);
  buyer = $state<Known | null>(null);
  /** The order that the incident was begun on. Its buyer may not be on record yet. */
  from = $state<FromOrder | null>(null);
  /** Who might have placed that order, for a person to judge. */
  match = $state<Known | null>(null);
  /** Another buyer is being looked for. */
  choosing = $state(false);
  kinds = $state<IdentifierKind[]>([]);
  /** The order whose identifiers were offered to be kept. */
  offered = $state('');
  clause = $state<string | null>(null);
  at = $state('');
  orders = $state<string[]>([]);
  text = $state('');
  buyerVersion = $state('');
  messages = $state<Enclosed[]>([]);
  files = $state<File[]>([]);
  /** Files of the drafts that are put aside. */
  #aside = new Map<string, File[]>();
  /** Under which key it was kept last. */
  #kept: string = NOBODY;

  /**
   * Opens the sheet. What was being written stays; about another buyer or order, the draft of that
   * one is taken up. One that names nobody yet becomes that of the buyer or order.
   */
  start(about: {
    buyer?: Known | null;
    from?: FromOrder;
    match?: Known | null;
    orders?: string[];
    clause?: string | null;
    message?: Enclosed | null;
    /** When it happened, if that is known. */
    at?: string | null;
  }): void {
    const wanted = about.from ? ofOrder(about.from) : about.buyer ? ofBuyer(about.buyer) : null;
    const key = wanted ?? (this.touched ? this.#key : NOBODY);
    const adopts = this.#key === NOBODY && this.touched && drafts.read(target(key)) === '';
    let fresh = adopts;
    const kept = key === this.#key && !this.touched && drafts.read(target(key)) !== '';
    if (!adopts && (key !== this.#key || kept)) {
      this.#putAside();
      fresh = !this.#take(key);
      this.#kept = key;
    }
    if (about.from) this.from = about.from;
    if (about.buyer && (!about.from || fresh || this.buyer?.id === about.buyer.id)) this.buyer = about.buyer;
    if (!this.touched) this.messages = [];
    const { message } = about;
    if (message && this.messages.every(({ id }) => id !== message.id)) this.messages.push(message);
    this.match = about.match ?? null;
    this.choosing = false;
    if (about.clause) this.clause = about.clause;
    for (const order of about.orders ?? []) if (!this.orders.includes(order)) this.orders.push(order);
    if (this.at === '' || (about.at && !this.touched)) this.at = local(about.at ? new Date(about.at) : new Date());
    this.shown = true;
  }

  /** Opens the sheet on an order. Only who is recognised for sure is taken for its buyer. */
  startFromOrder(order: Pick<OrderRow, 'order_id' | 'marketplace' | 'flag' | 'buyer_id' | 'recognised_label'>): void {
    const { order_id, marketplace } = order;
    const match = order.buyer_id ? { id: order.buyer_id, label: order.recognised_label ?? '' } : null;
    const sure = order.flag === 'alert' || order.flag === 'watching';
    this.start({ from: { order_id, marketplace }, match, buyer: sure ? match : null, orders: [order_id] });
  }

  /** Names the buyer. A draft of theirs that was put aside goes on in this one. */
  pick(buyer: Known): void {
    if (!this.from) {
      const key = ofBuyer(buyer);
      const other = key === this.#key ? null : parsed<Kept>(drafts.read(target(key)));
      if (other) {
        this.text = [other.text, this.text].filter(Boolean).join('\n\n');
        this.buyerVersion = [other.buyerVersion, this.buyerVersion].filter(Boolean).join('\n\n');
      }
      this.files.push(...(this.#aside.get(key) ?? []));
      this.#aside.delete(key);
    }
    this.buyer = buyer;
    this.choosing = false;
  }

  /** Takes the buyer away again: to look for another, or to record the one of the order. */
  unpick(choose: boolean): void {
    this.buyer = null;
    this.choosing = choose;
  }

  get touched(): boolean {
    return this.text !== '' || this.buyerVersion !== '' || this.files.length > 0;
  }

  /** Keeps what was written. Called whenever something of it changes. */
  keep(): void {
    const { buyer, kinds, offered, clause, at, orders, text, buyerVersion, messages } = this;
    const kept: Kept = { buyer, kinds, offered, clause, at, orders, text, buyerVersion, messages };
    const key = this.#key;
    if (this.touched) {
      if (this.#kept !== key) drafts.forget(target(this.#kept));
      drafts.write(target(key), JSON.stringify(kept));
      this.#kept = key;
    } else if (this.shown && this.#kept === key) drafts.forget(target(key));
  }

  /** Gives the draft up, or lets go of it because it was saved. */
  reset(): void {
    drafts.forget(target(this.#key));
    drafts.forget(target(this.#kept));
    this.#clear();
    this.shown = false;
  }

  get #key(): string {
    if (this.from) return ofOrder(this.from);
    // Until another buyer is found it stays where it is.
    if (this.choosing) return this.#kept;
    return this.buyer ? ofBuyer(this.buyer) : NOBODY;
  }

  #putAside(): void {
    this.keep();
    if (this.files.length > 0) this.#aside.set(this.#key, [...this.files]);
    this.#clear();
  }

  /** Takes a draft up again. False when there is none. */
  #take(key: string): boolean {
    const kept = parsed<Kept>(drafts.read(target(key)));
    this.files = this.#aside.get(key) ?? [];
    this.#aside.delete(key);
    if (!kept) return false;
    Object.assign(this, kept);
    return true;
  }

  #clear(): void {
    this.buyer = null;
    this.from = null;
    this.match = null;
    this.choosing = false;
    this.kinds = [];
    this.offered = '';
    this.clause = null;
    this.at = '';
    this.orders = [];
    this.text = '';
    this.buyerVersion = '';
    this.messages = [];
    this.files = [];
    this.#kept = NOBODY;
  }
}

const ofBuyer = (buyer: Known): string => `buyer:${buyer.id}`;
const ofOrder = ({ marketplace, order_id }: FromOrder): string => `order:${marketplace}/${order_id}`;

/** An instant as the control for date and time wants it. */
function local(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The incident being written. */
export const incidentDraft = new IncidentDraft();
