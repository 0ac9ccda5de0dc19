//! One way of writing order IDs.

/// The order ID as marketplaces write it: plain digits and hyphens where a keyboard or a copied page
/// gave wide ones, no blanks, nothing invisible. An Amazon order ID whose hyphens were lost gets them
/// back. Letters keep their case: to some shops it matters.
///
/// What people enter is brought into this form, so that what belongs to one order is found under one
/// ID.
#[must_use]
pub fn order_id(written: &str) -> String {
    let plain = |c: char| match c {
        // Full-width forms stand in the same order as ASCII.
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{30FC}' => '-',
        _ => c,
    };
    let invisible = |c: &char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
    };
    let id: String = written.chars().filter(|c| !invisible(c)).map(plain).collect();
    // Three, seven and seven digits.
    match (id.len() == 17 && id.bytes().all(|b| b.is_ascii_digit()), id.get(..3), id.get(3..10)) {
        (true, Some(first), Some(second)) => {
            format!("{first}-{second}-{}", id.get(10..).unwrap_or_default())
        }
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::order_id;

    #[test]
    fn one_order_has_one_id_however_it_is_written() {
        for written in [
            "305-1234567-7654321",
            " 305-1234567-7654321\u{200B}",
            "305 – 1234567 – 7654321",
            "３０５－１２３４５６７－７６５４３２１",
            "305−1234567−7654321",
            "30512345677654321",
        ] {
            assert_eq!(order_id(written), "305-1234567-7654321", "{written}");
        }
    }

    #[test]
    fn other_ids_keep_their_letters_and_length() {
        for id in
            ["#1001", "gid-AbC", "S01-1234567-1234567", "123456789012345678", "12-34567-89012"]
        {
            assert_eq!(order_id(id), id);
        }
        assert_eq!(order_id(" \u{FEFF}"), "");
    }
}
