//! Amounts as whole ten-thousandths, for sorting and adding without rounding.

use buyerwatch_domain::Money;

/// Digits after the point that are kept.
const PLACES: usize = 4;

/// Ten-thousandths of a decimal text such as `119.00`; `None` if it is none or too large.
pub(super) fn ten_thousandths(amount: &str) -> Option<i64> {
    let amount = amount.trim();
    let (negative, digits) = match amount.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, amount),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut value: i64 = 0;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let places = fraction.bytes().chain(std::iter::repeat(b'0')).take(PLACES);
    for byte in whole.bytes().chain(places) {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(if negative { -value } else { value })
}

/// The sum of prices in one currency. A single price is given back as it is.
pub(super) fn total<'a>(prices: impl Iterator<Item = &'a Money>) -> Option<Money> {
    let mut prices = prices.peekable();
    let first = prices.next()?;
    if prices.peek().is_none() {
        return Some(first.clone());
    }
    let mut places = places_of(&first.amount);
    let mut sum = ten_thousandths(&first.amount)?;
    for price in prices {
        if price.currency != first.currency {
            return None;
        }
        places = places.max(places_of(&price.amount));
        sum = sum.checked_add(ten_thousandths(&price.amount)?)?;
    }
    Some(Money { amount: text(sum, places), currency: first.currency.clone() })
}

fn places_of(amount: &str) -> usize {
    amount.split_once('.').map_or(0, |(_, fraction)| fraction.len().min(PLACES))
}

fn text(value: i64, places: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let whole = value / 10_000;
    let fraction = format!("{:04}", value % 10_000);
    let shown = fraction.get(..places).unwrap_or_default();
    if shown.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_added_without_rounding() {
        for (text, value) in [
            ("119.00", Some(1_190_000)),
            ("0.1", Some(1_000)),
            ("-3.5", Some(-35_000)),
            ("1200", Some(12_000_000)),
            (".5", Some(5_000)),
            ("", None),
            (".", None),
            ("1,5", None),
            ("1.2.3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(ten_thousandths(text), value, "{text}");
        }
        let money = |amount: &str, currency: &str| Money {
            amount: amount.to_owned(),
            currency: currency.to_owned(),
        };
        let sum = |prices: &[Money]| total(prices.iter());
        assert_eq!(sum(&[]), None);
        assert_eq!(sum(&[money("7.1", "EUR")]), Some(money("7.1", "EUR")));
        assert_eq!(sum(&[money("0.10", "EUR"), money("0.20", "EUR")]), Some(money("0.30", "EUR")));
        assert_eq!(sum(&[money("980", "JPY"), money("20", "JPY")]), Some(money("1000", "JPY")));
        assert_eq!(sum(&[money("1", "EUR"), money("1", "USD")]), None);
    }
}
