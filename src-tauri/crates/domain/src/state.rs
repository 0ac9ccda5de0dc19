//! What a decision may look at.

use crate::{
    Alert, AlertId, Buyer, BuyerId, BuyerStatus, Criterion, Exhibit, ExhibitId, IdentifierKind,
    Listing, PairDecision, Person, PersonId, Policy, SeenOrder, SignalDecision, SignalId, Token,
    Trust, TrustId,
};

/// The recorded facts, as they stand inside the transaction that will record the decision.
pub trait State {
    /// Why the facts could not be read.
    type Error;

    /// A buyer with all that belongs to them and to those merged into them. One who was merged into
    /// another is read as that one; so for every method here that takes a buyer.
    ///
    /// # Errors
    /// When the store cannot be read; so for every method here.
    fn buyer(&self, id: BuyerId) -> Result<Option<Buyer>, Self::Error>;

    /// Whom a buyer is read as: themselves, unless they were merged into another one.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn holder(&self, buyer: BuyerId) -> Result<BuyerId, Self::Error>;

    /// Whether two buyers, as recorded, were told to be two people.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn told_apart(&self, one: BuyerId, other: BuyerId) -> Result<bool, Self::Error>;

    /// How a buyer stands, without all that belongs to them.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn buyer_status(&self, id: BuyerId) -> Result<Option<BuyerStatus>, Self::Error>;

    /// The newest listing of a buyer, whatever its state.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn newest_listing(&self, buyer: BuyerId) -> Result<Option<Listing>, Self::Error>;

    /// Every buyer with an incident, not withdrawn, that names the order.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn buyers_citing(&self, order_id: &str) -> Result<Vec<BuyerId>, Self::Error>;

    /// An exhibit, also one that was taken out.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn exhibit(&self, id: ExhibitId) -> Result<Option<Exhibit>, Self::Error>;

    /// Exhibits that were made from this one, also those that were taken out.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn exhibits_derived_from(&self, source: ExhibitId) -> Result<Vec<ExhibitId>, Self::Error>;

    /// The newest version of the criterion that holds the clause.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn criterion_of_clause(&self, clause: &str) -> Result<Option<Criterion>, Self::Error>;

    /// A version of the criterion that holds the clause, for what was decided under it.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn clause_at(&self, clause: &str, version: u32) -> Result<Option<Criterion>, Self::Error>;

    /// The newest published version of a criterion; 0 if there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn criterion_version(&self, code: &str) -> Result<u32, Self::Error>;

    /// The newest published version of the list of phrases of a language; 0 if there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn phrases_version(&self, language: &str) -> Result<u32, Self::Error>;

    /// The rules of the house.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn policy(&self) -> Result<Policy, Self::Error>;

    /// A member of the team.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn person(&self, id: PersonId) -> Result<Option<Person>, Self::Error>;

    /// An alert.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn alert(&self, id: AlertId) -> Result<Option<Alert>, Self::Error>;

    /// The surest alert that this order raised for this buyer.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn alert_on(&self, buyer: BuyerId, order: &SeenOrder) -> Result<Option<Alert>, Self::Error>;

    /// Every alert of a buyer, whatever its state.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn alerts_of(&self, buyer: BuyerId) -> Result<Vec<Alert>, Self::Error>;

    /// A "not this buyer" that still holds. Of several that people who were merged into one another
    /// have, the newest; it says whose it is. Only here one who was merged is asked about alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn pair(&self, buyer: BuyerId, identity: Token) -> Result<Option<PairDecision>, Self::Error>;

    /// What was decided on a signal and still holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn signal_decision(&self, id: SignalId) -> Result<Option<SignalDecision>, Self::Error>;

    /// A trust that still holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn trust(&self, id: TrustId) -> Result<Option<Trust>, Self::Error>;

    /// A trust that still holds for exactly this value.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn trust_of(&self, kind: IdentifierKind, value: &str) -> Result<Option<Trust>, Self::Error>;
}
