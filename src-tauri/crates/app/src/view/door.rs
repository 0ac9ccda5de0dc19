use buyerwatch_domain::Timestamp;
use buyerwatch_vault::DoorError;
use serde::Serialize;
use ts_rs::TS;

/// Something that went wrong at a mailbox or a watched folder. It stays as history when the door works
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DoorErrorView {
    /// Code of what went wrong.
    pub error: String,
    /// The file that it was about; `None` when it was the door itself.
    pub file: Option<String>,
    /// When it went wrong first.
    pub first_at: Timestamp,
    /// When it went wrong last.
    pub last_at: Timestamp,
    /// How often in a row.
    pub times: u32,
    /// When it worked again, or something else went wrong; `None` while it lasts.
    pub ended_at: Option<Timestamp>,
}

impl From<DoorError> for DoorErrorView {
    fn from(of: DoorError) -> Self {
        Self {
            error: of.error,
            file: (!of.subject.is_empty()).then_some(of.subject),
            first_at: of.first_at,
            last_at: of.last_at,
            times: of.times,
            ended_at: of.ended_at,
        }
    }
}
