//! How national telephone numbers are written, for the countries that orders come from.

use super::country::Country;

/// One country's way of writing national numbers.
pub(crate) struct Plan {
    pub country: Country,
    /// Country calling code.
    pub code: &'static str,
    /// Digit dialled before a national number and left out of the international one.
    pub trunk: Option<char>,
    /// Digits of the national significant number.
    pub digits: std::ops::RangeInclusive<usize>,
}

const fn plan(
    country: &str,
    code: &'static str,
    trunk: Option<char>,
    least: usize,
    most: usize,
) -> Plan {
    Plan { country: Country::new(country), code, trunk, digits: least..=most }
}

const ZERO: Option<char> = Some('0');

/// ITU-T E.164 country codes with the trunk prefix and the possible lengths of national numbers
/// (national numbering plans; libphonenumber agrees, see the test).
pub(crate) const PLANS: &[Plan] = &[
    plan("US", "1", Some('1'), 10, 10),
    plan("CA", "1", Some('1'), 10, 10),
    plan("PR", "1", Some('1'), 10, 10),
    plan("MX", "52", None, 10, 10),
    plan("BR", "55", ZERO, 10, 11),
    plan("DE", "49", ZERO, 6, 12),
    plan("AT", "43", ZERO, 6, 13),
    plan("CH", "41", ZERO, 9, 9),
    plan("GB", "44", ZERO, 9, 10),
    plan("IE", "353", ZERO, 7, 9),
    plan("FR", "33", ZERO, 9, 9),
    plan("BE", "32", ZERO, 8, 9),
    plan("NL", "31", ZERO, 9, 9),
    plan("LU", "352", None, 6, 11),
    plan("IT", "39", None, 6, 11),
    plan("ES", "34", None, 9, 9),
    plan("PT", "351", None, 9, 9),
    plan("PL", "48", None, 9, 9),
    plan("CZ", "420", None, 9, 9),
    plan("SE", "46", ZERO, 7, 10),
    plan("DK", "45", None, 8, 8),
    plan("NO", "47", None, 8, 8),
    plan("FI", "358", ZERO, 6, 11),
    plan("GR", "30", None, 10, 10),
    plan("TR", "90", ZERO, 10, 10),
    plan("AE", "971", ZERO, 8, 9),
    plan("SA", "966", ZERO, 9, 9),
    plan("EG", "20", ZERO, 8, 10),
    plan("IN", "91", ZERO, 10, 10),
    plan("JP", "81", ZERO, 9, 10),
    plan("CN", "86", ZERO, 9, 11),
    plan("TW", "886", ZERO, 8, 9),
    plan("KR", "82", ZERO, 8, 10),
    plan("AU", "61", ZERO, 9, 9),
    plan("NZ", "64", ZERO, 8, 10),
    plan("SG", "65", None, 8, 8),
    plan("HK", "852", None, 8, 8),
    plan("ZA", "27", ZERO, 9, 9),
];

/// The plan of a country.
pub(crate) fn of_country(country: Country) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.country == country)
}

/// The plan and the rest of international digits. No calling code is the beginning of another.
pub(crate) fn of_digits(digits: &str) -> Option<(&'static Plan, &str)> {
    PLANS.iter().find_map(|plan| Some((plan, digits.strip_prefix(plan.code)?)))
}
