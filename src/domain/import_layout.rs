//! What a person said the columns of a list mean (栏目对照): kept in the workbook, known again by the heads.
//!
//! Knows nothing of files. Start at [`ImportLayout`].

use serde::{Deserialize, Serialize};

use super::imports::RosterKind;
use super::lists::ColumnField;
use super::values::{half_width, squeezed};

/// What a column without a head is called.
pub const HEADLESS: &str = "（无表头）";

/// Over how many rows heads can go that a person points at.
pub const MOST_HEAD_ROWS: usize = 6;

/// The heads of a list, with what a person said of them (栏目对照).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct ImportLayout {
    /// What it is called: the name of the file in which it was told.
    pub name: String,
    /// What kind of list it is; never none.
    pub kind: RosterKind,
    /// Over how many rows a person pointed at the heads; none where the program found them.
    pub rows: Option<usize>,
    /// In the order of the sheet.
    pub heads: Vec<LayoutHead>,
}

/// A head of such a list (栏目).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutHead {
    /// As written, without spaces; heads of two rows joined by `/`. Empty for a column without a head, which is known by
    /// where it stands between the others.
    pub head: String,
    /// None where the program is to find out by itself.
    pub means: Option<Meaning>,
}

impl LayoutHead {
    fn is_named(&self) -> bool {
        !self.head.is_empty()
    }
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<usize>,
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
            rows: layout.rows,
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
        let rows = written.rows;
        if rows.is_some_and(|rows| !(1..=MOST_HEAD_ROWS).contains(&rows)) {
            return Err("heads over too many rows".to_owned());
        }
        Ok(Self { name: written.name, kind, rows, heads })
    }
}

impl ImportLayout {
    /// The heads of a list of a kind, of which nothing has been said yet.
    pub fn of_heads<'h>(name: &str, kind: RosterKind, heads: impl Iterator<Item = &'h str>) -> Self {
        let head = |head: &str| LayoutHead { head: head.to_owned(), means: None };
        Self { name: name.to_owned(), kind, rows: None, heads: heads.map(head).collect() }
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

    /// Whether these are its heads, however they are spaced; columns without one do not count.
    pub fn is_of<'h>(&self, heads: impl Iterator<Item = &'h str>) -> bool {
        let own = self.heads.iter().map(|head| plain(&head.head)).filter(|head| !head.is_empty());
        own.eq(heads.map(plain).filter(|head| !head.is_empty()))
    }

    /// Which columns its heads are, in a list with these heads in these columns. None where it is of another list: also
    /// where columns without a head do not stand as they did.
    pub fn columns(&self, heads: &[(usize, &str)]) -> Option<Vec<usize>> {
        if !self.is_of(heads.iter().map(|(_, head)| *head)) {
            return None;
        }
        let mut named = heads.iter().map(|(index, _)| *index);
        let leading = self.heads.iter().take_while(|head| !head.is_named()).count();
        let mut next = heads.first()?.0.checked_sub(leading)?;
        let mut is_exact = true;
        let mut columns = Vec::with_capacity(self.heads.len());
        for head in &self.heads {
            let index = if head.is_named() { named.next()? } else { next };
            if head.is_named() && !is_exact && index != next {
                return None;
            }
            is_exact = head.is_named();
            columns.push(index);
            next = index + 1;
        }
        Some(columns)
    }

    /// Without the columns that have no head and of which nothing is said, but for those that tell where another stands.
    pub fn trimmed(self) -> Self {
        let is_told = |heads: &[LayoutHead]| heads.iter().any(|head| head.means.is_some());
        let heads = &self.heads;
        let is_kept = |at: &usize| {
            let before = heads[..*at].iter().rposition(LayoutHead::is_named);
            let after = heads[*at..].iter().position(LayoutHead::is_named);
            heads[*at].is_named()
                || match (before, after) {
                    (Some(before), Some(after)) => is_told(&heads[before + 1..at + after]),
                    (None, _) => is_told(&heads[..=*at]),
                    (_, None) => is_told(&heads[*at..]),
                }
        };
        let kept = (0..heads.len()).filter(is_kept).map(|at| heads[at].clone()).collect();
        Self { heads: kept, ..self }
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
        let told = self.heads.iter().filter_map(|head| {
            let name = if head.is_named() { head.head.as_str() } else { HEADLESS };
            Some(format!("{name} → {}", head.means?.label()))
        });
        let told = told.collect::<Vec<_>>().join("、");
        match (self.kind, told.as_str()) {
            (RosterKind::Members, told) if !told.is_empty() => told.to_owned(),
            (kind, "") => kind.label().to_owned(),
            (kind, told) => format!("{}：{told}", kind.label()),
        }
    }
}

/// The letters of a column, counted from 0: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
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
    fn a_column_without_a_head_is_known_by_where_it_stands() {
        let told = |heads: &[&str], places: &[usize]| {
            let mut layout = ImportLayout::of_heads("名册", RosterKind::Members, heads.iter().copied());
            for place in places {
                layout.tell(*place, Some(Meaning::Nothing));
            }
            layout.trimmed()
        };
        let names = |layout: &ImportLayout| layout.heads.iter().map(|one| one.head.clone()).collect::<Vec<_>>();
        let heads = ["", "", "姓名", "", "", "性别", "", ""];
        assert_eq!(names(&told(&heads, &[])), ["姓名", "性别"]);
        assert_eq!(names(&told(&heads, &[1])), ["", "姓名", "性别"]);
        assert_eq!(names(&told(&heads, &[4])), ["姓名", "", "", "性别"], "which of the two counts");
        assert_eq!(names(&told(&heads, &[7])), ["姓名", "性别", "", ""]);
        let layout = told(&heads, &[1, 4, 6]);
        assert_eq!(layout.columns(&[(3, "姓名"), (6, "性 别")]), Some(vec![2, 3, 4, 5, 6, 7]));
        assert_eq!(layout.columns(&[(3, "姓名"), (5, "性别")]), None, "one less between them");
        assert_eq!(layout.columns(&[(0, "姓名"), (3, "性别")]), None, "nothing stands before them");
        assert_eq!(told(&heads, &[]).columns(&[(0, "姓名"), (1, "性别")]), Some(vec![0, 1]));
        assert!(layout.is_like(&told(&heads, &[])), "the same list");
        assert_eq!(layout.in_words().matches("（无表头） → 不取").count(), 3);
    }

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
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
        let pointed = kept.replace(r#","heads""#, r#","rows":2,"heads""#);
        assert_eq!(serde_json::from_str::<ImportLayout>(&pointed).expect("a layout").rows, Some(2));
        assert!(serde_json::from_str::<ImportLayout>(&pointed.replace(":2", ":7")).is_err(), "no heads are so deep");
    }
}
