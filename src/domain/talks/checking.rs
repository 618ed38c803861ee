//! How a draft of a talk is checked (核对): all faults are found at once and told in the order of the form.
//!
//! Start at [`TalkDraft::check`].

use super::{Side, Somebody, TalkDraft, TalkDraftField, TalkFault, TalkNumber, TalkTypes, Told, mode_of};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::digits::grouped;
use crate::domain::ids::PersonId;

/// Characters that a long text may have: more is no record of a talk.
pub const LONGEST_TEXT: usize = 100_000;
/// Characters of a short text: place, mode; a topic may have more.
const SHORT: usize = 100;
const TOPIC: usize = 1_000;
const REMARK: usize = 10_000;
const MEASURE: usize = 2_000;

/// Whether something is written that is not kept of a restricted type.
pub fn has_texts(draft: &TalkDraft) -> bool {
    !draft.follow_ups.is_empty() || draft.texts().iter().any(|(_, text)| filled(text).is_some())
}

fn filled(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Whether two who are in no roster bear one name and nothing told of them tells them apart.
fn may_be_one(one: &Somebody, other: &Somebody) -> bool {
    match (one, other) {
        (Somebody::Named { name, about }, Somebody::Named { name: other, about: told }) => {
            name == other && (about == told || about.is_none() || told.is_none())
        }
        _ => false,
    }
}

impl TalkDraft {
    /// The texts that are not kept of a restricted type.
    fn texts(&self) -> [(TalkDraftField, &Option<String>); 6] {
        [
            (TalkDraftField::Outline, &self.outline),
            (TalkDraftField::Content, &self.content),
            (TalkDraftField::Opinions, &self.opinions),
            (TalkDraftField::Attitude, &self.attitude),
            (TalkDraftField::Measures, &self.measures),
            (TalkDraftField::Remark, &self.remark),
        ]
    }

    /// What it says, or every fault at once, in the order of the form. `name` gives the name of a person who may be
    /// named: none for one who is not there or was typed by mistake; `kept` is the type that the record had before.
    pub fn check(
        &self,
        types: &TalkTypes,
        kept: Option<&str>,
        today: Day,
        name: impl Fn(PersonId) -> Option<String>,
    ) -> Result<Told, Vec<TalkFault>> {
        let mut faults = Vec::new();
        let mut fault = |field: TalkDraftField, why: String| faults.push(TalkFault { field, why });
        if self.organisation_id.is_none() {
            fault(TalkDraftField::Organisation, "没有写记在哪个党组织".into());
        }
        match self.held_on {
            None => fault(TalkDraftField::HeldOn, "没有写谈话时间".into()),
            Some(date) if date.first_day() > today => {
                fault(TalkDraftField::HeldOn, format!("谈话时间 {date} 还没到"));
            }
            Some(_) => {}
        }
        let number = self.number_told(&mut fault);
        let kind = match filled(&self.kind) {
            None => {
                fault(TalkDraftField::Kind, "没有写谈话类型".into());
                None
            }
            Some(text) => match types.named(&text) {
                None => {
                    fault(TalkDraftField::Kind, format!("没有“{text}”这种谈话类型"));
                    None
                }
                Some(kind) if kind.removed && kept != Some(kind.code.as_str()) => {
                    fault(TalkDraftField::Kind, format!("谈话类型“{}”已经停用，请换一种", kind.label));
                    None
                }
                Some(kind) => Some(kind),
            },
        };
        let people = self.people(&name, &mut fault);
        if kind.is_some_and(super::TalkType::is_restricted) {
            let texts = self.texts().into_iter().filter(|(_, text)| filled(text).is_some()).map(|(field, _)| field);
            let follow_ups = (!self.follow_ups.is_empty()).then_some(TalkDraftField::FollowUps);
            let written: Vec<TalkDraftField> = texts.chain(follow_ups).collect();
            if let Some(first) = written.first() {
                let labels: Vec<&str> = written.iter().map(|field| field.label()).collect();
                fault(*first, format!("这类谈话只存时间、主题和人员，不存{}", labels.join("、")));
            }
        }
        self.check_lengths(&mut fault);
        self.check_follow_ups(&name, today, &mut fault);
        match (self.organisation_id, self.held_on, kind) {
            (Some(organisation), Some(held_on), Some(kind)) if faults.is_empty() => Ok(Told {
                organisation,
                number,
                held_on,
                time: filled(&self.time),
                kind: kind.code.clone(),
                mode: filled(&self.mode).map(|text| mode_of(&text).map_or(text, str::to_owned)),
                place: filled(&self.place),
                people,
                topic: filled(&self.topic),
                outline: filled(&self.outline),
                content: filled(&self.content),
                opinions: filled(&self.opinions),
                attitude: filled(&self.attitude),
                measures: filled(&self.measures),
                remark: filled(&self.remark),
                follow_ups: self.follow_ups.clone(),
            }),
            _ => {
                faults.sort_by_key(|fault| fault.field);
                Err(faults)
            }
        }
    }

    fn number_told(&self, fault: &mut impl FnMut(TalkDraftField, String)) -> Option<TalkNumber> {
        let text = filled(&self.number)?;
        let year = self.held_on.map_or(0, PartialDate::year);
        let number = TalkNumber::read(&text, year);
        if number.is_none() {
            fault(TalkDraftField::Number, format!("“{text}”不是编号，应写成 {year}-036 或 36"));
        }
        number
    }

    /// Who sat where.
    fn people(
        &self,
        name: &impl Fn(PersonId) -> Option<String>,
        fault: &mut impl FnMut(TalkDraftField, String),
    ) -> Vec<(Side, Somebody)> {
        let recorder_ids: Vec<PersonId> = self.recorder_id.into_iter().collect();
        let recorders: Vec<String> = self.recorder.clone().into_iter().collect();
        let sides = [
            (Side::Talker, TalkDraftField::Talkers, &self.talker_ids, &self.talkers),
            (Side::Partner, TalkDraftField::Partners, &self.partner_ids, &self.partners),
            (Side::Recorder, TalkDraftField::Recorder, &recorder_ids, &recorders),
        ];
        let mut people: Vec<(Side, Somebody)> = Vec::new();
        for (side, field, ids, names) in sides {
            let mut known = Vec::new();
            for id in ids {
                match name(*id) {
                    None => fault(field, format!("没有编号为 {id} 的人，或已作废")),
                    Some(name) => {
                        let person = (side, Somebody::Person(*id));
                        if !people.contains(&person) {
                            known.push(name);
                            people.push(person);
                        }
                    }
                }
            }
            for text in names.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
                // The name of somebody in the roster, told beside the id: each stands for one of them.
                if let Some(place) = known.iter().position(|known| known == text) {
                    known.remove(place);
                    continue;
                }
                let (name, about) = named(text);
                if name.chars().count() > SHORT {
                    fault(field, format!("姓名“{}…”太长", name.chars().take(20).collect::<String>()));
                    continue;
                }
                people.push((side, Somebody::Named { name, about }));
            }
            if side != Side::Recorder && ids.is_empty() && !people.iter().any(|(sat, _)| *sat == side) {
                fault(field, format!("没有写{}", side.label()));
            }
        }
        let of = |side: Side| people.iter().filter(move |(sat, _)| *sat == side).filter_map(|(_, who)| who.person());
        for id in of(Side::Talker) {
            if of(Side::Partner).any(|other| other == id) {
                let name = name(id).unwrap_or_default();
                fault(TalkDraftField::Partners, format!("{name} 既是谈话人又是谈话对象"));
            }
        }
        for (_, one) in people.iter().filter(|(side, _)| *side == Side::Talker) {
            let is_same = |(side, other): &&(Side, Somebody)| *side == Side::Partner && may_be_one(one, other);
            if let Some((_, Somebody::Named { name, .. })) = people.iter().find(is_same) {
                fault(TalkDraftField::Partners, format!("{name} 既是谈话人又是谈话对象"));
            }
        }
        people
    }

    fn check_lengths(&self, fault: &mut impl FnMut(TalkDraftField, String)) {
        let short = [
            (TalkDraftField::Time, &self.time, SHORT),
            (TalkDraftField::Mode, &self.mode, SHORT),
            (TalkDraftField::Place, &self.place, 2 * SHORT),
            (TalkDraftField::Topic, &self.topic, TOPIC),
        ];
        let long = self
            .texts()
            .map(|(field, text)| (field, text, if field == TalkDraftField::Remark { REMARK } else { LONGEST_TEXT }));
        for (field, text, most) in short.into_iter().chain(long) {
            let count = text.as_deref().map_or(0, |text| text.trim().chars().count());
            if count > most {
                fault(field, format!("{}有 {} 字，最多 {} 字", field.label(), shown(count), shown(most)));
            }
        }
    }

    fn check_follow_ups(
        &self,
        name: &impl Fn(PersonId) -> Option<String>,
        today: Day,
        fault: &mut impl FnMut(TalkDraftField, String),
    ) {
        for follow_up in &self.follow_ups {
            let field = TalkDraftField::FollowUps;
            let count = follow_up.measure.trim().chars().count();
            if count == 0 {
                fault(field, "有一项跟进没有写措施".into());
            } else if count > MEASURE {
                fault(field, format!("有一项跟进的措施有 {} 字，最多 {MEASURE} 字", shown(count)));
            }
            if follow_up.owner_id.is_some_and(|id| name(id).is_none()) {
                fault(field, "有一项跟进的责任人不在工作簿里，或已作废".into());
            }
            if let Some(done) = follow_up.done_on.filter(|done| done.first_day() > today) {
                fault(field, format!("办结日期 {done} 还没到"));
            }
        }
    }
}

/// How many characters there are, as it is told.
fn shown(count: usize) -> String {
    grouped(count as u64)
}

/// 「王芳（群众）」: the name and what is told of them.
pub fn named(text: &str) -> (String, Option<String>) {
    let inner = text.strip_suffix(['）', ')']).and_then(|text| text.split_once(['（', '(']));
    match inner {
        Some((name, about)) if !name.trim().is_empty() && !about.trim().is_empty() => {
            (name.trim().to_owned(), Some(about.trim().to_owned()))
        }
        _ => (text.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::OrganisationId;

    const TODAY: Day = Day::constant(2026, 11, 24);

    fn draft() -> TalkDraft {
        TalkDraft {
            organisation_id: Some(OrganisationId(1)),
            held_on: PartialDate::from_iso("2026-03-20"),
            kind: Some("T01".into()),
            talker_ids: vec![PersonId(1)],
            partner_ids: vec![PersonId(2)],
            ..TalkDraft::default()
        }
    }

    fn check(draft: &TalkDraft) -> Result<Told, Vec<(TalkDraftField, String)>> {
        let types = TalkTypes::shipped().expect("types");
        let name = |id: PersonId| ["", "陈志远", "赵永强", "赵永强"].get(id.0 as usize).map(|name| (*name).to_owned());
        let faults = |faults: Vec<TalkFault>| faults.into_iter().map(|fault| (fault.field, fault.why)).collect();
        draft.check(&types, None, TODAY, name).map_err(faults)
    }

    #[test]
    fn a_talk_needs_a_day_a_type_and_both_sides() {
        let faults = check(&TalkDraft::default()).expect_err("nothing is told");
        let fields: Vec<TalkDraftField> = faults.into_iter().map(|(field, _)| field).collect();
        use TalkDraftField::{HeldOn, Kind, Organisation, Partners, Talkers};
        assert_eq!(fields, [Organisation, HeldOn, Kind, Talkers, Partners]);
        assert!(check(&draft()).is_ok());
    }

    #[test]
    fn nobody_talks_with_himself_nor_tomorrow() {
        let wrong = TalkDraft {
            held_on: PartialDate::from_iso("2026-11-25"),
            partner_ids: vec![PersonId(2), PersonId(1)],
            ..draft()
        };
        let faults = check(&wrong).expect_err("both are wrong");
        assert_eq!(faults[0].1, "谈话时间 2026-11-25 还没到");
        assert_eq!(faults[1].1, "陈志远 既是谈话人又是谈话对象");
    }

    #[test]
    fn nobody_in_no_roster_talks_with_himself_either() {
        let of = |talker: &str, partner: &str| TalkDraft {
            talker_ids: Vec::new(),
            talkers: vec![talker.into()],
            partner_ids: Vec::new(),
            partners: vec![partner.into()],
            ..draft()
        };
        let why = |talker, partner| check(&of(talker, partner)).map_err(|faults| faults[0].1.clone()).map(drop);
        assert_eq!(why("王芳", "王芳（群众）"), Err("王芳 既是谈话人又是谈话对象".into()));
        assert_eq!(why("王芳（工会）", "王芳（群众）"), Ok(()), "two of one name");
    }

    #[test]
    fn somebody_who_is_not_there_is_told_once_and_texts_of_restricted_types_together() {
        let unknown = TalkDraft { talker_ids: vec![PersonId(99)], ..draft() };
        let faults = check(&unknown).expect_err("unknown");
        assert_eq!(faults.iter().map(|fault| fault.1.as_str()).collect::<Vec<_>>(), ["没有编号为 99 的人，或已作废"]);
        let texts = TalkDraft {
            kind: Some("T12".into()),
            content: Some("内容".into()),
            remark: Some("备注".into()),
            ..draft()
        };
        let faults = check(&texts).expect_err("texts");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].1, "这类谈话只存时间、主题和人员，不存谈话内容、备注");
    }

    #[test]
    fn the_name_beside_an_id_is_the_same_person_and_a_second_one_is_another() {
        let told = TalkDraft {
            partner_ids: vec![PersonId(2), PersonId(3)],
            partners: vec!["赵永强".into(), "赵永强".into(), "赵永强".into(), "王芳（群众）".into()],
            ..draft()
        };
        let people = check(&told).expect("checked").people;
        let named: Vec<&Somebody> = people.iter().map(|(_, who)| who).filter(|who| who.person().is_none()).collect();
        assert_eq!(
            named,
            [
                &Somebody::Named { name: "赵永强".into(), about: None },
                &Somebody::Named { name: "王芳".into(), about: Some("群众".into()) },
            ]
        );
    }

    #[test]
    fn of_a_restricted_type_no_text_is_kept() {
        let told = TalkDraft {
            kind: Some("诫勉谈话".into()),
            topic: Some("诫勉谈话".into()),
            content: Some("内容".into()),
            ..draft()
        };
        let faults = check(&told).expect_err("no content");
        assert_eq!(faults[0].0, TalkDraftField::Content);
        assert_eq!(check(&TalkDraft { content: None, ..told }).expect("kept").kind, "T12");
    }

    #[test]
    fn too_long_a_text_is_told_with_its_length() {
        let told = TalkDraft { content: Some("谈".repeat(200_000)), ..draft() };
        assert_eq!(check(&told).expect_err("too long")[0].1, "谈话内容有 200,000 字，最多 100,000 字");
    }
}
