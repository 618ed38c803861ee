//! The lines of the field table: one for each member of [`Known`], in its order; what they are about tells the file.
//!
//! Column heads are told there as offices write them; what a value must look like stands with the values.

mod circumstances;
mod path;
mod person;
mod standing;

use super::{Class, FactKind, FieldKind, FieldSpec, Home, Known};

/// The field table, in the order of [`Known`].
pub static FIELDS: &[FieldSpec] = &joined([person::LINES, path::LINES, standing::LINES, circumstances::LINES]);

const COUNT: usize = Known::Remark as usize + 1;

/// The lines of all files, one after the other.
const fn joined(files: [&[FieldSpec]; 4]) -> [FieldSpec; COUNT] {
    let mut all = [files[0][0]; COUNT];
    let (mut file, mut place) = (0, 0);
    while file < files.len() {
        let mut line = 0;
        while line < files[file].len() {
            all[place] = files[file][line];
            (line, place) = (line + 1, place + 1);
        }
        file += 1;
    }
    assert!(place == COUNT, "a line for each field");
    all
}

const fn field(
    key: Known,
    name: &'static str,
    label: &'static str,
    kind: FieldKind,
    synonyms: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, name, label, kind, home: Home::Person, class: Class::Plain, synonyms }
}

impl FieldSpec {
    const fn of_fact(mut self, kind: FactKind) -> Self {
        self.home = Home::Fact(kind);
        self
    }

    const fn derived(mut self) -> Self {
        self.home = Home::Derived;
        self
    }

    const fn personal(mut self) -> Self {
        self.class = Class::Personal;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::FIELDS;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum_and_no_head_means_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for (place, field) in FIELDS.iter().enumerate() {
            assert_eq!(field.key as usize, place, "{}", field.name);
            for head in field.synonyms {
                assert_eq!(seen.insert(*head, field.name), None, "{head} stands twice");
            }
        }
    }
}
