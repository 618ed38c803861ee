//! Kinds of fields that the user made (自定义字段类型): what a value of one may be.

use crate::domain::dates::PartialDate;

/// What a value of a user's field is (自定义字段类型).
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub enum ExtraKind {
    /// 文字
    #[default]
    Text,
    /// 数字, kept as written, with a point for decimals.
    Number,
    /// 日期, to the day, the month or the year.
    Date,
    /// 是或否
    YesNo,
    /// 选项: one of these.
    Choice(Vec<String>),
}

impl ExtraKind {
    /// The name in the file and in JSON; plain text has none.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Number => Some("number"),
            Self::Date => Some("date"),
            Self::YesNo => Some("yes_no"),
            Self::Choice(_) => Some("choice"),
        }
    }

    /// The kind of this name; `None` if there is none of it.
    pub fn from_name(name: Option<&str>, choices: Vec<String>) -> Option<Self> {
        match name {
            None | Some("text") => Some(Self::Text),
            Some("number") => Some(Self::Number),
            Some("date") => Some(Self::Date),
            Some("yes_no") => Some(Self::YesNo),
            Some("choice") => Some(Self::Choice(choices)),
            Some(_) => None,
        }
    }

    pub fn label(&self) -> &'static str {
        match self {
            Self::Text => "文字",
            Self::Number => "数字",
            Self::Date => "日期",
            Self::YesNo => "是否",
            Self::Choice(_) => "选项",
        }
    }

    pub fn choices(&self) -> Option<&[String]> {
        match self {
            Self::Choice(choices) => Some(choices),
            _ => None,
        }
    }

    /// The value as it is kept. Fails, saying what is wanted, where it is none of this kind.
    pub fn read(&self, text: &str) -> Result<String, String> {
        let text = text.trim();
        match self {
            Self::Text => Ok(text.to_owned()),
            Self::Number => {
                let plain = text.replace([',', '，'], "");
                let is_number = plain.parse::<f64>().is_ok_and(f64::is_finite);
                if is_number { Ok(plain) } else { Err("不是数字".to_owned()) }
            }
            Self::Date => match PartialDate::from_iso(&text.replace(['.', '/'], "-")) {
                Some(date) => Ok(date.to_string()),
                None => Err("不是日期（写成 2019-07-01、2019-07 或 2019）".to_owned()),
            },
            Self::YesNo => match text {
                "是" | "有" | "√" | "y" | "Y" | "1" => Ok("是".to_owned()),
                "否" | "无" | "×" | "n" | "N" | "0" => Ok("否".to_owned()),
                _ => Err("只能是“是”或“否”".to_owned()),
            },
            Self::Choice(choices) => {
                if choices.iter().any(|choice| choice == text) {
                    Ok(text.to_owned())
                } else {
                    Err(format!("不在选项里（{}）", choices.join("、")))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ExtraKind;

    #[test]
    fn a_value_is_read_by_its_kind_or_refused_with_what_is_wanted() {
        assert_eq!(ExtraKind::Number.read(" 1,200.5 "), Ok("1200.5".to_owned()));
        assert!(ExtraKind::Number.read("约三百").is_err());
        assert!(ExtraKind::Number.read("inf").is_err());
        assert_eq!(ExtraKind::Date.read("2019.07"), Ok("2019-07".to_owned()));
        assert!(ExtraKind::Date.read("2019-02-30").is_err());
        assert_eq!(ExtraKind::YesNo.read("√"), Ok("是".to_owned()));
        let size = ExtraKind::Choice(vec!["甲".into(), "乙".into()]);
        assert_eq!(size.read("乙"), Ok("乙".to_owned()));
        assert_eq!(size.read("丙"), Err("不在选项里（甲、乙）".to_owned()));
    }
}
