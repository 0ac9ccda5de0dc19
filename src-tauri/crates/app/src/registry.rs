//! Every use case by name: the one list from which the window's command, the typed functions and
//! the generated TypeScript are made.

/// Hands the list to a macro. One entry: name, typed function, what it needs, its request, its
/// answer, and for a read the tags that it shows.
macro_rules! with_use_cases {
    ($make:ident) => {
        $make! {
            "session.state" session_state: Always, session::state(Nothing) -> SessionState [Session, Settings];
            "session.create" session_create: Always, session::create(CreateVault) -> CreatedVault;
            "session.save_kit" session_save_kit: Always, session::save_kit(SaveKit) -> KitSaved;
            "session.strength" session_strength: Always, session::strength(EstimateStrength) -> Strength;
            "session.unlock" session_unlock: Always, session::unlock(Unlock) -> SessionState;
            "session.unlock_recovery" session_unlock_recovery: Always, session::unlock_recovery(UnlockRecovery) -> SessionState;
            "session.lock" session_lock: Always, session::lock(Nothing) -> SessionState;
            "session.change_passphrase" session_change_passphrase: Open, session::change_passphrase(ChangePassphrase) -> PassphraseChanged;
            "session.touch" session_touch: Open, session::touch(Nothing) -> Touched;
            "session.load_sample" session_load_sample: Open, session::load_sample(Nothing) -> SampleLoading;
            "settings.get" settings_get: Unlocked, settings::get(Nothing) -> Settings [Settings];
            "settings.set" settings_set: Unlocked, settings::set(ChangeSettings) -> Settings;
            "policy.get" policy_get: Open, policy::get(Nothing) -> PolicyView [Policy];
            "policy.set" policy_set: Open, policy::set(ChangePolicy) -> PolicyView;
            "retention.run" retention_run: Open, retention::run(Nothing) -> Purged;
            "people.list" people_list: Open, people::list(Nothing) -> People [Policy, Session];
            "people.add" people_add: Open, people::add(AddPerson) -> PersonView;
            "people.switch" people_switch: Open, people::switch(SwitchPerson) -> PersonView;
            "overview.days" overview_days: Open, overview::days(AskDays) -> CoverageDays [Orders, Imports, Coverage];
            "overview.get" overview_get: Open, overview::get(Nothing) -> Overview [Alerts, Buyers, Orders, Imports, Coverage, Signals];
            "alerts.list" alerts_list: Open, alerts::list(ListAlerts) -> Page<AlertRow> [Alerts];
            "alerts.get" alerts_get: Open, alerts::get(OneAlert) -> AlertDetail [Alerts, Buyers, Orders];
            "alerts.claim" alerts_claim: Open, alerts::claim(OneAlert) -> AlertDetail;
            "alerts.release" alerts_release: Open, alerts::release(OneAlert) -> AlertDetail;
            "alerts.handle" alerts_handle: Open, alerts::handle(HandleAlert) -> AlertDetail;
            "alerts.dismiss" alerts_dismiss: Open, alerts::dismiss(DismissAlert) -> AlertDetail;
            "alerts.reopen" alerts_reopen: Open, alerts::reopen(OneAlert) -> AlertDetail;
            "alerts.snooze" alerts_snooze: Open, alerts::snooze(SnoozeAlert) -> AlertDetail;
            "alerts.reveal" alerts_reveal: Open, alerts::reveal(OneAlert) -> RevealedAlert;
            "buyers.list" buyers_list: Open, buyers::list(ListBuyers) -> BuyersPage [Buyers];
            "buyers.get" buyers_get: Open, buyers::get(OneBuyer) -> BuyerDetail [Buyers, Alerts, Orders, Trust, Exhibits];
            "buyers.add" buyers_add: Open, buyers::add(AddBuyer) -> AddedBuyer;
            "buyers.check" buyers_check: Open, buyers::check(CheckIdentifiers) -> CheckedIdentifiers;
            "buyers.add_from_order" buyers_add_from_order: Open, buyers::add_from_order(AddBuyerFromOrder) -> AddedBuyer;
            "buyers.add_identifier" buyers_add_identifier: Open, buyers::add_identifier(AddIdentifier) -> BuyerDetail;
            "buyers.remove_identifier" buyers_remove_identifier: Open, buyers::remove_identifier(RemoveIdentifier) -> BuyerDetail;
            "buyers.mark_shared" buyers_mark_shared: Open, buyers::mark_shared(MarkShared) -> BuyerDetail;
            "buyers.add_note" buyers_add_note: Open, buyers::add_note(AddNote) -> BuyerDetail;
            "buyers.duplicates" buyers_duplicates: Open, buyers::duplicates(FindDuplicates) -> Duplicates [Buyers];
            "buyers.compare" buyers_compare: Open, buyers::compare(CompareBuyers) -> DuplicateView [Buyers];
            "buyers.dismiss_duplicate" buyers_dismiss_duplicate: Open, buyers::dismiss_duplicate(DismissDuplicate) -> Nothing;
            "buyers.merge" buyers_merge: Open, buyers::merge(MergeBuyers) -> BuyerDetail;
            "buyers.unmerge" buyers_unmerge: Open, buyers::unmerge(UnmergeBuyers) -> BuyerDetail;
            "buyers.reveal" buyers_reveal: Open, buyers::reveal(OneBuyer) -> RevealedBuyer;
            "incidents.add" incidents_add: Open, incidents::add(AddIncident) -> AddedIncident;
            "incidents.withdraw" incidents_withdraw: Open, incidents::withdraw(WithdrawIncident) -> BuyerDetail;
            "exhibits.guess" exhibits_guess: Open, exhibits::guess(GuessExhibits) -> GuessedFiles;
            "exhibits.start" exhibits_start: Open, exhibits::start(StartExhibits) -> StartedJobs;
            "exhibits.paste" exhibits_paste: Open, exhibits::paste(PasteExhibit) -> ExhibitView;
            "exhibits.add" exhibits_add: Open, exhibits::add(AddExhibits) -> AddedExhibits;
            "exhibits.freeze_order" exhibits_freeze_order: Open, exhibits::freeze_order(FreezeOrder) -> FrozenOrder;
            "exhibits.keep_attachment" exhibits_keep_attachment: Open, exhibits::keep_attachment(KeepAttachment) -> ExhibitView;
            "exhibits.freeze_message" exhibits_freeze_message: Open, exhibits::freeze_message(FreezeMessage) -> ExhibitView;
            "exhibits.list" exhibits_list: Open, exhibits::list(ListExhibits) -> ExhibitsPage [Exhibits];
            "exhibits.get" exhibits_get: Open, exhibits::get(OneExhibit) -> ExhibitDetail [Exhibits];
            "exhibits.open" exhibits_open: Open, exhibits::open(OpenExhibit) -> OpenedExhibit;
            "exhibits.keep_frame" exhibits_keep_frame: Open, exhibits::keep_frame(KeepFrame) -> Nothing;
            "exhibits.text" exhibits_text: Open, exhibits::text(OneExhibit) -> ExhibitText;
            "exhibits.link" exhibits_link: Open, exhibits::link(LinkExhibit) -> ExhibitDetail;
            "exhibits.unlink" exhibits_unlink: Open, exhibits::unlink(LinkExhibit) -> ExhibitDetail;
            "exhibits.annotate" exhibits_annotate: Open, exhibits::annotate(AnnotateExhibit) -> ExhibitDetail;
            "exhibits.set_kind" exhibits_set_kind: Open, exhibits::set_kind(SetExhibitKind) -> ExhibitDetail;
            "exhibits.remove" exhibits_remove: Open, exhibits::remove(RemoveExhibit) -> ExhibitDetail;
            "exhibits.redact" exhibits_redact: Open, exhibits::redact(RedactExhibit) -> ExhibitView;
            "exhibits.export" exhibits_export: Opened, exhibits::export(ExportExhibits) -> StartedExport;
            "exhibits.verify" exhibits_verify: Open, exhibits::verify(VerifyExhibits) -> StartedJobs;
            "exhibits.readiness" exhibits_readiness: Open, exhibits::readiness(OneBuyer) -> Readiness [Buyers, Exhibits];
            "listings.gate" listings_gate: Open, listings::gate(AskGate) -> GateView [Buyers, Criteria, Policy, Exhibits];
            "listings.add" listings_add: Open, listings::add(AskGate) -> AddedListing;
            "listings.approve" listings_approve: Open, listings::approve(ApproveListing) -> BuyerDetail;
            "listings.decline" listings_decline: Open, listings::decline(EndListing) -> BuyerDetail;
            "listings.clear" listings_clear: Open, listings::clear(EndListing) -> BuyerDetail;
            "signals.list" signals_list: Open, signals::list(ListSignals) -> Page<SignalRow> [Signals, Orders];
            "signals.get" signals_get: Open, signals::get(OneSignal) -> SignalDetail [Signals, Orders, Buyers];
            "signals.accept" signals_accept: Open, signals::accept(AcceptSignal) -> AcceptedSignal;
            "signals.reject" signals_reject: Open, signals::reject(RejectSignal) -> SignalDetail;
            "signals.reopen" signals_reopen: Open, signals::reopen(OneSignal) -> Nothing;
            "trust.list" trust_list: Open, trust::list(Nothing) -> Trusts [Trust];
            "trust.add" trust_add: Open, trust::add(AddTrust) -> TrustView;
            "trust.reach" trust_reach: Open, trust::reach(AskReach) -> TrustReach [Orders];
            "trust.pairs" trust_pairs: Open, trust::pairs(Nothing) -> DecidedPairs [Alerts, Buyers, Trust];
            "trust.restore_pair" trust_restore_pair: Open, trust::restore_pair(RestorePair) -> Nothing;
            "trust.remove" trust_remove: Open, trust::remove(RemoveTrust) -> Nothing;
            "drafts.get" drafts_get: Open, drafts::get(Nothing) -> Drafts;
            "drafts.set" drafts_set: Open, drafts::set(SetDraft) -> Nothing;
            "orders.list" orders_list: Open, orders::list(ListOrders) -> OrdersPage [Orders, Alerts];
            "orders.get" orders_get: Open, orders::get(OneOrder) -> OrderDetail [Orders, Alerts];
            "orders.compare" orders_compare: Open, orders::compare(CompareOrder) -> Comparison [Orders, Buyers, Alerts, Trust];
            "orders.reveal" orders_reveal: Open, orders::reveal(OneOrder) -> OrderPlain;
            "orders.reveal_compared" orders_reveal_compared: Open, orders::reveal_compared(CompareOrder) -> RevealedComparison;
            "orders.identifiers" orders_identifiers: Open, orders::identifiers(OneOrder) -> OrderIdentifiers [Orders, Buyers];
            "messages.list" messages_list: Open, messages::list(ListMessages) -> Page<ConversationRow> [Orders, Alerts];
            "messages.get" messages_get: Open, messages::get(OneMessage) -> Conversation [Orders, Alerts];
            "messages.answered" messages_answered: Open, messages::answered(AnsweredElsewhere) -> Conversation;
            "files.pick_folder" files_pick_folder: Opened, files::pick_folder(Nothing) -> PickedFolder;
            "files.pick" files_pick: Opened, files::pick(PickFiles) -> PickedFiles;
            "folders.add" folders_add: Open, folders::add(AddFolder) -> FolderView;
            "folders.list" folders_list: Open, folders::list(Nothing) -> Folders [Imports];
            "folders.remove" folders_remove: Open, folders::remove(OneFolder) -> Nothing;
            "folders.test" folders_test: Open, folders::test(TestFolder) -> FolderTested;
            "mailboxes.presets" mailboxes_presets: Always, mailboxes::presets(Nothing) -> MailPresets;
            "mailboxes.add" mailboxes_add: Open, mailboxes::add(AddMailbox) -> MailboxView;
            "mailboxes.list" mailboxes_list: Open, mailboxes::list(Nothing) -> MailboxList [Imports];
            "mailboxes.remove" mailboxes_remove: Open, mailboxes::remove(OneMailbox) -> Nothing;
            "mailboxes.test" mailboxes_test: Open, mailboxes::test(TestMailbox) -> MailboxTested;
            "mailboxes.set_password" mailboxes_set_password: Open, mailboxes::set_password(SetMailboxPassword) -> Nothing;
            "mailboxes.set_auth_server" mailboxes_set_auth_server: Open, mailboxes::set_auth_server(SetMailboxAuthServer) -> Nothing;
            "mailboxes.retry" mailboxes_retry: Open, mailboxes::retry(OneMailbox) -> Nothing;
            "mappings.preview" mappings_preview: Open, mappings::preview(PreviewMapping) -> MappingPreview;
            "mappings.save" mappings_save: Open, mappings::save(SaveMapping) -> MappingView;
            "mappings.list" mappings_list: Open, mappings::list(Nothing) -> Mappings [Imports];
            "mappings.remove" mappings_remove: Open, mappings::remove(RemoveMapping) -> Nothing;
            "imports.start" imports_start: Open, imports::start(StartImports) -> StartedImports;
            "imports.cancel" imports_cancel: Open, imports::cancel(CancelJob) -> Nothing;
            "imports.list" imports_list: Open, imports::list(ListImports) -> Page<ImportRecord> [Imports];
            "imports.skipped" imports_skipped: Open, imports::skipped(ListSkipped) -> Page<SkippedRow> [Imports];
            "jobs.cancel" jobs_cancel: Open, jobs::cancel(CancelJob) -> Nothing;
            "jobs.list" jobs_list: Open, jobs::list(Nothing) -> Jobs [Imports];
            "lookup.find" lookup_find: Open, lookup::find(Find) -> Found [Buyers, Orders];
            "criteria.backtest" criteria_backtest: Open, criteria::backtest(BacktestClause) -> StartedJobs;
            "criteria.backtested" criteria_backtested: Open, criteria::backtested(OneBacktest) -> Backtested;
            "criteria.list" criteria_list: Open, criteria::list(Nothing) -> Criteria [Criteria];
            "phrases.list" phrases_list: Open, phrases::list(Nothing) -> PhrasesList [Criteria];
            "phrases.publish" phrases_publish: Open, phrases::publish(PublishPhrases) -> PhrasesList;
            "phrases.test" phrases_test: Open, phrases::test(TestPhrases) -> TestedPhrases;
            "journal.verify" journal_verify: Open, journal::verify(Nothing) -> JournalReport;
            "journal.accept_head" journal_accept_head: Open, journal::accept_head(AcceptHead) -> JournalReport;
            "journal.head" journal_head: Open, journal::head(Nothing) -> JournalHead [Journal];
        }
    };
}
pub(crate) use with_use_cases;

/// Every request and answer by its plain name, for the list above.
pub(crate) mod types {
    pub(crate) use crate::{
        Nothing,
        alerts::{
            OneAlert, dismiss::DismissAlert, handle::HandleAlert, list::ListAlerts,
            reveal::RevealedAlert, snooze::SnoozeAlert,
        },
        buyers::{
            OneBuyer,
            add::{AddBuyer, AddedBuyer},
            add_from_order::AddBuyerFromOrder,
            add_identifier::AddIdentifier,
            add_note::AddNote,
            check::{CheckIdentifiers, CheckedIdentifiers},
            compare::CompareBuyers,
            dismiss_duplicate::DismissDuplicate,
            duplicates::{Duplicates, FindDuplicates},
            list::{BuyersPage, ListBuyers},
            mark_shared::MarkShared,
            merge::MergeBuyers,
            remove_identifier::RemoveIdentifier,
            reveal::RevealedBuyer,
            unmerge::UnmergeBuyers,
        },
        criteria::{
            backtest::{BacktestClause, Backtested},
            backtested::OneBacktest,
            list::Criteria,
        },
        drafts::{get::Drafts, set::SetDraft},
        exhibits::{
            OneExhibit,
            add::{AddExhibits, AddedExhibits},
            annotate::AnnotateExhibit,
            export::{ExportExhibits, StartedExport},
            freeze_message::FreezeMessage,
            freeze_order::{FreezeOrder, FrozenOrder},
            guess::{GuessExhibits, GuessedFiles},
            keep_attachment::KeepAttachment,
            keep_frame::KeepFrame,
            link::LinkExhibit,
            list::{ExhibitsPage, ListExhibits},
            open::{OpenExhibit, OpenedExhibit},
            paste::PasteExhibit,
            readiness::Readiness,
            redact::RedactExhibit,
            remove::RemoveExhibit,
            set_kind::SetExhibitKind,
            start::{StartExhibits, StartedJobs},
            text::ExhibitText,
            verify::VerifyExhibits,
        },
        files::{
            pick::{PickFiles, PickedFiles},
            pick_folder::PickedFolder,
        },
        folders::{
            OneFolder,
            add::AddFolder,
            list::{FolderView, Folders},
            test::{FolderTested, TestFolder},
        },
        imports::{
            cancel::CancelJob,
            list::ListImports,
            skipped::ListSkipped,
            start::{StartImports, StartedImports},
        },
        incidents::{
            add::{AddIncident, AddedIncident},
            withdraw::WithdrawIncident,
        },
        jobs::list::Jobs,
        journal::accept_head::AcceptHead,
        listings::{
            add::AddedListing, approve::ApproveListing, decline::EndListing, gate::AskGate,
        },
        lookup::find::{Find, Found},
        mailboxes::{
            OneMailbox,
            add::AddMailbox,
            list::{MailboxList, MailboxView},
            presets::MailPresets,
            set_auth_server::SetMailboxAuthServer,
            set_password::SetMailboxPassword,
            test::{MailboxTested, TestMailbox},
        },
        mappings::{
            list::{MappingView, Mappings},
            preview::{MappingPreview, PreviewMapping},
            remove::RemoveMapping,
            save::SaveMapping,
        },
        messages::{
            OneMessage,
            answered::AnsweredElsewhere,
            get::Conversation,
            list::{ConversationRow, ListMessages},
        },
        orders::{
            OneOrder,
            compare::{CompareOrder, Comparison},
            identifiers::OrderIdentifiers,
            list::{ListOrders, OrdersPage},
            reveal::OrderPlain,
            reveal_compared::RevealedComparison,
        },
        overview::days::{AskDays, CoverageDays},
        page::Page,
        people::{add::AddPerson, list::People, switch::SwitchPerson},
        phrases::{
            list::PhrasesList,
            publish::PublishPhrases,
            test::{TestPhrases, TestedPhrases},
        },
        policy::set::ChangePolicy,
        retention::run::Purged,
        session::{
            change_passphrase::{ChangePassphrase, PassphraseChanged},
            create::{CreateVault, CreatedVault},
            load_sample::SampleLoading,
            save_kit::{KitSaved, SaveKit},
            strength::{EstimateStrength, Strength},
            touch::Touched,
            unlock::Unlock,
            unlock_recovery::UnlockRecovery,
        },
        settings::{Settings, set::ChangeSettings},
        signals::{
            OneSignal, SignalRow,
            accept::{AcceptSignal, AcceptedSignal},
            get::SignalDetail,
            list::ListSignals,
            reject::RejectSignal,
        },
        trust::{
            add::AddTrust,
            list::Trusts,
            pairs::DecidedPairs,
            reach::{AskReach, TrustReach},
            remove::RemoveTrust,
            restore_pair::RestorePair,
        },
        view::{
            AlertDetail, AlertRow, BuyerDetail, DuplicateView, ExhibitDetail, ExhibitView,
            GateView, ImportRecord, JournalHead, JournalReport, OrderDetail, Overview, PersonView,
            PolicyView, SessionState, SkippedRow, TrustView,
        },
    };
}

#[cfg(test)]
mod tests {
    macro_rules! names {
        ($($name:literal $function:ident: $gate:ident, $area:ident::$case:ident($input:ty) -> $output:ty $([$($tag:ident),*])?;)+) => {
            [$(($name, concat!(stringify!($area), ".", stringify!($case)), stringify!($function))),+]
        };
    }

    #[test]
    fn every_name_is_its_area_and_its_case() {
        for (name, path, function) in with_use_cases!(names) {
            assert_eq!(name, path);
            assert_eq!(name.replace('.', "_"), function);
        }
    }
}
