//! Several names in one cell, as ledgers and lists write them.

use super::{names_and_posts_in, names_in};
use crate::domain::values::{Reading, Trouble, Value};

#[test]
fn names_are_parted_at_every_sign() {
    for (text, names) in [
        ("张三", "张三"),
        ("张三、李四", "张三、李四"),
        ("张三，李四；王五", "张三、李四、王五"),
        ("张三/李四", "张三、李四"),
        ("张三\n李四", "张三、李四"),
        ("贺梅雪 彭强鹏 彭静春", "贺梅雪、彭强鹏、彭静春"),
        ("张　三、李 四", "张三、李四"),
        ("张 三　李 四", "张三、李四"),
        ("诸葛 亮", "诸葛亮"),
        ("陈 志 远", "陈志远"),
        ("陈　志　远", "陈志远"),
        ("陈　志　远、周 国 华", "陈志远、周国华"),
        ("陈 志 远　周 国 华", "陈志远、周国华"),
        ("陈　　志 远", "陈志远"),
        ("吴 海涛 梁 兰", "吴海涛、梁兰"),
        ("周国华 高 梅", "周国华、高梅"),
        ("周国华 高 一 鸣", "周国华、高一鸣"),
        ("张 三 李 四", "张三、李四"),
        ("司 马 林 海", "司马林海"),
        ("欧阳 小 明", "欧阳小明"),
        // Whom the workbook knows tells how to part it.
        ("陈 志 远 周 国 华", "陈志远周国华"),
        ("张三（书记、局长）、李四（委员）", "张三、李四"),
        ("组织委员：张三\n宣传委员：李四", "张三、李四"),
        ("组织委员张三、宣传委员李四", "张三、李四"),
        ("张三书记、李四同志", "张三、李四"),
        ("张三和李四", "张三、李四"),
        ("李和平、欧阳和平", "李和平、欧阳和平"),
        ("努尔兰·哈山、阿不都拉", "努尔兰·哈山、阿不都拉"),
        ("班子成员（张三、李四）", "张三、李四"),
        ("张三、张三", "张三"),
        ("司马林海", "司马林海"),
    ] {
        assert_eq!(names_in(text), Reading::text(names), "{text}");
    }
    for text in ["无", "空缺", "（待定）", "", "—"] {
        assert_eq!(names_in(text), Reading::Nothing, "{text}");
    }
}

#[test]
fn a_post_stands_for_a_name_only_where_that_is_asked_for() {
    for (text, names) in [
        ("支部书记", "支部书记"),
        ("书记", "书记"),
        ("组织委员", "组织委员"),
        ("赵敏、书记", "赵敏、书记"),
        ("书记 副书记", "书记、副书记"),
        ("书记和副书记", "书记、副书记"),
        ("党员赵敏", "赵敏"),
        // Those have their names.
        ("陈志远/支部书记", "陈志远"),
        ("支部书记\n陈志远", "陈志远"),
        ("陈志远 书记", "陈志远"),
        ("支部书记陈志远", "陈志远"),
        ("支部书记：陈志远", "陈志远"),
        ("赵敏同志", "赵敏"),
    ] {
        assert_eq!(names_and_posts_in(text), Reading::text(names), "{text}");
    }
    for text in ["支部书记", "党支部书记", "组织委员", "书记", "同志"] {
        assert_eq!(names_in(text), Reading::Nothing, "{text}");
    }
}

#[test]
fn a_group_is_no_name() {
    for (text, kept) in [
        ("全体党员", "全体党员"),
        ("张三、全体班子成员", "张三、全体班子成员"),
        ("退休党员", "退休党员"),
        ("各支部书记", "各支部书记"),
        ("张三等", "张三"),
        ("张三、李四 等5人", "张三、李四"),
        ("张三等三名同志", "张三"),
        ("王主任", "王主任"),
        ("王□明", "王□明"),
    ] {
        let doubtful = Reading::Doubtful(Value::Text(kept.into()), Trouble::NameUnreadable);
        assert_eq!(names_in(text), doubtful, "{text}");
    }
}
