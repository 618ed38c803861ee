//! What can be wrong with a value (问题): a code for files and scripts, a sentence for people.

use crate::domain::identity::{self, IdFault};

/// Something is wrong or suspicious about what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// A number cell of 16 and more digits, or `1.1E+17`: the last digits are gone.
    IdDigitsLost,
    IdCheck,
    IdLength,
    /// The birth date in the ID number and the column disagree.
    IdBirth,
    /// The sex in the ID number and the column disagree.
    IdSex,
    DateInvalid,
    DateUnreadable,
    /// A day and a month of no year.
    YearMissing,
    /// Several days, of which the first is taken.
    SeveralDays,
    /// A part of a month.
    DayVague,
    /// Full member before joining, joined before 18, in the future.
    DateOrder,
    NameMissing,
    NameUnreadable,
    /// Not as long as a phone number is.
    PhoneBad,
    /// A phone number whose digits were lost.
    PhoneDigitsLost,
    NationUnknown,
    SexUnknown,
    EducationUnknown,
    /// Only a level that was not finished, or only a degree.
    EducationNotGraduated,
    CategoryUnknown,
    /// 群众, 共青团员, a democratic party: not a member, not a candidate for one.
    NotAMember,
    ChoiceUnknown,
    FeeUnreadable,
    CountUnreadable,
    Duplicate,
    ColumnsShifted,
    FormulaError,
    EncodingBroken,
    TotalMismatch,
    TextTooLong,
}

impl Trouble {
    /// The code in reports and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IdDigitsLost => "id_digits_lost",
            Self::IdCheck => "id_check",
            Self::IdLength => "id_length",
            Self::IdBirth => "id_birth",
            Self::IdSex => "id_sex",
            Self::DateInvalid => "date_invalid",
            Self::DateUnreadable => "date_unreadable",
            Self::YearMissing => "year_missing",
            Self::SeveralDays => "several_days",
            Self::DayVague => "day_vague",
            Self::DateOrder => "date_order",
            Self::NameMissing => "name_missing",
            Self::NameUnreadable => "name_unreadable",
            Self::PhoneBad | Self::PhoneDigitsLost => "phone_bad",
            Self::NationUnknown => "nation_unknown",
            Self::SexUnknown => "sex_unknown",
            Self::EducationUnknown | Self::EducationNotGraduated => "education_unknown",
            Self::CategoryUnknown => "category_unknown",
            Self::NotAMember => "not_a_member",
            Self::ChoiceUnknown => "choice_unknown",
            Self::FeeUnreadable => "fee_unreadable",
            Self::CountUnreadable => "count_unreadable",
            Self::Duplicate => "duplicate",
            Self::ColumnsShifted => "columns_shifted",
            Self::FormulaError => "formula_error",
            Self::EncodingBroken => "encoding_broken",
            Self::TotalMismatch => "total_mismatch",
            Self::TextTooLong => "text_too_long",
        }
    }

    /// Whether it is about a text that says something and gave no value: the text itself must not be lost.
    pub fn leaves_text(self) -> bool {
        matches!(
            self,
            Self::IdDigitsLost
                | Self::DateInvalid
                | Self::DateUnreadable
                | Self::YearMissing
                | Self::PhoneDigitsLost
                | Self::NationUnknown
                | Self::SexUnknown
                | Self::CategoryUnknown
                | Self::ChoiceUnknown
                | Self::FeeUnreadable
                | Self::CountUnreadable
        )
    }

    /// Whether it is about a text that says more than its value: the text itself must not be lost.
    pub fn keeps_text(self) -> bool {
        matches!(self, Self::SeveralDays | Self::DayVague)
    }

    /// What is wrong and what became of the value.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::IdDigitsLost => "身份证号存成了数字，末几位已经丢失，没有采用；请在原表中把该列设为文本后重新填写",
            Self::IdCheck => "身份证号的校验位或其中的出生日期不对，已按原样保留；请与证件核对",
            Self::IdLength => "身份证号不是 15 位或 18 位，已按原样保留；请与证件核对",
            Self::IdBirth => "身份证号中的出生日期与出生日期栏不一致，两者都已保留；请核对",
            Self::IdSex => "身份证号表示的性别与性别栏不一致，两者都已保留；请核对",
            Self::DateInvalid => "没有这一天，没有采用；请核对日期",
            Self::DateUnreadable => "看不出是哪一天，没有采用；请按“2019.07.01”或“2019.07”的样子填写",
            Self::YearMissing => "没有写年份，没有采用；请写明是哪一年",
            Self::SeveralDays => "写的是几天，记为第一天，原文记入备注",
            Self::DayVague => "没有写是哪一天，只记到月，原文记入备注",
            Self::DateOrder => "日期的先后不合理，已按原样保留；请核对",
            Self::NameMissing => "这一行没有姓名",
            Self::NameUnreadable => "姓名中有显示不出或不像姓名的字符，已按原样保留；请核对",
            Self::PhoneBad => "电话号码的位数不对，已按原样保留；请核对",
            Self::PhoneDigitsLost => "电话号码存成了科学计数，末几位已经丢失，没有采用",
            Self::NationUnknown => "不是 56 个民族之一，没有采用；请核对",
            Self::SexUnknown => "看不出是男是女，没有采用；请核对",
            Self::EducationUnknown => "看不出是哪一级学历，统计档次没有填；原文已保留",
            Self::EducationNotGraduated => "只写了学位或未毕业的学历，统计档次没有填；原文已保留",
            Self::CategoryUnknown => "看不出人员类别，没有采用；请核对",
            Self::NotAMember => "不是党员，也不是发展对象、入党积极分子或入党申请人",
            Self::ChoiceUnknown => "不是可选的写法之一，没有采用；请核对",
            Self::FeeUnreadable => "看不出金额，没有采用；请填写数字",
            Self::CountUnreadable => "看不出人数，没有采用；请填写数字",
            Self::Duplicate => "与前面的一行是同一个人",
            Self::ColumnsShifted => "这一行的内容像是左右错了格，除姓名外都没有采用；请在原表中改正",
            Self::FormulaError => "单元格里的公式出错，没有值",
            Self::EncodingBroken => "文字里有无法识别的字节；请核对这一行",
            Self::TotalMismatch => "合计的人数与表中的行数不一致",
            Self::TextTooLong => "文字过长，没有采用",
        }
    }

    /// Why nothing can be known from what a person has just typed; nothing of it is kept.
    pub fn refusal(self) -> &'static str {
        match self {
            Self::DateInvalid => "没有这一天",
            Self::DateUnreadable => "看不出是哪一天，写成 2019-07-01 或 2019-07",
            Self::YearMissing => "没有写年份",
            Self::NationUnknown => "不是 56 个民族之一",
            Self::SexUnknown => "看不出是男是女",
            Self::EducationUnknown | Self::EducationNotGraduated => "看不出是哪一级学历",
            Self::CategoryUnknown => "看不出是哪一种人员类别",
            Self::ChoiceUnknown => "不是可选的写法之一",
            Self::FeeUnreadable => "看不出金额",
            Self::IdDigitsLost | Self::PhoneDigitsLost => "末几位丢失了，请重新填写",
            Self::TextTooLong => "太长",
            other => other.sentence(),
        }
    }

    /// What is suspicious about a value that a person has just typed and that can be kept as it is.
    pub fn doubt(self, value: &str) -> &'static str {
        match self {
            Self::IdLength => "位数不对，可照存",
            Self::IdCheck if identity::fault(value) == Some(IdFault::BirthDate) => "号码中的出生日期不存在，可照存",
            Self::IdCheck => "校验位不符，可照存",
            Self::PhoneBad => "位数不对，可照存",
            Self::NameUnreadable => "有不像姓名的字符，可照存",
            Self::DateOrder => "先后不合理，可照存",
            other => other.sentence(),
        }
    }
}
