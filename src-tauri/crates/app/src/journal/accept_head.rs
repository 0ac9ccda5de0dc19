//! Accepts that a vault was put back to an earlier state, or that what was remembered outside it is
//! lost: from now on the record ends where it ends. The record says who accepted what.

use super::verify;
use crate::{ApiError, Nothing, Open, view::JournalReport};
use buyerwatch_domain::{Command, LostEnd};
use buyerwatch_vault::{Part, ProblemCode, VaultError};
use serde::Deserialize;
use ts_rs::TS;

/// Why the record may end where it ends.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptHead {
    /// What happened, for example that a backup was restored.
    pub reason: String,
}

/// Answers what checking the record finds afterwards. Nothing is recorded when nothing is missing.
pub(crate) fn run(open: &Open, request: AcceptHead) -> Result<JournalReport, ApiError> {
    let found = open.vault().verify_journal()?;
    let has = |code| found.problems.iter().any(|problem| problem.code == code);
    // An entry that is another one than was remembered is no restore: whoever accepts that would
    // take away the proof.
    if has(ProblemCode::ChainBroken) {
        return Err(VaultError::Damaged(Part::Journal).into());
    }
    if has(ProblemCode::TailCut) || has(ProblemCode::HeadLost) {
        let cut = found.problems.iter().filter(|problem| problem.code == ProblemCode::TailCut);
        let lost = cut
            .filter_map(|cut| Some(LostEnd { device: cut.device?.to_string(), seq: cut.seq? }))
            .collect();
        open.execute(Command::AcceptHead { lost, reason: request.reason })?;
        open.vault().accept_head()?;
    }
    verify::run(open, Nothing {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        testing::{Bench, fresh},
    };
    use buyerwatch_domain::IdentifierKind;

    fn accept(bench: &Bench, reason: &str) -> Result<JournalReport, ApiError> {
        bench.desk.journal_accept_head(AcceptHead { reason: reason.to_owned() })
    }

    fn codes(report: &JournalReport) -> Vec<&str> {
        report.problems.iter().map(|problem| problem.code.as_str()).collect()
    }

    #[test]
    fn a_restored_database_is_whole_again_once_a_person_accepted_it() {
        let bench = fresh(Manner::Unattended);
        let database = bench.desk.data_dir().join("vault.db");
        bench.desk.session_lock(Nothing {}).unwrap();
        let backup = std::fs::read(&database).unwrap();
        let after = bench.other(Manner::Unattended);
        after.add_buyer(&[(IdentifierKind::Phone, "+49 40 5550163")]);
        after.desk.session_lock(Nothing {}).unwrap();
        std::fs::write(&database, backup).unwrap();

        let restored = bench.other(Manner::Unattended);
        let found = restored.desk.journal_verify(Nothing {}).unwrap();
        assert_eq!(codes(&found), ["tail_cut"]);
        assert_eq!(accept(&restored, " ").unwrap_err().code, "empty");
        assert!(!restored.desk.journal_verify(Nothing {}).unwrap().ok);
        let accepted = accept(&restored, "Restored after a disk failure.").unwrap();
        assert!(accepted.ok, "{accepted:?}");
        assert_eq!(accepted.events, found.events + 1, "the record says so");

        // Nothing is left to accept, so nothing is recorded.
        let again = accept(&restored, "Again.").unwrap();
        assert_eq!((again.ok, again.events), (true, accepted.events));

        std::fs::remove_file(restored.desk.data_dir().join("head")).unwrap();
        let found = restored.desk.journal_verify(Nothing {}).unwrap();
        assert_eq!(codes(&found), ["head_lost"]);
        assert!(accept(&restored, "The file was deleted.").unwrap().ok);
    }
}
