/** Made-up mailboxes, folders and conversations for the demo. */
import type * as T from '$lib/api/generated';
import * as data from './data';

const ago = (minutes: number): string => data.ago(minutes / 60);

export const presets: T.MailPreset[] = [
  {
    id: 'gmail',
    host: 'imap.gmail.com',
    port: 993,
    secret: 'app_password',
    domains: ['gmail.com'],
    help: 'https://support.google.com/accounts/answer/185833',
  },
  {
    id: 'qq',
    host: 'imap.qq.com',
    port: 993,
    secret: 'authorization_code',
    domains: ['qq.com'],
    help: 'https://service.mail.qq.com/detail/0/75',
  },
];

const mailbox = (id: string, user: string, more: Partial<T.MailboxView>): T.MailboxView => ({
  id,
  host: 'imap.example.com',
  port: 993,
  security: 'tls',
  user,
  folder: 'INBOX',
  folder_name: 'INBOX',
  auth_server: null,
  first_days: 30,
  added_at: ago(50_000),
  state: 'watching',
  done: 0,
  total: 0,
  letters: 1240,
  last_success: ago(1),
  error: null,
  error_since: null,
  next_try: null,
  errors: [],
  ...more,
});

export const mailboxes: T.MailboxView[] = [
  mailbox('1', 'support@shop.example', {
    errors: [
      {
        error: 'mail_lost',
        file: null,
        first_at: ago(700),
        last_at: ago(690),
        times: 3,
        ended_at: ago(688),
      },
    ],
  }),
  mailbox('2', 'orders@shop.example', { state: 'reading', done: 8200, total: 50_000, letters: 8200 }),
  mailbox('3', 'old@shop.example', {
    state: 'waiting',
    error: 'mail_password',
    error_since: ago(90),
    errors: [{ error: 'mail_password', file: null, first_at: ago(90), last_at: ago(30), times: 2, ended_at: null }],
  }),
];

export const folders: T.FolderView[] = [
  {
    id: 'f1',
    path: '\\\\nas\\reports\\amazon',
    move_done: true,
    added_at: ago(80_000),
    last_success: ago(42),
    error: null,
    done: 128,
    failed: 1,
    files: [
      {
        name: 'orders-2026-11-27.txt',
        state: 'done',
        import_id: null,
        error: null,
        tries: 1,
        next_try: null,
        changed_at: ago(42),
      },
      {
        name: 'stock list.csv',
        state: 'failed',
        import_id: null,
        error: 'unknown_columns',
        tries: 4,
        next_try: ago(-30),
        changed_at: ago(60),
      },
    ],
    errors: [
      {
        error: 'unknown_columns',
        file: 'stock list.csv',
        first_at: ago(180),
        last_at: ago(60),
        times: 4,
        ended_at: null,
      },
      {
        error: 'folder_missing',
        file: null,
        first_at: ago(2_900),
        last_at: ago(2_900),
        times: 1,
        ended_at: ago(2_870),
      },
    ],
  },
];

export const message = (n: number, more: Partial<T.MessageView>): T.MessageView => ({
  id: String(n).padStart(32, '0'),
  kind: 'buyer',
  forged: null,
  marketplace: 'Amazon.de',
  order_id: `305-74185${String(n).padStart(2, '0')}-9638527`,
  sent_at: ago(n * 190),
  received_at: ago(n * 190),
  subject: `Anfrage zur Bestellung 305-74185${String(n).padStart(2, '0')}-9638527`,
  text:
    n % 2 === 0
      ? 'The lamp arrived, and one of the bulbs is broken. Could you send another one?'
      : 'Give me half of the money back, or everybody will read what I think of this shop.',
  truncated: false,
  attachments: n % 4 === 0 ? [{ name: 'lamp.jpg', bytes: 284_110, kept: true }] : [],
  purged: false,
  alert_id: null,
  findings:
    n % 2 === 0
      ? []
      : [
          {
            kind: 'review_threat',
            clause: 'REVIEW_EXTORTION',
            words: [
              [0, 30],
              [35, 79],
            ],
          },
        ],
  ...more,
});

const all: T.ConversationRow[] = Array.from({ length: 24 }, (_, n) => ({
  newest: message(n + 1, {
    alert_id: n === 1 ? data.id() : null,
    forged: n === 7 ? 'dmarc' : null,
    kind: n % 6 === 5 ? 'own_reply' : n === 3 ? 'return_request' : 'buyer',
  }),
  label: ['H••• S•••', 'M••• K•••', '张••', 'b1c2•••@…amazon.de'][n % 4] ?? '',
  buyer: n === 1 ? { id: data.id(), label: 'M••• K•••', status: 'listed' } : null,
  messages: (n % 3) + 1,
  reply_due: n % 6 === 5 || n === 7 ? null : ago((n + 1) * 190 - 1440),
}));

export const conversations = ({ show, query, buyer_id }: T.ListMessages): T.ConversationRow[] =>
  all.filter(({ newest, reply_due, label }, n) =>
    (query && ![newest.order_id, label].some((text) => text.toLowerCase().startsWith(query.toLowerCase()))) ||
    (buyer_id && n % 9 !== 1)
      ? false
      : show === 'forged'
        ? newest.forged !== null
        : newest.forged === null &&
          (show !== 'alerted' || newest.alert_id !== null) &&
          (show !== 'marked' || newest.findings.length > 0) &&
          (show !== 'unanswered' || (reply_due !== null && !said.has(newest.id))),
  );

/** Conversations of which somebody said that they were answered elsewhere. */
const said = new Map<string, string>();

export const answered = (id: string, yes: boolean): T.Conversation => {
  if (yes) said.set(id, ago(0));
  else said.delete(id);
  return conversation(id);
};

export const conversation = (id: string): T.Conversation => {
  const row = all.find(({ newest }) => newest.id === id) ?? all[0];
  if (!row) throw new Error('none');
  const { newest, label, buyer, reply_due } = row;
  return {
    label,
    buyer,
    reply_due: said.has(newest.id) ? null : reply_due,
    answered_at: said.get(newest.id) ?? null,
    order_ids: [newest.order_id],
    messages: [
      newest,
      message(60, { kind: 'own_reply', text: 'Thank you for writing. We will send a new bulb today.', subject: '' }),
    ].slice(0, row.messages),
  };
};
