//! What a person said the columns of a list mean (栏目对照): kept in the workbook, known again by the heads.
//!
//! Knows nothing of files. Start at [`ImportLayout`].

use serde::{Deserialize, Serialize};

use super::fields::Known;
use super::values::{half_width, squeezed};

/// The heads of a list, with what a person said of them (栏目对照).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportLayout {
    /// What it is called: the name of the file in which it was told.
    pub name: String,
    /// In the order of the sheet.
    pub heads: Vec<LayoutHead>,
}

/// A head of such a list (栏目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutHead {
    /// As written, without spaces; heads of two rows joined by `/`.
    pub head: String,
    /// None where the program is to find out by itself.
    #[serde(default, with = "words", skip_serializing_if = "Option::is_none")]
    pub means: Option<Meaning>,
}

/// What a person says that a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// 不取
    Nothing,
    /// 自留栏: kept under its head.
    Kept,
    Field(Known),
}

impl Meaning {
    /// In the words of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "不取",
            Self::Kept => "自留栏",
            Self::Field(key) => key.label(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Nothing => "#nothing",
            Self::Kept => "#kept",
            Self::Field(key) => key.spec().name,
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        match word {
            "#nothing" => Some(Self::Nothing),
            "#kept" => Some(Self::Kept),
            name => Known::from_name(name).map(Self::Field),
        }
    }
}

mod words {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use super::Meaning;

    #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub fn serialize<S: Serializer>(means: &Option<Meaning>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(means.map_or("", Meaning::word))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Meaning>, D::Error> {
        let word = String::deserialize(from)?;
        let means = Meaning::from_word(&word).ok_or_else(|| D::Error::custom(format!("no field {word}")))?;
        Ok(Some(means))
    }
}

impl ImportLayout {
    /// The heads of a list of which nothing has been said yet.
    pub fn of_heads<'h>(name: &str, heads: impl Iterator<Item = &'h str>) -> Self {
        let head = |head: &str| LayoutHead { head: head.to_owned(), means: None };
        Self { name: name.to_owned(), heads: heads.map(head).collect() }
    }

    /// Whether these are its heads, however they are spaced.
    pub fn is_of<'h>(&self, heads: impl Iterator<Item = &'h str>) -> bool {
        self.heads.iter().map(|head| plain(&head.head)).eq(heads.map(plain))
    }

    /// Whether another one is about the same heads.
    pub fn is_like(&self, other: &Self) -> bool {
        self.is_of(other.heads.iter().map(|head| head.head.as_str()))
    }

    /// Says what a column means; `None` leaves it to the program.
    pub fn tell(&mut self, place: usize, means: Option<Meaning>) {
        if let Some(head) = self.heads.get_mut(place) {
            head.means = means;
        }
    }

    /// How many columns a person spoke of.
    pub fn told(&self) -> usize {
        self.heads.iter().filter(|head| head.means.is_some()).count()
    }

    /// In one line, for the diary: 「性质 → 人员类别、备用 → 不取」.
    pub fn in_words(&self) -> String {
        let told = self.heads.iter().filter_map(|head| Some(format!("{} → {}", head.head, head.means?.label())));
        told.collect::<Vec<_>>().join("、")
    }
}

/// A head as it is compared.
pub fn plain(head: &str) -> String {
    squeezed(&half_width(head)).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> ImportLayout {
        let mut layout = ImportLayout::of_heads("名册", ["姓名", "性质", "备用"].into_iter());
        layout.tell(1, Some(Meaning::Field(Known::Category)));
        layout.tell(2, Some(Meaning::Nothing));
        layout
    }

    #[test]
    fn a_layout_is_known_by_its_heads_however_they_are_spaced() {
        assert!(layout().is_of(["姓\u{3000}名", "性质 ", "备\n用"].into_iter()));
        assert!(!layout().is_of(["姓名", "性质"].into_iter()));
        assert!(!layout().is_of(["姓名", "备用", "性质"].into_iter()));
    }

    #[test]
    fn a_layout_is_kept_by_the_names_of_fields_and_says_nothing_of_the_rest() {
        let kept = serde_json::to_string(&layout()).expect("JSON");
        assert_eq!(
            kept,
            r##"{"name":"名册","heads":[{"head":"姓名"},{"head":"性质","means":"category"},{"head":"备用","means":"#nothing"}]}"##
        );
        assert_eq!(serde_json::from_str::<ImportLayout>(&kept).expect("a layout"), layout());
        assert!(serde_json::from_str::<ImportLayout>(&kept.replace("category", "colour")).is_err());
        assert_eq!(layout().in_words(), "性质 → 人员类别、备用 → 不取");
    }
}
