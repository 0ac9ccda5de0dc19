import type { ExhibitKind, FileHandle, IdentifierKind } from '$lib/api';

/** Where the buyer of an incident comes from. */
export type FromOrder = { order_id: string; marketplace: string };

/** An incident being written. Kept in memory alone, so that a lock does not lose it. */
class IncidentDraft {
  shown = $state(false);
  buyer = $state<{ id: string; label: string } | null>(null);
  /** An order whose buyer is not on file yet. */
  from = $state<FromOrder | null>(null);
  kinds = $state<IdentifierKind[]>([]);
  clause = $state<string | null>(null);
  at = $state('');
  orders = $state<string[]>([]);
  text = $state('');
  buyerVersion = $state('');
  files = $state<{ kind: ExhibitKind; file: FileHandle }[]>([]);

  /** Opens the sheet. What was being written stays unless another buyer or order is named. */
  start(about: {
    buyer?: { id: string; label: string } | null;
    from?: FromOrder;
    orders?: string[];
    clause?: string | null;
  }): void {
    const other =
      (about.buyer && about.buyer.id !== this.buyer?.id) || (about.from && about.from.order_id !== this.from?.order_id);
    if (other) this.reset();
    if (about.buyer) this.buyer = about.buyer;
    if (about.from) this.from = about.from;
    if (about.clause) this.clause = about.clause;
    for (const order of about.orders ?? []) if (!this.orders.includes(order)) this.orders.push(order);
    if (this.at === '') this.at = local(new Date());
    this.shown = true;
  }

  get touched(): boolean {
    return this.text !== '' || this.buyerVersion !== '' || this.files.length > 0;
  }

  reset(): void {
    this.shown = false;
    this.buyer = null;
    this.from = null;
    this.kinds = [];
    this.clause = null;
    this.at = '';
    this.orders = [];
    this.text = '';
    this.buyerVersion = '';
    this.files = [];
  }
}

/** An instant as the control for date and time wants it. */
function local(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The incident being written. */
export const incidentDraft = new IncidentDraft();
