//! Several names in one cell (姓名列): parted at every sign that offices use, without posts and remarks.
//!
//! A word for a whole group (全体党员) is no name: it is kept as written and told. Start at [`names_in`].

use super::people::{is_chinese, read_name};
use super::words::{says_nothing, squeezed};
use super::{Reading, Trouble, Value};

/// Signs between names.
const BETWEEN: [char; 16] = ['、', '，', ',', '；', ';', '/', '／', '|', '｜', '\n', '\r', '\t', '＼', '\\', '&', '＆'];

/// Posts before or after a name, longest first.
const POSTS: &[&str] = &[
    "党支部副书记",
    "党总支副书记",
    "党委副书记",
    "党支部书记",
    "党总支书记",
    "党委书记",
    "支部副书记",
    "总支副书记",
    "支部书记",
    "总支书记",
    "副书记",
    "书记",
    "组织委员",
    "宣传委员",
    "组宣委员",
    "纪检委员",
    "纪律检查委员",
    "纪律委员",
    "青年委员",
    "统战委员",
    "保密委员",
    "生活委员",
    "群众委员",
    "群工委员",
    "妇女委员",
    "学习委员",
    "文体委员",
    "支部委员",
    "支委委员",
    "委员",
    "支委",
    "党小组组长",
    "党小组长",
    "联络员",
    "副局长",
    "局长",
    "副主任",
    "主任",
    "副科长",
    "科长",
    "副股长",
    "股长",
    "副校长",
    "校长",
    "副经理",
    "经理",
    "副院长",
    "院长",
    "副处长",
    "处长",
    "科员",
    COMRADE,
];

/// A form of address, and no post.
const COMRADE: &str = "同志";

/// What tells before a name that somebody is in the party.
const MEMBERS: &[&str] = &["正式党员", "预备党员", "老党员", "党员"];

/// Words of which a whole group is made.
const GROUP_WORDS: &[&str] = &[
    "全体",
    "全部",
    "所有",
    "各",
    "成员",
    "人员",
    "代表",
    "班子",
    "党员",
    "群众",
    "职工",
    "干部",
    "积极分子",
    "发展对象",
    "支委会",
    "党小组",
    "支部",
    "负责人",
    "同事",
    "家属",
];

/// Cells that say that nobody is there.
const NOBODY: &[&str] = &["空缺", "缺额", "待定", "待配", "暂空", "未配", "未设", "不设", "缺位", "未选", "待选"];

/// Signs behind which a post may belong to the name before or after: 陈志远/支部书记. The others part persons.
const BESIDE: [char; 11] = ['，', ',', '/', '／', '|', '｜', '\n', '\r', '\t', '＼', '\\'];

/// What becomes of a post beside which no name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BarePosts {
    LeftOut,
    /// It stands for whoever holds it.
    Kept,
}

/// The names in a text, joined by `、`.
pub fn names_in(text: &str) -> Reading {
    persons_in(text, BarePosts::LeftOut)
}

/// The names in a text, and the posts that stand there for whoever holds them (赵敏、支部书记), joined by `、`.
pub fn names_and_posts_in(text: &str) -> Reading {
    persons_in(text, BarePosts::Kept)
}

fn persons_in(text: &str, posts: BarePosts) -> Reading {
    let mut names: Vec<String> = Vec::new();
    let mut is_doubtful = false;
    let pieces = pieces(text);
    for (place, piece) in pieces.iter().enumerate() {
        if posts == BarePosts::Kept && is_beside_name(&pieces, place) {
            continue;
        }
        for name in names_of(&piece.text, posts) {
            match name {
                Reading::Value(Value::Text(name)) => push(&mut names, name),
                Reading::Doubtful(Value::Text(name), _) => {
                    is_doubtful = true;
                    push(&mut names, name);
                }
                // 等5人: others are meant, too.
                Reading::Refused(_) => is_doubtful = true,
                _ => {}
            }
        }
    }
    if names.is_empty() {
        return Reading::Nothing;
    }
    let joined = Value::Text(names.join("、"));
    if is_doubtful { Reading::Doubtful(joined, Trouble::NameUnreadable) } else { Reading::Value(joined) }
}

fn push(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// What stands between two signs.
struct Piece {
    /// The sign before it.
    sign: Option<char>,
    text: String,
}

/// What stands between the signs, brackets left with what they follow.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece { sign: None, text: String::new() }];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && BETWEEN.contains(&c) {
            pieces.push(Piece { sign: Some(c), text: String::new() });
        } else if let Some(last) = pieces.last_mut() {
            last.text.push(c);
        }
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

/// Whether a piece is the post of the name before or after it.
fn is_beside_name(pieces: &[Piece], place: usize) -> bool {
    let is_bare_post = |piece: &Piece| is_post(&squeezed(&piece.text));
    let joins = |piece: &Piece| piece.sign.is_some_and(|sign| BESIDE.contains(&sign));
    let before = || place.checked_sub(1).is_some_and(|before| joins(&pieces[place]) && !is_bare_post(&pieces[before]));
    let after = || pieces.get(place + 1).is_some_and(|after| joins(after) && !is_bare_post(after));
    is_bare_post(&pieces[place]) && (before() || after())
}

/// The names of one piece.
fn names_of(piece: &str, posts: BarePosts) -> Vec<Reading> {
    let (outside, inside) = brackets_off(piece);
    // 组织委员：张三
    let told = outside.rsplit_once(['：', ':']).map_or(outside.as_str(), |(_, names)| names);
    if is_group(&squeezed(told)) {
        // 班子成员（张三、李四）: who they are stands in brackets.
        return match names_in(&inside) {
            Reading::Value(Value::Text(names)) if !inside.trim().is_empty() => {
                names.split('、').map(Reading::text).collect()
            }
            _ => vec![Reading::Doubtful(Value::Text(squeezed(piece)), Trouble::NameUnreadable)],
        };
    }
    let words = joined_words(told);
    words.iter().flat_map(|word| pair_of(word)).flat_map(|name| counted_names(&name, posts)).collect()
}

/// What stands outside brackets, and what stands in them.
fn brackets_off(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            c if depth == 0 => outside.push(c),
            c => inside.push(c),
        }
    }
    (outside, inside)
}

/// A word of a text, with how wide the gap before it is.
struct Word {
    gap: usize,
    text: String,
}

impl Word {
    /// The words of a text in their order.
    fn all(text: &str) -> Vec<Self> {
        let mut words: Vec<Self> = Vec::new();
        let (mut gap, mut is_within) = (0, false);
        for c in text.chars() {
            match (c, words.last_mut()) {
                (c, _) if c.is_whitespace() => {
                    gap += if c == '\u{3000}' { 2 } else { 1 };
                    is_within = false;
                }
                (c, Some(last)) if is_within => last.text.push(c),
                (c, _) => {
                    words.push(Self { gap, text: c.into() });
                    (gap, is_within) = (0, true);
                }
            }
        }
        words.iter_mut().for_each(|word| word.text = squeezed(&word.text));
        words.retain(|word| !word.text.is_empty());
        words
    }

    fn is_single(&self) -> bool {
        self.text.chars().count() == 1 && self.text.chars().all(is_chinese)
    }
}

/// The names of a text without signs between them. A single character is no name: 张 三 is one with a gap in it, 陈 志 远 one
/// with two.
fn joined_words(text: &str) -> Vec<String> {
    let is_latin = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
    let all = Word::all(text);
    let mut names: Vec<String> = Vec::new();
    // Whether the last name was put together, and has its given name.
    let mut is_complete = false;
    let mut rest = all.as_slice();
    while let [first, after @ ..] = rest {
        let singles = rest.iter().take_while(|word| word.is_single()).count();
        let is_surname = |last: &&mut String| !is_complete && last.chars().count() == 2 && !is_post(last);
        let mut taken = singles.max(1);
        match names.last_mut() {
            // 诸葛 亮, 欧阳 小 明
            Some(last) if is_surname(&last) && (singles == 1 || singles == 2 && is_double_surname(last)) => {
                last.extend(rest[..singles].iter().map(|word| word.text.as_str()));
                is_complete = true;
            }
            Some(last) if is_latin(last) && is_latin(&first.text) => {
                last.push(' ');
                last.push_str(&first.text);
            }
            _ if singles == 1 => {
                // 吴 海涛
                let given = after.first().map_or("", |word| word.text.as_str());
                names.push(format!("{}{given}", first.text));
                (taken, is_complete) = (2, true);
            }
            _ if singles > 1 => {
                names.extend(parted(&rest[..singles]));
                is_complete = true;
            }
            _ => {
                names.push(first.text.clone());
                is_complete = false;
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    // 张三 书记: a post beside the name.
    if !names.iter().all(|word| is_post(word)) {
        names.retain(|word| !is_post(word));
    }
    names
}

/// The names of single characters in a row: parted at the wider gaps, else one, or two of two. How more of them are to be
/// parted nobody can tell here: they stay together.
fn parted(singles: &[Word]) -> Vec<String> {
    let joined = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<String>();
    let gaps = || singles.iter().skip(1).map(|word| word.gap);
    let widest = gaps().max().filter(|widest| gaps().min() != Some(*widest));
    if let Some(widest) = widest {
        let mut names: Vec<Vec<&str>> = Vec::new();
        for (place, word) in singles.iter().enumerate() {
            match names.last_mut().filter(|_| place > 0 && word.gap < widest) {
                Some(last) => last.push(&word.text),
                None => names.push(vec![&word.text]),
            }
        }
        if names.iter().all(|name| name.len() > 1) {
            return names.iter().map(|name| name.concat()).collect();
        }
    }
    match singles {
        [one, two, ..] if singles.len() == 4 && !is_double_surname(&format!("{}{}", one.text, two.text)) => {
            singles.chunks(2).map(joined).collect()
        }
        _ => vec![joined(singles)],
    }
}

/// Surnames of two characters (复姓).
fn is_double_surname(text: &str) -> bool {
    const SURNAMES: [&str; 22] = [
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "长孙", "宇文", "司徒",
        "端木", "轩辕", "独孤", "南宫", "司空", "闻人", "澹台", "呼延",
    ];
    SURNAMES.contains(&text)
}

/// Whether a text is a post and no name (书记, 组织委员).
pub fn is_post(word: &str) -> bool {
    POSTS.contains(&word)
}

/// 张三和李四 are two.
fn pair_of(word: &str) -> Vec<String> {
    let count = word.chars().count();
    for sign in ['和', '与', '及'] {
        if let Some((one, two)) = word.split_once(sign)
            && count >= 5
            && [one, two].iter().all(|part| (2..=4).contains(&part.chars().count()))
        {
            return vec![one.to_owned(), two.to_owned()];
        }
    }
    vec![word.to_owned()]
}

/// 张三等3人: the name that is told, and that it is not all.
fn counted_names(word: &str, posts: BarePosts) -> Vec<Reading> {
    let is_count = |rest: &str| {
        let rest = rest.trim_end_matches("同志").trim_end_matches(['人', '名', '位']);
        rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十多余几".contains(c))
    };
    match word.split_once('等') {
        Some((name, rest)) if is_count(rest) => {
            let told = (!name.is_empty()).then(|| one_name(name, posts));
            told.into_iter().chain([Reading::Refused(Trouble::NameUnreadable)]).collect()
        }
        _ => vec![one_name(word, posts)],
    }
}

fn one_name(word: &str, posts: BarePosts) -> Reading {
    if is_post(word) {
        let stands_for_holder = posts == BarePosts::Kept && word != COMRADE;
        return if stands_for_holder { Reading::text(word) } else { Reading::Nothing };
    }
    let word = without_post(word);
    if says_nothing(word) || NOBODY.contains(&word) || is_post(word) {
        return Reading::Nothing;
    }
    let is_number = word.chars().all(|c| c.is_numeric() || c == '.');
    let reading = read_name(word);
    let is_long = word.chars().count() > 6 && word.chars().all(is_chinese);
    match reading {
        Reading::Value(value) if is_long || is_number || is_vague(word) || word.chars().count() == 1 => {
            Reading::Doubtful(value, Trouble::NameUnreadable)
        }
        reading => reading,
    }
}

/// 王主任: it does not say who.
fn is_vague(word: &str) -> bool {
    let is_surname = |post: &str| word.strip_suffix(post).is_some_and(|rest| rest.chars().count() == 1);
    POSTS.iter().any(|post| is_surname(post))
}

/// Without the post before or after it, where a name is left.
fn without_post(word: &str) -> &str {
    let is_name = |rest: &&str| (2..=4).contains(&rest.chars().count());
    let before = MEMBERS.iter().chain(POSTS).find_map(|post| word.strip_prefix(post).filter(is_name));
    let word = before.unwrap_or(word);
    POSTS.iter().find_map(|post| word.strip_suffix(post).filter(is_name)).unwrap_or(word)
}

/// 全体班子成员, 党员代表, 退休党员: a group and no person.
fn is_group(word: &str) -> bool {
    let count = word.chars().count();
    if count < 2 || is_post(word) {
        return false;
    }
    let ends = [
        "成员",
        "人员",
        "代表",
        "班子",
        "党员",
        "群众",
        "职工",
        "干部",
        "积极分子",
        "对象",
        "负责人",
        "委员会",
        "支委会",
    ];
    let starts = ["全体", "全部", "所有", "各支部", "各科", "各股", "各部", "各党"];
    starts.iter().any(|start| word.starts_with(start))
        || (ends.iter().any(|end| word.ends_with(end)) && GROUP_WORDS.iter().any(|known| word.contains(known)))
}

#[cfg(test)]
mod tests;
