// Made by `cargo run -p buyerwatch-app --example bindings`. Do not edit.
//
// Every use case and every shape that it takes or answers. Instants are RFC 3339 in UTC, ids are
// 32 hexadecimal digits.
import { call } from './transport';

/** Why the record may end where it ends. */
export type AcceptHead = {
  /** What happened, for example that a backup was restored. */
  reason: string,
};

/** What to report. */
export type AcceptSignal = {
  /** The signal. */
  id: SignalId,
  /** On whom; somebody new when left out. */
  buyer_id?: BuyerId | null,
  /** It is somebody new although others share an identifier. */
  as_new: boolean,
  /** What happened. */
  text: string,
  /** Observations, by their keys, that are nothing. They are judged, too. */
  except: Array<string>,
};

/** What was reported. */
export type AcceptedSignal = {
  /** On whom. */
  buyer_id: BuyerId,
  /** The incidents, oldest first. */
  incidents: Array<IncidentId>,
  /** How far the buyer is now from being listed under the clause. */
  gate: Gate,
  /** Orders whose copies do not say who bought, since that was taken out when its retention time ended. */
  personal_data_removed: number,
};

/** Who to record. */
export type AddBuyer = {
  /** What ties orders to them; at least one. */
  identifiers: Array<TypedIdentifier>,
  /** A first remark. */
  note?: string | null,
};

/** Whom to record. */
export type AddBuyerFromOrder = {
  /** The order. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** Which of its identifiers to take. */
  kinds: Array<IdentifierKind>,
  /** A first remark. */
  note?: string | null,
};

/** What to take in. */
export type AddExhibits = {
  /** The files. */
  files: Array<AddedFile>,
  /** What all of them belong to; what stands in their names is added to it. */
  links: Array<ExhibitLink>,
  /** What for; by the place where it is done when left out. */
  purpose?: string | null,
};

/** Which folder to watch. */
export type AddFolder = {
  /** Where it is: a whole path, of this computer or of a network share. */
  path: string,
  /** Whether its files go to a subfolder `done` after their import; otherwise they stay. */
  move_done: boolean,
};

/** What to add. */
export type AddIdentifier = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value. */
  value: string,
};

/** What to report. */
export type AddIncident = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** Code of the clause. */
  clause: string,
  /** When the act happened. */
  at: Timestamp,
  /** Orders that it concerns. */
  orders: Array<string>,
  /** What happened. */
  text: string,
  /** What the buyer says happened. */
  buyer_version?: string | null,
  /** Evidence that comes with it. */
  exhibits: Array<ExhibitFile>,
  /** IDs of messages that are copied as they are stored, each with what hangs on it. */
  messages: Array<string>,
};

/** Which mailbox to watch. */
export type AddMailbox = {
  /** Where it is and who reads it. */
  access: MailboxAccess,
  /** How many days back the first reading goes; everything when left out. */
  first_days?: number | null,
  /** The server whose word on senders counts, by the name that it writes first into `Authentication-Results`, or a domain above it; the topmost when left out. */
  auth_server?: string | null,
};

/** What to write. */
export type AddNote = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** The remark. */
  text: string,
};

/** Who joins. */
export type AddPerson = {
  /** Name as the team knows them. */
  name: string,
  /** What they do. */
  role: Role,
};

/** Whom to trust. */
export type AddTrust = {
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value. */
  value: string,
  /** Why. */
  reason: string,
  /** When it ends by itself; without it, it holds until it is taken back. */
  until: Timestamp | null,
};

/** The buyer as recorded. */
export type AddedBuyer = {
  /** Their identity. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** Others who share an identifier. Nothing is merged; a person decides. */
  existing: Array<Existing>,
  /** Identifiers that can never be found in an order. They are kept in the record. */
  unusable: Array<UnusableIdentifier>,
};

/** The evidence as taken in. */
export type AddedExhibits = {
  /** One for each file. */
  exhibits: Array<ExhibitView>,
};

/** A file that was dropped or picked. */
export type AddedFile = {
  /** The file. */
  handle: string,
  /** What it shows; a guess by name and content when left out. */
  kind?: ExhibitKind | null,
};

/** The incident as reported. */
export type AddedIncident = {
  /** Its identity. */
  incident_id: IncidentId,
  /** Its evidence. */
  exhibits: Array<ExhibitView>,
  /** How far the buyer is now from being listed under the clause. */
  gate: Gate,
};

/** The listing as made. */
export type AddedListing = {
  /** The listing. */
  listing: ListingView,
  /** On what it rests. */
  gate: Gate,
};

/** How many alerts stand where. */
export type AlertCounts = {
  /** Open or claimed, not snoozed. */
  open: number,
  /** Claimed by who works here. */
  mine: number,
  /** Possible matches that wait. */
  possible: number,
  /** Handled or dismissed. */
  closed: number,
  /** Hidden for a while. */
  snoozed: number,
};

/** One alert in full, masked. */
export type AlertDetail = {
  /** Sum of the weights, in bits. */
  score: number,
  /** Milliseconds from the moment the input was handed over to the alert. */
  latency_ms: number,
  /** The order; `None` after its plaintext was purged. */
  order: OrderDetail | null,
  /** The message that raised it; `None` for an order, and after its text was purged. */
  message: AlertMessage | null,
  /** What the argument rests on. */
  ground: Ground,
  /** The argument. */
  reasons: Array<Reason>,
  /** The listing that raised it. */
  listing: ListingView | null,
  /** What the criterion is about. */
  criterion_title: Localized,
  /** Newest three entries of the buyer's history. */
  history: Array<TimelineEntry>,
  /** How many entries there are. */
  history_total: number,
  /** Kinds of evidence that the buyer's record holds. */
  exhibits_present: Array<ExhibitKind>,
  /** What was noted when it was closed. */
  note: string | null,
  /** When it was claimed. */
  claimed_at: Timestamp | null,
  /** When it was closed. */
  closed_at: Timestamp | null,
  /** Who closed it. */
  closed_by: Person | null,
  /** Its identity. */
  id: AlertId,
  /** How sure the match is. */
  tier: Tier,
  /** Where it stands. */
  state: AlertState,
  /** Who was recognised. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  buyer_label: string,
  /** How the shop stands to them now. */
  buyer_status: BuyerStatus,
  /** Clause of the listing that raised it. */
  clause: string,
  /** The order. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** The message by which the buyer was recognised; `None` for an order. With it, `order_id` may be empty. */
  message_id: string | null,
  /** Sum of the order, if its lines name one currency. */
  amount: Money | null,
  /** When the order was placed. */
  at: Timestamp,
  /** When the alert was raised. */
  raised_at: Timestamp,
  /** Who works on it. */
  claimed_by: Person | null,
  /** Hidden until then. */
  snoozed_until: Timestamp | null,
};

/** One alert.  Written as 32 lower-case hexadecimal digits. */
export type AlertId = string;

/** The message that raised an alert. */
export type AlertMessage = {
  /** What it is about. */
  kind: MessageKind,
  /** Its subject. */
  subject: string,
  /** What was written, as text. */
  text: string,
  /** The text was longer than is kept. */
  truncated: boolean,
  /** When it says it was written. */
  sent_at: Timestamp | null,
  /** Names of what hangs on it, as the message gives them. */
  attachments: Array<string>,
};

/** One alert in a list. */
export type AlertRow = {
  /** Its identity. */
  id: AlertId,
  /** How sure the match is. */
  tier: Tier,
  /** Where it stands. */
  state: AlertState,
  /** Who was recognised. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  buyer_label: string,
  /** How the shop stands to them now. */
  buyer_status: BuyerStatus,
  /** Clause of the listing that raised it. */
  clause: string,
  /** The order. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** The message by which the buyer was recognised; `None` for an order. With it, `order_id` may be empty. */
  message_id: string | null,
  /** Sum of the order, if its lines name one currency. */
  amount: Money | null,
  /** When the order was placed. */
  at: Timestamp,
  /** When the alert was raised. */
  raised_at: Timestamp,
  /** Who works on it. */
  claimed_by: Person | null,
  /** Hidden until then. */
  snoozed_until: Timestamp | null,
};

/** Where an alert stands. */
export type AlertState = "open" | "claimed" | "handled" | "dismissed";

/** Which alerts. */
export type AlertView = "open" | "mine" | "possible" | "snoozed" | "closed";

/** What to write. */
export type AnnotateExhibit = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
  /** The remark. */
  text: string,
  /** What for; by the place where it is done when left out. */
  purpose?: string | null,
};

/** Which conversation, and whether it was answered. */
export type AnsweredElsewhere = {
  /** The newest message that whoever answered has seen: what came after it still waits. */
  id: string,
  /** Whether all up to it was answered elsewhere; otherwise what was said last of it is taken back. */
  answered: boolean,
};

/** Two buyers were told to be two people. */
export type ApartView = {
  /** When it was decided. */
  at: Timestamp,
  /** Who decided it. */
  by: Person,
  /** Why. */
  reason: string | null,
};

/** What went wrong, by a stable code that the window and the command line put into words. */
export type ApiError = {
  /** Stable name; each has a text in every language. */
  code: string,
  /** Values for the text. */
  params: Record<string, string | number | string[]>,
  /** Short random code that stands in the log beside the cause. */
  reference: string,
};

/** Whether a second person has a say. */
export type Approval = "not_needed" | "needed" | "waiting" | "given";

/** What to confirm. */
export type ApproveListing = {
  /** The buyer whose listing waits. */
  buyer_id: BuyerId,
};

/** How many days. */
export type AskDays = {
  /** Days, today included; at most 60. */
  days: number,
};

/** Which buyer, under which clause. */
export type AskGate = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** Code of the clause. */
  clause: string,
};

/** What might be trusted. */
export type AskReach = {
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value. */
  value: string,
};

/** What hangs on a message. */
export type AttachmentView = {
  /** Its name as the message gives it; may be empty. */
  name: string,
  /** How long it is, in bytes. */
  bytes: number,
  /** It is stored with the message and can be taken in as evidence. Not told in lists. */
  kept: boolean,
};

/** What to try. */
export type BacktestClause = {
  /** Code of the clause. */
  clause: string,
  /** What to count, in place of what the clause is about. */
  counted?: Countable | null,
  /** How often, in place of what the clause says. */
  count?: number | null,
  /** In how many days, in place of what the clause says. */
  window_days?: number | null,
  /** And at least this share of the orders, in percent; 0 asks for none. Not for messages. */
  percent?: number | null,
  /** A share says nothing of fewer orders than this. */
  min_orders?: number | null,
  /** Only what happened from then on counts. */
  from?: Timestamp | null,
  /** Only what happened before then counts. */
  until?: Timestamp | null,
  /** At most so many of those who reach it are told one by one, 1 to 10,000; 200 when left out. */
  limit?: number | null,
};

/** How far trying has come. */
export type BacktestProgress = {
  /** Observations to look at, and identities to look at again, as far as known. */
  total: number,
  /** Looked at so far. */
  done: number,
  /** Identities found so far that reach it. */
  reached: number,
};

/** What would have been proposed. */
export type Backtested = {
  /** Code of the clause. */
  clause: string,
  /** What was counted. */
  counted: Countable,
  /** How often. */
  count: number,
  /** In how many days. */
  window_days: number,
  /** And this share of the orders, in percent. */
  percent: number | null,
  /** Of at least so many orders. */
  min_orders: number | null,
  /** Only what happened from then on counted. */
  from: Timestamp | null,
  /** Only what happened before then counted. */
  until: Timestamp | null,
  /** Orders that are stored. */
  orders: number,
  /** Of them, orders that no identity ties to others: they cannot count. */
  unidentified: number,
  /** Different identities among the rest: the shop's buyers, as far as they can be told apart. */
  identities: number,
  /** Observations of what is counted, in the period, behind which somebody is known. */
  observed: number,
  /** Returns, claims or messages, whichever were looked at, behind which nobody is known: their order is not stored, or tells nobody. They cannot count. */
  without_buyer: number,
  /** Messages of buyers whose text is gone or was never there: they cannot count. Told only when messages are counted. */
  texts_gone: number,
  /** Identities that reach it. */
  reached_total: number,
  /** How many of those have other orders, and nothing but clean ones. An order is clean when nothing is stored of it but that it was placed, or that the shop ended it: no other cancellation, no return, no claim of any kind, no message with words of abuse. A fair return is not held against anybody, but does not argue for them either. */
  only_clean_otherwise: number,
  /** Identities that would reach it and belong to many people, or are trusted. */
  exempt: number,
  /** Those who reach it, at most as many as were asked for; who has most first. */
  reached: Array<ReachedIdentity>,
};

/** One observation of a signal. */
export type BasisView = {
  /** Names it within its signal. */
  key: string,
  /** When it happened. */
  at: Timestamp,
  /** The order; may be empty. */
  order_id: string,
  /** The order, if it is stored. */
  order: OrderRow | null,
  /** The message, if it is about one, or the letter of the marketplace from which it is known. */
  message: MessageView | null,
  /** The order was cancelled, and that is what was observed. */
  cancelled: boolean,
  /** The returns of the order that were counted, if they are what was observed. */
  returns: Array<ReturnView>,
  /** The claims about the order that were counted, if they are what was observed. */
  claims: Array<ClaimView>,
};

/** How many buyers have which status. */
export type BuyerCounts = {
  /** Recorded; no clause is met. */
  watching: number,
  /** Listed. */
  listed: number,
  /** No longer listed. */
  cleared: number,
};

/** One buyer in full, masked. */
export type BuyerDetail = {
  /** Who recorded them. */
  added_by: Person,
  /** What ties orders to them. */
  identifiers: Array<IdentifierView>,
  /** What they did, newest first. */
  incidents_list: Array<IncidentView>,
  /** Evidence, newest first. */
  exhibits: Array<ExhibitView>,
  /** Remarks, newest first. */
  notes: Array<NoteView>,
  /** The newest listing, whatever its state. */
  listing: ListingView | null,
  /** History, newest first. */
  timeline: Array<TimelineEntry>,
  /** Whether the history goes further back than what is shown. */
  timeline_cut: boolean,
  /** Identities that are not this buyer. */
  pair_decisions: Array<PairView>,
  /** Who was merged into this one, in the order in which that was decided. */
  merged: Array<MergedView>,
  /** Their identity. */
  id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** How the shop stands to them. */
  status: BuyerStatus,
  /** Clause of the listing that is in force or waits. */
  clause: string | null,
  /** Incidents that count. */
  incidents: number,
  /** Orders in which they were recognised. */
  sightings: number,
  /** Alerts that nobody has closed. */
  open_alerts: number,
  /** When they were last recognised. */
  last_seen_at: Timestamp | null,
  /** When the listing must be looked at again. */
  review_due: Timestamp | null,
  /** When they were recorded. */
  added_at: Timestamp,
  /** A listing waits for a second person. */
  awaiting_approval: boolean,
};

/** A buyer.  Written as 32 lower-case hexadecimal digits. */
export type BuyerId = string;

/** One buyer in a list. */
export type BuyerRow = {
  /** Their identity. */
  id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** How the shop stands to them. */
  status: BuyerStatus,
  /** Clause of the listing that is in force or waits. */
  clause: string | null,
  /** Incidents that count. */
  incidents: number,
  /** Orders in which they were recognised. */
  sightings: number,
  /** Alerts that nobody has closed. */
  open_alerts: number,
  /** When they were last recognised. */
  last_seen_at: Timestamp | null,
  /** When the listing must be looked at again. */
  review_due: Timestamp | null,
  /** When they were recorded. */
  added_at: Timestamp,
  /** A listing waits for a second person. */
  awaiting_approval: boolean,
};

/** By what to sort. */
export type BuyerSort = "recent" | "name" | "incidents" | "sightings" | "review_due";

/** How the shop stands to a buyer. */
export type BuyerStatus = "watching" | "listed" | "cleared";

/** Some of the buyers. */
export type BuyersPage = {
  /** Buyers that fit the question. */
  total: number,
  /** All buyers, by status. */
  counts: BuyerCounts,
  /** Those that were asked for. */
  items: Array<BuyerRow>,
};

/** What to stop. */
export type CancelJob = {
  /** The job. */
  job: string,
};

/** Old and new. */
export type ChangePassphrase = {
  /** The one that opens it now. */
  current: Secret,
  /** The one that opens it from now on. */
  next: Secret,
};

/** What to change; what is left out stays. */
export type ChangePolicy = {
  /** Whether listings need a second person. */
  second_person?: boolean,
  /** Days until a listing must be looked at again, 7 to 365. */
  review_days?: number,
  /** Days after which names, addresses and messages are taken out, 7 to 365. */
  retention_days?: number,
};

/** What to change; what is left out stays. */
export type ChangeSettings = {
  /** Language of the product. */
  language?: Language,
  /** Colours of the window. */
  theme?: Theme,
  /** How close rows stand. */
  density?: Density,
  /** Minutes until the idle lock, 1 to 15; 0 turns it off. */
  idle_lock_minutes?: number,
  /** Whether desktop notifications are shown. */
  notifications?: boolean,
  /** What they may say. */
  notification_detail?: NotificationDetail,
  /** Whether the program goes on watching when its window is closed. */
  keep_running?: boolean,
};

/** What to look at. */
export type CheckIdentifiers = {
  /** As typed. */
  identifiers: Array<TypedIdentifier>,
  /** Whose they will be, if there is a record: what it holds tells how they are read. */
  buyer_id?: BuyerId | null,
};

/** What was found. */
export type CheckedIdentifiers = {
  /** Those that can never be found in an order. */
  unusable: Array<UnusableIdentifier>,
};

/** Which kind of claim. */
export type ClaimKind = "a_to_z" | "safe_t";

/** A claim about an order. */
export type ClaimView = {
  /** Who claims against whom. */
  kind: ClaimKind,
  /** When it was filed. */
  at: Timestamp | null,
  /** The marketplace's number of it; may be empty. */
  claim_id: string,
  /** How far it has come, in the marketplace's words. */
  state: string,
  /** On what ground, in the marketplace's words. */
  reason: string,
  /** What was paid on it. */
  amount: Money | null,
};

/** One rule of a criterion. */
export type Clause = {
  /** Stable name, e.g. `REVIEW_EXTORTION`. */
  code: string,
  /** The rule, in full. */
  text: Localized,
  /** How often, in what window. */
  threshold: Threshold,
  /** The act concerns one order: however often it is reported for the same order, it counts once. */
  once_per_order: boolean,
  /** Kinds of exhibit that must be there, each at least once over all counted incidents; where one incident is enough, for one of them. */
  required_exhibits: Array<ExhibitKind>,
};

/** Which two. */
export type CompareBuyers = {
  /** One of them. */
  one: BuyerId,
  /** The other one. */
  other: BuyerId,
};

/** Which order and which buyer. */
export type CompareOrder = {
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed; empty where the ID alone decides. */
  marketplace: string,
  /** The buyer. */
  buyer_id: BuyerId,
};

/** The whole argument on one order and one buyer. What was raised is explained as it was raised. */
export type Comparison = {
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** The buyer. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  buyer_label: string,
  /** How the shop stands to them. */
  buyer_status: BuyerStatus,
  /** How sure a match it is; none if it is no match. */
  tier: Tier | null,
  /** Sum of the weights, in bits. */
  score: number,
  /** Sum from which names and addresses may alert, in bits. */
  needed: number,
  /** What the argument rests on. */
  ground: Ground,
  /** The argument, masked. */
  reasons: Array<Reason>,
  /** What keeps it silent. */
  silences: Array<Silence>,
  /** The alert or possible match that was raised. */
  alert_id: AlertId | null,
  /** When it was. */
  raised_at: Timestamp | null,
  /** What was raised would be another verdict, or another sum, today. */
  today: Today | null,
};

/** A conversation. */
export type Conversation = {
  /** Who writes, masked. */
  label: string,
  /** The buyer on record who wrote it. What looks forged is nobody's. */
  buyer: RecognisedBuyer | null,
  /** Its messages, the newest first; at most 500. */
  messages: Array<MessageView>,
  /** When an answer is due. What was answered elsewhere is not seen. */
  reply_due: Timestamp | null,
  /** When somebody said that it was answered elsewhere, if nothing was written since. */
  answered_at: Timestamp | null,
  /** Orders that the marketplace names in it. */
  order_ids: Array<string>,
};

/** A conversation as a list shows it. */
export type ConversationRow = {
  /** Its newest message; the text is cut. */
  newest: MessageView,
  /** Who writes, masked. */
  label: string,
  /** The buyer on record who wrote it. */
  buyer: RecognisedBuyer | null,
  /** How many messages it has. */
  messages: number,
  /** When an answer is due. What was answered elsewhere is not seen. */
  reply_due: Timestamp | null,
};

/** What can be counted in stored observations. */
export type Countable = "cancels" | "not_received" | "returns" | "safe_t_granted" | "safe_t_filed" | "review_threats" | "abuse";

/** One observation that counts. */
export type CountedObservation = {
  /** When it happened. */
  at: Timestamp,
  /** The order; may be empty. */
  order_id: string,
  /** The marketplace of the order, if it is stored. */
  marketplace: string,
  /** The message; empty if it is none. */
  message: string,
};

/** How many orders or messages could be compared with the list. */
export type Coverage = {
  /** Those that were compared. */
  screened: number,
  /** Those that could not be, by reason. */
  unscreenable: Array<UnscreenableCount>,
};

/** What came in on a day. */
export type CoverageDay = {
  /** When the local day began. */
  day: Timestamp,
  /** Orders that were screened, and those that could not be. */
  coverage: Coverage,
  /** Messages that are what they say, the marketplace's notices among them. */
  messages: number,
  /** Messages in which a buyer acts that were screened; and those that could not be, notices that name an order which is not stored among them. */
  written: Coverage,
  /** Messages that look forged and were set aside. */
  forged: number,
  /** Rows and letters that were not taken, of imports that began on the day, by reason. */
  skipped: Array<SkippedCount>,
};

/** Day by day. */
export type CoverageDays = {
  /** The newest first. */
  items: Array<CoverageDay>,
};

/** What a new vault needs. */
export type CreateVault = {
  /** Opens it from now on. */
  passphrase: Secret,
  /** Name of the first member of the team. */
  person_name: string,
  /** Language of the product. */
  language: Language,
};

/** The new vault. */
export type CreatedVault = {
  /** Opens the vault when the passphrase is lost. Shown this once. */
  recovery_key: string,
  /** Identity of the vault. */
  vault_id: string,
};

/** The criteria in force. */
export type Criteria = {
  /** In the order in which they were published. */
  criteria: Array<Criterion>,
};

/** A criterion in one version. A published version never changes. */
export type Criterion = {
  /** Stable name over all versions. */
  code: string,
  /** Counts up from 1. */
  version: number,
  /** What it is about, in a few words. */
  title: Localized,
  /** Its rules. */
  clauses: Array<Clause>,
};

/** What happened to an exhibit. */
export type CustodyAct = "added" | "linked" | "unlinked" | "annotated" | "kind_changed" | "viewed" | "exported" | "verified" | "damaged" | "derived" | "removed";

/** One entry of an exhibit's custody. */
export type CustodyView = {
  /** When. */
  at: Timestamp,
  /** Who did it. */
  actor: Person,
  /** Signing identity of the computer, 64 hexadecimal digits. */
  device: string,
  /** What. */
  act: CustodyAct,
  /** What else is to be said, see the act. */
  detail: string | null,
  /** What for: a stable name, or the words of whoever did it. */
  purpose: string | null,
  /** What it was tied to or untied from. */
  links: Array<LinkView>,
};

/** One decision with the buyer whom it is about. */
export type DecidedPair = {
  /** The buyer whom the identity is not. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  buyer_label: string,
  /** How the shop stands to them. */
  buyer_status: BuyerStatus,
  /** Names the identity within the decisions on this buyer. */
  identity: string,
  /** Whose order it was, masked; empty when nothing is left that says so. */
  label: string,
  /** The order on which it was decided. */
  order_id: string | null,
  /** Why; decisions of earlier programs may not say. */
  reason: string | null,
  /** When it was decided. */
  at: Timestamp,
  /** Who decided it. */
  by: Person,
  /** When it ends by itself. */
  until: Timestamp | null,
  /** It has ended, and silences nothing any more. */
  ended: boolean,
};

/** Every decision that was not taken back. */
export type DecidedPairs = {
  /** Newest first. */
  items: Array<DecidedPair>,
};

/** How close rows stand. */
export type Density = "compact" | "comfortable";

/** What to close. */
export type DismissAlert = {
  /** The alert. */
  id: AlertId,
  /** A remark; why, if the order is not of this buyer. */
  note?: string | null,
  /** The order is not of this buyer: remember that for the pair. */
  not_this_buyer: boolean,
  /** When that ends by itself; without it, it holds until it is taken back. */
  until?: Timestamp | null,
};

/** Which two. */
export type DismissDuplicate = {
  /** One of them. */
  one: BuyerId,
  /** The other one. */
  other: BuyerId,
  /** Takes it back instead. */
  undo?: boolean,
  /** Why. */
  reason?: string | null,
};

/** Something that went wrong at a mailbox or a watched folder. It stays as history when the door works again. */
export type DoorErrorView = {
  /** Code of what went wrong. */
  error: string,
  /** The file that it was about; `None` when it was the door itself. */
  file: string | null,
  /** When it went wrong first. */
  first_at: Timestamp,
  /** When it went wrong last. */
  last_at: Timestamp,
  /** How often in a row. */
  times: number,
  /** When it worked again, or something else went wrong; `None` while it lasts. */
  ended_at: Timestamp | null,
};

/** Something begun and not saved. */
export type Draft = {
  /** What it is about. */
  target: string,
  /** What was written, in the form in which it was kept. */
  content: string,
};

/** Every draft. */
export type Drafts = {
  /** The drafts. */
  items: Array<Draft>,
};

/** How far a drag over the window has come. */
export type DragPhase = "enter" | "over" | "leave";

/** Two buyers who may be one person, side by side. */
export type DuplicateView = {
  /** Who would stay: the one who is listed, else the one who was recorded first. */
  one: BuyerRow,
  /** Who would become another name for them. */
  other: BuyerRow,
  /** What speaks for one person. */
  ground: Ground,
  /** Sum of the weights, in bits. */
  score: number,
  /** The argument, masked: `query` is of `one`, `listed` of `other`. */
  reasons: Array<Reason>,
  /** They were told to be two people. */
  apart: ApartView | null,
  /** How the shop would stand to them as one. */
  status: BuyerStatus,
  /** Clause of the listing that would hold for them. */
  clause: string | null,
  /** When that listing must be looked at again. */
  review_due: Timestamp | null,
  /** The merge would bring one of them under the listing of the other. */
  lists: boolean,
};

/** Pairs of buyers who may be one person. */
export type Duplicates = {
  /** The likeliest first, at most 100. */
  items: Array<DuplicateView>,
  /** How many there are. */
  total: number,
  /** Names and addresses of everybody were compared, not only identifiers. */
  by_likeness: boolean,
};

/** What to end. */
export type EndListing = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** Why. */
  reason: string,
};

/** What to estimate. */
export type EstimateStrength = {
  /** The passphrase as typed so far. */
  passphrase: Secret,
  /** Name of the person who will use it: it makes a weak passphrase. */
  person_name?: string | null,
};

/** One exhibit in full. */
export type ExhibitDetail = {
  /** What the list shows. */
  exhibit: ExhibitView,
  /** What it belongs to, in words. */
  links: Array<LinkView>,
  /** Remarks, oldest first. */
  notes: Array<ExhibitNote>,
  /** All that happened to it, oldest first. */
  custody: Array<CustodyView>,
  /** The exhibit from which it was made. */
  derived_from: ExhibitId | null,
  /** Exhibits that were made from it, oldest first. */
  derived: Array<ExhibitId>,
};

/** A file that was dropped or picked. */
export type ExhibitFile = {
  /** What it shows. */
  kind: ExhibitKind,
  /** The file. */
  handle: string,
};

/** One exhibit.  Written as 32 lower-case hexadecimal digits. */
export type ExhibitId = string;

/** What an exhibit shows. */
export type ExhibitKind = "order_page" | "tracking" | "message" | "packing_photo" | "packing_video" | "return_photo" | "label" | "phone_note" | "other";

/** What an exhibit belongs to. It may belong to several things. */
export type ExhibitLink = { "type": "buyer",
  /** Who. */
  buyer: BuyerId, } | { "type": "incident",
  /** Whose. */
  buyer: BuyerId,
  /** Which. */
  incident: IncidentId, } | { "type": "order",
  /** The marketplace's order ID. */
  order_id: string,
};

/** A remark about an exhibit. */
export type ExhibitNote = {
  /** The remark. */
  text: string,
  /** When it was written. */
  at: Timestamp,
  /** Who wrote it. */
  by: Person,
};

/** In which order. */
export type ExhibitSort = "added_desc" | "captured_desc" | "name";

/** The text of an exhibit. */
export type ExhibitText = {
  /** The text; of an e-mail its body. */
  text: string,
  /** There is more than is shown. */
  truncated: boolean,
  /** The parts of an e-mail. */
  mail: MailView | null,
};

/** One exhibit. */
export type ExhibitView = {
  /** Its identity. */
  id: ExhibitId,
  /** The first incident that it belongs to. */
  incident_id: IncidentId | null,
  /** All that it belongs to. */
  links: Array<ExhibitLink>,
  /** What it shows. */
  kind: ExhibitKind,
  /** Name of the file. */
  name: string,
  /** Media type, by content. */
  media_type: string,
  /** How it can be shown. */
  class: MediaClass,
  /** SHA-256 of the content, 64 hexadecimal digits. */
  sha256: string,
  /** Size in bytes. */
  bytes: number,
  /** When it was captured: the claim of the device that did. */
  captured_at: Timestamp | null,
  /** How far that clock was from UTC, in minutes. `None` when the device did not say: the time is then what its clock showed, wherever it was, and not to be shifted to another zone. */
  captured_offset: number | null,
  /** When it was taken in. */
  added_at: Timestamp,
  /** Who took it in. */
  added_by: Person,
  /** The exhibit from which it was made. */
  derived_from: ExhibitId | null,
  /** Whether there is a small picture of it. */
  has_thumbnail: boolean,
  /** Whether a copy with parts blackened can be made of it: a picture that this program decodes. */
  redactable: boolean,
  /** It was taken out; only its record is left. */
  removed: RemovedExhibit | null,
  /** What the last check found wrong with it, by its stable name. */
  damaged: string | null,
};

/** Part of the list. */
export type ExhibitsPage = {
  /** Those that were asked for. */
  rows: Array<ExhibitView>,
  /** How many there are in all. */
  total: number,
  /** How many of each kind there are, whatever kind was asked for. */
  counts_by_kind: Array<KindCount>,
};

/** Another buyer who shares an identifier. */
export type Existing = {
  /** Their identity. */
  buyer_id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
};

/** What to hand out. */
export type ExportExhibits = {
  /** The exhibits. */
  exhibit_ids: Array<ExhibitId>,
  /** What for. */
  purpose?: string | null,
};

/** A buyer's rating of the shop for an order. */
export type FeedbackView = {
  /** When it was given. */
  at: Timestamp | null,
  /** Stars, 1 to 5. */
  rating: number | null,
  /** What the buyer wrote; empty when its retention time ended. */
  comment: string,
  /** What the shop answered. */
  response: string,
};

/** A file that was dropped or picked. */
export type FileHandle = {
  /** Names the file in later requests, as long as the program runs. */
  handle: string,
  /** Name of the file, without its folder. */
  name: string,
  /** Size in bytes. */
  bytes: number,
};

/** What to look for. */
export type Find = {
  /** An order ID, alias, telephone number, name or buyer ID, or a whole address block. */
  query: string,
  /** A message: whoever wrote it, and its order. Nothing else is looked for then. */
  message_id?: string | null,
};

/** For whom to look. */
export type FindDuplicates = {
  /** Only for this buyer; without one for everybody. */
  buyer_id?: BuyerId | null,
};

/** Words that together are a sign of abuse. */
export type FindingView = {
  /** Of what: `review_threat`, `insult`, `threat`, `off_platform` or `phishing`. */
  kind: string,
  /** The clause that such words may fall under. */
  clause: string | null,
  /** The words: where each begins and ends in the text, in UTF-16 code units as a window counts. */
  words: Array<[number, number]>,
};

/** What became of a file. */
export type FolderFileView = {
  /** Its name. */
  name: string,
  /** `running`, `done` or `failed`. */
  state: string,
  /** The import. */
  import_id: string | null,
  /** Code of what went wrong. */
  error: string | null,
  /** How often it was tried. */
  tries: number,
  /** When it is tried again. */
  next_try: Timestamp | null,
  /** When this changed. */
  changed_at: Timestamp,
};

/** What a trial showed. */
export type FolderTested = {
  /** Files that would be imported. */
  files: number,
};

/** A watched folder. */
export type FolderView = {
  /** Its identity. */
  id: string,
  /** Where it is. */
  path: string,
  /** Whether files go to its subfolder `done` after their import. */
  move_done: boolean,
  /** Since when it is watched. */
  added_at: Timestamp,
  /** When a file of it was imported last. */
  last_success: Timestamp | null,
  /** Code of what is wrong with the folder itself. */
  error: string | null,
  /** Files that were imported. */
  done: number,
  /** Files that are there and could not be. */
  failed: number,
  /** The files, newest first; at most 50. */
  files: Array<FolderFileView>,
  /** What went wrong with it and its files, the newest first; at most 50. */
  errors: Array<DoorErrorView>,
};

/** Every watched folder. */
export type Folders = {
  /** In the order in which they were added. */
  items: Array<FolderView>,
};

/** Why a message looks forged, or why nobody can tell. It is set aside and shown, never dropped. */
export type Forgery = "spf" | "dkim" | "dmarc" | "lookalike" | "attached";

/** All that was found. */
export type Found = {
  /** Buyers first. */
  items: Array<LookupItem>,
  /** The list is still being read, so buyers may be missing. When it is there, the tag of buyers becomes stale. */
  reading: boolean,
};

/** Which message. */
export type FreezeMessage = {
  /** Its ID, as the lists and alerts name it. */
  message_id: string,
  /** What the copy belongs to beside the order that the message names. */
  links: Array<ExhibitLink>,
};

/** Which order. */
export type FreezeOrder = {
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed; any marketplace when left out. */
  marketplace?: string | null,
  /** What the copy belongs to beside the order itself. */
  links: Array<ExhibitLink>,
};

/** What was taken in. */
export type FrozenOrder = {
  /** The copy. */
  exhibit: ExhibitView,
  /** Who bought and where to was taken out before, when its retention time ended; the copy says so. */
  personal_data_removed: boolean,
};

/** Who ships an order. */
export type Fulfillment = "seller" | "marketplace" | "unknown";

/** How far a buyer is from being listed under a clause. */
export type Gate = {
  /** Code of the clause. */
  clause: string,
  /** Version of the criterion. */
  criterion_version: number,
  /** What the criterion is about. */
  title: Localized,
  /** The rule, in full. */
  text: Localized,
  /** Incidents that count. */
  incidents: number,
  /** Which they are. */
  counted: Array<IncidentId>,
  /** Incidents needed. */
  needed: number,
  /** Days that they may span. */
  window_days: number,
  /** Required evidence. */
  exhibits: Array<GateExhibit>,
  /** Whether the buyer's own version stands with each incident. Asked for, never required. */
  buyer_version_recorded: boolean,
  /** Whether a second person has a say. */
  approval: Approval,
  /** Whether a person may list the buyer. */
  met: boolean,
  /** What is missing: `incident`, or kinds of exhibit. */
  missing: Array<string>,
};

/** Required evidence of one kind. */
export type GateExhibit = {
  /** What must be shown. */
  kind: ExhibitKind,
  /** How many exhibits show it. */
  present: number,
};

/** What decides whether two are one person: what a person asks first, and what would have to change for another verdict. */
export type Ground = "identifier" | "name_and_home" | "crowded_home" | "name_and_part" | "household" | "in_part" | "home_without_name" | "home_alone" | "name_alone" | "shared_identifier" | "too_little" | "nothing";

/** Which files. */
export type GuessExhibits = {
  /** The files. */
  handles: Array<string>,
};

/** What can be told of a file before it is taken in. */
export type GuessedFile = {
  /** The file. */
  handle: string,
  /** Its name, without its folder. */
  name: string,
  /** Its size in bytes. */
  bytes: number,
  /** Media type, by content. */
  media_type: string,
  /** How it can be shown. */
  class: MediaClass,
  /** Whether it begins as a report of orders does. */
  table: boolean,
  /** What it probably shows. */
  kind: ExhibitKind,
  /** Order IDs in its name. They link by themselves. */
  order_ids: Array<string>,
  /** Tracking numbers in its name. Known ones link by themselves. */
  tracking_numbers: Array<string>,
  /** What it probably belongs to, the likeliest first. */
  suggestions: Array<LinkView>,
  /** Why it cannot be taken in. */
  error: ApiError | null,
};

/** What can be told of them. */
export type GuessedFiles = {
  /** One for each file, in their order. */
  files: Array<GuessedFile>,
};

/** What to close. */
export type HandleAlert = {
  /** The alert. */
  id: AlertId,
  /** A remark. */
  note?: string | null,
};

/** One identifier of one buyer.  Written as 32 lower-case hexadecimal digits. */
export type IdentifierId = string;

/** The kinds of identifier. */
export type IdentifierKind = "alias" | "marketplace_id" | "phone" | "name" | "address" | "user_name" | "order_id";

/** One identifier, masked. */
export type IdentifierView = {
  /** Its identity. */
  id: IdentifierId,
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value, masked. */
  masked: string,
  /** Many unrelated people carry it, so it proves nothing alone: by its nature, by the names seen with it, or because a person said so. */
  shared: boolean,
  /** A person said so. */
  marked_shared: boolean,
  /** Distinct names seen with it in stored orders, where that tells something. */
  shared_names: number | null,
  /** Why it cannot match anything. */
  unusable: string | null,
  /** When it was added. */
  added_at: Timestamp,
};

/** What became of one file. Of a file of orders, `rows` = `orders` + `duplicates` + `skipped`; a row of a report of returns can hold a return and claims. */
export type ImportRecord = {
  /** Its identity. */
  id: string,
  /** Name of the file, without its folder. */
  name: string,
  /** Which report it is. */
  format: string,
  /** How its text is encoded. */
  encoding: string,
  /** Where it stands. */
  state: ImportState,
  /** When it began. */
  started_at: Timestamp,
  /** When it ended. */
  finished_at: Timestamp | null,
  /** Rows below the header. */
  rows: number,
  /** Rows of orders that were new. */
  orders: number,
  /** Other observations that were new. */
  observations: ObservationCounts,
  /** Rows that were stored before. */
  duplicates: number,
  /** Rows that were not taken. */
  skipped: number,
  /** The same by reason. */
  skipped_by_reason: Array<SkippedCount>,
  /** Rows that were compared with the list. */
  screened: number,
  /** Rows that could not be, by reason. */
  unscreenable: Array<UnscreenableCount>,
  /** Rows that were taken although their date is missing or could not be read. Such an order is in no span of days, so that what became of it does not count; a return or a claim counts as of the date of its order. */
  undated: number,
  /** Alerts that it raised. */
  alerts: number,
  /** Possible matches that it raised. */
  possible: number,
};

/** Where an import stands. */
export type ImportState = "running" | "done" | "cancelled" | "interrupted" | "failed";

/** One incident.  Written as 32 lower-case hexadecimal digits. */
export type IncidentId = string;

/** One incident. */
export type IncidentView = {
  /** Its identity. */
  id: IncidentId,
  /** Code of the clause. */
  clause: string,
  /** Version of the criterion when it was reported. */
  criterion_version: number,
  /** When the act happened. */
  at: Timestamp,
  /** Orders that it concerns. */
  orders: Array<string>,
  /** What happened. */
  text: string,
  /** What the buyer says happened. */
  buyer_version: string | null,
  /** When it was reported. */
  reported_at: Timestamp,
  /** Who reported it. */
  reported_by: Person,
  /** Taken back with this reason. */
  withdrawn: string | null,
  /** Evidence that belongs to it, or to an order that it names. */
  exhibits: Array<ExhibitView>,
};

/** Work that takes a while. */
export type Job = {
  /** Its identity. */
  id: string,
  /** What it does. */
  kind: JobKind,
  /** Name of the file, or empty. */
  name: string,
  /** Where it stands. */
  state: JobState,
  /** Bytes read so far. */
  bytes_done: number,
  /** Bytes in all, if known. */
  bytes_total: number | null,
  /** Rows read so far. */
  rows: number,
  /** Rows a second. */
  rows_per_s: number,
  /** Seconds that it will still take, if that can be said. */
  seconds_left: number | null,
  /** When it began. */
  started_at: Timestamp,
  /** When it ended. */
  finished_at: Timestamp | null,
  /** The counts, once there are any. */
  import: ImportRecord | null,
  /** The exhibit, once the file was taken in. */
  exhibit: ExhibitId | null,
  /** The counts of a check, once there are any. */
  verified: VerifyCounts | null,
  /** How far trying a clause has come, once there is anything to tell. */
  tried: BacktestProgress | null,
  /** Why it failed. */
  error: ApiError | null,
};

/** What a job does. */
export type JobKind = "import" | "sample" | "rescreen" | "exhibit" | "verify" | "export" | "backtest";

/** Where a job stands. */
export type JobState = "queued" | "running" | "done" | "cancelled" | "failed";

/** Every job of this session, newest first. */
export type Jobs = {
  /** The jobs. */
  jobs: Array<Job>,
};

/** The newest entry with what belongs to it. */
export type JournalHead = {
  /** Its number; the first is 0. */
  seq: number,
  /** Its hash, 64 hexadecimal digits. */
  hash: string,
  /** Entries in all. */
  events: number,
  /** This computer's signing identity. */
  device_id: string,
};

/** One thing that is wrong with the record. */
export type JournalProblem = {
  /** What is wrong. */
  code: string,
  /** At which entry, if it concerns one. */
  seq: number | null,
};

/** What checking the record found. */
export type JournalReport = {
  /** Whether nothing is wrong. */
  ok: boolean,
  /** The newest entry. */
  head: RecordHead | null,
  /** Entries checked. */
  events: number,
  /** What is wrong. */
  problems: Array<JournalProblem>,
};

/** Which attachment. */
export type KeepAttachment = {
  /** The ID of the message. */
  message_id: string,
  /** Its place among all that hangs on the message, from 0. */
  part: number,
  /** What it belongs to beside the order that the message names. */
  links: Array<ExhibitLink>,
};

/** A frame of a film that is being looked at. */
export type KeepFrame = {
  /** The film. */
  exhibit_id: ExhibitId,
  /** The frame as JPEG in Base64, at most 4 MB of it. */
  jpeg_base64: string,
};

/** How many exhibits show one kind of thing. */
export type KindCount = {
  /** What they show. */
  kind: ExhibitKind,
  /** How many. */
  count: number,
};

/** What became of it. */
export type KitSaved = {
  /** Whether a place was chosen and the page was written. */
  saved: boolean,
  /** Name of the file, without its folder. */
  name: string | null,
};

/** Language of the product. */
export type Language = "zh-CN" | "en";

/** An exhibit and something that it may belong to. */
export type LinkExhibit = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
  /** What it belongs to, or does not. */
  link: ExhibitLink,
  /** What for; by the place where it is done when left out. */
  purpose?: string | null,
};

/** Something that an exhibit may belong to, in words. */
export type LinkView = {
  /** What. */
  link: ExhibitLink,
  /** The buyer, masked; the clause and day of the incident; the order ID. */
  label: string,
};

/** Which part of which list. */
export type ListAlerts = {
  /** Which alerts. */
  view: AlertView,
  /** Part of an order ID, or of an identifier or remark of the buyer; left out for all. */
  query?: string | null,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which part of which list. */
export type ListBuyers = {
  /** Only those with this status. */
  status: BuyerStatus | null,
  /** Part of an identifier; empty for all. */
  query: string,
  /** By what to sort. */
  sort: BuyerSort,
  /** Largest first. */
  descending: boolean,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which exhibits. */
export type ListExhibits = {
  /** Only those that concern this buyer. */
  buyer_id?: BuyerId | null,
  /** Only those that prove this incident. */
  incident_id?: IncidentId | null,
  /** Only those of this order. */
  order_id?: string | null,
  /** Only those that show this. */
  kind?: ExhibitKind | null,
  /** Only those that are shown like this. */
  class?: MediaClass | null,
  /** Only those with this in their name, remarks, order or hash, or among what identifies their buyer. */
  text?: string | null,
  /** Only those that were taken in or captured at this instant or later. */
  from?: Timestamp | null,
  /** Only those that were taken in or captured before this instant. */
  until?: Timestamp | null,
  /** Only those that belong to nothing yet. */
  unlinked_only?: boolean | null,
  /** Only those that the last check found damaged. */
  damaged_only?: boolean | null,
  /** Only those that were taken out, else only those that are there. */
  removed?: boolean | null,
  /** In which order. */
  sort: ExhibitSort,
  /** Leave out this many at the beginning. */
  offset: number,
  /** At most this many. */
  limit: number,
};

/** Which part of the list. */
export type ListImports = {
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which part of the list. */
export type ListMessages = {
  /** Which conversations. */
  show: MessagesShown,
  /** Only those that this buyer wrote, as far as they were recognised. What looks forged is nobody's. */
  buyer_id?: BuyerId | null,
  /** Only that about the order with this ID. */
  order_id?: string | null,
  /** Only those of an order ID or alias that begins with this, else of whoever is found by this name. */
  query?: string | null,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which part of which list. */
export type ListOrders = {
  /** Which orders. */
  flag: OrderFlag,
  /** Only of this marketplace. */
  marketplace: string | null,
  /** Placed at or after. */
  from: Timestamp | null,
  /** Placed before. */
  to: Timestamp | null,
  /** Imported at or after. */
  imported_from?: Timestamp | null,
  /** Part of an order ID, article number or title; empty for all. */
  query: string,
  /** By what to sort. */
  sort: OrderSort,
  /** Largest first. */
  descending: boolean,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which part of the list. */
export type ListSignals = {
  /** Which signals. */
  show: SignalsShown,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** Which part of which list. */
export type ListSkipped = {
  /** The import. */
  import_id: string,
  /** How many to leave out at the beginning. */
  offset: number,
  /** How many to show. */
  limit: number,
};

/** One decision to list a buyer.  Written as 32 lower-case hexadecimal digits. */
export type ListingId = string;

/** Where a listing stands. */
export type ListingState = "awaiting_approval" | "active" | "declined" | "cleared";

/** A listing. */
export type ListingView = {
  /** Its identity. */
  id: ListingId,
  /** Code of the clause that is met. */
  clause: string,
  /** Version of the criterion, pinned. */
  criterion_version: number,
  /** Where it stands. */
  state: ListingState,
  /** When it was made. */
  listed_at: Timestamp,
  /** Who made it. */
  listed_by: Person,
  /** Who confirmed it. */
  approved_by: Person | null,
  /** When it must be looked at again. */
  review_due: Timestamp,
  /** When it ended. */
  ended_at: Timestamp | null,
  /** Why it ended. */
  ended_reason: string | null,
};

/** One text in the two languages of the product. */
export type Localized = {
  /** Simplified Chinese. */
  zh: string,
  /** English. */
  en: string,
};

/** One thing found. */
export type LookupItem = { "type": "buyer",
  /** Their identity. */
  id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** How the shop stands to them. */
  status: BuyerStatus,
  /** Which kind of identifier agreed. */
  matched: IdentifierKind, } | { "type": "order",
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** When it was placed. */
  purchased_at: Timestamp | null,
  /** Name of the buyer, masked. */
  label: string,
  /** What was recognised in it. */
  flag: OrderMark | null,
};

/** A file that came with an e-mail. */
export type MailAttachment = {
  /** Its name. */
  name: string,
  /** Media type, as the e-mail says. */
  mime: string,
  /** Size in bytes. */
  bytes: number,
};

/** A folder of a mailbox. */
export type MailFolder = {
  /** As the server writes it. */
  folder: string,
  /** As a person reads it. */
  name: string,
};

/** A provider whose server is known. */
export type MailPreset = {
  /** Stable name. */
  id: string,
  /** Name of the server. */
  host: string,
  /** Port. */
  port: number,
  /** What it wants for signing in: `password`, `app_password`, `authorization_code` or `browser_only`. */
  secret: string,
  /** Ends of the addresses that it serves. */
  domains: Array<string>,
  /** Where a person gets what is wanted. */
  help: string,
};

/** Every known provider. */
export type MailPresets = {
  /** In the order in which they are offered. */
  items: Array<MailPreset>,
};

/** How the connection to a mailbox becomes encrypted. */
export type MailSecurity = "tls" | "starttls";

/** The parts of an e-mail. */
export type MailView = {
  /** Who sent it. */
  from: string,
  /** Whom it went to. */
  to: string,
  /** What it is about. */
  subject: string,
  /** When it was sent, as it says. */
  date: Timestamp | null,
  /** Files that came with it. */
  attachments: Array<MailAttachment>,
};

/** Where a mailbox is and who reads it. */
export type MailboxAccess = {
  /** Name of the server. */
  host: string,
  /** Port. */
  port: number,
  /** How it becomes encrypted. */
  security: MailSecurity,
  /** Name to sign in with, usually the whole address. */
  user: string,
  /** The password, or what the provider gives out in its place. */
  password: Secret,
  /** The folder that is read; `INBOX` when it is left out. */
  folder?: string | null,
  /** The certificate of an authority of one's own that vouches for the server, as PEM. Without it the public authorities do. */
  authority_pem?: string | null,
};

/** Every watched mailbox. */
export type MailboxList = {
  /** In the order in which they were added. */
  items: Array<MailboxView>,
};

/** What the mailbox has to offer. */
export type MailboxTested = {
  /** Letters in the folder. */
  letters: number,
  /** The server tells by itself when something comes; otherwise it is asked every 20 seconds. */
  tells: boolean,
  /** The folders that can be watched, the one for what comes in first; none when the server does not tell. */
  folders: Array<MailFolder>,
};

/** A watched mailbox. */
export type MailboxView = {
  /** Its identity. */
  id: string,
  /** Name of the server. */
  host: string,
  /** Port. */
  port: number,
  /** `tls` or `starttls`. */
  security: string,
  /** Name to sign in with. */
  user: string,
  /** The folder that is read, as the server writes it. */
  folder: string,
  /** The same as a person reads it. */
  folder_name: string,
  /** The server whose word on senders counts; the topmost when `None`. */
  auth_server: string | null,
  /** How many days back the first reading went; everything when `None`. */
  first_days: number | null,
  /** Since when it is watched. */
  added_at: Timestamp,
  /** `connecting`, `reading`, `watching`, `waiting` for another try, or `idle` when nobody watches it here. */
  state: string,
  /** Letters read of those that were new, while it is read. */
  done: number,
  /** Letters that were new, while it is read. */
  total: number,
  /** Letters that were read in all. */
  letters: number,
  /** When everything in it had been read last. */
  last_success: Timestamp | null,
  /** Code of what is wrong with it. */
  error: string | null,
  /** Since when that is wrong. */
  error_since: Timestamp | null,
  /** When it is tried again. */
  next_try: Timestamp | null,
  /** What went wrong at it, the newest first; at most 50. */
  errors: Array<DoorErrorView>,
};

/** The beginning of the file. */
export type MappingPreview = {
  /** The columns. */
  columns: Array<PreviewColumn>,
  /** The first rows; values are cut. */
  rows: Array<Array<string>>,
  /** Codes of everything that a column can hold if the rows are orders. */
  fields: Array<string>,
  /** The same for everything that the rows can be, orders first. */
  kinds: Array<PreviewKind>,
};

/** A saved mapping. */
export type MappingView = {
  /** Its identity: 64 hexadecimal digits of its header. */
  id: string,
  /** What people call such files. */
  name: string,
  /** What its rows are: `orders`, `returns`, `claims` or `feedback`. */
  kind: string,
  /** Sales channel of orders where no column names it. */
  channel: string,
  /** The columns that hold something: their name, and the code of what they hold. */
  columns: Array<[string, string]>,
  /** When it was saved. */
  saved_at: Timestamp,
};

/** Every mapping. */
export type Mappings = {
  /** Newest first. */
  items: Array<MappingView>,
};

/** What to mark. */
export type MarkShared = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** The identifier. */
  identifier_id: IdentifierId,
  /** Whether it is shared. */
  shared: boolean,
};

/** What sort of content an exhibit holds, and so how it can be shown. */
export type MediaClass = "image" | "pdf" | "video" | "audio" | "mail" | "text" | "other";

/** Which two. */
export type MergeBuyers = {
  /** Who stays. */
  into: BuyerId,
  /** Who becomes another name for them. */
  from: BuyerId,
  /** Why. */
  reason?: string | null,
};

/** A buyer who was merged into another one. */
export type MergedView = {
  /** Their identity. */
  id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** How the shop stood to them alone. */
  status: BuyerStatus,
  /** Which identifiers of the record are theirs. */
  identifiers: Array<IdentifierId>,
  /** Incidents of the record that are theirs and count. */
  incidents: number,
  /** When it was decided. */
  at: Timestamp,
  /** Who decided it. */
  by: Person,
  /** Why. */
  reason: string | null,
};

/** What a message is about. */
export type MessageKind = "buyer" | "own_reply" | "return_request" | "claim_filed" | "claim_closed" | "cancel_request" | "refund" | "opted_out" | "sold" | "chargeback" | "notice" | "foreign";

/** A message. */
export type MessageView = {
  /** Its ID. */
  id: string,
  /** What it is about. */
  kind: MessageKind,
  /** Why it looks forged. */
  forged: Forgery | null,
  /** Where it comes from, such as `Amazon.de`. */
  marketplace: string,
  /** The order that the marketplace names; empty when it names none. */
  order_id: string,
  /** When it says it was written. */
  sent_at: Timestamp | null,
  /** When it came in. */
  received_at: Timestamp,
  /** Its subject. */
  subject: string,
  /** What was written, as text. Empty when its retention time ended. */
  text: string,
  /** The text was longer than is kept. */
  truncated: boolean,
  /** What hangs on it. */
  attachments: Array<AttachmentView>,
  /** The text was removed when its retention time ended. */
  purged: boolean,
  /** The alert that it raised. */
  alert_id: AlertId | null,
  /** What is noticed in its words, in the order of the text: hints to a person. */
  findings: Array<FindingView>,
};

/** Which conversations. */
export type MessagesShown = "all" | "unanswered" | "alerted" | "marked" | "forged";

/** An amount with its currency, as reported; never computed with in floating point. */
export type Money = {
  /** Decimal digits with `.` as the separator. */
  amount: string,
  /** ISO 4217 code; empty when the report names none. */
  currency: string,
};

/** Whose name of an order was compared. */
export type Named = "buyer" | "recipient";

/** One note about a buyer.  Written as 32 lower-case hexadecimal digits. */
export type NoteId = string;

/** A remark. */
export type NoteView = {
  /** Its identity. */
  id: NoteId,
  /** The remark. */
  text: string,
  /** When it was written. */
  at: Timestamp,
  /** Who wrote it. */
  by: Person,
};

/** Nothing at all: `{}`. */
export type Nothing = Record<string, never>;

/** What a desktop notification may say. */
export type NotificationDetail = "none" | "order";

/** New observations other than orders. */
export type ObservationCounts = {
  /** Messages of buyers. */
  messages: number,
  /** Returns. */
  returns: number,
  /** Claims. */
  claims: number,
  /** Ratings of the seller. */
  feedback: number,
};

/** Which alert. */
export type OneAlert = {
  /** The alert. */
  id: AlertId,
};

/** Which trial. */
export type OneBacktest = {
  /** The job that tried. */
  job: string,
};

/** Which buyer. */
export type OneBuyer = {
  /** The buyer. */
  id: BuyerId,
};

/** Which exhibit. */
export type OneExhibit = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
};

/** One folder. */
export type OneFolder = {
  /** Its identity. */
  id: string,
};

/** One mailbox. */
export type OneMailbox = {
  /** Its identity. */
  id: string,
};

/** Which message. */
export type OneMessage = {
  /** Its ID. */
  id: string,
};

/** Which order. */
export type OneOrder = {
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
};

/** Which signal. */
export type OneSignal = {
  /** The signal. */
  id: SignalId,
};

/** What to open. */
export type OpenExhibit = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
  /** What for. */
  purpose?: string | null,
};

/** How to show it. */
export type OpenedExhibit = {
  /** How it can be shown. */
  class: MediaClass,
  /** Media type, by content. */
  mime: string,
  /** Size in bytes. */
  bytes: number,
  /** Path for the media scheme, beginning with a slash. Of a PDF it leads to its pages: a slash, the number of the page from 0, and `?px=` with the longest side in pixels are to follow. */
  path: string,
  /** The whole address of that path. */
  url: string,
  /** Pages of a PDF. */
  pages: number | null,
};

/** One order in full, masked. */
export type OrderDetail = {
  /** Name of the recipient, masked. */
  recipient_label: string,
  /** Relay alias, masked. */
  alias_masked: string,
  /** Telephone number, masked. */
  phone_masked: string,
  /** Where the parcel goes, masked. */
  ship_to_masked: string,
  /** Its lines. */
  lines: Array<OrderLine>,
  /** When it was first imported. */
  imported_at: Timestamp,
  /** Name of the file that it came in. */
  source: string,
  /** What was sent back of it, oldest first. */
  returns: Array<ReturnView>,
  /** Claims about it, oldest first. */
  claims: Array<ClaimView>,
  /** Ratings of the shop for it. */
  feedback: Array<FeedbackView>,
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** When it was placed. */
  purchased_at: Timestamp | null,
  /** How far it has come. */
  status: OrderStatus,
  /** Who ships it. */
  fulfillment: Fulfillment,
  /** Lines that it has. */
  items: number,
  /** Title of the first article. */
  product: string,
  /** Article number of the first line. */
  sku: string,
  /** Units of the first line. */
  quantity: number | null,
  /** Sum of its lines, if they name one currency. */
  amount: Money | null,
  /** Name of the buyer, masked; empty when the report has none. */
  buyer_label: string,
  /** Where it goes. */
  city: string,
  /** Country where it goes. */
  country: string,
  /** What was recognised. */
  flag: OrderMark | null,
  /** Who was recognised. */
  buyer_id: BuyerId | null,
  /** Name or first identifier of who was recognised, masked. The order itself may carry another. */
  recognised_label: string | null,
  /** The alert that it raised. */
  alert_id: AlertId | null,
  /** Why it could not be compared with the list. */
  unscreenable: Unscreenable | null,
  /** Ordered by a company. */
  business: boolean,
  /** The buyer asked through the marketplace to cancel. */
  cancel_requested: boolean,
  /** Who bought was taken out when its retention time ended. */
  purged: boolean,
};

/** Which orders. */
export type OrderFlag = "all" | "flagged" | "possible" | "unscreenable";

/** One identifier of an order. */
export type OrderIdentifier = {
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value, masked. */
  masked: string,
  /** Names it within the order without showing it. */
  token: string,
};

/** All that an order carries. */
export type OrderIdentifiers = {
  /** The identifiers. */
  identifiers: Array<OrderIdentifier>,
  /** The buyer who was recognised in it. */
  buyer_id: BuyerId | null,
  /** Buyers on record who share one of the identifiers. */
  existing: Array<Existing>,
};

/** One line of an order. */
export type OrderLine = {
  /** The marketplace's ID of the line. */
  item_id: string,
  /** The seller's article number. */
  sku: string,
  /** Title of the article. */
  product: string,
  /** Units ordered. */
  quantity: number | null,
  /** Price of the line. */
  price: Money | null,
};

/** What was recognised in an order. */
export type OrderMark = "alert" | "possible" | "watching";

/** The identity in clear; absent parts are empty. */
export type OrderPlain = {
  /** Who paid. */
  buyer_name: string,
  /** Who receives the parcel. */
  recipient_name: string,
  /** Relay alias. */
  alias: string,
  /** Telephone number. */
  phone: string,
  /** Where the parcel goes. */
  ship_to: string,
};

/** One order in a list. */
export type OrderRow = {
  /** The marketplace's order ID. */
  order_id: string,
  /** Where it was placed. */
  marketplace: string,
  /** When it was placed. */
  purchased_at: Timestamp | null,
  /** How far it has come. */
  status: OrderStatus,
  /** Who ships it. */
  fulfillment: Fulfillment,
  /** Lines that it has. */
  items: number,
  /** Title of the first article. */
  product: string,
  /** Article number of the first line. */
  sku: string,
  /** Units of the first line. */
  quantity: number | null,
  /** Sum of its lines, if they name one currency. */
  amount: Money | null,
  /** Name of the buyer, masked; empty when the report has none. */
  buyer_label: string,
  /** Where it goes. */
  city: string,
  /** Country where it goes. */
  country: string,
  /** What was recognised. */
  flag: OrderMark | null,
  /** Who was recognised. */
  buyer_id: BuyerId | null,
  /** Name or first identifier of who was recognised, masked. The order itself may carry another. */
  recognised_label: string | null,
  /** The alert that it raised. */
  alert_id: AlertId | null,
  /** Why it could not be compared with the list. */
  unscreenable: Unscreenable | null,
  /** Ordered by a company. */
  business: boolean,
  /** The buyer asked through the marketplace to cancel. */
  cancel_requested: boolean,
  /** Who bought was taken out when its retention time ended. */
  purged: boolean,
};

/** By what to sort. */
export type OrderSort = "purchased" | "imported" | "amount";

/** How far an order has come. */
export type OrderStatus = "pending" | "unshipped" | "shipped" | "cancelled" | "unknown";

/** Some of the orders. */
export type OrdersPage = {
  /** Orders that fit the question. */
  total: number,
  /** Every marketplace that occurs. */
  marketplaces: Array<string>,
  /** Those that were asked for. */
  items: Array<OrderRow>,
};

/** What the frame of the window shows. */
export type Overview = {
  /** Alerts. */
  alerts: AlertCounts,
  /** Signals that wait for a person. */
  signals: number,
  /** Buyers. */
  buyers: BuyerCounts,
  /** Stored orders. */
  orders: number,
  /** Coverage of what came in today, by the local day. */
  coverage: Coverage,
  /** Coverage of all that is stored. */
  coverage_total: Coverage,
  /** The newest import. */
  last_import: ImportRecord | null,
};

/** Some items of a list and how many there are in all. */
export type Page<T> = {
  /** Items in all. */
  total: number,
  /** Those that were asked for. */
  items: Array<T>,
};

/** A remembered "not this buyer". */
export type PairView = {
  /** Names the identity within the decisions on this buyer. */
  identity: string,
  /** Whose order it was, masked; empty when nothing is left that says so. */
  label: string,
  /** The order on which it was decided. */
  order_id: string | null,
  /** Why; decisions of earlier programs may not say. */
  reason: string | null,
  /** When it was decided. */
  at: Timestamp,
  /** Who decided it. */
  by: Person,
  /** When it ends by itself. */
  until: Timestamp | null,
  /** It has ended, and silences nothing any more. */
  ended: boolean,
};

/** It was changed. */
export type PassphraseChanged = {
  /** Always so; a refusal is an error. */
  changed: true,
};

/** What was pasted. */
export type PasteExhibit = {
  /** The content in Base64, at most 64 MB of it. */
  data_base64: string,
  /** A name for it. */
  name: string,
  /** What it shows. */
  kind: ExhibitKind,
  /** What it belongs to. */
  links: Array<ExhibitLink>,
};

/** The team. */
export type People = {
  /** Every member. */
  people: Array<Person>,
  /** Who works here. */
  me: PersonId,
};

/** A member of the team. */
export type Person = {
  /** Their identity. */
  id: PersonId,
  /** Name as the team knows them. */
  name: string,
  /** What they do. */
  role: Role,
};

/** A member of the team.  Written as 32 lower-case hexadecimal digits. */
export type PersonId = string;

/** Whether the data can be read. */
export type Phase = "none" | "locked" | "open";

/** Every language. */
export type PhrasesList = {
  /** In the order in which they are shipped. */
  items: Array<PhrasesView>,
};

/** The phrases of one language. */
export type PhrasesView = {
  /** ISO 639-1 code. */
  language: string,
  /** Counts up from 1, the shipped one. */
  version: number,
  /** The shop's own, in the place of the shipped one. */
  own: boolean,
  /** Lines of phrases. */
  phrases: number,
  /** The list as it is written. */
  text: string,
};

/** What to pick. */
export type PickFiles = {
  /** What they are wanted for. */
  purpose: Purpose,
  /** Whether more than one may be picked. */
  multiple: boolean,
};

/** What was picked; nothing when the person changed their mind. */
export type PickedFiles = {
  /** The files. */
  files: Array<FileHandle>,
};

/** What was picked; nothing when the person changed their mind. */
export type PickedFolder = {
  /** The whole path. */
  path: string | null,
};

/** Rules of the house. */
export type Policy = {
  /** A listing counts only after a second person confirmed it. */
  second_person: boolean,
  /** Days until a listing must be looked at again. */
  review_days: number,
  /** Days after which names, addresses and messages are taken out. */
  retention_days: number,
};

/** A column of the file. */
export type PreviewColumn = {
  /** Its name as it stands there. */
  name: string,
  /** Its name as the header is known by. */
  normal: string,
  /** Code of what it may hold: one of `fields`. */
  guess: string | null,
};

/** What the rows may be. */
export type PreviewKind = {
  /** `orders`, `returns`, `claims` or `feedback`. */
  kind: string,
  /** Codes of everything that a column can hold then. */
  fields: Array<string>,
  /** What each column may hold then: one of `fields`. */
  guesses: Array<string | null>,
};

/** Which file. */
export type PreviewMapping = {
  /** The file, as dropped or picked. */
  handle: string,
};

/** The list. */
export type PublishPhrases = {
  /** As it is written. Its version is set to the next one. */
  text: string,
};

/** What was taken out. */
export type Purged = {
  /** Orders of which nobody can read any more who bought. */
  orders: number,
  /** Messages without their text. */
  messages: number,
  /** Returns and ratings without comment, tracking number and address. */
  after_sales: number,
  /** Orders that wait for the end of an alert. */
  held: number,
};

/** What files are wanted for. */
export type Purpose = "import" | "exhibit";

/** News for open windows. */
export type Push = { "type": "stale",
  /** The tags. */
  tags: Array<Tag>, } | { "type": "job",
  /** The job. */
  job: Job, } | { "type": "locked" } | { "type": "drag",
  /** How far the drag has come. */
  phase: DragPhase,
  /** Position in CSS pixels from the left. */
  x: number,
  /** Position in CSS pixels from the top. */
  y: number, } | { "type": "dropped",
  /** The files. */
  files: Array<FileHandle>,
  /** Position in CSS pixels from the left. */
  x: number,
  /** Position in CSS pixels from the top. */
  y: number, } | { "type": "focus_alert",
  /** The alert, if it was about one. */
  alert_id: AlertId | null,
};

/** One identity that reaches the clause. */
export type ReachedIdentity = {
  /** Who, masked; empty when their data is gone. */
  label: string,
  /** The buyer on record who was recognised in one of the orders, or on whom one was reported. */
  buyer_id: BuyerId | null,
  /** When it was reached first. */
  first_reached_at: Timestamp,
  /** Where the count was reached, oldest first. */
  windows: Array<ReachedWindow>,
  /** Other stored orders. */
  other_orders: number,
  /** Of them, clean ones. */
  clean_orders: number,
  /** There are other orders, and all of them are clean. */
  only_clean_otherwise: boolean,
};

/** One time that the count was reached. */
export type ReachedWindow = {
  /** The first that counts. */
  from: Timestamp,
  /** The last that counts. */
  until: Timestamp,
  /** When there were enough. */
  reached_at: Timestamp,
  /** Orders that count. */
  orders: Array<string>,
  /** What counts, oldest first. */
  observed: Array<CountedObservation>,
  /** Orders placed in as many days up to the last that counts; 0 for messages. */
  placed: number,
  /** Of what counts, how many may be the doing of the shop or of the carrier: the reports do not say. */
  unsure: number,
};

/** Every clause under which a buyer has incidents. */
export type Readiness = {
  /** The clauses. */
  clauses: Array<ReadyClause>,
};

/** One clause with the incidents under it. */
export type ReadyClause = {
  /** Code of the clause. */
  clause: string,
  /** What the criterion is about. */
  title: Localized,
  /** Incidents under it that still count, newest first. */
  incidents: Array<ReadyIncident>,
};

/** One incident with its evidence. */
export type ReadyIncident = {
  /** The incident. */
  incident_id: IncidentId,
  /** When it happened. */
  at: Timestamp,
  /** Orders that it concerns. */
  orders: Array<string>,
  /** What the clause asks for. */
  items: Array<ReadyItem>,
};

/** One kind of evidence that a clause asks for. */
export type ReadyItem = {
  /** What must be shown. */
  kind: ExhibitKind,
  /** Exhibits that show it. */
  present: Array<ExhibitId>,
  /** Exhibits that would, had the last check not found their files damaged. */
  damaged: Array<ExhibitId>,
};

/** One line of the argument. */
export type Reason = {
  /** What was compared. */
  field: ReasonField,
  /** Value in the order, masked. */
  query: string | null,
  /** Value in the buyer's record, masked. */
  listed: string | null,
  /** 0 for different to 1 for equal. */
  similarity: number,
  /** Evidence in bits; negative speaks against. */
  weight: number,
  /** How the values relate. */
  note: ReasonNote,
  /** Whose name it is about, where one pays and another receives. */
  named?: Named,
};

/** Which part of an order was compared. */
export type ReasonField = "alias" | "marketplace_id" | "phone" | "name" | "address" | "postcode" | "user_name" | "order_id" | "given_name" | "family_name" | "middle_name" | "generation" | "street" | "house_number" | "unit" | "city" | "country";

/** How the two values of a compared field relate. */
export type ReasonNote = "exact" | "variant" | "partial" | "conflict" | "missing_in_order" | "missing_in_record" | "shared" | "nickname" | "close" | "initial" | "missing";

/** A buyer on record who was recognised for sure. */
export type RecognisedBuyer = {
  /** Their identity. */
  id: BuyerId,
  /** Their name or first identifier, masked. */
  label: string,
  /** How the shop stands to them. */
  status: BuyerStatus,
};

/** The newest entry of the record. */
export type RecordHead = {
  /** Its number; the first is 0. */
  seq: number,
  /** Its hash, 64 hexadecimal digits. */
  hash: string,
};

/** A part of a picture, in fractions of its width and height, from the upper left corner of the upright picture. */
export type RedactBox = {
  /** From the left, 0 to 1. */
  x: number,
  /** From the top, 0 to 1. */
  y: number,
  /** Width, 0 to 1. */
  w: number,
  /** Height, 0 to 1. */
  h: number,
};

/** What to blacken. */
export type RedactExhibit = {
  /** The picture. */
  exhibit_id: ExhibitId,
  /** The parts. */
  boxes: Array<RedactBox>,
};

/** Which signal, and why. */
export type RejectSignal = {
  /** The signal. */
  id: SignalId,
  /** Why. */
  reason?: string | null,
};

/** What to take out. */
export type RemoveExhibit = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
  /** Why. */
  reason: string,
};

/** What to take back. */
export type RemoveIdentifier = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** The identifier. */
  identifier_id: IdentifierId,
  /** Why. */
  reason: string,
};

/** Which mapping. */
export type RemoveMapping = {
  /** Its identity. */
  id: string,
};

/** Which trust. */
export type RemoveTrust = {
  /** The trust. */
  id: TrustId,
  /** Why. */
  reason: string,
};

/** An exhibit was taken out. */
export type RemovedExhibit = {
  /** Why. */
  reason: string,
  /** When. */
  at: Timestamp,
  /** Who did it. */
  by: Person,
};

/** Which decision. */
export type RestorePair = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** Names the identity, as the list answered it. */
  identity: string,
  /** Why. */
  reason: string,
};

/** A return of an order. */
export type ReturnView = {
  /** When the buyer asked for it; of returns to a warehouse of the marketplace, when it came in. */
  at: Timestamp | null,
  /** Title of the article. */
  product: string,
  /** Units that come back. */
  quantity: number | null,
  /** How far it has come, in the marketplace's words. */
  status: string,
  /** The reason that the buyer chose, in the marketplace's words. */
  reason: string,
  /** In which condition the warehouse found it, in the marketplace's words. */
  disposition: string,
  /** What the buyer wrote; empty when its retention time ended. */
  comment: string,
  /** What was refunded. */
  refunded: Money | null,
};

/** Values in clear, by the place where the mask stands, e.g. `reason.0.query` or `order.buyer_name`. */
export type RevealedAlert = {
  /** The values. */
  values: Record<string, string>,
};

/** Values in clear. */
export type RevealedBuyer = {
  /** Their name or first identifier. */
  label: string,
  /** Every identifier, by its identity. */
  values: Record<string, string>,
};

/** A comparison with the values behind the mask. */
export type RevealedComparison = {
  /** What the places below count in. */
  comparison: Comparison,
  /** Values in clear, by the place where the mask stands: `reason.0.query`, `buyer_label`. */
  values: Record<string, string>,
};

/** What a member of the team does. */
export type Role = "agent" | "lead" | "owner";

/** The work that it is. */
export type SampleLoading = {
  /** The job that imports the orders. */
  job: string,
};

/** What a column holds. */
export type SaveColumn = {
  /** Its place in the header, from 0. */
  column: number,
  /** Code of what it holds. */
  field: string,
};

/** What to save. */
export type SaveKit = {
  /** The key as it was shown. */
  recovery_key: Secret,
};

/** What the columns mean. */
export type SaveMapping = {
  /** What people call such files. */
  name: string,
  /** The names of all columns as the header is known by, from the preview. */
  header: Array<string>,
  /** What those hold that hold something. */
  columns: Array<SaveColumn>,
  /** Sales channel of orders where no column names it. */
  channel: string,
  /** What the rows are: `orders`, `returns`, `claims` or `feedback`; orders when left out. */
  kind?: string | null,
};

/** A passphrase or a recovery key on its way in: `***` in `Debug`, wiped on drop, never written. */
export type Secret = string;

/** Where the session stands. */
export type SessionState = {
  /** Whether the data can be read. */
  phase: Phase,
  /** Language of the window. */
  language: Language,
  /** Colours of the window. */
  theme: Theme,
  /** Version of the product. */
  version: string,
  /** Identity of the vault, for the recovery kit and for support. */
  vault_id: string | null,
  /** Folder that holds the vault. */
  data_dir: string,
  /** Since when it is locked, or since when this program has run without its being opened; `None` while it is open. */
  locked_since: Timestamp | null,
  /** Milliseconds until a passphrase may be tried again; 0 means now. */
  unlock_wait_ms: number,
  /** Wrong passphrases since the last right one. */
  failed_attempts: number,
  /** Seconds to the idle lock at this moment; `None` when it is off or the vault is locked. */
  lock_in_s: number | null,
  /** Beginning of every address of the media scheme while the vault is open, such as `media://localhost/<token>`: `/thumb/<exhibit>` and what `exhibits.open` answers follow. */
  media: string | null,
  /** Who works here. */
  me: Person | null,
};

/** What to keep. */
export type SetDraft = {
  /** What it is about. */
  target: string,
  /** What was written; left out to forget it. */
  content?: string | null,
};

/** What it shows. */
export type SetExhibitKind = {
  /** The exhibit. */
  exhibit_id: ExhibitId,
  /** What it shows. */
  kind: ExhibitKind,
};

/** A mailbox and the server whose word on senders counts. */
export type SetMailboxAuthServer = {
  /** Its identity. */
  id: string,
  /** The name that the server writes first into `Authentication-Results`, or a domain above it; the topmost counts when left out. */
  auth_server?: string | null,
};

/** A mailbox and its new password. */
export type SetMailboxPassword = {
  /** Its identity. */
  id: string,
  /** The password, or what the provider gives out in its place. */
  password: Secret,
};

/** Settings of this computer. */
export type Settings = {
  /** Language of the window, the notifications and the recovery kit. */
  language: Language,
  /** Colours of the window. */
  theme: Theme,
  /** How close rows stand. */
  density: Density,
  /** Minutes without a person until the vault locks, 1 to 15; 0 turns it off. */
  idle_lock_minutes: number,
  /** Whether desktop notifications are shown. */
  notifications: boolean,
  /** What they may say. */
  notification_detail: NotificationDetail,
  /** Whether the program goes on watching when its window is closed. */
  keep_running: boolean,
};

/** A signal in full. */
export type SignalDetail = {
  /** The observations, oldest first. */
  basis: Array<BasisView>,
  /** Buyers on record who share an identifier with it: perhaps the same person. */
  existing: Array<Existing>,
  /** The incidents that were reported on it. */
  incidents: Array<IncidentId>,
  /** The signal. */
  id: SignalId,
  /** What was noticed. */
  kind: SignalKind,
  /** The clause that it may fall under. */
  clause: string,
  /** Who did it, masked. */
  label: string,
  /** The marketplace of its first observation; may be empty. */
  marketplace: string,
  /** The first observation. */
  from: Timestamp,
  /** The last one. */
  until: Timestamp,
  /** When it was noticed; for one that was decided, when that was. */
  at: Timestamp,
  /** Observations that it rests on. */
  count: number,
  /** Orders of the same account in the same span; 0 for a message. */
  orders: number,
  /** Observations that may be the doing of the shop or of the carrier: the reports do not say. */
  unsure: number,
  /** The beginning of the message; empty for counts, and when its retention time ended. */
  snippet: string,
  /** What a person made of it. */
  verdict: Verdict | null,
  /** Who decided. */
  decided_by: Person | null,
  /** Why. */
  reason: string | null,
  /** On whom incidents were reported. */
  buyer_id: BuyerId | null,
  /** When it was withdrawn: a newer program has other rules, and by those it does not hold. */
  withdrawn_at: Timestamp | null,
};

/** One signal: the same for the same observations, on every device.  Written as 32 lower-case hexadecimal digits. */
export type SignalId = string;

/** What was noticed. */
export type SignalKind = "cancels" | "not_received" | "returns" | "safe_t" | "review_threat" | "abuse";

/** A signal as a list shows it. */
export type SignalRow = {
  /** The signal. */
  id: SignalId,
  /** What was noticed. */
  kind: SignalKind,
  /** The clause that it may fall under. */
  clause: string,
  /** Who did it, masked. */
  label: string,
  /** The marketplace of its first observation; may be empty. */
  marketplace: string,
  /** The first observation. */
  from: Timestamp,
  /** The last one. */
  until: Timestamp,
  /** When it was noticed; for one that was decided, when that was. */
  at: Timestamp,
  /** Observations that it rests on. */
  count: number,
  /** Orders of the same account in the same span; 0 for a message. */
  orders: number,
  /** Observations that may be the doing of the shop or of the carrier: the reports do not say. */
  unsure: number,
  /** The beginning of the message; empty for counts, and when its retention time ended. */
  snippet: string,
  /** What a person made of it. */
  verdict: Verdict | null,
  /** Who decided. */
  decided_by: Person | null,
  /** Why. */
  reason: string | null,
  /** On whom incidents were reported. */
  buyer_id: BuyerId | null,
  /** When it was withdrawn: a newer program has other rules, and by those it does not hold. */
  withdrawn_at: Timestamp | null,
};

/** Which signals. */
export type SignalsShown = "open" | "decided" | "withdrawn";

/** What keeps a match from alerting. */
export type Silence = "trusted" | "not_this_buyer" | "reported" | "not_listed";

/** Rows that were not taken, for one reason. */
export type SkippedCount = {
  /** Why. */
  reason: string,
  /** How many. */
  count: number,
};

/** One row that was not taken, or that was taken without a date. */
export type SkippedRow = {
  /** Line in the file; the first line is 1. */
  line: number,
  /** Why; `undated` of one that was taken. */
  reason: string,
};

/** What to hide. */
export type SnoozeAlert = {
  /** The alert. */
  id: AlertId,
  /** Until when; at most 30 days ahead. */
  until: Timestamp,
};

/** What to take in. */
export type StartExhibits = {
  /** The files. */
  files: Array<ExhibitFile>,
  /** What all of them belong to; what stands in their names is added to it. */
  links: Array<ExhibitLink>,
  /** What for; by the place where it is done when left out. */
  purpose?: string | null,
};

/** What to import. */
export type StartImports = {
  /** The files. */
  handles: Array<string>,
};

/** The work that it is. */
export type StartedExport = {
  /** The person chose no folder; nothing is handed out. */
  cancelled: boolean,
  /** Name of the folder that the copies get, without where it lies. */
  folder: string | null,
  /** The job that writes them. */
  job: string | null,
};

/** The work that it is. */
export type StartedImports = {
  /** One job for each file, in the order of the files. */
  jobs: Array<string>,
};

/** The work that it is. */
export type StartedJobs = {
  /** The jobs, in the order of the files. */
  jobs: Array<string>,
};

/** How hard it is to guess. */
export type Strength = {
  /** 0 for trivial to 4 for very hard. */
  score: 0 | 1 | 2 | 3 | 4,
  /** Whether a vault may be created with it. */
  acceptable: boolean,
  /** What makes it weak. */
  warning: Warning | null,
  /** Decimal logarithm of the guesses needed. */
  guesses_log10: number,
};

/** Who works here from now on. */
export type SwitchPerson = {
  /** A member of the team. */
  person_id: PersonId,
};

/** One kind of data. A read declares the tags it shows; a write declares the tags it made stale. */
export type Tag = "alerts" | "buyers" | "exhibits" | "signals" | "orders" | "imports" | "coverage" | "criteria" | "policy" | "trust" | "settings" | "session" | "journal";

/** Which folder to try. */
export type TestFolder = {
  /** Where it is. */
  path: string,
  /** Whether its files are to be moved. */
  move_done: boolean,
};

/** Which mailbox to try: a stored one, or one that is not stored yet. */
export type TestMailbox = {
  /** A stored one. */
  id?: string | null,
  /** Where it is and who reads it. */
  access?: MailboxAccess | null,
};

/** What to try. */
export type TestPhrases = {
  /** A list that is not published, in the place of the one in force for its language. */
  list?: string | null,
  /** A message. */
  text: string,
};

/** What would be noticed. */
export type TestedPhrases = {
  /** In the order of the text. */
  findings: Array<FindingView>,
};

/** Colours of the window. */
export type Theme = "system" | "light" | "dark";

/** How often the behaviour must be recorded. */
export type Threshold = {
  /** Incidents needed. */
  count: number,
  /** Days that the counted incidents may span. */
  window_days: number,
};

/** How sure a match is. */
export type Tier = "possible" | "alert";

/** One entry of a buyer's history. */
export type TimelineEntry = {
  /** When. */
  at: Timestamp,
  /** What. */
  kind: TimelineKind,
  /** Who did it. */
  by: Person | null,
  /** Clause concerned. */
  clause: string | null,
  /** What was written. */
  text: string | null,
  /** Order concerned. */
  order_id: string | null,
  /** Where that order was placed. */
  marketplace: string | null,
  /** Identity of the thing that the entry is about. */
  ref_id: string | null,
};

/** What happened to a buyer. */
export type TimelineKind = "added" | "incident" | "incident_withdrawn" | "exhibit" | "note" | "listed" | "listing_proposed" | "approved" | "declined" | "cleared" | "sighting" | "alert" | "not_this_buyer" | "pair_restored" | "merged" | "unmerged";

/** An instant: milliseconds since 1970-01-01T00:00:00Z. Written as RFC 3339 in UTC. */
export type Timestamp = string;

/** What the same comparison comes to by what is known today. */
export type Today = {
  /** How sure a match it would be; none if it would be no match. */
  tier: Tier | null,
  /** Sum of the weights, in bits. */
  score: number,
};

/** What is left of the time. */
export type Touched = {
  /** Seconds to the idle lock; `None` when it is off. */
  lock_in_s: number | null,
};

/** One identity that never alerts.  Written as 32 lower-case hexadecimal digits. */
export type TrustId = string;

/** Whom a trust would reach. */
export type TrustReach = {
  /** Stored orders that carry it. */
  orders: number,
  /** There are more than that. */
  more: boolean,
  /** Many people may carry it: matches that rest on an exact identifier alert all the same. */
  borne_by_many: boolean,
};

/** An identity that never alerts. */
export type TrustView = {
  /** Its identity. */
  id: TrustId,
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value, masked. */
  masked: string,
  /** Why. */
  reason: string,
  /** When it was decided. */
  at: Timestamp,
  /** Who decided it. */
  by: Person,
  /** When it ends by itself. */
  until: Timestamp | null,
  /** It has ended, and silences nobody any more. */
  ended: boolean,
};

/** Every trusted identity. */
export type Trusts = {
  /** Newest first. */
  items: Array<TrustView>,
};

/** An identifier as typed. */
export type TypedIdentifier = {
  /** What kind of thing the value is. */
  kind: IdentifierKind,
  /** The value. */
  value: string,
};

/** How to open it. */
export type Unlock = {
  /** The passphrase. */
  passphrase: Secret,
};

/** How to open it. */
export type UnlockRecovery = {
  /** The recovery key as printed; case, spaces and dashes do not matter. */
  recovery_key: Secret,
  /** Opens it from now on. */
  new_passphrase: Secret,
};

/** Which merge. */
export type UnmergeBuyers = {
  /** The buyer who was merged into another one. */
  buyer_id: BuyerId,
  /** Why. */
  reason: string,
};

/** Why an order could not be compared with the list. */
export type Unscreenable = "no_identity_columns" | "identity_empty" | "only_shared_identity" | "order_unknown";

/** Orders that could not be compared with the list, for one reason. */
export type UnscreenableCount = {
  /** Why. */
  reason: Unscreenable,
  /** How many. */
  count: number,
};

/** An identifier that can never be found in an order. */
export type UnusableIdentifier = {
  /** Which of those that were given, from 0. */
  at: number,
  /** What kind of thing it was said to be. */
  kind: IdentifierKind,
  /** The value, masked. */
  masked: string,
  /** Why: a code such as `not_a_phone`, which the texts tell with the remedy. */
  reason: string,
};

/** What a person made of a signal. */
export type Verdict = "accepted" | "rejected";

/** How far a check of evidence has come. Contents that several exhibits share count once. */
export type VerifyCounts = {
  /** Stored files to compare. */
  total: number,
  /** Compared so far. */
  checked: number,
  /** Not as they were taken in. */
  damaged: number,
  /** Of those compared, how many were compared before this went on with an interrupted check. */
  before: number,
  /** When the check began. */
  began_at: Timestamp,
};

/** How much to compare. */
export type VerifyExhibits = {
  /** Per cent of the stored files, 1 to 100; all when left out. A check that was interrupted goes on when the same is asked again. */
  sample_percent?: number | null,
  /** Whether an interrupted check is given up and everything is read again. */
  fresh: boolean,
};

/** What makes a passphrase weak. */
export type Warning = "too_short" | "common" | "dictionary" | "repeat" | "sequence" | "names" | "dates" | "keyboard";

/** What to take back. */
export type WithdrawIncident = {
  /** The buyer. */
  buyer_id: BuyerId,
  /** The incident. */
  incident_id: IncidentId,
  /** Why. */
  reason: string,
};

/** Every use case. A refusal rejects with an {@link ApiError}. */
export const api = {
  session: {
    state: (input: Nothing): Promise<SessionState> => call('session.state', input),
    create: (input: CreateVault): Promise<CreatedVault> => call('session.create', input),
    save_kit: (input: SaveKit): Promise<KitSaved> => call('session.save_kit', input),
    strength: (input: EstimateStrength): Promise<Strength> => call('session.strength', input),
    unlock: (input: Unlock): Promise<SessionState> => call('session.unlock', input),
    unlock_recovery: (input: UnlockRecovery): Promise<SessionState> => call('session.unlock_recovery', input),
    lock: (input: Nothing): Promise<SessionState> => call('session.lock', input),
    change_passphrase: (input: ChangePassphrase): Promise<PassphraseChanged> => call('session.change_passphrase', input),
    touch: (input: Nothing): Promise<Touched> => call('session.touch', input),
    load_sample: (input: Nothing): Promise<SampleLoading> => call('session.load_sample', input),
  },
  settings: {
    get: (input: Nothing): Promise<Settings> => call('settings.get', input),
    set: (input: ChangeSettings): Promise<Settings> => call('settings.set', input),
  },
  policy: {
    get: (input: Nothing): Promise<Policy> => call('policy.get', input),
    set: (input: ChangePolicy): Promise<Policy> => call('policy.set', input),
  },
  retention: {
    run: (input: Nothing): Promise<Purged> => call('retention.run', input),
  },
  people: {
    list: (input: Nothing): Promise<People> => call('people.list', input),
    add: (input: AddPerson): Promise<Person> => call('people.add', input),
    switch: (input: SwitchPerson): Promise<Person> => call('people.switch', input),
  },
  overview: {
    days: (input: AskDays): Promise<CoverageDays> => call('overview.days', input),
    get: (input: Nothing): Promise<Overview> => call('overview.get', input),
  },
  alerts: {
    list: (input: ListAlerts): Promise<Page<AlertRow>> => call('alerts.list', input),
    get: (input: OneAlert): Promise<AlertDetail> => call('alerts.get', input),
    claim: (input: OneAlert): Promise<AlertDetail> => call('alerts.claim', input),
    release: (input: OneAlert): Promise<AlertDetail> => call('alerts.release', input),
    handle: (input: HandleAlert): Promise<AlertDetail> => call('alerts.handle', input),
    dismiss: (input: DismissAlert): Promise<AlertDetail> => call('alerts.dismiss', input),
    reopen: (input: OneAlert): Promise<AlertDetail> => call('alerts.reopen', input),
    snooze: (input: SnoozeAlert): Promise<AlertDetail> => call('alerts.snooze', input),
    reveal: (input: OneAlert): Promise<RevealedAlert> => call('alerts.reveal', input),
  },
  buyers: {
    list: (input: ListBuyers): Promise<BuyersPage> => call('buyers.list', input),
    get: (input: OneBuyer): Promise<BuyerDetail> => call('buyers.get', input),
    add: (input: AddBuyer): Promise<AddedBuyer> => call('buyers.add', input),
    check: (input: CheckIdentifiers): Promise<CheckedIdentifiers> => call('buyers.check', input),
    add_from_order: (input: AddBuyerFromOrder): Promise<AddedBuyer> => call('buyers.add_from_order', input),
    add_identifier: (input: AddIdentifier): Promise<BuyerDetail> => call('buyers.add_identifier', input),
    remove_identifier: (input: RemoveIdentifier): Promise<BuyerDetail> => call('buyers.remove_identifier', input),
    mark_shared: (input: MarkShared): Promise<BuyerDetail> => call('buyers.mark_shared', input),
    add_note: (input: AddNote): Promise<BuyerDetail> => call('buyers.add_note', input),
    duplicates: (input: FindDuplicates): Promise<Duplicates> => call('buyers.duplicates', input),
    compare: (input: CompareBuyers): Promise<DuplicateView> => call('buyers.compare', input),
    dismiss_duplicate: (input: DismissDuplicate): Promise<Nothing> => call('buyers.dismiss_duplicate', input),
    merge: (input: MergeBuyers): Promise<BuyerDetail> => call('buyers.merge', input),
    unmerge: (input: UnmergeBuyers): Promise<BuyerDetail> => call('buyers.unmerge', input),
    reveal: (input: OneBuyer): Promise<RevealedBuyer> => call('buyers.reveal', input),
  },
  incidents: {
    add: (input: AddIncident): Promise<AddedIncident> => call('incidents.add', input),
    withdraw: (input: WithdrawIncident): Promise<BuyerDetail> => call('incidents.withdraw', input),
  },
  exhibits: {
    guess: (input: GuessExhibits): Promise<GuessedFiles> => call('exhibits.guess', input),
    start: (input: StartExhibits): Promise<StartedJobs> => call('exhibits.start', input),
    paste: (input: PasteExhibit): Promise<ExhibitView> => call('exhibits.paste', input),
    add: (input: AddExhibits): Promise<AddedExhibits> => call('exhibits.add', input),
    freeze_order: (input: FreezeOrder): Promise<FrozenOrder> => call('exhibits.freeze_order', input),
    keep_attachment: (input: KeepAttachment): Promise<ExhibitView> => call('exhibits.keep_attachment', input),
    freeze_message: (input: FreezeMessage): Promise<ExhibitView> => call('exhibits.freeze_message', input),
    list: (input: ListExhibits): Promise<ExhibitsPage> => call('exhibits.list', input),
    get: (input: OneExhibit): Promise<ExhibitDetail> => call('exhibits.get', input),
    open: (input: OpenExhibit): Promise<OpenedExhibit> => call('exhibits.open', input),
    keep_frame: (input: KeepFrame): Promise<Nothing> => call('exhibits.keep_frame', input),
    text: (input: OneExhibit): Promise<ExhibitText> => call('exhibits.text', input),
    link: (input: LinkExhibit): Promise<ExhibitDetail> => call('exhibits.link', input),
    unlink: (input: LinkExhibit): Promise<ExhibitDetail> => call('exhibits.unlink', input),
    annotate: (input: AnnotateExhibit): Promise<ExhibitDetail> => call('exhibits.annotate', input),
    set_kind: (input: SetExhibitKind): Promise<ExhibitDetail> => call('exhibits.set_kind', input),
    remove: (input: RemoveExhibit): Promise<ExhibitDetail> => call('exhibits.remove', input),
    redact: (input: RedactExhibit): Promise<ExhibitView> => call('exhibits.redact', input),
    export: (input: ExportExhibits): Promise<StartedExport> => call('exhibits.export', input),
    verify: (input: VerifyExhibits): Promise<StartedJobs> => call('exhibits.verify', input),
    readiness: (input: OneBuyer): Promise<Readiness> => call('exhibits.readiness', input),
  },
  listings: {
    gate: (input: AskGate): Promise<Gate> => call('listings.gate', input),
    add: (input: AskGate): Promise<AddedListing> => call('listings.add', input),
    approve: (input: ApproveListing): Promise<BuyerDetail> => call('listings.approve', input),
    decline: (input: EndListing): Promise<BuyerDetail> => call('listings.decline', input),
    clear: (input: EndListing): Promise<BuyerDetail> => call('listings.clear', input),
  },
  signals: {
    list: (input: ListSignals): Promise<Page<SignalRow>> => call('signals.list', input),
    get: (input: OneSignal): Promise<SignalDetail> => call('signals.get', input),
    accept: (input: AcceptSignal): Promise<AcceptedSignal> => call('signals.accept', input),
    reject: (input: RejectSignal): Promise<SignalDetail> => call('signals.reject', input),
    reopen: (input: OneSignal): Promise<Nothing> => call('signals.reopen', input),
  },
  trust: {
    list: (input: Nothing): Promise<Trusts> => call('trust.list', input),
    add: (input: AddTrust): Promise<TrustView> => call('trust.add', input),
    reach: (input: AskReach): Promise<TrustReach> => call('trust.reach', input),
    pairs: (input: Nothing): Promise<DecidedPairs> => call('trust.pairs', input),
    restore_pair: (input: RestorePair): Promise<Nothing> => call('trust.restore_pair', input),
    remove: (input: RemoveTrust): Promise<Nothing> => call('trust.remove', input),
  },
  drafts: {
    get: (input: Nothing): Promise<Drafts> => call('drafts.get', input),
    set: (input: SetDraft): Promise<Nothing> => call('drafts.set', input),
  },
  orders: {
    list: (input: ListOrders): Promise<OrdersPage> => call('orders.list', input),
    get: (input: OneOrder): Promise<OrderDetail> => call('orders.get', input),
    compare: (input: CompareOrder): Promise<Comparison> => call('orders.compare', input),
    reveal: (input: OneOrder): Promise<OrderPlain> => call('orders.reveal', input),
    reveal_compared: (input: CompareOrder): Promise<RevealedComparison> => call('orders.reveal_compared', input),
    identifiers: (input: OneOrder): Promise<OrderIdentifiers> => call('orders.identifiers', input),
  },
  messages: {
    list: (input: ListMessages): Promise<Page<ConversationRow>> => call('messages.list', input),
    get: (input: OneMessage): Promise<Conversation> => call('messages.get', input),
    answered: (input: AnsweredElsewhere): Promise<Conversation> => call('messages.answered', input),
  },
  files: {
    pick_folder: (input: Nothing): Promise<PickedFolder> => call('files.pick_folder', input),
    pick: (input: PickFiles): Promise<PickedFiles> => call('files.pick', input),
  },
  folders: {
    add: (input: AddFolder): Promise<FolderView> => call('folders.add', input),
    list: (input: Nothing): Promise<Folders> => call('folders.list', input),
    remove: (input: OneFolder): Promise<Nothing> => call('folders.remove', input),
    test: (input: TestFolder): Promise<FolderTested> => call('folders.test', input),
  },
  mailboxes: {
    presets: (input: Nothing): Promise<MailPresets> => call('mailboxes.presets', input),
    add: (input: AddMailbox): Promise<MailboxView> => call('mailboxes.add', input),
    list: (input: Nothing): Promise<MailboxList> => call('mailboxes.list', input),
    remove: (input: OneMailbox): Promise<Nothing> => call('mailboxes.remove', input),
    test: (input: TestMailbox): Promise<MailboxTested> => call('mailboxes.test', input),
    set_password: (input: SetMailboxPassword): Promise<Nothing> => call('mailboxes.set_password', input),
    set_auth_server: (input: SetMailboxAuthServer): Promise<Nothing> => call('mailboxes.set_auth_server', input),
    retry: (input: OneMailbox): Promise<Nothing> => call('mailboxes.retry', input),
  },
  mappings: {
    preview: (input: PreviewMapping): Promise<MappingPreview> => call('mappings.preview', input),
    save: (input: SaveMapping): Promise<MappingView> => call('mappings.save', input),
    list: (input: Nothing): Promise<Mappings> => call('mappings.list', input),
    remove: (input: RemoveMapping): Promise<Nothing> => call('mappings.remove', input),
  },
  imports: {
    start: (input: StartImports): Promise<StartedImports> => call('imports.start', input),
    cancel: (input: CancelJob): Promise<Nothing> => call('imports.cancel', input),
    list: (input: ListImports): Promise<Page<ImportRecord>> => call('imports.list', input),
    skipped: (input: ListSkipped): Promise<Page<SkippedRow>> => call('imports.skipped', input),
  },
  jobs: {
    cancel: (input: CancelJob): Promise<Nothing> => call('jobs.cancel', input),
    list: (input: Nothing): Promise<Jobs> => call('jobs.list', input),
  },
  lookup: {
    find: (input: Find): Promise<Found> => call('lookup.find', input),
  },
  criteria: {
    backtest: (input: BacktestClause): Promise<StartedJobs> => call('criteria.backtest', input),
    backtested: (input: OneBacktest): Promise<Backtested> => call('criteria.backtested', input),
    list: (input: Nothing): Promise<Criteria> => call('criteria.list', input),
  },
  phrases: {
    list: (input: Nothing): Promise<PhrasesList> => call('phrases.list', input),
    publish: (input: PublishPhrases): Promise<PhrasesList> => call('phrases.publish', input),
    test: (input: TestPhrases): Promise<TestedPhrases> => call('phrases.test', input),
  },
  journal: {
    verify: (input: Nothing): Promise<JournalReport> => call('journal.verify', input),
    accept_head: (input: AcceptHead): Promise<JournalReport> => call('journal.accept_head', input),
    head: (input: Nothing): Promise<JournalHead> => call('journal.head', input),
  },
};

/** What each read depends on. */
export const reads: Record<string, readonly Tag[]> = {
  'session.state': ['session', 'settings'],
  'settings.get': ['settings'],
  'policy.get': ['policy'],
  'people.list': ['policy', 'session'],
  'overview.days': ['orders', 'imports', 'coverage'],
  'overview.get': ['alerts', 'buyers', 'orders', 'imports', 'coverage', 'signals'],
  'alerts.list': ['alerts'],
  'alerts.get': ['alerts', 'buyers', 'orders'],
  'buyers.list': ['buyers'],
  'buyers.get': ['buyers', 'alerts', 'orders', 'trust', 'exhibits'],
  'buyers.duplicates': ['buyers'],
  'buyers.compare': ['buyers'],
  'exhibits.list': ['exhibits'],
  'exhibits.get': ['exhibits'],
  'exhibits.readiness': ['buyers', 'exhibits'],
  'listings.gate': ['buyers', 'criteria', 'policy', 'exhibits'],
  'signals.list': ['signals', 'orders'],
  'signals.get': ['signals', 'orders', 'buyers'],
  'trust.list': ['trust'],
  'trust.reach': ['orders'],
  'trust.pairs': ['alerts', 'buyers', 'trust'],
  'orders.list': ['orders', 'alerts'],
  'orders.get': ['orders', 'alerts'],
  'orders.compare': ['orders', 'buyers', 'alerts', 'trust'],
  'orders.identifiers': ['orders', 'buyers'],
  'messages.list': ['orders', 'alerts'],
  'messages.get': ['orders', 'alerts'],
  'folders.list': ['imports'],
  'mailboxes.list': ['imports'],
  'mappings.list': ['imports'],
  'imports.list': ['imports'],
  'imports.skipped': ['imports'],
  'jobs.list': ['imports'],
  'lookup.find': ['buyers', 'orders'],
  'criteria.list': ['criteria'],
  'phrases.list': ['criteria'],
  'journal.head': ['journal'],
};
