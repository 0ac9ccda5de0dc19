//! Keeps a draft, or forgets it.

use crate::{ApiError, Nothing, Open, exhibits::is_note};
use buyerwatch_domain::Refusal;
use serde::Deserialize;
use ts_rs::TS;

/// Longest name of what a draft is about, in bytes.
const TARGET_LIMIT: usize = 200;
/// Longest draft, in bytes: several times what any field takes.
const CONTENT_LIMIT: usize = 65_536;

/// What to keep.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetDraft {
    /// What it is about.
    pub target: String,
    /// What was written; left out to forget it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub content: Option<String>,
}

pub(crate) fn run(open: &Open, request: SetDraft) -> Result<Nothing, ApiError> {
    let SetDraft { target, content } = request;
    let length = content.as_ref().map_or(0, String::len);
    for (field, bytes, limit) in
        [("target", target.len(), TARGET_LIMIT), ("content", length, CONTENT_LIMIT)]
    {
        if bytes > limit {
            return Err(Refusal::TooLong { field, limit }.into());
        }
    }
    // The program's own, and nothing that a window may write.
    if is_note(&target) {
        return Err(Refusal::NotFound("draft").into());
    }
    open.write_observations(|tx, stamp| {
        tx.set_draft(&target, content.as_deref(), stamp.at)?;
        Ok(Nothing {})
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        testing::{PASSPHRASE, fresh, secret},
    };

    #[test]
    fn a_draft_outlives_the_lock_and_goes_when_it_is_saved() {
        let bench = fresh(Manner::Unattended);
        let set = |target: &str, content: Option<&str>| {
            let content = content.map(str::to_owned);
            bench.desk.drafts_set(SetDraft { target: target.to_owned(), content })
        };
        let kept = || {
            let items = bench.desk.drafts_get(Nothing {}).unwrap().items;
            items.into_iter().map(|draft| (draft.target, draft.content)).collect::<Vec<_>>()
        };
        set("note:1", Some("Called twice")).unwrap();
        set("note:1", Some("Called three times")).unwrap();
        bench.desk.session_lock(Nothing {}).unwrap();
        assert_eq!(bench.desk.drafts_get(Nothing {}).unwrap_err().code, "locked");
        let unlock = crate::session::unlock::Unlock { passphrase: secret(PASSPHRASE) };
        bench.desk.session_unlock(unlock).unwrap();
        assert_eq!(kept(), [("note:1".to_owned(), "Called three times".to_owned())]);
        assert_eq!(set("note:2", Some(&"x".repeat(70_000))).unwrap_err().code, "too_long");
        assert_eq!(set(&"x".repeat(300), None).unwrap_err().code, "too_long");
        set("note:1", None).unwrap();
        assert!(kept().is_empty());
        for n in 0..210 {
            set(&format!("note:{n}"), Some("x")).unwrap();
        }
        assert_eq!(kept().len(), 200, "they do not pile up");
        assert!(bench.desk.open().unwrap().vault().rebuild_check().unwrap().ok);
    }
}
