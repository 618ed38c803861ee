//! Groups of the field table (分组): under which heading a field stands in forms and on a member's page.

use super::Known;

/// A group of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldGroup {
    /// 基本情况
    Person,
    /// 党籍
    Party,
    /// 单位和联系
    Work,
    /// 其他
    Other,
}

impl FieldGroup {
    pub const ALL: [Self; 4] = [Self::Person, Self::Party, Self::Work, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "基本情况",
            Self::Party => "党籍",
            Self::Work => "单位和联系",
            Self::Other => "其他",
        }
    }

    /// The fields of the group, in the order of forms.
    pub fn fields(self) -> &'static [Known] {
        match self {
            Self::Person => PERSON,
            Self::Party => PARTY,
            Self::Work => WORK,
            Self::Other => OTHER,
        }
    }
}

const PERSON: &[Known] = &[
    Known::Name,
    Known::Sex,
    Known::Nation,
    Known::Birth,
    Known::IdNumber,
    Known::NativePlace,
    Known::Birthplace,
    Known::WorkStart,
    Known::Education,
    Known::EducationText,
    Known::Degree,
    Known::School,
];

const PARTY: &[Known] = &[
    Known::Branch,
    Known::Group,
    Known::PartyPost,
    Known::TransferIn,
    Known::Joined,
    Known::Full,
    Known::Category,
    Known::Status,
    Known::Applied,
    Known::Activist,
    Known::Candidate,
    Known::Introducers,
    Known::Floating,
    Known::FloatPlace,
    Known::Lost,
    Known::LostSince,
    Known::Fee,
];

const WORK: &[Known] = &[Known::Unit, Known::Job, Known::Title, Known::Occupation, Known::Phone, Known::Address];

const OTHER: &[Known] = &[Known::Honours, Known::Remark];

#[cfg(test)]
mod tests {
    use super::FieldGroup;
    use crate::domain::fields::FIELDS;

    #[test]
    fn every_field_stands_in_one_group() {
        let grouped: Vec<_> = FieldGroup::ALL.iter().flat_map(|group| group.fields()).collect();
        for field in FIELDS {
            assert_eq!(grouped.iter().filter(|key| ***key == field.key).count(), 1, "{}", field.name);
        }
        assert_eq!(grouped.len(), FIELDS.len());
    }
}
