//! What follows from a talk, in the words in which our own ledgers have it, a line each: 「1. 调整值班表（周明亮，2026-09-30
//! 前）：未办结」. Older ones have no numbers, and `；` between them.
//!
//! A measure that would be read as another one stands in 「」, each 」 in it doubled. Any other text is no list of these.
//! Start at [`follow_ups_in_words`] and [`follow_ups_in`].

use crate::domain::dates::PartialDate;
use crate::domain::talks::FollowUpDraft;

/// All that follows from a talk; whoever is to do it by name.
pub fn follow_ups_in_words(follow_ups: &[FollowUpDraft]) -> String {
    // Numbers at the beginning of lines, where no text can have any, tell them apart when they are read back.
    let line =
        |(nth, follow_up): (usize, &FollowUpDraft)| format!("{nth}. {}", in_words(follow_up).replace('\n', "\n　"));
    (1..).zip(follow_ups).map(line).collect::<Vec<_>>().join("\n")
}

/// 「调整值班表（周明亮，2026-09-30 前）：2026-09-25 办结，已调整」
fn in_words(follow_up: &FollowUpDraft) -> String {
    let plain = with_measure(&follow_up.measure, follow_up);
    let meant = FollowUpDraft { id: None, owner_id: None, ..follow_up.clone() };
    if follow_up_in(&plain).as_ref() == Some(&meant) {
        return plain;
    }
    with_measure(&format!("「{}」", follow_up.measure.replace('」', "」」")), follow_up)
}

fn with_measure(measure: &str, follow_up: &FollowUpDraft) -> String {
    let due = follow_up.due.map(|due| format!("{due} 前"));
    let who: Vec<String> = follow_up.owner.iter().cloned().chain(due).collect();
    // Brackets at the end of a measure must not be taken for who does it.
    let is_bare = who.is_empty() && !measure.ends_with('）');
    let who = if is_bare { String::new() } else { format!("（{}）", who.join("，")) };
    let note = follow_up.closing_note.as_ref().map(|note| format!("，{note}")).unwrap_or_default();
    let done = follow_up.done_on.map_or_else(|| "未办结".to_owned(), |day| format!("{day} 办结{note}"));
    format!("{measure}{who}：{done}")
}

/// The follow-ups that a cell of 跟进情况 tells; none where not all of it is one.
pub fn follow_ups_in(text: &str) -> Option<Vec<FollowUpDraft>> {
    if let Some(lines) = numbered(text) {
        return lines.iter().map(|line| follow_up_in(line)).collect();
    }
    let mut found = Vec::new();
    let mut begun = String::new();
    for piece in text.split('；') {
        if !begun.is_empty() {
            begun.push('；');
        }
        begun.push_str(piece);
        // A measure may have such a sign in it.
        if let Some(follow_up) = follow_up_in(&begun) {
            found.push(follow_up);
            begun.clear();
        }
    }
    begun.is_empty().then_some(found)
}

/// The texts of numbered lines; a line that goes on begins with a wide blank.
fn numbered(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix("1. ")?;
    let mut lines = Vec::new();
    while let Some((line, after)) = rest.split_once(&format!("\n{}. ", lines.len() + 2)) {
        lines.push(line.replace("\n　", "\n"));
        rest = after;
    }
    lines.push(rest.replace("\n　", "\n"));
    Some(lines)
}

/// What stands before the brackets at the end, and in them: 调整（一）, 甲（办公室） of 调整（一）（甲（办公室））.
fn bracketed_last(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix('）')?;
    let mut depth = 0_usize;
    for (at, sign) in inside.char_indices().rev() {
        match sign {
            '）' => depth += 1,
            '（' if depth == 0 => return Some((&inside[..at], &inside[at + sign.len_utf8()..])),
            '（' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn follow_up_in(text: &str) -> Option<FollowUpDraft> {
    if let Some((measure, rest)) = quoted(text)
        && let Some(rest) = rest.strip_prefix('：')
        && let Some(state) = state_in(rest)
    {
        return told_of(measure, "", state);
    }
    if let Some((measure, rest)) = quoted(text)
        && let Some(rest) = rest.strip_prefix('（')
        && let Some((who, state)) = before_state(rest, "）：")
    {
        return told_of(measure, who, state);
    }
    let (told, state) = before_state(text, "：")?;
    let (measure, who) = bracketed_last(told).unwrap_or((told, ""));
    told_of(measure.to_owned(), who, state)
}

/// The measure that stands in 「」 at the beginning, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('「')?;
    let mut from = 0;
    loop {
        let end = from + inside[from..].find('」')?;
        let rest = &inside[end + '」'.len_utf8()..];
        if !rest.starts_with('」') {
            return Some((inside[..end].replace("」」", "」"), rest));
        }
        from = end + 2 * '」'.len_utf8();
    }
}

/// When something was done, if it was, and what is noted of it.
type State = (Option<PartialDate>, Option<String>);

/// What stands before the first sign that tells a state.
fn before_state<'t>(text: &'t str, sign: &str) -> Option<(&'t str, State)> {
    text.match_indices(sign).find_map(|(at, sign)| Some((&text[..at], state_in(&text[at + sign.len()..])?)))
}

fn told_of(measure: String, who: &str, (done_on, closing_note): State) -> Option<FollowUpDraft> {
    let date = |text: &str| text.strip_suffix(" 前").and_then(PartialDate::from_iso);
    let (owner, due) = match (date(who), who.rsplit_once('，')) {
        (Some(due), _) => ("", Some(due)),
        (None, Some((owner, last))) if date(last).is_some() => (owner, date(last)),
        _ => (who, None),
    };
    let owner = Some(owner.to_owned()).filter(|owner| !owner.is_empty());
    (!measure.is_empty()).then(|| FollowUpDraft {
        measure,
        owner,
        due,
        done_on,
        closing_note,
        ..FollowUpDraft::default()
    })
}

/// Whether it is done, when, and what is noted of it: 未办结; 2026-09-25 办结，已调整.
pub fn state_in(text: &str) -> Option<State> {
    if text == "未办结" {
        return Some((None, None));
    }
    let (date, note) = text.split_once(" 办结")?;
    let done_on = PartialDate::from_iso(date)?;
    match note.strip_prefix('，') {
        Some(note) => Some((Some(done_on), Some(note.to_owned()))),
        None => note.is_empty().then_some((Some(done_on), None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_words_are_read_back_and_no_others() {
        let date = PartialDate::from_iso;
        let draft = |measure: &str| FollowUpDraft { measure: measure.into(), ..FollowUpDraft::default() };
        let done = FollowUpDraft {
            owner: Some("周明亮".into()),
            due: date("2026-09-30"),
            done_on: date("2026-09-25"),
            closing_note: Some("已调整".into()),
            ..draft("调整值班表")
        };
        assert_eq!(
            follow_ups_in("调整值班表（周明亮，2026-09-30 前）：2026-09-25 办结，已调整；报名；参训：未办结"),
            Some(vec![done, draft("报名；参训")])
        );
        assert_eq!(
            follow_ups_in("买书（2026-09 前）：未办结"),
            Some(vec![FollowUpDraft { due: date("2026-09"), ..draft("买书") }])
        );
        assert_eq!(
            follow_ups_in(
                "1. 买书（两本）（）：2026-09-25 办结，已买；书\n　在柜里\n2. 报名（甲（办公室），2026-09 前）：未办结"
            ),
            Some(vec![
                FollowUpDraft {
                    done_on: date("2026-09-25"),
                    closing_note: Some("已买；书\n在柜里".into()),
                    ..draft("买书（两本）")
                },
                FollowUpDraft { owner: Some("甲（办公室）".into()), due: date("2026-09"), ..draft("报名") },
            ])
        );
        assert_eq!(
            follow_ups_in("1. 「学习」报名（甲）：未办结"),
            Some(vec![FollowUpDraft { owner: Some("甲".into()), ..draft("「学习」报名") }]),
            "a quotation at the beginning is no measure in quotation marks"
        );
        for text in ["已办结", "调整值班表", "调整：正在办理", "：未办结", "甲：未办结；还有"]
        {
            assert_eq!(follow_ups_in(text), None, "{text}");
        }
    }

    #[test]
    fn whatever_a_measure_says_is_read_back_as_it_was_written() {
        let date = PartialDate::from_iso;
        let measures = [
            "调整值班表",
            "查台账：2026-01-01 办结，再看",
            "回访：未办结",
            "问（甲，2026-01 前）：2026-01-01 办结",
            "「学习」",
            "「学习」：未办结",
            "他说」：未办结「",
            "买书（两本）",
            "两行\n2. 第二行：未办结",
        ];
        let states = [(None, None), (date("2026-09-25"), None), (date("2026-09-25"), Some("已看）：未办结"))];
        let mut all = Vec::new();
        for measure in measures {
            for (done_on, note) in states {
                for (owner, due) in [(None, None), (Some("甲（办公室）"), date("2026-09")), (None, date("2026-09-30"))]
                {
                    let (owner, closing_note) = (owner.map(str::to_owned), note.map(str::to_owned));
                    let measure = measure.to_owned();
                    all.push(FollowUpDraft { measure, owner, due, done_on, closing_note, ..FollowUpDraft::default() });
                }
            }
        }
        for one in &all {
            let words = follow_ups_in_words(std::slice::from_ref(one));
            assert_eq!(follow_ups_in(&words).as_deref(), Some(std::slice::from_ref(one)), "{words}");
        }
        assert_eq!(follow_ups_in(&follow_ups_in_words(&all)), Some(all));
    }
}
