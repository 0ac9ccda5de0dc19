//! What can be typed: every command, its options and what the help says about them.

use buyerwatch_app::{buyers::add::TypedIdentifier, incidents::add::ExhibitFile};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use serde_json::json;
use std::path::PathBuf;

/// Keeps an encrypted list of the few buyers who abuse a shop and recognises them when they order
/// again.
#[derive(Debug, Parser)]
#[command(
    name = "bwatch",
    version,
    propagate_version = true,
    subcommand_required = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = EXAMPLES
)]
pub(crate) struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "Examples:
  bwatch init                                     create a vault; keep the recovery key
  bwatch buyer add --identifier alias=k7m2q9x4w1r8t5@marketplace.amazon.de
  bwatch incident add --buyer ID --clause REVIEW_EXTORTION --at 2026-05-03 \\
      --order 306-1234567-1234567 --text \"Asked for a refund or a one-star review\" \\
      --exhibit message=mail.pdf
  bwatch listing add --buyer ID --clause REVIEW_EXTORTION
  bwatch import orders.txt                        recognise listed buyers in an order report
  bwatch alerts list --state open
  cat orders.txt | bwatch --json import -         the same for a script

Passphrase: asked for, or the first line of standard input with --passphrase-stdin, or the variable
BUYERWATCH_PASSPHRASE (for scripts only: other programs of the same user can read it).
Exit status: 0 done, 1 refused or failed, 2 wrong usage.";

/// Options that every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options everywhere")]
pub(crate) struct Global {
    /// Folder of the vault [default: the variable BUYERWATCH_DATA_DIR, else this system's data folder]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) vault: Option<PathBuf>,
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of texts [default: the one chosen in the settings]
    #[arg(long, global = true, value_enum, value_name = "zh-CN|en", hide_possible_values = true)]
    pub(crate) lang: Option<Lang>,
    /// Who acts: name or ID of a member of the team
    #[arg(long, global = true, value_name = "NAME|ID")]
    pub(crate) actor: Option<String>,
    /// Read the passphrase from the first line of standard input
    #[arg(long, global = true)]
    pub(crate) passphrase_stdin: bool,
}

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Simplified Chinese.
    #[value(name = "zh-CN", alias = "zh")]
    Zh,
    /// English.
    #[value(name = "en")]
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub(crate) const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a vault
    #[command(
        after_help = "The recovery key opens the vault when the passphrase is lost. It is shown this once; print it \
and keep it apart from the computer. Without both, nobody can open the vault."
    )]
    Init {
        /// Name of the person who owns it
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
    },
    /// Change the passphrase
    #[command(subcommand)]
    Passphrase(Passphrase),
    /// Open the vault with the recovery key
    #[command(subcommand)]
    Recovery(Recovery),
    /// Show the rules for listing a buyer
    #[command(subcommand)]
    Criteria(Criteria),
    /// Record and show buyers
    #[command(subcommand)]
    Buyer(Buyer),
    /// Report what a buyer did
    #[command(subcommand)]
    Incident(Incident),
    /// Keep evidence, show it, verify it, hand it out
    #[command(subcommand)]
    Evidence(Evidence),
    /// Put buyers on the list and take them off
    #[command(subcommand)]
    Listing(Listing),
    /// Read order reports and recognise listed buyers
    #[command(
        after_help = "Reads the five Amazon order reports by their header line, in any common encoding. Rows that \
were imported before are counted as duplicates; an import that broke off goes on where it stopped.

Examples:
  bwatch import unshipped.txt new-orders.txt
  cat report.txt | bwatch --json import - | jq '.alerts | length'"
    )]
    Import {
        /// Order reports; `-` reads standard input
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Compare an order report with the list and store nothing
    #[command(after_help = "For one buyer's data out of a page or a chat, use `bwatch find`.")]
    Screen {
        /// Order report; `-` reads standard input
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Look up a pasted label, or one value of it, among the recorded buyers and stored orders
    #[command(
        after_help = "Takes an order ID, an alias, a telephone number, a name, or a whole block of them with or \
without captions, in one line or several, as the window's look-up does. Nothing is stored.

Examples:
  bwatch find 306-1234567-1234567
  bwatch find \"Name: Ann Example Phone: +49 30 5550142 Address: Ahornweg 3, 89073 Ulm\"
  xclip -o | bwatch --json find - | jq '.found[] | select(.type == \"buyer\")'"
    )]
    Find {
        /// What to look up; `-` reads standard input
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Say why an order alerts for a buyer, or why it does not
    Explain {
        /// Order ID of a stored order
        #[arg(long, value_name = "ID")]
        order: String,
        /// Marketplace of the order, where several have one with this ID
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        marketplace: String,
        /// Buyer to compare it with
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// Show the compared values in clear; the record keeps that somebody looked
        #[arg(long)]
        reveal: bool,
    },
    /// Measure on prepared data; no vault is needed
    #[command(subcommand)]
    Bench(Bench),
    /// Print imports, alerts and signals as they happen, one JSON line each
    #[command(
        after_help = "Prints what any window or command does in this vault, until it is stopped.

Example:
  bwatch watch | while read -r line; do echo \"$line\" | jq -r '.alert.observation.order_id // empty'; done"
    )]
    Watch {
        /// Print the imports and open alerts that there are, and end
        #[arg(long)]
        once: bool,
    },
    /// Work on alerts
    #[command(subcommand)]
    Alerts(Alerts),
    /// Read what buyers wrote
    #[command(subcommand)]
    Messages(Messages),
    /// Look at stored orders
    #[command(subcommand)]
    Orders(Orders),
    /// Show day by day what could be compared with the list
    #[command(
        after_help = "A day begins at midnight here. Quarantined are messages that look forged or hung on another mail: \
they are set aside and never compared. Rows and letters that were skipped belong to the day on which their import began.

Example:
  bwatch --json coverage --days 30 | jq '.days[] | select(.quarantined > 0)'"
    )]
    Coverage {
        /// How many days, today included
        #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=60))]
        days: u32,
    },
    /// Decide on what was noticed in orders and messages
    #[command(subcommand)]
    Signals(Signals),
    /// Show and change the phrases by which messages are noticed
    #[command(subcommand)]
    Phrases(Phrases),
    /// Watch folders and import what is put there
    #[command(subcommand)]
    Folder(Folder),
    /// Watch mailboxes and take their letters in
    #[command(subcommand)]
    Mailbox(Mailbox),
    /// Say what the columns of unknown files mean
    #[command(subcommand)]
    Mapping(Mapping),
    /// Keep identities from ever raising an alert
    #[command(subcommand)]
    Trust(Trust),
    /// The team
    #[command(subcommand)]
    People(People),
    /// Show or change the rules of the house
    #[command(after_help = "Examples:
  bwatch policy
  bwatch policy --second-person on --review-days 60")]
    Policy {
        /// Whether a listing needs a second person
        #[arg(long, value_enum, value_name = "on|off", hide_possible_values = true)]
        second_person: Option<Switch>,
        /// Days until a listing must be looked at again
        #[arg(long, value_name = "DAYS")]
        review_days: Option<u32>,
        /// Days after which names, addresses and messages of orders are taken out
        #[arg(long, value_name = "DAYS")]
        retention_days: Option<u32>,
    },
    /// Take out what may not be kept any longer
    #[command(subcommand)]
    Retention(Retention),
    /// Check the record
    #[command(subcommand)]
    Journal(Journal),
    /// Check the vault: record, tables, encryption
    Doctor,
    /// Show the whole path on sample data in a vault that is thrown away
    Demo,
    /// Print completions for a shell
    #[command(after_help = "Example:
  bwatch completions bash > ~/.local/share/bash-completion/completions/bwatch")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// Passphrase commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Passphrase {
    /// Change the passphrase; with --passphrase-stdin the first line is the current one, the second the new one
    Change,
}

/// Recovery commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Recovery {
    /// Set a new passphrase with the recovery key; with --passphrase-stdin the first line is the key, the second the new passphrase
    Unlock,
    /// Print the secret key of the stored evidence, for public programs that read age files
    #[command(
        after_help = "Whoever has this key reads all evidence. With it, `age -d -i KEYFILE` opens every file in the \
folder `blobs` of the vault. The file `identity.age` there holds the same key under the recovery key.

Example:
  bwatch recovery identity > key.txt && age -d -i key.txt blobs/0f/0f….age > original"
    )]
    Identity {
        /// Open the vault with the recovery key instead of the passphrase
        #[arg(long)]
        recovery_key: bool,
    },
}

/// Criteria commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Criteria {
    /// Show every criterion with its clauses and the evidence that they ask for
    List,
    /// Try a clause on what is stored: who would reach it; nothing is recorded
    #[command(
        after_help = "WHAT is one of: cancels, not_received, returns, safe_t_granted, safe_t_filed, review_threats, abuse.
DATE is a day (2026-05-01, from 00:00 UTC) or an instant (2026-05-01T08:00:00Z).

Clean is an order of which nothing is stored but that it was placed, or that the shop ended it: no
other cancellation, no return, no claim of any kind, no message with words of abuse.

Examples:
  bwatch criteria backtest REPEAT_CANCEL --count 4 --window-days 60
  bwatch criteria backtest RETURN_ABUSE --counted returns --percent 60 --min-orders 10
  bwatch criteria backtest NOT_RECEIVED_CLAIMS --from 2026-01-01 --until 2026-07-01"
    )]
    Backtest {
        /// Code of the clause, for example REPEAT_CANCEL
        code: String,
        /// What to count, in place of what the clause is about
        #[arg(long, value_name = "WHAT", value_parser = crate::commands::countable)]
        counted: Option<buyerwatch_app::criteria::backtest::Countable>,
        /// How often, in place of what the clause says
        #[arg(long, value_name = "N")]
        count: Option<u32>,
        /// In how many days, in place of what the clause says
        #[arg(long, value_name = "DAYS")]
        window_days: Option<u32>,
        /// And at least this share of the orders, in percent; 0 asks for none
        #[arg(long, value_name = "P")]
        percent: Option<u32>,
        /// A share says nothing of fewer orders than this
        #[arg(long, value_name = "N")]
        min_orders: Option<u32>,
        /// Only what happened from then on counts
        #[arg(long, value_name = "DATE", value_parser = crate::commands::day)]
        from: Option<buyerwatch_app::Timestamp>,
        /// Only what happened before then counts
        #[arg(long, value_name = "DATE", value_parser = crate::commands::day)]
        until: Option<buyerwatch_app::Timestamp>,
        /// At most so many of those who reach it are told one by one
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
}

/// Buyer commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Buyer {
    /// Record a buyer; they are watched until a clause is met and a person lists them
    #[command(
        after_help = "TYPE is one of: alias, marketplace_id, phone, name, address, user_name, order_id.

Examples:
  bwatch buyer add --identifier alias=k7m2q9x4w1r8t5@marketplace.amazon.de
  bwatch buyer add --identifier name=\"Jonas Dornfeld\" --identifier phone=\"+49 30 5550142\" \\
      --identifier address=\"Lindenhofweg 14, 97070 Würzburg, DE\""
    )]
    Add {
        /// What ties orders to the buyer
        #[arg(long = "identifier", required = true, value_name = "TYPE=VALUE", value_parser = identifier)]
        identifiers: Vec<TypedIdentifier>,
        /// A first remark
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Show one buyer
    Show {
        /// The buyer
        #[arg(value_name = "ID")]
        id: String,
        /// Show identifiers in clear; the record keeps that somebody looked
        #[arg(long)]
        reveal: bool,
    },
    /// Show the buyers
    List {
        /// Only those with this status
        #[arg(long, value_name = "STATUS", value_parser = ["watching", "listed", "cleared"])]
        status: Option<String>,
        /// Only those with this in an identifier
        #[arg(long, value_name = "TEXT")]
        query: Option<String>,
        /// Leave out this many at the beginning
        #[arg(long, value_name = "N", default_value_t = 0)]
        offset: u32,
        /// Show at most this many [default: all]
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
        /// With --json: leave out identifiers, incidents and history; fast for long lists
        #[arg(long)]
        brief: bool,
    },
    /// Add, remove or mark identifiers of a buyer
    #[command(subcommand)]
    Identifier(Identifier),
    /// Write a remark
    Note {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The remark
        #[arg(long, value_name = "TEXT")]
        text: String,
    },
    /// Show buyers who may be one person; nothing is merged by itself
    Duplicates {
        /// Only those of this buyer
        #[arg(long, value_name = "ID")]
        buyer: Option<String>,
    },
    /// Say that two buyers are two people: they are suggested no more
    Distinct {
        /// One of them
        #[arg(value_name = "ID")]
        one: String,
        /// The other one
        #[arg(value_name = "ID")]
        other: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Say the opposite
        #[arg(long)]
        undo: bool,
    },
    /// Merge a buyer into another one: from then on both are one, and alerts name the one who stays
    #[command(after_help = "Nothing is rewritten: `bwatch buyer unmerge` gives back what was.

Examples:
  bwatch buyer duplicates
  bwatch buyer merge FROM_ID --into ID --reason \"Same phone, same flat\"")]
    Merge {
        /// Who becomes another name
        #[arg(value_name = "FROM_ID")]
        from: String,
        /// Who stays
        #[arg(long, value_name = "ID")]
        into: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Take a merge back; the two are remembered as two people
    Unmerge {
        /// The buyer who was merged into another one
        #[arg(value_name = "ID")]
        merged: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Identifier commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Identifier {
    /// Add identifiers; stored orders are screened again
    Add {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// What ties orders to the buyer
        #[arg(long = "identifier", required = true, value_name = "TYPE=VALUE", value_parser = identifier)]
        identifiers: Vec<TypedIdentifier>,
    },
    /// Take an identifier back
    Remove {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The identifier
        #[arg(long, value_name = "ID")]
        identifier: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Say that many unrelated people carry an identifier: it then proves nothing
    Shared {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The identifier
        #[arg(long, value_name = "ID")]
        identifier: String,
        /// Say the opposite
        #[arg(long)]
        undo: bool,
    },
}

/// Incident commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Incident {
    /// Report one act by one buyer
    #[command(
        after_help = "KIND is one of: order_page, tracking, message, packing_photo, packing_video, return_photo, label, \
phone_note, other. The file is stored encrypted with its SHA-256; the original stays where it is.

Example:
  bwatch incident add --buyer ID --clause RETURN_ABUSE --at 2026-05-03T10:41:00+02:00 \\
      --order 306-1234567-1234567 --text \"Returned a brick\" --buyer-version \"It came like that\" \\
      --exhibit packing_video=pack.mp4 --exhibit return_photo=brick.jpg"
    )]
    Add {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// Clause that the act falls under, see `bwatch criteria list`
        #[arg(long, value_name = "CODE")]
        clause: String,
        /// When it happened: a date, or a time such as 2026-05-03T10:41:00Z
        #[arg(long, value_name = "TIME", value_parser = crate::when::instant)]
        at: crate::when::Instant,
        /// An order that it concerns
        #[arg(long = "order", value_name = "ID")]
        orders: Vec<String>,
        /// What happened
        #[arg(long, value_name = "TEXT")]
        text: String,
        /// What the buyer says happened
        #[arg(long, value_name = "TEXT")]
        buyer_version: Option<String>,
        /// Evidence
        #[arg(long = "exhibit", value_name = "KIND=FILE", value_parser = exhibit)]
        exhibits: Vec<ExhibitFile>,
        /// A message to copy with what hangs on it, by the `message_id` of its alert
        #[arg(long = "message", value_name = "ID")]
        messages: Vec<String>,
    },
    /// Take an incident back
    Withdraw {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The incident
        #[arg(long, value_name = "ID")]
        incident: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Evidence commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Evidence {
    /// Take files in: encrypted, hashed, tied to what they prove
    #[command(
        after_help = "KIND is one of: order_page, tracking, message, packing_photo, packing_video, return_photo, label, \
phone_note, other; without it a guess by name and content is made. Order IDs in the names of files tie them to those \
orders, too; what nothing ties waits among the evidence that belongs to nobody yet. The originals stay where they are.

Example:
  bwatch evidence add pack.mp4 label.pdf --order 306-1234567-1234567"
    )]
    Add {
        /// The files
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// A buyer whom they concern
        #[arg(long, value_name = "ID")]
        buyer: Option<String>,
        /// An incident that they prove
        #[arg(long, value_name = "ID")]
        incident: Option<String>,
        /// An order that they are of
        #[arg(long, value_name = "ID")]
        order: Option<String>,
        /// What they show
        #[arg(long, value_name = "KIND", value_parser = KINDS)]
        kind: Option<String>,
        /// What for
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
    },
    /// Show the evidence
    List {
        /// Only that which concerns this buyer
        #[arg(long, value_name = "ID")]
        buyer: Option<String>,
        /// Only that which proves this incident
        #[arg(long, value_name = "ID")]
        incident: Option<String>,
        /// Only that of this order
        #[arg(long, value_name = "ID")]
        order: Option<String>,
        /// Only that which shows this
        #[arg(long, value_name = "KIND", value_parser = KINDS)]
        kind: Option<String>,
        /// Only that which the last check found damaged
        #[arg(long)]
        damaged: bool,
    },
    /// Show one exhibit and all that happened to it
    Show {
        /// The exhibit
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Write copies of the originals, with their hashes and custody; the record keeps that
    #[command(after_help = "Example:
  bwatch evidence export ID ID --out claim && (cd claim && sha256sum -c SHA256SUMS)")]
    Export {
        /// The exhibits
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// A new file for one exhibit, a new or empty folder for several
        #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        out: PathBuf,
        /// What for
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
    },
    /// Compare the stored evidence with what was taken in
    #[command(after_help = "A check that was interrupted goes on when the same is asked again.")]
    Verify {
        /// Only so many per cent of it, drawn by lot
        #[arg(long, value_name = "PERCENT")]
        sample: Option<u32>,
        /// Read everything again, also what an interrupted check compared already
        #[arg(long)]
        fresh: bool,
    },
    /// Take an exhibit out; its record stays
    Remove {
        /// The exhibit
        #[arg(value_name = "ID")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Say that an exhibit belongs to a buyer, an incident or an order, or no longer does
    Link {
        /// The exhibit
        #[arg(value_name = "ID")]
        id: String,
        /// A buyer whom it concerns
        #[arg(long, value_name = "ID", required_unless_present_any = ["incident", "order"])]
        buyer: Option<String>,
        /// An incident that it proves
        #[arg(long, value_name = "ID")]
        incident: Option<String>,
        /// An order that it is of
        #[arg(long, value_name = "ID")]
        order: Option<String>,
        /// It no longer does
        #[arg(long)]
        undo: bool,
        /// What for
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
    },
    /// Say what an exhibit shows
    #[command(
        after_help = "KIND is one of: order_page, tracking, message, packing_photo, packing_video, return_photo, \
label, phone_note, other."
    )]
    Kind {
        /// The exhibit
        #[arg(value_name = "ID")]
        id: String,
        /// What it shows
        #[arg(value_name = "KIND", value_parser = KINDS, hide_possible_values = true)]
        kind: String,
    },
    /// Keep a stored order or message as evidence: a copy of it as it is now
    #[command(after_help = "Examples:
  bwatch evidence freeze --order 306-1234567-1234567
  bwatch evidence freeze --message ID")]
    Freeze {
        /// The marketplace's order ID
        #[arg(long, value_name = "ID", required_unless_present = "message")]
        order: Option<String>,
        /// Marketplace of the order, where several have one with this ID
        #[arg(long, value_name = "NAME")]
        marketplace: Option<String>,
        /// A message, by its ID in `messages list`
        #[arg(long, value_name = "ID", conflicts_with_all = ["order", "marketplace"])]
        message: Option<String>,
    },
    /// What the clauses of a buyer's incidents ask for, and what of it is there
    Readiness {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// Only of this incident
        #[arg(long, value_name = "ID")]
        incident: Option<String>,
    },
    /// Write a remark to an exhibit
    Annotate {
        /// The exhibit
        #[arg(value_name = "ID")]
        id: String,
        /// The remark
        #[arg(long, value_name = "TEXT")]
        text: String,
        /// What for
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
    },
}

/// What an exhibit may show.
const KINDS: [&str; 9] = [
    "order_page",
    "tracking",
    "message",
    "packing_photo",
    "packing_video",
    "return_photo",
    "label",
    "phone_note",
    "other",
];

/// Listing commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Listing {
    /// List a buyer; refused until the clause is met and its evidence is there
    Add {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The clause
        #[arg(long, value_name = "CODE")]
        clause: String,
    },
    /// Confirm a listing as the second person
    Approve {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
    },
    /// Decline a listing as the second person
    Decline {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Take a buyer off the list; the record stays
    Clear {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Retention commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// Take out names, addresses and messages whose time is over; hashes, order IDs and evidence stay
    Run,
}

/// Phrase commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Phrases {
    /// Show the lists in force
    List,
    /// Print the list of a language, to change it in a file
    Show {
        /// Language: de, en, es, fr, it, ja, pt or zh
        #[arg(value_name = "LANGUAGE")]
        language: String,
    },
    /// Put a list in the place of the one in force; its version is set to the next one
    Publish {
        /// The list
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Say what is noticed in a text
    Test {
        /// A message
        #[arg(value_name = "TEXT")]
        text: String,
        /// A list that is not published
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        list: Option<PathBuf>,
    },
}

/// Message commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Messages {
    /// Show conversations, the newest first
    #[command(
        after_help = "What is about one order is one conversation, else what one account wrote. Whoever writes is \
masked. An answer is due 24 hours after the first message that waits; answers that were given elsewhere are not seen
until somebody says so.

Examples:
  bwatch messages list --waiting
  bwatch messages list --marked --query 306-1234567
  bwatch messages list --buyer ID
  bwatch --json messages list --order 306-1234567-1234567 | jq -r '.conversations[].newest.id'"
    )]
    List {
        /// Only those that this buyer wrote, as far as they were recognised
        #[arg(long, value_name = "ID")]
        buyer: Option<String>,
        /// Only those about this order
        #[arg(long, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
        order: Option<String>,
        /// Only those of an order ID or alias that begins with this, else of whoever is found by this name
        #[arg(long, value_name = "TEXT")]
        query: Option<String>,
        /// Only those in which the buyer had the last word
        #[arg(long, conflicts_with_all = ["alerted", "marked", "forged"])]
        waiting: bool,
        /// Only those of which an alert was raised for sure and not dismissed
        #[arg(long, conflicts_with_all = ["marked", "forged"])]
        alerted: bool,
        /// Only those in which a buyer wrote words that are noticed, such as threats, lures and phishing
        #[arg(long, conflicts_with = "forged")]
        marked: bool,
        /// Those that look forged, or hung on another mail, and were set aside, instead of the others
        #[arg(long)]
        forged: bool,
        /// Show at most this many [default: all]
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Show the conversation of a message: its text, what is noticed in it, until when to answer, who wrote it
    Show {
        /// The message
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Say that a conversation was answered elsewhere, up to a message: it waits no more until the buyer writes again
    Answered {
        /// The message
        #[arg(value_name = "ID")]
        id: String,
        /// Take it back: the conversation waits again
        #[arg(long)]
        undo: bool,
    },
}

/// Order commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Orders {
    /// Show stored orders, the newest first
    #[command(after_help = "Examples:
  bwatch orders list --flag flagged
  bwatch orders list --query 306-1234567 --limit 20")]
    List(OrderSearch),
    /// Show one order with its returns, claims and feedback
    Show {
        /// The marketplace's order ID
        #[arg(value_name = "ID")]
        id: String,
        /// Its marketplace, where several have an order with this ID
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        marketplace: String,
        /// Show name and address in clear; the record keeps it when the order is of a recorded buyer
        #[arg(long)]
        reveal: bool,
    },
}

/// Which orders to show.
#[derive(Debug, Args)]
pub(crate) struct OrderSearch {
    /// Only those that raised an alert or are of a recorded buyer, might be of a listed one, or could not be compared
    #[arg(long, value_name = "FLAG", value_parser = ["flagged", "possible", "unscreenable"])]
    pub(crate) flag: Option<String>,
    /// Only those with this in their ID, an article number or a title
    #[arg(long, value_name = "TEXT")]
    pub(crate) query: Option<String>,
    /// Only those of this marketplace
    #[arg(long, value_name = "NAME")]
    pub(crate) marketplace: Option<String>,
    /// Only those placed from then on: a day, from 00:00 UTC, or an instant
    #[arg(long, value_name = "DATE", value_parser = crate::commands::day)]
    pub(crate) from: Option<buyerwatch_app::Timestamp>,
    /// Only those placed before then
    #[arg(long, value_name = "DATE", value_parser = crate::commands::day)]
    pub(crate) until: Option<buyerwatch_app::Timestamp>,
    /// Leave out this many at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
    /// Show at most this many [default: all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
}

/// Signal commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Signals {
    /// Show signals that wait for a decision
    List {
        /// Those on which somebody decided instead
        #[arg(long)]
        decided: bool,
        /// Those that a newer version withdrew instead, since they do not hold by its rules
        #[arg(long, conflicts_with = "decided")]
        withdrawn: bool,
    },
    /// Show one signal with the observations it rests on
    Show {
        /// The signal
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Report incidents on a signal, with copies of its orders and messages; lists nobody
    Accept {
        /// The signal
        #[arg(value_name = "ID")]
        id: String,
        /// The buyer [default: a new one]
        #[arg(long, value_name = "ID", conflicts_with = "new")]
        buyer: Option<String>,
        /// Record somebody new although a buyer on record shares an identifier
        #[arg(long)]
        new: bool,
        /// What happened
        #[arg(long, value_name = "TEXT")]
        text: String,
        /// Observations that are nothing, by their keys
        #[arg(long, value_name = "KEY", value_delimiter = ',')]
        except: Vec<String>,
    },
    /// Say that a signal is nothing; its observations do not propose again
    Reject {
        /// The signal
        #[arg(value_name = "ID")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Take back that a signal is nothing
    Reopen {
        /// The signal
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// Alert commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Alerts {
    /// Show alerts with the argument for each
    List {
        /// Only those in this state
        #[arg(long, value_name = "STATE", value_parser = ["open", "claimed", "handled", "dismissed"])]
        state: Option<String>,
        /// Only sure or only possible matches
        #[arg(long, value_name = "TIER", value_parser = ["alert", "possible"])]
        tier: Option<String>,
    },
    /// Take an alert on
    Claim {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Put a claimed alert back
    Release {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Close an alert as done
    Handle {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
        /// A remark
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Close an alert without action
    Dismiss {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
        /// The order is not of this buyer: do not alert for this pair again. Needs --note
        #[arg(long)]
        not_this_buyer: bool,
        /// A remark; why, with --not-this-buyer
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// When "not this buyer" ends by itself: a date, or a time such as 2026-05-03T10:41:00Z
        #[arg(long, value_name = "TIME", value_parser = crate::when::instant, requires = "not_this_buyer")]
        until: Option<crate::when::Instant>,
    },
    /// Take back the closing of an alert
    Reopen {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Hide an alert for a while
    Snooze {
        /// The alert
        #[arg(value_name = "ID")]
        id: String,
        /// Until when: a date, or a time such as 2026-05-03T10:41:00Z
        #[arg(long, value_name = "TIME", value_parser = crate::when::instant)]
        until: crate::when::Instant,
    },
}

/// Mailbox commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Mailbox {
    /// Watch a mailbox
    #[command(
        after_help = "The password, or what the provider gives out in its place (an app password, an authorisation \
code), is asked for, or read as a line of standard input; never as an argument. Letters are only read: none is marked, \
moved or deleted. The connection is encrypted, or there is none.

Example:
  bwatch mailbox add --host imap.example.com --user shop@example.com"
    )]
    Add {
        #[command(flatten)]
        server: MailServer,
        /// How many days back the first reading goes; all when 0
        #[arg(long, value_name = "N", default_value_t = 30)]
        days: u32,
        /// The server whose word on forged senders counts, by the name that it writes first into
        /// Authentication-Results; without it the topmost counts
        #[arg(long, value_name = "NAME")]
        auth_server: Option<String>,
    },
    /// Show watched mailboxes and where they stand
    List,
    /// Try a mailbox before it is watched, and say where it fails
    Test {
        #[command(flatten)]
        server: MailServer,
    },
    /// Read what is new in a mailbox, once
    Sync {
        /// The mailbox's ID
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Try a mailbox again now that could not be read; a window that waits for its next try goes on then, too
    Retry {
        /// The mailbox's ID
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Take another password for a mailbox
    Password {
        /// The mailbox's ID
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Say which server's word on forged senders counts in a mailbox
    Checks {
        /// The mailbox's ID
        #[arg(value_name = "ID")]
        id: String,
        /// The name that it writes first into Authentication-Results; without it the topmost counts
        #[arg(value_name = "NAME")]
        auth_server: Option<String>,
    },
    /// Watch a mailbox no more
    Remove {
        /// The mailbox's ID
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// Where a mailbox is and who reads it.
#[derive(Debug, Args)]
pub(crate) struct MailServer {
    /// The IMAP server
    #[arg(long, value_name = "NAME")]
    pub(crate) host: String,
    /// Its port [default: 993, or 143 with --starttls]
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Encrypt after a plain greeting instead of from the first byte
    #[arg(long)]
    pub(crate) starttls: bool,
    /// Name to sign in with, usually the whole address
    #[arg(long, value_name = "NAME")]
    pub(crate) user: String,
    /// The folder to read
    #[arg(long, value_name = "NAME", default_value = "INBOX")]
    pub(crate) folder: String,
    /// Certificate of an authority of your own that vouches for the server, as PEM
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) authority: Option<PathBuf>,
}

/// Folder commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Folder {
    /// Watch a folder
    Add {
        /// The folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Move files to its subfolder `done` after their import
        #[arg(long = "move")]
        move_done: bool,
    },
    /// Show watched folders and what became of their files
    List,
    /// Watch a folder no more
    Remove {
        /// The folder's ID
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Try whether a folder can be watched
    Test {
        /// The folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Try to write there, too
        #[arg(long = "move")]
        move_done: bool,
    },
}

/// Mapping commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Mapping {
    /// Show how a file begins and what its columns may hold
    Preview {
        /// The file
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// What its rows are
        #[arg(long, value_enum, value_name = "KIND", default_value_t = RowsKind::Orders)]
        kind: RowsKind,
    },
    /// Keep what the columns of a file mean
    Save {
        /// A file with these columns
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// What such files are called
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Sales channel of orders where no column names it
        #[arg(long, value_name = "NAME", default_value = "")]
        channel: String,
        /// What its rows are
        #[arg(long, value_enum, value_name = "KIND", default_value_t = RowsKind::Orders)]
        kind: RowsKind,
        /// What a column holds, by its place from 1; the guess counts where none is given, `none` takes it back
        #[arg(long = "column", value_name = "PLACE=FIELD", value_parser = place_of)]
        columns: Vec<(u32, String)>,
    },
    /// Show saved mappings
    List,
    /// Forget a mapping
    Remove {
        /// The mapping's ID
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowsKind {
    /// Orders
    Orders,
    /// Returns
    Returns,
    /// Claims of buyers
    Claims,
    /// Ratings
    Feedback,
}

impl RowsKind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Returns => "returns",
            Self::Claims => "claims",
            Self::Feedback => "feedback",
        }
    }
}

/// `3=order_id`
fn place_of(text: &str) -> Result<(u32, String), String> {
    let malformed = || "write PLACE=FIELD, such as 1=order_id".to_owned();
    let (place, field) = text.split_once('=').ok_or_else(malformed)?;
    let place = place.parse().ok().filter(|place| *place > 0).ok_or_else(malformed)?;
    Ok((place, field.to_owned()))
}

/// Trust commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Trust {
    /// Trust an identity
    Add {
        /// The identity
        #[arg(long, value_name = "TYPE=VALUE", value_parser = identifier)]
        identifier: TypedIdentifier,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// When it ends by itself: a date, or a time such as 2026-05-03T10:41:00Z
        #[arg(long, value_name = "TIME", value_parser = crate::when::instant)]
        until: Option<crate::when::Instant>,
    },
    /// Show what was decided to be somebody else
    Decisions,
    /// Take back that an identity is not a buyer
    Restore {
        /// The buyer
        #[arg(long, value_name = "ID")]
        buyer: String,
        /// The identity, as the list names it
        #[arg(long, value_name = "ID", allow_hyphen_values = true)]
        identity: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Show trusted identities
    List,
    /// End the trust in an identity
    Remove {
        /// The trust
        #[arg(value_name = "ID")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Team commands.
#[derive(Debug, Subcommand)]
pub(crate) enum People {
    /// Add a member of the team
    Add {
        /// Name as the team knows them
        #[arg(long, value_name = "NAME")]
        name: String,
        /// What they do
        #[arg(long, value_name = "ROLE", default_value = "agent", value_parser = ["agent", "lead", "owner"])]
        role: String,
    },
    /// Show the team
    List,
    /// Choose who works at this computer
    Switch {
        /// Name or ID
        #[arg(value_name = "NAME|ID")]
        person: String,
    },
}

/// Journal commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    /// Check every signature and link of the record
    Verify,
    /// Accept that the record ends where it ends, after a backup was restored or `head` was lost
    AcceptHead {
        /// What happened; it is recorded
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Make the tables again from the record
    Rebuild {
        /// Only compare them with the present ones; nothing is written
        #[arg(long, required = true)]
        check: bool,
    },
}

/// Splits `KEY=VALUE` at the first `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as TYPE=VALUE")?;
    if value.trim().is_empty() {
        return Err("nothing stands after the =".into());
    }
    Ok((key.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// An identifier as typed, `TYPE=VALUE`.
fn identifier(text: &str) -> Result<TypedIdentifier, String> {
    let (kind, value) = pair(text)?;
    serde_json::from_value(json!({ "kind": kind, "value": value })).map_err(|_| {
        "TYPE is one of: alias, marketplace_id, phone, name, address, user_name, order_id".into()
    })
}

/// An exhibit as typed, `KIND=FILE`. The path stands where the window has a handle.
fn exhibit(text: &str) -> Result<ExhibitFile, String> {
    let (kind, path) = pair(text)?;
    serde_json::from_value(json!({ "kind": kind, "handle": path })).map_err(|_| {
        "KIND is one of: order_page, tracking, message, packing_photo, packing_video, return_photo, \
         label, phone_note, other"
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_commands_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn values_may_hold_equals_signs_and_types_are_checked() {
        let typed = identifier("User_Name = a=b ").unwrap();
        assert_eq!((typed.kind.code(), typed.value.as_str()), ("user_name", "a=b"));
        for bad in ["alias", "alias= ", "email=x"] {
            assert!(identifier(bad).is_err(), "{bad}");
        }
        assert_eq!(exhibit("message=/tmp/a=b.pdf").unwrap().handle, "/tmp/a=b.pdf");
        assert!(exhibit("letter=a.pdf").is_err());
    }
}

/// `bwatch bench`
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Tell how well listed people are recognised in a scenario
    #[command(
        after_help = "The folder holds flagged.csv and orders.csv with the columns id, buyer_name, \
recipient_name, email_alias, phone, addr1, addr2, city, state, postal, country, and truth.csv with \
order_id, flagged_id, kind and, where known, lang. kind is match, or what kind of honest buyer it is. \
All orders count as stored before the first is screened. `possible` counts alerts, too.

Example:
  bwatch --json bench matching scenarios/households | jq '.tier.alert'"
    )]
    Matching {
        /// Folder with flagged.csv, orders.csv and truth.csv
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Whether members of one household are told apart
        #[arg(
            long,
            value_enum,
            value_name = "on|off",
            default_value = "on",
            hide_possible_values = true
        )]
        guard: Switch,
        /// As after names and addresses of the orders were purged
        #[arg(long)]
        purged: bool,
    },
}
