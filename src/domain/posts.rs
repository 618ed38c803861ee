//! Posts in the party (党内职务) in their rank: what lists and figures order them by.

/// Posts from the highest on, as offices list them.
pub const POSTS: &[&str] = &["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "组长", "副组长"];

/// The place of a post among [`POSTS`], the highest first; those not known stand last.
pub fn post_rank(post: &str) -> usize {
    let fitting = POSTS.iter().enumerate().filter(|(_, known)| post.ends_with(**known));
    fitting.max_by_key(|(_, known)| known.len()).map_or(POSTS.len(), |(place, _)| place)
}
