//! Posts in the party (党内职务) in their rank: what lists and figures order them by; and which posts are the party's. How
//! several are told in one text stands in [`told`].

pub mod told;

/// Posts from the highest on, as offices list them.
pub const POSTS: &[&str] = &["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "组长", "副组长"];

/// Bodies other than the party's own that have a 书记 or 委员 too: the youth league, mass organisations (群团), bodies of
/// self-government, congresses.
const OTHER_BODIES: &[&str] = &[
    "共青团",
    "团支",
    "团总支",
    "团委",
    "团工委",
    "工会",
    "职代会",
    "妇联",
    "妇女联合会",
    "妇委会",
    "青联",
    "少先队",
    "学生会",
    "科协",
    "关工委",
    "村委",
    "居委",
    "业委",
    "政协",
    "人大",
];

/// Whether a post is one of the party, not of a body beside it: 书记 and 青年委员 are, 团支部书记 and 妇联委员 are not.
pub fn is_of_party(post: &str) -> bool {
    // Who answers for the mass organisations in a committee of the party: 群团委员.
    let named = post.trim().replace("群团", "");
    !named.starts_with('团') && !OTHER_BODIES.iter().any(|body| named.contains(body))
}

/// How a member of a committee of the party is written: 委员, 组织委员, 支部委员, and short or by the body 支委, 总支委,
/// 支委会成员.
const COMMITTEE_MEMBER: &[&str] = &["委员", "支委", "支委成员", "支委会成员", "委员会成员"];

/// Whether a post of the party is that of a member of its committee who may be neither 书记 nor 副书记 (委员).
pub fn is_commissioner_post(post: &str) -> bool {
    is_of_party(post) && COMMITTEE_MEMBER.iter().any(|word| post.trim().ends_with(word))
}

/// The place of a post among [`POSTS`], the highest first; those not known stand last.
pub fn post_rank(post: &str) -> usize {
    if !is_of_party(post) {
        return POSTS.len();
    }
    let place_of = |post: &str| {
        let fitting = POSTS.iter().enumerate().filter(|(_, known)| post.ends_with(**known));
        fitting.max_by_key(|(_, known)| known.len()).map(|(place, _)| place)
    };
    let place = place_of(post).or_else(|| place_of("委员").filter(|_| is_commissioner_post(post)));
    place.unwrap_or(POSTS.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_of_the_committee_is_one_however_the_post_is_written() {
        for post in [
            "支委",
            "支部委员",
            "支部委员会委员",
            "支委会委员",
            "支委会成员",
            "总支委",
            "总支委员",
            "党委委员",
            "组织支委",
        ] {
            assert!(is_commissioner_post(post), "{post}");
            assert_eq!(post_rank(post), post_rank("委员"), "{post}");
        }
        for post in ["团支委", "团支部委员", "联络员", "组织员", "工会委员", "支委会"] {
            assert!(!is_commissioner_post(post), "{post}");
        }
    }

    #[test]
    fn posts_of_bodies_beside_the_party_are_none_of_the_party() {
        for post in
            ["书记", "党支部副书记", "第一书记", "组织委员", "青年委员", "妇女委员", "群团委员", "保密委员", "委员"]
        {
            assert!(is_of_party(post), "{post}");
        }
        for post in ["团支部书记", "团委副书记", "团书记", "妇联委员", "工会组织委员", "村委委员", "政协委员"]
        {
            assert!(!is_of_party(post), "{post}");
            assert_eq!(post_rank(post), POSTS.len(), "{post}");
        }
        assert_eq!((post_rank("书记"), post_rank("党支部副书记"), post_rank("群团委员")), (0, 1, 5));
    }
}
