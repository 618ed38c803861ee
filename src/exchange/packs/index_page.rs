//! The index of a pack (index.html): what there is, with links, and what is not. Opens by a double click, asks for nothing
//! from outside and runs nothing.

use std::borrow::Cow;
use std::io::Write;

use super::layout::Bundle;
use super::{COVER, GAPS, GAPS_SHEET, SUMS};
use crate::clock::Moment;
use crate::domain::checklists::{Evidence, EvidenceKind, Filled, Secrecy};
use crate::domain::identity::masked_within;
use crate::problem::Result;
use crate::view::checklists::ItemLine;
use crate::view::packs::{PackSummary, Record};

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>"#;

const STYLE: &str = r"</title>
<style>
body { font: 16px/1.6 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; color: #1f2328; margin: 2em auto; max-width: 64em; padding: 0 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 2em; border-bottom: 2px solid #c8102e; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #c9ccd1; padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f3f4f6; white-space: nowrap; } tr.top td { background: #fafafa; font-weight: bold; }
td.code, td.state { white-space: nowrap; } .gap { color: #9a5b00; } .about { color: #57606a; }
a { color: #0b57a4; } ul { margin: .3em 0; padding-left: 1.4em; }
@media print { body { margin: 0; max-width: none; } }
</style>
</head>
<body>
";

/// Writes the index.
pub(super) fn write(to: &mut dyn Write, summary: &PackSummary, bundles: &[Bundle], at: Moment) -> Result<()> {
    writeln!(to, "{HEAD}{title}{STYLE}<h1>{title}</h1>", title = text(&summary.title))?;
    let own = [(COVER, "封面"), (GAPS, "缺项单"), (GAPS_SHEET, "缺项单（可填写）")];
    let links: Vec<String> = own.iter().map(|(path, label)| link(path, label)).collect();
    writeln!(to, "<p>{}</p>", links.join("\u{3000}"))?;
    write!(to, "<p class=\"about\">做成于 {}。压缩包要先全部解压，链接才能打开。", at.day())?;
    writeln!(to, "{SUMS} 里有每个文件的 SHA-256，可以用 sha256sum -c {SUMS} 核对。</p>")?;
    totals(to, summary, bundles)?;
    told(to, summary)?;
    for (nth, bundle) in bundles.iter().enumerate() {
        list(to, nth, bundle)?;
    }
    writeln!(to, "</body>\n</html>")?;
    Ok(())
}

/// Each checklist with how it stands.
fn totals(to: &mut dyn Write, summary: &PackSummary, bundles: &[Bundle]) -> Result<()> {
    writeln!(to, "<h2>清单</h2>\n<table>")?;
    writeln!(
        to,
        "<tr><th>清单</th><th>有</th><th>部分</th><th>缺</th><th>不适用</th><th>文件</th><th>纸质</th><th>打印件</th></tr>"
    )?;
    for (nth, (listed, bundle)) in summary.lists.iter().zip(bundles).enumerate() {
        let progress = listed.progress;
        write!(to, "<tr><td><a href=\"#list{nth}\">{}</a></td>", text(&listed.name))?;
        for count in [progress.have, progress.partly, progress.missing, progress.not_applicable] {
            write!(to, "<td>{count}</td>")?;
        }
        write!(to, "<td>{}</td><td>{}</td>", listed.files, listed.papers)?;
        let papers = [link(&bundle.checklist, "档案清单"), link(&bundle.catalogue, "归档文件目录")];
        writeln!(to, "<td>{}</td></tr>", papers.join("、"))?;
    }
    writeln!(to, "</table>")?;
    Ok(())
}

/// What is masked, left out, lacking.
fn told(to: &mut dyn Write, summary: &PackSummary) -> Result<()> {
    writeln!(to, "<h2>没有放入的和遮去的</h2>\n<table>")?;
    for told in &summary.told {
        writeln!(to, "<tr><th>{}</th><td>{}</td></tr>", text(&told.what), text(&told.how))?;
    }
    writeln!(to, "</table>")?;
    if summary.lacking.is_empty() {
        return Ok(());
    }
    writeln!(to, "<p class=\"gap\">应当放入而没有的文件 {} 件：</p>\n<table>", summary.lacking.len())?;
    writeln!(to, "<tr><th>哪一项</th><th>材料</th><th>为什么</th></tr>")?;
    for one in &summary.lacking {
        writeln!(to, "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", text(&one.place), text(&one.name), text(one.why))?;
    }
    writeln!(to, "</table>")?;
    Ok(())
}

/// A checklist, item by item.
fn list(to: &mut dyn Write, nth: usize, bundle: &Bundle) -> Result<()> {
    writeln!(to, "<h2 id=\"list{nth}\">{}</h2>\n<table>", text(&bundle.board.name()))?;
    writeln!(to, "<tr><th>编号</th><th>内容</th><th>状态</th><th>证明材料</th></tr>")?;
    for line in &bundle.board.lines {
        let row = if line.has_parts && line.depth == 0 { " class=\"top\"" } else { "" };
        let code = line.item.code.as_deref().unwrap_or_default();
        let state = line.standing.state;
        let mark = if state.is_gap() { "state gap" } else { "state" };
        write!(to, "<tr{row}><td class=\"code\">{}</td><td>{}", text(code), text(&line.item.title))?;
        let reason = line.standing.reason(&line.item);
        for about in [line.item.standard.as_deref(), reason, line.item.note.as_deref()].into_iter().flatten() {
            write!(to, "<br><span class=\"about\">{}</span>", text(about))?;
        }
        write!(to, "</td><td class=\"{mark}\">{}</td><td>", state.label())?;
        evidence(to, bundle, line)?;
        writeln!(to, "</td></tr>")?;
    }
    writeln!(to, "</table>")?;
    Ok(())
}

/// What shows that an item is there: records of the program, files, paper.
fn evidence(to: &mut dyn Write, bundle: &Bundle, line: &ItemLine) -> Result<()> {
    let record = record(bundle, line);
    let pieces: Vec<&Evidence> = line.evidence.iter().filter(|piece| piece.is_final).collect();
    if record.is_none() && pieces.is_empty() {
        return Ok(());
    }
    write!(to, "<ul>")?;
    if let Some(record) = record {
        write!(to, "<li>{record}</li>")?;
    }
    for piece in pieces {
        write!(to, "<li>{}</li>", shown(bundle, piece))?;
    }
    write!(to, "</ul>")?;
    Ok(())
}

/// 「谈心谈话 12 篇」, with a link where it is in the pack.
fn record(bundle: &Bundle, line: &ItemLine) -> Option<String> {
    let fill = line.item.fill.as_ref()?;
    let Filled { found, needed } = line.filled.filter(|filled| filled.found > 0)?;
    let of = if needed > 1 { format!(" / {needed}") } else { String::new() };
    let words = format!("{} {found}{of} {}", fill.label(), fill.unit());
    Some(match Record::of(fill).and_then(|record| bundle.records.get(&record)) {
        Some(path) => link(path, &words),
        None => text(&words),
    })
}

/// A piece with its 档号: a link, or where the paper lies, or that it is lacking.
fn shown(bundle: &Bundle, piece: &Evidence) -> String {
    let code = bundle.numbers.get(piece.id).map(|number| number.code.as_str()).unwrap_or_default();
    let words = format!("{code} {}", piece.title).trim_start().to_owned();
    let secrecy = piece.secrecy.map(Secrecy::label).map(|label| format!("（{label}）")).unwrap_or_default();
    let place = match (&piece.kind, bundle.files.get(&piece.id)) {
        (EvidenceKind::Paper { cabinet }, _) => {
            let pages = piece.pages.map(|pages| format!("，{pages} 页"));
            let cabinet = cabinet.as_deref().map(|cabinet| format!("，{cabinet}"));
            let told: String = [cabinet, pages].into_iter().flatten().collect();
            text(&format!("{words}（纸质{told}）"))
        }
        (EvidenceKind::File { .. }, Some(path)) => link(path, &words),
        (EvidenceKind::File { .. }, None) => {
            format!("{}<span class=\"gap\">（文件没有放入）</span>", text(&words))
        }
    };
    format!("{place}{}", text(&secrecy))
}

/// A link within the pack.
fn link(path: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", address(path), text(words))
}

/// A path as an address: every byte but letters, digits and what parts a path is written in hexadecimal.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len() * 3);
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// A text that is no markup; what turns the direction of writing is left out, ID numbers and phones are masked.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            character if character.is_control() && character != '\n' => {}
            character => escaped.push(character),
        }
    }
    masked_within(Cow::Owned(escaped)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{address, text};

    #[test]
    fn what_people_wrote_is_no_markup_and_leads_nowhere_else() {
        assert_eq!(text("<b onclick='x()'>&\"\u{202e}甲"), "&lt;b onclick=&#39;x()&#39;&gt;&amp;&quot;甲");
        assert_eq!(text("找 138\u{202e}00000001"), "找 138****0001");
        assert_eq!(address("10 组/a#b?c%.pdf"), "10%20%E7%BB%84/a%23b%3Fc%25.pdf");
    }
}
