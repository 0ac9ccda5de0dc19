//! What an argument rests on.

use crate::{Reason, ReasonField, ReasonNote};
use serde::{Deserialize, Serialize};

/// What decides whether two are one person: what a person asks first, and what would have to change
/// for another verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// An identifier that one person alone carries agrees.
    Identifier,
    /// Name and home agree.
    NameAndHome,
    /// Name and home agree, and many unrelated people share the home.
    CrowdedHome,
    /// The name agrees, and of the home a part: another flat, number, postcode or town.
    NameAndPart,
    /// The home agrees, and of the name a part: likely a household.
    Household,
    /// Of the name a part agrees, and of the home a part.
    InPart,
    /// The home agrees, and one side has no name.
    HomeWithoutName,
    /// The home agrees under another name.
    HomeAlone,
    /// The name agrees, the home does not.
    NameAlone,
    /// The only identifier that agrees is carried by many.
    SharedIdentifier,
    /// Something agrees, too little of it.
    TooLittle,
    /// Nothing agrees.
    Nothing,
}

impl Ground {
    /// What these lines of an argument amount to.
    #[must_use]
    pub fn of(reasons: &[Reason]) -> Self {
        use ReasonField as F;
        let is_id = |of: &&Reason| {
            matches!(of.field, F::Alias | F::MarketplaceId | F::Phone | F::UserName | F::OrderId)
        };
        let ids = || reasons.iter().filter(is_id);
        if ids().any(|of| of.weight > 0.0) {
            return Self::Identifier;
        }
        let name = Name::of(reasons);
        let home = Home::of(reasons);
        match (home, name) {
            (Home::Shared, Name::Agrees) => Self::CrowdedHome,
            (Home::Own, Name::Agrees) => Self::NameAndHome,
            (Home::Partly, Name::Agrees) => Self::NameAndPart,
            (Home::Own, Name::Partly) => Self::Household,
            (Home::Partly, Name::Partly) => Self::InPart,
            (Home::Own, Name::Missing) => Self::HomeWithoutName,
            (Home::Own | Home::Shared, _) => Self::HomeAlone,
            (Home::Elsewhere, Name::Agrees) => Self::NameAlone,
            _ if ids().any(|of| of.note == ReasonNote::Shared) => Self::SharedIdentifier,
            _ if reasons.iter().any(|of| of.weight > 0.0) => Self::TooLittle,
            _ => Self::Nothing,
        }
    }

    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::NameAndHome => "name_and_home",
            Self::CrowdedHome => "crowded_home",
            Self::NameAndPart => "name_and_part",
            Self::Household => "household",
            Self::InPart => "in_part",
            Self::HomeWithoutName => "home_without_name",
            Self::HomeAlone => "home_alone",
            Self::NameAlone => "name_alone",
            Self::SharedIdentifier => "shared_identifier",
            Self::TooLittle => "too_little",
            Self::Nothing => "nothing",
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Name {
    Agrees,
    Partly,
    Missing,
    Differs,
}

impl Name {
    fn of(reasons: &[Reason]) -> Self {
        use ReasonField as F;
        let of = |field: F| reasons.iter().filter(move |of| of.field == field);
        let agrees = |field: F| of(field).any(|of| of.weight > 0.0);
        let against = |field: F| of(field).any(|of| of.note == ReasonNote::Conflict);
        let set_apart = against(F::MiddleName) || of(F::Generation).any(|of| of.weight < 0.0);
        let whole = of(F::Name).any(|of| of.note == ReasonNote::Exact && of.weight > 0.0);
        // A Chinese, Japanese or Korean name is one.
        let family_alone = agrees(F::FamilyName)
            && of(F::GivenName).next().is_none()
            && of(F::MiddleName).next().is_none();
        if whole
            || ((family_alone || (agrees(F::FamilyName) && agrees(F::GivenName))) && !set_apart)
        {
            Self::Agrees
        } else if [F::Name, F::FamilyName, F::GivenName].into_iter().any(agrees) {
            Self::Partly
        } else if [F::Name, F::FamilyName, F::GivenName].into_iter().any(against) {
            Self::Differs
        } else {
            Self::Missing
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Home {
    /// One and the same, as far as both sides say.
    Own,
    /// On the whole alike, and not the same.
    Partly,
    Shared,
    Elsewhere,
}

impl Home {
    /// Bits at which street and number, or street and postcode, agree.
    const AGREES: f64 = 9.0;

    fn of(reasons: &[Reason]) -> Self {
        use ReasonField as F;
        let place = |of: &&Reason| {
            matches!(
                of.field,
                F::Address
                    | F::Street
                    | F::HouseNumber
                    | F::Unit
                    | F::Postcode
                    | F::City
                    | F::Country
            )
        };
        let places = || reasons.iter().filter(place);
        if places().any(|of| of.note == ReasonNote::Shared) {
            return Self::Shared;
        }
        let street =
            places().any(|of| matches!(of.field, F::Address | F::Street) && of.weight > 0.0);
        let sum: f64 = places().map(|of| of.weight).sum();
        let another = places().any(|of| {
            matches!(of.field, F::HouseNumber | F::Unit | F::Postcode | F::City)
                && of.note == ReasonNote::Conflict
        });
        match street {
            true if sum >= Self::AGREES && !another => Self::Own,
            true if sum > 0.0 => Self::Partly,
            _ => Self::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(field: ReasonField, note: ReasonNote, weight: f64) -> Reason {
        Reason { field, identifier: None, similarity: 0.0, weight, note }
    }

    #[test]
    fn every_ground_is_told_from_its_lines() {
        use ReasonField as F;
        use ReasonNote as N;
        let home = line(F::Street, N::Exact, 12.0);
        let away = line(F::Street, N::Conflict, -3.5);
        let flat = line(F::Unit, N::Conflict, -2.0);
        let no_flat = line(F::Unit, N::Missing, -0.5);
        let town = line(F::City, N::Conflict, -2.5);
        let code = line(F::Postcode, N::Conflict, -2.5);
        let number = line(F::HouseNumber, N::Conflict, -2.5);
        let street = line(F::Street, N::Exact, 2.0);
        let family = line(F::FamilyName, N::Exact, 11.0);
        let given = line(F::GivenName, N::Close, 6.0);
        let other = line(F::GivenName, N::Conflict, -7.0);
        let crowd = line(F::Street, N::Shared, -9.0);
        let shared = line(F::Phone, N::Shared, 0.0);
        for (lines, ground) in [
            (vec![line(F::Alias, N::Exact, 20.0), other.clone()], Ground::Identifier),
            (vec![home.clone(), family.clone(), given.clone()], Ground::NameAndHome),
            (vec![home.clone(), family.clone()], Ground::NameAndHome),
            (vec![home.clone(), crowd.clone(), family.clone(), given.clone()], Ground::CrowdedHome),
            (vec![home.clone(), family.clone(), other.clone()], Ground::Household),
            (
                vec![
                    home.clone(),
                    family.clone(),
                    given.clone(),
                    line(F::Generation, N::Missing, -3.0),
                ],
                Ground::Household,
            ),
            (vec![home.clone(), flat.clone(), family.clone(), given.clone()], Ground::NameAndPart),
            (vec![home.clone(), town.clone(), family.clone(), given.clone()], Ground::NameAndPart),
            (vec![home.clone(), code, family.clone(), given.clone()], Ground::NameAndPart),
            (vec![home.clone(), number, family.clone(), given.clone()], Ground::NameAndPart),
            (vec![home.clone(), no_flat, family.clone(), given.clone()], Ground::NameAndHome),
            // A street of this name is everywhere.
            (vec![street, town, family.clone(), given.clone()], Ground::NameAlone),
            (vec![home.clone(), flat.clone(), family.clone(), other.clone()], Ground::InPart),
            (vec![home.clone(), flat, other.clone()], Ground::TooLittle),
            (vec![home.clone()], Ground::HomeWithoutName),
            (vec![home.clone(), other.clone()], Ground::HomeAlone),
            (vec![away.clone(), family.clone(), given], Ground::NameAlone),
            (vec![away.clone(), shared], Ground::SharedIdentifier),
            (vec![away.clone(), family, other.clone()], Ground::TooLittle),
            (vec![away, other], Ground::Nothing),
        ] {
            assert_eq!(Ground::of(&lines), ground, "{lines:?}");
        }
    }
}
