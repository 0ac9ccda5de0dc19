//! What the tests of this crate share: a desk in a temporary folder, a host that remembers, and
//! reports of invented orders.

use crate::{
    Desk, DeskOptions, Host, LogLine, Manner, Nothing, Notification, Push, Secret,
    alerts::{
        dismiss::DismissAlert,
        list::{AlertView, ListAlerts},
    },
    buyers::add::{AddBuyer, TypedIdentifier},
    files::pick::Purpose,
    incidents::add::{AddIncident, ExhibitFile},
    listings::gate::AskGate,
    session::{create::CreateVault, unlock::Unlock},
    view::{AlertRow, ImportRecord, JobState, Language},
};
use buyerwatch_domain::{AlertId, BuyerId, ExhibitKind, IdentifierKind, Timestamp};
use buyerwatch_vault::KdfCost;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

pub(crate) const PASSPHRASE: &str = "plum lantern orbit canvas";
/// Alias, name, phone and address of the buyer whom the tests list.
pub(crate) const ALIAS: &str = "q4z8n2v6c1x5m9@marketplace.amazon.de";
pub(crate) const NAME: &str = "Henrike Sollwedel";
pub(crate) const PHONE: &str = "+49 40 5550163";
pub(crate) const STREET: &str = "Quittenstieg 9";

/// A host that remembers what it was told.
#[derive(Default)]
pub(crate) struct Memory {
    now: Mutex<Option<Timestamp>>,
    pub(crate) pushes: Mutex<Vec<Push>>,
    pub(crate) notifications: Mutex<Vec<Notification>>,
    pub(crate) log: Mutex<Vec<String>>,
    pub(crate) save_path: Mutex<Option<PathBuf>>,
    pub(crate) picks: Mutex<Vec<PathBuf>>,
    pub(crate) folder: Mutex<Option<PathBuf>>,
}

impl Memory {
    pub(crate) fn advance(&self, ms: i64) {
        let mut now = self.now.lock().unwrap();
        let before = now.unwrap_or_else(start);
        *now = Some(Timestamp::from_millis(before.millis() + ms));
    }
}

pub(crate) fn start() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

impl Host for Memory {
    fn now(&self) -> Timestamp {
        self.now.lock().unwrap().unwrap_or_else(start)
    }

    fn push(&self, push: Push) {
        self.pushes.lock().unwrap().push(push);
    }

    fn notify(&self, notification: Notification) {
        self.notifications.lock().unwrap().push(notification);
    }

    fn log(&self, line: &LogLine<'_>) {
        self.log.lock().unwrap().push(format!("{} {} {}", line.during, line.code, line.reference));
    }

    fn pick_files(&self, _: Purpose, _: bool) -> Vec<PathBuf> {
        self.picks.lock().unwrap().clone()
    }

    fn choose_save_path(&self, _: &str) -> Option<PathBuf> {
        self.save_path.lock().unwrap().clone()
    }

    fn choose_folder(&self) -> Option<PathBuf> {
        self.folder.lock().unwrap().clone()
    }
}

/// A desk with its folder, which goes away when this is dropped.
pub(crate) struct Bench {
    pub(crate) desk: Desk,
    pub(crate) host: Arc<Memory>,
    pub(crate) recovery_key: String,
    pub(crate) dir: Arc<tempfile::TempDir>,
}

/// A desk over a folder without a vault.
pub(crate) fn empty(manner: Manner) -> Bench {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    at(dir, manner)
}

fn at(dir: Arc<tempfile::TempDir>, manner: Manner) -> Bench {
    let host = Arc::new(Memory::default());
    let options =
        DeskOptions { kdf: KdfCost::Fast, ..DeskOptions::new(dir.path().join("data"), manner) };
    let desk = Desk::new(Arc::clone(&host) as Arc<dyn Host>, options);
    Bench { desk, host, recovery_key: String::new(), dir }
}

/// A desk over a new, open vault.
pub(crate) fn fresh(manner: Manner) -> Bench {
    let mut bench = empty(manner);
    let created = bench
        .desk
        .session_create(CreateVault {
            passphrase: secret(PASSPHRASE),
            person_name: "Mara Lindqvist".to_owned(),
            language: Language::English,
        })
        .unwrap();
    bench.recovery_key = created.recovery_key;
    bench
}

/// Somebody else than the buyer whom an alert names.
pub(crate) fn not_this_buyer(id: AlertId) -> DismissAlert {
    let note = Some("Her sister.".to_owned());
    DismissAlert { id, note, not_this_buyer: true, until: None }
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

impl Bench {
    /// Opens the vault again after a lock.
    pub(crate) fn unlock(&self) {
        self.desk.session_unlock(Unlock { passphrase: secret(PASSPHRASE) }).unwrap();
    }

    /// Another process over the same folder.
    pub(crate) fn other(&self, manner: Manner) -> Self {
        let other = at(Arc::clone(&self.dir), manner);
        other.desk.session_unlock(Unlock { passphrase: secret(PASSPHRASE) }).unwrap();
        other
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn handle(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        self.desk.offer_file(self.file(name, content)).unwrap().handle
    }

    pub(crate) fn add_buyer(&self, identifiers: &[(IdentifierKind, &str)]) -> BuyerId {
        let identifiers = identifiers
            .iter()
            .map(|(kind, value)| TypedIdentifier { kind: *kind, value: (*value).to_owned() })
            .collect();
        self.desk.buyers_add(AddBuyer { identifiers, note: None }).unwrap().buyer_id
    }

    /// Reports a review threat with its message.
    pub(crate) fn add_incident(&self, buyer: BuyerId, orders: &[&str]) {
        let handle = self.handle("message.txt", "Refund me or one star.");
        self.desk
            .incidents_add(AddIncident {
                buyer_id: buyer,
                clause: "REVIEW_EXTORTION".to_owned(),
                at: start().plus_days(-3),
                orders: orders.iter().map(|order| (*order).to_owned()).collect(),
                text: "Demanded a refund under threat of a bad review.".to_owned(),
                buyer_version: None,
                exhibits: vec![ExhibitFile { kind: ExhibitKind::Message, handle }],
                messages: Vec::new(),
            })
            .unwrap();
    }

    pub(crate) fn list(&self, buyer: BuyerId) {
        self.desk
            .listings_add(AskGate { buyer_id: buyer, clause: "REVIEW_EXTORTION".to_owned() })
            .unwrap();
    }

    /// The buyer of the constants, listed.
    pub(crate) fn listed_buyer(&self) -> BuyerId {
        let buyer = self.add_buyer(&[
            (IdentifierKind::Name, NAME),
            (IdentifierKind::Alias, ALIAS),
            (IdentifierKind::Phone, PHONE),
        ]);
        self.add_incident(buyer, &[]);
        self.list(buyer);
        buyer
    }

    /// Imports a report and waits.
    pub(crate) fn import(&self, report: &str) -> ImportRecord {
        self.import_file(&self.file("report.txt", report))
    }

    pub(crate) fn import_file(&self, path: &Path) -> ImportRecord {
        let open = self.desk.open().unwrap();
        let source = crate::imports::Source::file(path);
        open.import(source, std::time::Instant::now(), &mut |_, _| true).unwrap().record
    }

    /// Hands a file to the window's import and waits for its job.
    pub(crate) fn drop_file(&self, path: &Path) -> crate::view::Job {
        let handle = self.desk.offer_file(path.to_path_buf()).unwrap().handle;
        let request = crate::imports::start::StartImports { handles: vec![handle] };
        let started = self.desk.imports_start(request).unwrap();
        self.desk.wait_for_jobs();
        let jobs = self.desk.jobs_list(Nothing {}).unwrap().jobs;
        let job = jobs.into_iter().find(|job| job.id == started.jobs[0]).unwrap();
        assert!(matches!(job.state, JobState::Done | JobState::Failed | JobState::Cancelled));
        job
    }

    pub(crate) fn alerts(&self, view: AlertView) -> Vec<AlertRow> {
        self.desk
            .alerts_list(ListAlerts { view, query: None, offset: 0, limit: 100 })
            .unwrap()
            .items
    }

    pub(crate) fn open_alerts(&self) -> Vec<AlertRow> {
        self.alerts(AlertView::Open)
    }
}

/// One line of a report; what is left out is some stranger's.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) order: u32,
    pub(crate) item: u32,
    pub(crate) alias: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) street: String,
    pub(crate) postal: String,
}

/// An order of an honest stranger, each another.
pub(crate) fn line(order: u32) -> Line {
    Line {
        order,
        item: 1,
        alias: format!("h{order:013}@marketplace.amazon.de"),
        name: format!("{} {}", word(order), word(order * 3 + 1_000)),
        phone: format!("+49 911 {:07}", 1_000_000 + order),
        street: format!("{}weg {}", word(order / 3 + 50), order % 90 + 1),
        postal: format!("{:05}", 10_000 + order % 80_000),
    }
}

fn word(seed: u32) -> String {
    const SYLLABLES: [&str; 12] =
        ["bar", "den", "fol", "gis", "hal", "jor", "kem", "lun", "mir", "nov", "pel", "ras"];
    let mut left = seed.wrapping_mul(2_654_435_761);
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[left as usize % SYLLABLES.len()]);
        left /= 12;
    }
    word
}

pub(crate) fn order_id(order: u32) -> String {
    format!("305-{order:07}-{:07}", order % 9_999_999)
}

/// A report in the style of "New orders".
pub(crate) fn report(lines: &[Line]) -> String {
    let mut out =
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\t\
         buyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\t\
         recipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\tsales-channel\n"
            .to_owned();
    for line in lines {
        let Line { order, item, alias, name, phone, street, postal } = line;
        let id = order_id(*order);
        let _ = writeln!(
            out,
            "{id}\t{order}{item:03}\t2026-11-18T10:00:00+00:00\t2026-11-18T10:05:00+00:00\t{alias}\t{name}\t{phone}\t\
             SKU-{item}\tWooden spoon\t1\tEUR\t19.90\t{name}\t{street}\tNordstadt\t{postal}\tDE\tAmazon.de"
        );
    }
    out
}
