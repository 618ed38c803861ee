//! Numbers that must not be calculated with: identity numbers, phone numbers; and money.

use super::words::{half_width, squeezed, without_brackets};
use super::{CellKind, Raw, Reading, Trouble, Value};
use crate::domain::identity::{self, IdFault};

/// From here on a spreadsheet no longer keeps the last digits (15 are exact).
pub(super) const DIGITS_LOST_FROM: f64 = 1e15;

/// A citizen's identity number (公民身份号码). Warned about, never blocked, never repaired where digits are lost.
pub(super) fn read_id_number(raw: &Raw<'_>) -> Reading {
    if let CellKind::Number(value) = raw.kind {
        if value.abs() >= DIGITS_LOST_FROM {
            return Reading::Refused(Trouble::IdDigitsLost);
        }
        return checked_id(&format!("{value:.0}"));
    }
    let text = half_width(raw.text);
    if text.contains('*') {
        return Reading::Masked;
    }
    if is_scientific(&squeezed(&text)) {
        return Reading::Refused(Trouble::IdDigitsLost);
    }
    checked_id(&text)
}

fn checked_id(text: &str) -> Reading {
    let number = identity::normalised(text);
    if number.is_empty() {
        return Reading::Nothing;
    }
    let trouble = match identity::fault(&number) {
        None => return Reading::Value(Value::Text(number)),
        Some(IdFault::Length) => Trouble::IdLength,
        Some(IdFault::CheckDigit | IdFault::BirthDate) => Trouble::IdCheck,
    };
    Reading::Doubtful(Value::Text(number), trouble)
}

/// `1.1E+17`: a number that was cut.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// Phone numbers (联系电话): digits, and `-` of a fixed line; two numbers joined by `、`.
pub(super) fn read_phone(raw: &Raw<'_>) -> Reading {
    if let CellKind::Number(value) = raw.kind {
        if value.fract() != 0.0 || value.abs() >= DIGITS_LOST_FROM {
            return Reading::Refused(Trouble::PhoneDigitsLost);
        }
        return phones(&format!("{value:.0}"));
    }
    let text = half_width(raw.text);
    if text.contains('*') {
        return Reading::Masked;
    }
    let bare = squeezed(&text);
    if is_scientific(&bare) {
        return match exact_integer(&bare) {
            Some(digits) => phones(&digits),
            None => Reading::Refused(Trouble::PhoneDigitsLost),
        };
    }
    phones(&text)
}

/// The integer that `1.3812345678E+10` exactly is; none where digits were cut.
fn exact_integer(scientific: &str) -> Option<String> {
    let (digits, exponent) = scientific.split_once(['E', 'e'])?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    (fraction.len() == exponent && whole.len() == 1).then(|| format!("{whole}{fraction}"))
}

fn phones(text: &str) -> Reading {
    let mut numbers: Vec<String> = Vec::new();
    let mut bad = false;
    for part in text.split(['、', '/', ',', ';', '\n', '\\', '|', '和', '或']) {
        for number in numbers_in(part) {
            bad |= !is_phone(&number);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    if numbers.is_empty() {
        // Words where a number should be.
        return Reading::Doubtful(Value::Text(squeezed(text)), Trouble::PhoneBad);
    }
    let value = Value::Text(numbers.join("、"));
    if bad { Reading::Doubtful(value, Trouble::PhoneBad) } else { Reading::Value(value) }
}

/// The numbers of one part. Spaces split it only where each piece is a number by itself.
fn numbers_in(part: &str) -> Vec<String> {
    let pieces: Vec<String> = part.split_whitespace().map(plain_number).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() > 1 && pieces.iter().all(|piece| is_phone(piece)) {
        return pieces;
    }
    let whole = plain_number(part);
    if whole.is_empty() { Vec::new() } else { vec![whole] }
}

/// Digits, and `-` after an area code or before an extension.
fn plain_number(part: &str) -> String {
    let bare = squeezed(part);
    let bare = bare.strip_suffix(".0").unwrap_or(&bare);
    let bare = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086")).unwrap_or(bare).trim_start_matches('-');
    let text = match bare.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        // (0571)88001234
        Some((area, rest)) if area.bytes().all(|byte| byte.is_ascii_digit()) => format!("{area}-{rest}"),
        _ => without_brackets(bare),
    };
    let text: String = text
        .chars()
        .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '转') { '-' } else { c })
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if is_mobile(&digits) { digits } else { text.trim_matches('-').to_owned() }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1')
}

fn is_phone(number: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match number.split('-').collect::<Vec<_>>()[..] {
        [one] => {
            is_mobile(one)
                || matches!(one.len(), 7 | 8)
                || (one.starts_with('0') && matches!(one.len(), 10..=12))
                || one.starts_with("400") && one.len() == 10
        }
        [area, local] if area.starts_with('0') => {
            matches!(area.len(), 3 | 4) && matches!(local.len(), 7 | 8) && digits(local)
        }
        [local, extension] => matches!(local.len(), 7 | 8) && matches!(extension.len(), 1..=5),
        [area, local, extension] => {
            area.starts_with('0')
                && matches!(area.len(), 3 | 4)
                && matches!(local.len(), 7 | 8)
                && matches!(extension.len(), 1..=5)
        }
        _ => false,
    }
}

/// Money in yuan with two decimals (党费).
pub(super) fn read_money(raw: &Raw<'_>) -> Reading {
    let cents = match raw.kind {
        CellKind::Number(value) => cents_of(value),
        _ => {
            let text: String =
                squeezed(&half_width(raw.text)).chars().filter(|c| !matches!(c, ',' | '¥' | '￥')).collect();
            let text = without_brackets(&text);
            let text = text.strip_suffix("/月").unwrap_or(&text);
            let text = text.trim_end_matches('整');
            let text = text.strip_suffix("元").or_else(|| text.strip_suffix("RMB")).unwrap_or(text);
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            plain.then(|| text.parse().ok()).flatten().and_then(cents_of)
        }
    };
    match cents {
        Some(cents) => Reading::text(format!("{}.{:02}", cents / 100, cents % 100)),
        None => Reading::Refused(Trouble::FeeUnreadable),
    }
}

fn cents_of(yuan: f64) -> Option<u64> {
    let cents = (yuan * 100.0).round();
    // Far above any due; below it every cent is exact.
    (0.0..1e13).contains(&cents).then_some(cents as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> Raw<'static> {
        Raw { text: "", kind: CellKind::Number(value) }
    }

    #[test]
    fn an_id_number_whose_digits_are_lost_is_refused() {
        for raw in [
            number(1.100_001_995_100_83e17),
            number(110_000_190_001_010_000.0),
            Raw::typed("1.10000198606213E+17"),
            Raw::typed("1.1E+17"),
        ] {
            assert_eq!(read_id_number(&raw), Reading::Refused(Trouble::IdDigitsLost), "{raw:?}");
        }
    }

    #[test]
    fn an_id_number_is_kept_and_its_faults_are_told() {
        let doubtful = |text: &str, trouble| Reading::Doubtful(Value::Text(text.into()), trouble);
        assert_eq!(read_id_number(&Raw::typed("110000 19000101 0012")), Reading::text("110000190001010012"));
        assert_eq!(read_id_number(&Raw::typed("'11000019000101008x")), Reading::text("11000019000101008X"));
        assert_eq!(read_id_number(&number(110_000_000_101_001.0)), Reading::text("110000190001010012"));
        assert_eq!(read_id_number(&Raw::typed("110000190001010013")), doubtful("110000190001010013", Trouble::IdCheck));
        assert_eq!(read_id_number(&Raw::typed("11000019000229001X")), doubtful("11000019000229001X", Trouble::IdCheck));
        assert_eq!(read_id_number(&Raw::typed("11000019000101001")), doubtful("11000019000101001", Trouble::IdLength));
        assert_eq!(read_id_number(&Raw::typed("110000********0012")), Reading::Masked);
        assert_eq!(read_id_number(&Raw::typed("110000＊＊＊＊＊＊＊＊0012")), Reading::Masked);
    }

    #[test]
    fn phones_are_digits() {
        for (text, phone) in [
            ("138 0000 0000", "13800000000"),
            ("138-0000-0000", "13800000000"),
            ("13800000000.0", "13800000000"),
            ("+86 13800000000", "13800000000"),
            ("0318-5550932", "0318-5550932"),
            ("(0318)5550932", "0318-5550932"),
            ("5551208", "5551208"),
            ("13800000000/0318-5550932", "13800000000、0318-5550932"),
            ("13800000000\n13900000000", "13800000000、13900000000"),
            ("13800000000 13900000000", "13800000000、13900000000"),
            ("13800 000000", "13800000000"),
            ("１３８００００００００", "13800000000"),
            ("13800000000（办）", "13800000000"),
            ("1.3812345678E+10", "13812345678"),
            ("0318-5550932-12", "0318-5550932-12"),
        ] {
            let reading = read_phone(&Raw::typed(text));
            assert_eq!(reading.value().map(Value::text).as_deref(), Some(phone), "{text}");
        }
        assert_eq!(read_phone(&number(13_800_000_000.0)), Reading::text("13800000000"));
        assert_eq!(read_phone(&Raw::typed("1.38E+10")), Reading::Refused(Trouble::PhoneDigitsLost));
        assert_eq!(read_phone(&Raw::typed("138****0000")), Reading::Masked);
        assert_eq!(
            read_phone(&Raw::typed("1391822816")),
            Reading::Doubtful(Value::Text("1391822816".into()), Trouble::PhoneBad)
        );
    }

    #[test]
    fn money_has_two_decimals() {
        for (text, money) in [
            ("10", "10.00"),
            ("3.5元", "3.50"),
            ("62.50", "62.50"),
            ("¥1,200", "1200.00"),
            ("0", "0.00"),
            ("5元/月", "5.00"),
        ] {
            assert_eq!(read_money(&Raw::typed(text)), Reading::text(money), "{text}");
        }
        assert_eq!(read_money(&number(12.8)), Reading::text("12.80"));
        assert_eq!(read_money(&Raw::typed("免交")), Reading::Refused(Trouble::FeeUnreadable));
    }
}
