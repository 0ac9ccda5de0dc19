//! Which phrases together are a finding.

use crate::Class;

/// What a text was found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A bad review, or the change of one, made the condition for a benefit.
    ReviewThreat,
    /// An insult of a person.
    Insult,
    /// A threat of violence, of harassment, or to publish personal data. Legal steps, a chargeback
    /// or a complaint to an authority are none.
    Threat,
    /// An invitation to talk or to pay outside the marketplace.
    OffPlatform,
    /// An attempt to get at credentials, codes or bank data.
    Phishing,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::ReviewThreat, Self::Insult, Self::Threat, Self::OffPlatform, Self::Phishing];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReviewThreat => "review_threat",
            Self::Insult => "insult",
            Self::Threat => "threat",
            Self::OffPlatform => "off_platform",
            Self::Phishing => "phishing",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Code of the shipped clause that such a text may fall under. Lures and phishing fall under
    /// none: they are a warning to the team.
    #[must_use]
    pub const fn clause(self) -> Option<&'static str> {
        match self {
            Self::ReviewThreat => Some("REVIEW_EXTORTION"),
            Self::Insult | Self::Threat => Some("ABUSIVE_LANGUAGE"),
            Self::OffPlatform | Self::Phishing => None,
        }
    }
}

/// Phrases of several classes near one another.
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    /// One phrase of each; the first is the centre from which distance is measured.
    pub(crate) all: &'static [Class],
    /// They may stand in three sentences that follow one another.
    pub(crate) next_sentence: bool,
    /// Words (or characters of Chinese and Japanese) between the centre and each other phrase.
    pub(crate) reach: u32,
    /// They stand alone in the sentence, or between commas.
    pub(crate) alone: bool,
    /// A phrase of one of these classes in the same sentence makes the text a harmless one.
    pub(crate) unless: &'static [Class],
}

pub(crate) const RULES: &[Rule] = &[
    rule(Kind::ReviewThreat, &[Class::ReviewThreat], false, 0, &[Class::FairReview, Class::Praise]),
    rule(
        Kind::ReviewThreat,
        &[Class::BadReview, Class::Benefit, Class::Condition],
        false,
        40,
        &[Class::FairReview, Class::Praise, Class::PastReview],
    ),
    rule(
        Kind::ReviewThreat,
        &[Class::UndoReview, Class::Benefit, Class::Condition],
        false,
        40,
        &[Class::FairReview, Class::Praise],
    ),
    rule(
        Kind::ReviewThreat,
        &[Class::ReviewPressure, Class::Benefit],
        true,
        40,
        &[Class::FairReview, Class::Praise],
    ),
    rule(
        Kind::ReviewThreat,
        &[Class::BadReview, Class::Benefit, Class::Otherwise],
        true,
        40,
        &[Class::FairReview, Class::Praise, Class::PastReview],
    ),
    rule(Kind::ReviewThreat, &[Class::ElseReview], false, 0, &[Class::FairReview, Class::Praise]),
    rule(
        Kind::ReviewThreat,
        &[Class::PastReview, Class::UndoIt, Class::Benefit],
        true,
        40,
        &[Class::FairReview, Class::Praise],
    ),
    // "You saw my one star? It disappears once a new one comes."
    rule(
        Kind::ReviewThreat,
        &[Class::BadReview, Class::UndoIt, Class::Benefit],
        true,
        40,
        &[Class::FairReview, Class::Praise],
    ),
    // "Another one for free, and I leave five stars."
    rule(
        Kind::ReviewThreat,
        &[Class::GoodReview, Class::Extra],
        true,
        30,
        &[Class::FairReview, Class::PastReview],
    ),
    rule(Kind::Insult, &[Class::Insult], false, 0, &[Class::FairInsult, Class::FairOthers]),
    rule(
        Kind::Insult,
        &[Class::InsultWord, Class::Staff],
        false,
        8,
        &[Class::FairInsult, Class::FairOthers],
    ),
    // "Idiots!"
    Rule {
        alone: true,
        ..rule(
            Kind::Insult,
            &[Class::InsultWord],
            false,
            0,
            &[Class::FairInsult, Class::FairOthers],
        )
    },
    rule(Kind::Threat, &[Class::Threat], false, 0, &[Class::FairThreat]),
    rule(
        Kind::Threat,
        &[Class::Violence, Class::Target, Class::Intent],
        false,
        10,
        &[Class::FairThreat],
    ),
    rule(Kind::Threat, &[Class::PrivateData, Class::Exposure], true, 20, &[Class::FairThreat]),
    // A false report, for money.
    rule(Kind::Threat, &[Class::Invention, Class::Authority], true, 40, &[Class::FairThreat]),
    rule(Kind::OffPlatform, &[Class::OffPlatform], false, 0, &[Class::FairContact]),
    rule(Kind::OffPlatform, &[Class::Evasion, Class::Payment], true, 20, &[Class::FairContact]),
    rule(Kind::OffPlatform, &[Class::Messenger, Class::Invite], true, 10, &[Class::FairContact]),
    rule(Kind::Phishing, &[Class::Phishing], false, 0, &[Class::FairPhishing]),
    rule(Kind::Phishing, &[Class::Alarm, Class::Secret], true, 30, &[Class::FairPhishing]),
    rule(Kind::Phishing, &[Class::CodeSent, Class::HandOver], true, 20, &[Class::FairPhishing]),
];

const fn rule(
    kind: Kind,
    all: &'static [Class],
    next_sentence: bool,
    reach: u32,
    unless: &'static [Class],
) -> Rule {
    Rule { kind, all, next_sentence, reach, alone: false, unless }
}
