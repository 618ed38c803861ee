//! What follows from a talk, in the words in which our own ledgers have it, a line each: 「1. 调整值班表（周明亮，2026-09-30
//! 前）：未办结」. Older ones have no numbers, and `；` between them.
//!
//! Any other text is no list of these. Start at [`follow_ups_in`].

use crate::domain::dates::PartialDate;
use crate::domain::talks::FollowUpDraft;

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
    let (told, (done_on, closing_note)) =
        text.match_indices('：').find_map(|(at, sign)| Some((&text[..at], state_in(&text[at + sign.len()..])?)))?;
    let (measure, who) = bracketed_last(told).unwrap_or((told, ""));
    let date = |text: &str| text.strip_suffix(" 前").and_then(PartialDate::from_iso);
    let (owner, due) = match (date(who), who.rsplit_once('，')) {
        (Some(due), _) => ("", Some(due)),
        (None, Some((owner, last))) if date(last).is_some() => (owner, date(last)),
        _ => (who, None),
    };
    let owner = Some(owner.to_owned()).filter(|owner| !owner.is_empty());
    (!measure.is_empty()).then(|| FollowUpDraft {
        measure: measure.to_owned(),
        owner,
        due,
        done_on,
        closing_note,
        ..FollowUpDraft::default()
    })
}

/// Whether it is done, when, and what is noted of it.
fn state_in(text: &str) -> Option<(Option<PartialDate>, Option<String>)> {
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
        for text in ["已办结", "调整值班表", "调整：正在办理", "：未办结", "甲：未办结；还有"]
        {
            assert_eq!(follow_ups_in(text), None, "{text}");
        }
    }
}
