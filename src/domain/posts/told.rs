//! Several posts as one text, 「书记、书记（局机关党总支）」: what is written is read as the same posts of the same
//! organisations.
//!
//! A post without an organisation beside it is of the person's own. Start at [`told_post`] and [`read_post`].

use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationTree};

/// A post, with its organisation in brackets where that is another than the person's own: 「书记（局机关党总支）」.
pub fn told_post(
    post: &str,
    organisation: Option<OrganisationId>,
    own: Option<OrganisationId>,
    tree: &OrganisationTree,
) -> String {
    match organisation.filter(|id| Some(*id) != own).and_then(|id| tree.get(id)) {
        Some(node) => format!("{post}（{}）", clear_name(node, own, tree)),
        None => post.to_owned(),
    }
}

/// Takes a text of several posts apart: at every 、 that stands in no brackets; where brackets are open, at every one.
pub fn each_post(text: &str) -> impl Iterator<Item = &str> {
    let are_closed = text.matches(['（', '(']).count() == text.matches(['）', ')']).count();
    let mut depth = 0_usize;
    let parts = text.split(move |character| {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == '、' && (depth == 0 || !are_closed)
    });
    parts.map(str::trim).filter(|post| !post.is_empty())
}

/// The post, and its organisation where one is told. Brackets in which no organisation stands are part of the post:
/// 「副书记（主持工作）」.
pub fn read_post<'t>(
    text: &'t str,
    own: Option<OrganisationId>,
    tree: &OrganisationTree,
) -> (&'t str, Option<OrganisationId>) {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return (text, None) };
    let mut read = inner.match_indices(['（', '(']).filter_map(|(at, bracket)| {
        let (post, name) = (inner[..at].trim(), inner[at + bracket.len()..].trim());
        let organisation = called(name, own, tree).filter(|_| !post.is_empty())?;
        Some((post, Some(organisation.id)))
    });
    read.next().unwrap_or((text, None))
}

/// The shortest of its names that means this organisation and no other.
fn clear_name(node: &Organisation, own: Option<OrganisationId>, tree: &OrganisationTree) -> String {
    let means_it = |name: &&str| called(name, own, tree).is_some_and(|found| found.id == node.id);
    let plain = [node.shown_name(), &node.name].into_iter().find(means_it);
    plain.map_or_else(|| tree.path(node.id), str::to_owned)
}

/// The one organisation that is called so, by its name or its path; of several that below the own one.
fn called<'t>(text: &str, own: Option<OrganisationId>, tree: &'t OrganisationTree) -> Option<&'t Organisation> {
    let is_called = |node: &&Organisation| node.name == text || node.shown_name() == text;
    let named: Vec<&Organisation> = tree.all().filter(is_called).collect();
    match named[..] {
        [one] => Some(one),
        [] if text.contains('/') => tree.all().find(|node| tree.path(node.id) == text),
        [] => None,
        _ => {
            let mut near = named.into_iter().filter(|node| own.is_some() && node.parent == own);
            near.next().filter(|_| near.next().is_none())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::organisations::OrganisationKind;

    /// A general branch with two branches, each with a group of the same name, and an office with another of that name.
    fn tree() -> OrganisationTree {
        let node = |id, parent: Option<i64>, kind, name| {
            Organisation::new(OrganisationId(id), parent.map(OrganisationId), kind, name)
        };
        let mut general = node(1, None, OrganisationKind::GeneralBranch, "中共青禾县民政局总支部委员会");
        general.short_name = Some("局机关党总支".to_owned());
        OrganisationTree::new(vec![
            general,
            node(2, Some(1), OrganisationKind::Branch, "第一党支部"),
            node(3, Some(1), OrganisationKind::Branch, "第二（老干、退休）党支部"),
            node(4, Some(2), OrganisationKind::Group, "第一党小组"),
            node(5, Some(3), OrganisationKind::Group, "第一党小组"),
            node(6, None, OrganisationKind::GeneralBranch, "福利院党总支"),
            node(7, Some(6), OrganisationKind::Branch, "第一党支部"),
        ])
    }

    #[test]
    fn what_is_written_of_any_organisation_is_read_as_the_same_post_of_it() {
        let tree = tree();
        let own = Some(OrganisationId(2));
        let told = |post: &str, id| told_post(post, Some(OrganisationId(id)), own, &tree);
        for (id, wanted) in [
            (1, "书记（局机关党总支）"),
            (2, "书记"),
            (3, "书记（第二（老干、退休）党支部）"),
            (4, "书记（第一党小组）"),
            (5, "书记（中共青禾县民政局总支部委员会/第二（老干、退休）党支部/第一党小组）"),
            (7, "书记（福利院党总支/第一党支部）"),
        ] {
            assert_eq!(told("书记", id), wanted);
            let organisation = Some(OrganisationId(id)).filter(|id| Some(*id) != own);
            assert_eq!(read_post(wanted, own, &tree), ("书记", organisation));
        }
        let all = (1..=7).map(|id| told("委员", id)).collect::<Vec<_>>();
        assert_eq!(each_post(&all.join("、")).collect::<Vec<_>>(), all, "no name is taken apart");
    }

    #[test]
    fn brackets_without_an_organisation_are_part_of_the_post() {
        let tree = tree();
        for text in ["副书记（主持工作）", "书记（兼）", "书记（第一支部委员会）", "（局机关党总支）", "书记"]
        {
            assert_eq!(read_post(text, Some(OrganisationId(2)), &tree), (text, None));
        }
        let twice = read_post("副书记（主持工作）（局机关党总支）", None, &tree);
        assert_eq!(twice, ("副书记（主持工作）", Some(OrganisationId(1))));
        let narrow = read_post("书记 (局机关党总支)", None, &tree);
        assert_eq!(narrow, ("书记", Some(OrganisationId(1))), "as typed in Excel");
        assert_eq!(read_post("书记（第一党支部）", None, &tree).1, None, "two are called so");
        assert_eq!(each_post(" 书记、、组织委员 、").collect::<Vec<_>>(), ["书记", "组织委员"]);
        assert_eq!(each_post("书记（兼、组织委员").collect::<Vec<_>>(), ["书记（兼", "组织委员"]);
    }
}
