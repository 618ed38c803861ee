//! Dates as people write them, read one by one.

use super::{Reach, day_in_text, partial_date_in_text, read_date, year_in_text, years_told};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;
use crate::domain::values::{CellKind, Context, Raw, Reading, Trouble, Value};

const TODAY: Day = Day::constant(2026, 11, 24);

fn typed(field: Known, text: &str) -> Reading {
    read_date(Reach::of(field), &Raw::typed(text), &Context::form(TODAY))
}

fn date(text: &str) -> Reading {
    Reading::Value(Value::Date(PartialDate::from_iso(text).expect("a date")))
}

fn number(value: f64, shown: &str) -> Reading {
    read_date(Reach::OF_AGE, &Raw { text: shown, kind: CellKind::Number(value) }, &Context::form(TODAY))
}

#[test]
fn every_style_keeps_its_precision() {
    for (text, iso) in [
        ("2019.07.01", "2019-07-01"),
        ("2019.7.1", "2019-07-01"),
        ("2019-07-01", "2019-07-01"),
        ("2019/7/1", "2019-07-01"),
        ("2019年7月1日", "2019-07-01"),
        ("2019 年 7 月 1 日", "2019-07-01"),
        ("2019年7月1号", "2019-07-01"),
        ("2019、7、1", "2019-07-01"),
        ("2019，7，1", "2019-07-01"),
        ("2019。7。1", "2019-07-01"),
        ("2019. 7. 1", "2019-07-01"),
        ("2019.7.1.", "2019-07-01"),
        ("20190701", "2019-07-01"),
        ("2019.0701", "2019-07-01"),
        ("２０１９．７．１", "2019-07-01"),
        ("2019-07-01 00:00:00", "2019-07-01"),
        ("2019-07-01T08:30", "2019-07-01"),
        ("2019/7/1 上午 8:30", "2019-07-01"),
        ("2019年7月", "2019-07"),
        ("2019.07", "2019-07"),
        ("2019.7", "2019-07"),
        ("2019-7", "2019-07"),
        ("2019/07", "2019-07"),
        ("07/2019", "2019-07"),
        ("201907", "2019-07"),
        ("2019.10", "2019-10"),
        ("2019.1", "2019-01"),
        ("1978.12（45岁）", "1978-12"),
        ("2019", "2019"),
        ("2019年", "2019"),
        ("43647", "2019-07-01"),
        ("一九八一年六月十日", "1981-06-10"),
        ("二〇一九年十一月二十三日", "2019-11-23"),
        ("二零一二年三月", "2012-03"),
        ("二OO九年元月", "2009-01"),
        ("一九七二年三月三十日", "1972-03-30"),
    ] {
        assert_eq!(typed(Known::Joined, text), date(iso), "{text}");
    }
}

#[test]
fn a_two_digit_year_is_the_one_a_living_member_can_have() {
    for (text, iso) in [
        ("98.7", "1998-07"),
        ("98.7.1", "1998-07-01"),
        ("71年7月", "1971-07"),
        ("98年", "1998"),
        ("19.7.1", "2019-07-01"),
        ("05.3", "2005-03"),
        ("980701", "1998-07-01"),
        ("98-07-01", "1998-07-01"),
    ] {
        assert_eq!(typed(Known::Joined, text), date(iso), "{text}");
    }
    assert_eq!(typed(Known::Birth, "18.5"), date("1918-05"));
    assert_eq!(typed(Known::Birth, "05.5"), date("2005-05"));
    // 114 or 14 years old: both can be.
    let both = ["1912-05", "2012-05"].map(|iso| Value::Date(PartialDate::from_iso(iso).expect("a date")));
    assert_eq!(typed(Known::Birth, "12.5"), Reading::Ambiguous(both.to_vec()));
}

#[test]
fn what_can_be_read_in_two_ways_is_a_question() {
    let both = |one: &str, two: &str| {
        Reading::Ambiguous([one, two].map(|iso| Value::Date(PartialDate::from_iso(iso).expect("a date"))).to_vec())
    };
    assert_eq!(number(2019.1, "2019.1"), both("2019-01", "2019-10"));
    assert_eq!(number(98.1, "98.1"), both("1998-01", "1998-10"));
    assert_eq!(typed(Known::Joined, "03/05/2003"), both("2003-05-03", "2003-03-05"));
    let in_csv = Context { lone_one_is_january: false, ..Context::form(TODAY) };
    assert_eq!(read_date(Reach::OF_AGE, &Raw::typed("2019.1"), &in_csv), both("2019-01", "2019-10"));
    assert_eq!(read_date(Reach::OF_AGE, &Raw::typed("2019-1"), &in_csv), date("2019-01"));
    assert_eq!(typed(Known::Joined, "25/12/2003"), date("2003-12-25"));
    assert_eq!(typed(Known::Joined, "05/05/2003"), date("2003-05-05"));
}

#[test]
fn a_number_means_what_its_cell_shows() {
    assert_eq!(number(2019.1, "2019.10"), date("2019-10"));
    assert_eq!(number(2019.01, "2019.01"), date("2019-01"));
    assert_eq!(number(2019.6, "2019.6"), date("2019-06"));
    assert_eq!(number(2019.0, "2019"), date("2019"));
    assert_eq!(number(201907.0, "201907"), date("2019-07"));
    assert_eq!(number(20190701.0, "20190701"), date("2019-07-01"));
    assert_eq!(number(43647.0, "43647"), date("2019-07-01"));
    assert_eq!(number(61.0, "61"), Reading::Refused(Trouble::DateUnreadable));
    assert_eq!(number(7.15, "7.15"), Reading::Refused(Trouble::DateUnreadable));
}

#[test]
fn impossible_dates_are_refused() {
    for text in
        ["2011年2月30日", "1987.13.5", "1991-06-31", "20190230", "2019.13", "2019.0", "201913", "3019.7", "13/13/2003"]
    {
        assert_eq!(typed(Known::Joined, text), Reading::Refused(Trouble::DateInvalid), "{text}");
    }
    for text in ["部队期间", "知青下乡时", "2019年上半年", "2019.7左右", "2019.7-2020.7", "1234567", "12"]
    {
        assert_eq!(typed(Known::Joined, text), Reading::Refused(Trouble::DateUnreadable), "{text}");
    }
    assert_eq!(typed(Known::Joined, "（不详）"), Reading::Nothing);
}

#[test]
fn a_month_and_a_day_of_a_talk_are_no_year_and_month() {
    let of_talk = |raw: &Raw<'_>| read_date(Reach::OF_TALKS, raw, &Context::form(TODAY));
    for text in ["10.5", "10月5日", "11.5", "12.3", "01.05", "3.20", "5月", "3/20", "2月11-12日", "3月5日下午3点"]
    {
        assert_eq!(of_talk(&Raw::typed(text)), Reading::Refused(Trouble::YearMissing), "{text}");
    }
    for value in [11.2, 3.21] {
        let raw = Raw { text: &value.to_string(), kind: CellKind::Number(value) };
        assert_eq!(of_talk(&raw), Reading::Refused(Trouble::YearMissing), "{value}");
    }
    for (text, iso) in [("24.3", "2024-03"), ("24.3.5", "2024-03-05"), ("2024.3", "2024-03"), ("24年3月", "2024-03")]
    {
        assert_eq!(of_talk(&Raw::typed(text)), date(iso), "{text}");
    }
    assert_eq!(of_talk(&Raw::typed("2月30日")), Reading::Refused(Trouble::DateInvalid));
    assert_eq!(read_date(Reach::RECENT, &Raw::typed("10.5"), &Context::form(TODAY)), date("2010-05"));
}

#[test]
fn a_cell_that_hides_its_year_has_one_all_the_same() {
    let held = |iso: &str| PartialDate::from_iso(iso).expect("a date");
    let read = |iso: &str, year| {
        let raw = Raw { text: "某日", kind: CellKind::YearHidden(held(iso)) };
        read_date(Reach::OF_TALKS, &raw, &Context { year, ..Context::form(TODAY) })
    };
    assert_eq!(read("2026-10-05", None), date("2026-10-05"));
    assert_eq!(read("2026-10-05", Some(2026)), date("2026-10-05"));
    let both = ["2025-01-15", "2026-01-15"].map(|iso| Value::Date(held(iso)));
    assert_eq!(read("2025-01-15", Some(2026)), Reading::Ambiguous(both.to_vec()), "the title tells another one");
    // Typed without a year in January of the year after: no talk is ahead.
    assert_eq!(read("2026-12-30", None), Reading::Refused(Trouble::YearMissing));
    assert_eq!(read("2026-12-30", Some(2025)), date("2025-12-30"));
}

#[test]
fn a_date_without_a_year_is_of_the_year_of_the_title() {
    let of_2024 = Context { year: Some(2024), ..Context::form(TODAY) };
    let typed = |text: &str| read_date(Reach::OF_TALKS, &Raw::typed(text), &of_2024);
    for (text, iso) in [
        ("1月16日", "2024-01-16"),
        ("1.16", "2024-01-16"),
        ("3.1", "2024-03-01"),
        ("11-11", "2024-11-11"),
        ("3月", "2024-03"),
        ("24.3.5", "2024-03-05"),
        ("24.3", "2024-03"),
        ("2023.12", "2023-12"),
        ("23年12月", "2023-12"),
        ("3月5日下午3点", "2024-03-05"),
    ] {
        assert_eq!(typed(text), date(iso), "{text}");
    }
    assert_eq!(typed("2月30日"), Reading::Refused(Trouble::DateInvalid));
    let days = ["2024-02-11", "2024-02-12"].map(|iso| Value::Date(PartialDate::from_iso(iso).expect("a date")));
    assert_eq!(typed("2月11、12日"), Reading::Ambiguous(days.to_vec()));
    let doubtful = |iso: &str, trouble| match date(iso) {
        Reading::Value(value) => Reading::Doubtful(value, trouble),
        reading => reading,
    };
    assert_eq!(typed("2月11-12日"), doubtful("2024-02-11", Trouble::SeveralDays));
    assert_eq!(typed("6月下旬"), doubtful("2024-06", Trouble::DayVague), "no day is made up");
    for text in ["2月30日-31日", "13月下旬"] {
        assert_eq!(typed(text), Reading::Refused(Trouble::DateInvalid), "{text}");
    }
    let number =
        |value: f64, shown| read_date(Reach::OF_TALKS, &Raw { text: shown, kind: CellKind::Number(value) }, &of_2024);
    let both = ["2024-03-01", "2024-03-10"].map(|iso| Value::Date(PartialDate::from_iso(iso).expect("a date")));
    assert_eq!(number(3.1, "3.1"), Reading::Ambiguous(both.to_vec()));
    assert_eq!(number(3.1, "3.10"), date("2024-03-10"));
    assert_eq!(number(1.16, "1.16"), date("2024-01-16"));
    assert_eq!(year_in_text("某局党支部2024年谈心谈话台账"), Some(2024));
    assert_eq!(year_in_text("谈话台账（2023—2024年度）"), None);
    assert_eq!(years_told("谈话台账（2023—2024年度）"), [2023, 2024]);
    assert_eq!((year_in_text("26年谈心谈话台账"), years_told("26年谈心谈话台账")), (None, vec![2026]));
    assert_eq!(year_in_text("第一党支部"), None);
    assert_eq!(year_in_text("第一党支部谈心谈话台账（二〇二六年）"), Some(2026));
}

#[test]
fn a_day_without_a_month_is_of_the_month_around_it() {
    let in_january = Context { year: Some(2025), month: Some(1), ..Context::form(TODAY) };
    let read = |kind, text: &str, context| read_date(Reach::OF_TALKS, &Raw { text, kind }, context);
    for text in ["15日", "15", "15号", "15日上午"] {
        assert_eq!(read(CellKind::Text, text, &in_january), date("2025-01-15"), "{text}");
    }
    assert_eq!(read(CellKind::Number(15.0), "15", &in_january), date("2025-01-15"));
    assert_eq!(read(CellKind::Text, "2月3日", &in_january), date("2025-02-03"), "this one tells its month");
    assert_eq!(read(CellKind::Text, "32日", &in_january), Reading::Refused(Trouble::DateInvalid));
    let of_no_year = Context { year: None, ..in_january };
    assert_eq!(read(CellKind::Text, "15日", &of_no_year), Reading::Refused(Trouble::YearMissing));
    assert_eq!(read(CellKind::Text, "15日", &Context::form(TODAY)), Reading::Refused(Trouble::DateUnreadable));
}

#[test]
fn a_date_is_found_in_a_title() {
    for (text, iso) in [
        ("填报单位：某支部　　填表时间：2024年3月15日", "2024-03-15"),
        ("（截至2024年3月15日）", "2024-03-15"),
        ("2024年度党员名册 填表日期：2024年3月", "2024-03"),
        ("填表时间：2024.03.15", "2024-03-15"),
    ] {
        assert_eq!(partial_date_in_text(text), PartialDate::from_iso(iso), "{text}");
    }
    assert_eq!(day_in_text("党员名册（2024年）"), None);
    assert_eq!(day_in_text("2024年3月"), Some(Day::constant(2024, 3, 1)));
}
