//! What evidence was handled for, when nobody says it in their own words.

/// A purpose that the program knows by the place where something was done. The record of custody holds
/// its [`code`](Self::code), or the words of whoever told another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be kept as evidence.
    Evidence,
    /// To show an incident.
    Incident,
    /// To meet what a clause requires.
    Requirement,
    /// To stand where it belongs.
    Filing,
    /// To explain it.
    Remark,
    /// To look through what there is.
    Review,
    /// To be compared with another exhibit.
    Comparison,
    /// To hide personal data in a copy.
    Redaction,
    /// To be handed out.
    Handover,
    /// A check that somebody asked for.
    Asked,
    /// The quiet check that covers everything within thirty days.
    Scrub,
    /// A check because the same content came in again.
    Stored,
}

impl Purpose {
    /// Every purpose, in no order that means anything.
    pub const ALL: [Self; 12] = [
        Self::Evidence,
        Self::Incident,
        Self::Requirement,
        Self::Filing,
        Self::Remark,
        Self::Review,
        Self::Comparison,
        Self::Redaction,
        Self::Handover,
        Self::Asked,
        Self::Scrub,
        Self::Stored,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Incident => "incident",
            Self::Requirement => "requirement",
            Self::Filing => "filing",
            Self::Remark => "remark",
            Self::Review => "review",
            Self::Comparison => "comparison",
            Self::Redaction => "redaction",
            Self::Handover => "handover",
            Self::Asked => "asked",
            Self::Scrub => "scrub",
            Self::Stored => "stored",
        }
    }

    /// The purpose of this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// What somebody told, or else this.
    #[must_use]
    pub fn unless(self, told: Option<String>) -> Option<String> {
        let told = told.filter(|told| !told.trim().is_empty());
        Some(told.unwrap_or_else(|| self.code().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_stands_before_what_is_known_by_the_place() {
        assert_eq!(Purpose::Review.unless(None).as_deref(), Some("review"));
        assert_eq!(Purpose::Review.unless(Some("  ".into())).as_deref(), Some("review"));
        assert_eq!(Purpose::Review.unless(Some("claim 7".into())).as_deref(), Some("claim 7"));
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
        }
    }
}
