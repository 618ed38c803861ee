//! How numbers stand in a text. Start at [`grouped`].

/// A number as people read it: `12,480` from ten thousand on.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if number < 10_000 {
        return digits;
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart_from_ten_thousand_on() {
        assert_eq!([0, 9_999, 12_480, 1_234_567].map(grouped), ["0", "9999", "12,480", "1,234,567"]);
    }
}
