//! What a person said the columns of a list mean (栏目对照): kept in the workbook, known again by the heads.
//!
//! Knows nothing of files. Start at [`ImportLayout`].

use serde::{Deserialize, Serialize};

use super::imports::RosterKind;
use super::lists::ColumnField;
use super::values::{half_width, squeezed};

/// The heads of a list, with what a person said of them (栏目对照).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct ImportLayout {
    /// What it is called: the name of the file in which it was told.
    pub name: String,
    /// What kind of list it is; never none.
    pub kind: RosterKind,
    /// In the order of the sheet.
    pub heads: Vec<LayoutHead>,
}

/// A head of such a list (栏目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutHead {
    /// As written, without spaces; heads of two rows joined by `/`.
    pub head: String,
    /// None where the program is to find out by itself.
    pub means: Option<Meaning>,
}

/// What a person says that a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// 不取
    Nothing,
    /// 自留栏: kept under its head.
    Kept,
    /// A field of the kind of the list.
    Field(ColumnField),
}

impl Meaning {
    /// In the words of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "不取",
            Self::Kept => "自留栏",
            Self::Field(field) => field.label,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Nothing => "#nothing",
            Self::Kept => "#kept",
            Self::Field(field) => field.name,
        }
    }

    fn from_word(word: &str, kind: RosterKind) -> Option<Self> {
        match word {
            "#nothing" => Some(Self::Nothing),
            "#kept" => Some(Self::Kept),
            name => ColumnField::all(kind).into_iter().find(|field| field.name == name).map(Self::Field),
        }
    }
}

/// A layout as it stands in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    /// That of members where it is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    heads: Vec<WrittenHead>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHead {
    head: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    means: Option<String>,
}

impl From<ImportLayout> for Written {
    fn from(layout: ImportLayout) -> Self {
        let head = |LayoutHead { head, means }: LayoutHead| WrittenHead {
            head,
            means: means.map(|means| means.word().to_owned()),
        };
        Self {
            name: layout.name,
            kind: (layout.kind != RosterKind::Members).then(|| layout.kind.name().to_owned()),
            heads: layout.heads.into_iter().map(head).collect(),
        }
    }
}

impl TryFrom<Written> for ImportLayout {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let kind = match &written.kind {
            None => RosterKind::Members,
            Some(name) => {
                let found = RosterKind::ALL.into_iter().find(|kind| kind.name() == name);
                found.ok_or_else(|| format!("no kind {name}"))?
            }
        };
        let means = |word: &str| Meaning::from_word(word, kind).ok_or_else(|| format!("no field {word}"));
        let head = |WrittenHead { head, means: word }: WrittenHead| {
            Ok(LayoutHead { head, means: word.as_deref().map(means).transpose()? })
        };
        let heads = written.heads.into_iter().map(head).collect::<Result<_, String>>()?;
        Ok(Self { name: written.name, kind, heads })
    }
}

impl ImportLayout {
    /// The heads of a list of a kind, of which nothing has been said yet.
    pub fn of_heads<'h>(name: &str, kind: RosterKind, heads: impl Iterator<Item = &'h str>) -> Self {
        let head = |head: &str| LayoutHead { head: head.to_owned(), means: None };
        Self { name: name.to_owned(), kind, heads: heads.map(head).collect() }
    }

    /// The same heads of a list of another kind: what was said to be a field is open again.
    pub fn of_kind(mut self, kind: RosterKind) -> Self {
        if kind != self.kind {
            self.kind = kind;
            for head in self.heads.iter_mut().filter(|head| matches!(head.means, Some(Meaning::Field(_)))) {
                head.means = None;
            }
        }
        self
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

    /// In one line, for the diary: 「性质 → 人员类别、备用 → 不取」, 「谈心谈话台账：和谁 → 谈话对象」.
    pub fn in_words(&self) -> String {
        let told = self.heads.iter().filter_map(|head| Some(format!("{} → {}", head.head, head.means?.label())));
        let told = told.collect::<Vec<_>>().join("、");
        match (self.kind, told.as_str()) {
            (RosterKind::Members, told) if !told.is_empty() => told.to_owned(),
            (kind, "") => kind.label().to_owned(),
            (kind, told) => format!("{}：{told}", kind.label()),
        }
    }
}

/// A head as it is compared.
pub fn plain(head: &str) -> String {
    squeezed(&half_width(head)).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::Known;
    use crate::domain::lists::TalkField;

    fn layout() -> ImportLayout {
        let mut layout = ImportLayout::of_heads("名册", RosterKind::Members, ["姓名", "性质", "备用"].into_iter());
        layout.tell(1, Some(Meaning::Field(ColumnField::of(Known::Category))));
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
    #[test]
    fn a_layout_of_another_kind_tells_its_kind_and_only_the_fields_of_it() {
        let mut layout = layout().of_kind(RosterKind::Talks);
        assert_eq!(layout.in_words(), "谈心谈话台账：备用 → 不取", "a field of members is none of talks");
        layout.tell(0, Some(Meaning::Field(ColumnField::of(TalkField::Partners))));
        let kept = serde_json::to_string(&layout).expect("JSON");
        assert!(kept.starts_with(r#"{"name":"名册","kind":"talks","heads":[{"head":"姓名","means":"partners"}"#));
        assert_eq!(serde_json::from_str::<ImportLayout>(&kept).expect("a layout"), layout);
        for (right, wrong) in [("partners", "category"), ("talks", "none")] {
            assert!(serde_json::from_str::<ImportLayout>(&kept.replace(right, wrong)).is_err(), "{wrong}");
        }
    }
}
