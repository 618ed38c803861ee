//! The phrases of which heads of members are made: the name of a field, and the words before it that change nothing.

use crate::domain::fields::Known;

/// What a field is called, and what may go before.
pub(super) struct Phrase {
    pub field: Known,
    pub before: &'static [&'static str],
    pub cores: &'static [&'static str],
}

/// The phrases by which offices name the fields of a member.
pub(super) const PHRASES: &[Phrase] = &[
    Phrase {
        field: Known::IdNumber,
        before: &["公民", "居民", "二代", "有效", "中国"],
        cores: &["身份证", "身份证号", "身份证号码", "身份号码", "身份证件号", "身份证件号码", "证件号", "证件号码"],
    },
    Phrase {
        field: Known::Phone,
        before: &[
            "联系",
            "联络",
            "办公",
            "办公室",
            "家庭",
            "住宅",
            "宅",
            "单位",
            "常用",
            "有效",
            "移动",
            "固定",
            "手机",
            "通讯",
            "通信",
        ],
        cores: &["电话", "电话号", "电话号码", "手机", "手机号", "手机号码", "联系方式", "联络方式", "固话", "座机"],
    },
    Phrase {
        field: Known::Branch,
        before: &["所在", "组织关系", "党组织关系", "正式", "关系", "基层", "党"],
        cores: &["党支部", "支部", "支部委员会"],
    },
    Phrase { field: Known::Group, before: &["所在", "支部", "党"], cores: &["党小组", "小组"] },
    Phrase {
        field: Known::PartyPost,
        before: &["党内", "党组织", "党支部", "支部", "党务", "支委", "支委会", "现任", "担任", "所任"],
        cores: &[
            "党内职务",
            "党组织职务",
            "支部职务",
            "党务职务",
            "党内任职",
            "支部任职",
            "党组织任职",
            "支委职务",
            "支部分工",
        ],
    },
    Phrase {
        field: Known::Unit,
        before: &["所在", "工作", "学习", "就业", "任职", "服务", "从业", "用人", "用工", "在职", "或", "/", "现"],
        cores: &["单位", "企业", "公司"],
    },
    Phrase {
        field: Known::FloatPlace,
        before: &["现", "外出", "流动", "务工", "目前", "主要"],
        cores: &[
            "流入地",
            "流向",
            "去向",
            "流动地点",
            "外出地点",
            "务工地点",
            "流动去向",
            "外出地",
            "流入地点",
            "务工地",
        ],
    },
    Phrase {
        field: Known::Job,
        before: &["行政", "现任", "担任", "所任", "工作", "单位", "具体", "岗位", "职务", "从事", "任职"],
        cores: &["职务", "职位", "岗位", "职务职级"],
    },
    Phrase {
        field: Known::Title,
        before: &["专业", "技术", "专业技术", "现任", "所任"],
        cores: &["职称", "专业技术职务"],
    },
    Phrase {
        field: Known::Education,
        before: &["最高", "最终", "全日制", "在职", "国民教育", "第一", "毕业", "现有", "取得", "受"],
        cores: &["学历", "文化程度", "教育程度", "学历层次", "学历程度", "文化水平", "学历学位"],
    },
    Phrase {
        field: Known::School,
        before: &["毕业", "最高学历", "全日制", "在职", "学历", "最终"],
        cores: &["毕业院校", "毕业学校", "院校", "毕业院校专业", "院校专业", "毕业院校系专业"],
    },
    Phrase {
        field: Known::Address,
        before: &["家庭", "常住", "居住", "通讯", "通信", "详细", "户籍", "户口", "联系", "经常", "实际", "具体", "现"],
        cores: &[
            "住址",
            "地址",
            "居住地",
            "居住地址",
            "居住地点",
            "住地",
            "住处",
            "户籍所在地",
            "户口所在地",
            "户籍地",
        ],
    },
    Phrase {
        field: Known::Fee,
        before: &["月", "每月", "应", "核定", "按月", "标准"],
        cores: &[
            "党费",
            "交党费",
            "党费标准",
            "党费金额",
            "党费数额",
            "党费额",
            "交党费金额",
            "交党费标准",
            "交党费数额",
        ],
    },
    Phrase {
        field: Known::Introducers, before: &["入党", "第一", "第二"], cores: &["入党介绍人", "介绍人"]
    },
    Phrase {
        field: Known::Honours,
        before: &["获得", "所获", "曾获", "受", "近年", "近三年", "主要", "获"],
        cores: &["荣誉", "荣誉称号", "表彰", "表彰奖励", "奖励", "奖惩", "奖项"],
    },
    Phrase { field: Known::NativePlace, before: &["祖籍", "户籍"], cores: &["籍贯"] },
    Phrase { field: Known::Name, before: &["真实"], cores: &["姓名"] },
];
