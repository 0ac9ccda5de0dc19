//! What a decision may look at, from the tables.

use crate::{Read, VaultError, Write};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, BuyerId, BuyerStatus, Criterion, Exhibit, ExhibitId, IdentifierKind,
    Listing, PairDecision, Person, PersonId, Policy, SeenOrder, SignalDecision, SignalId, State,
    Token, Trust, TrustId,
};

/// Both handles answer from the same queries.
macro_rules! state {
    ($handle:ident, |$it:ident| $read:expr) => {
        impl State for $handle<'_> {
            type Error = VaultError;

            fn buyer(&self, id: BuyerId) -> Result<Option<Buyer>, VaultError> {
                let $it = self;
                Read::buyer(&$read, id)
            }

            fn holder(&self, buyer: BuyerId) -> Result<BuyerId, VaultError> {
                let $it = self;
                Read::holder(&$read, buyer)
            }

            fn told_apart(&self, one: BuyerId, other: BuyerId) -> Result<bool, VaultError> {
                let $it = self;
                Read::told_apart(&$read, one, other)
            }

            fn buyer_status(&self, id: BuyerId) -> Result<Option<BuyerStatus>, VaultError> {
                let $it = self;
                Read::buyer_status(&$read, id)
            }

            fn newest_listing(&self, buyer: BuyerId) -> Result<Option<Listing>, VaultError> {
                let $it = self;
                Read::newest_listing(&$read, buyer)
            }

            fn buyers_citing(&self, order_id: &str) -> Result<Vec<BuyerId>, VaultError> {
                let $it = self;
                Read::buyers_citing(&$read, order_id)
            }

            fn exhibit(&self, id: ExhibitId) -> Result<Option<Exhibit>, VaultError> {
                let $it = self;
                Read::exhibit(&$read, id)
            }

            fn exhibits_derived_from(
                &self,
                source: ExhibitId,
            ) -> Result<Vec<ExhibitId>, VaultError> {
                let $it = self;
                Read::exhibits_derived_from(&$read, source)
            }

            fn criterion_of_clause(&self, clause: &str) -> Result<Option<Criterion>, VaultError> {
                let $it = self;
                Read::criterion_of_clause(&$read, clause)
            }

            fn clause_at(
                &self,
                clause: &str,
                version: u32,
            ) -> Result<Option<Criterion>, VaultError> {
                let $it = self;
                Read::clause_at(&$read, clause, version)
            }

            fn criterion_version(&self, code: &str) -> Result<u32, VaultError> {
                let $it = self;
                Read::criterion_version(&$read, code)
            }

            fn phrases_version(&self, language: &str) -> Result<u32, VaultError> {
                let $it = self;
                Read::phrases_version(&$read, language)
            }

            fn policy(&self) -> Result<Policy, VaultError> {
                let $it = self;
                Read::policy(&$read)
            }

            fn person(&self, id: PersonId) -> Result<Option<Person>, VaultError> {
                let $it = self;
                Read::person(&$read, id)
            }

            fn alert(&self, id: AlertId) -> Result<Option<Alert>, VaultError> {
                let $it = self;
                Read::alert(&$read, id)
            }

            fn alert_on(
                &self,
                buyer: BuyerId,
                order: &SeenOrder,
            ) -> Result<Option<Alert>, VaultError> {
                let $it = self;
                Read::alert_on(&$read, buyer, order)
            }

            fn alerts_of(&self, buyer: BuyerId) -> Result<Vec<Alert>, VaultError> {
                let $it = self;
                Read::alerts_of_buyer(&$read, buyer)
            }

            fn pair(
                &self,
                buyer: BuyerId,
                identity: Token,
            ) -> Result<Option<PairDecision>, VaultError> {
                let $it = self;
                Read::pair(&$read, buyer, identity)
            }

            fn signal_decision(&self, id: SignalId) -> Result<Option<SignalDecision>, VaultError> {
                let $it = self;
                Read::signal_decision(&$read, id)
            }

            fn trust(&self, id: TrustId) -> Result<Option<Trust>, VaultError> {
                let $it = self;
                Read::trust(&$read, id)
            }

            fn trust_of(
                &self,
                kind: IdentifierKind,
                value: &str,
            ) -> Result<Option<Trust>, VaultError> {
                let $it = self;
                Read::trust_of(&$read, kind, value)
            }
        }
    };
}

state!(Read, |handle| *handle);
state!(Write, |handle| handle.read());
