//! The field table (字段表): every field of a member, told once.
//!
//! Import, forms, lists, filters, CSV, JSON, `apply`, diary and typed extra fields all read it: a field is added here
//! and nowhere else. Knows nothing of any of them. Start at [`FIELDS`].

mod groups;

pub use groups::FieldGroup;

use super::ids::ExtraFieldId;

/// A field of a member that the program knows (固有字段).
///
/// The order is the order of exports and forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    Name,
    Sex,
    Nation,
    Birth,
    IdNumber,
    NativePlace,
    Birthplace,
    Education,
    EducationText,
    Degree,
    School,
    WorkStart,
    Applied,
    Activist,
    Candidate,
    Joined,
    Full,
    Category,
    Branch,
    Group,
    PartyPost,
    TransferIn,
    Status,
    Lost,
    LostSince,
    Floating,
    FloatPlace,
    Unit,
    Job,
    Title,
    Occupation,
    Phone,
    Address,
    Introducers,
    Fee,
    Honours,
    Remark,
}

/// A field: one the program knows, or one that the user made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKey {
    Known(Known),
    Extra(ExtraFieldId),
}

impl From<Known> for FieldKey {
    fn from(known: Known) -> Self {
        Self::Known(known)
    }
}

/// What a value of the field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text as written.
    Text,
    /// Text that may be long.
    LongText,
    /// A [`super::dates::PartialDate`].
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A nation of GB/T 3304, in full.
    Nation,
    /// A citizen's identity number.
    IdNumber,
    /// One or more phone numbers, joined by `、`.
    Phone,
    /// Yuan with two decimals.
    Money,
    /// An organisation: told by name in files, by id in commands.
    Organisation,
}

/// Where a field's value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// A column of the person.
    Person,
    /// A dated fact of that kind.
    Fact(FactKind),
    /// Computed from others; kept only where a file told it and the others do not give it.
    Derived,
}

/// The kinds of dated facts of a person (事项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// 组织关系: belongs to a branch.
    Membership,
    /// 党小组: belongs to a group below the branch; never counted as a membership.
    Group,
    /// 党内职务 in an organisation.
    Post,
    /// 党籍状态.
    Status,
    /// 流动党员.
    Floating,
    /// 失联党员.
    Lost,
}

impl FactKind {
    pub const ALL: [Self; 6] = [Self::Membership, Self::Group, Self::Post, Self::Status, Self::Floating, Self::Lost];

    /// The name in the file and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Membership => "membership",
            Self::Group => "group",
            Self::Post => "post",
            Self::Status => "status",
            Self::Floating => "floating",
            Self::Lost => "lost",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Membership => "组织关系",
            Self::Group => "党小组",
            Self::Post => "党内职务",
            Self::Status => "党籍状态",
            Self::Floating => "流动",
            Self::Lost => "失联",
        }
    }
}

/// How carefully a value is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Plain,
    /// Masked on screen and paper unless asked for.
    Personal,
}

/// One line of the field table.
#[derive(Debug)]
pub struct FieldSpec {
    pub key: Known,
    /// The name in exports, JSON and `apply`.
    pub name: &'static str,
    /// The heading on screen and paper.
    pub label: &'static str,
    pub kind: FieldKind,
    pub home: Home,
    pub class: Class,
    /// Column heads that mean this field, spaces, line breaks and bracketed parts removed.
    pub synonyms: &'static [&'static str],
}

/// 人员类别 in rank order: each includes what comes before it.
pub const CATEGORIES: &[&str] = &["入党申请人", "入党积极分子", "发展对象", "预备党员", "正式党员"];
/// 学历 bands of the annual statistics.
pub const EDUCATION_BANDS: &[&str] = &["研究生", "大学本科", "大学专科", "中专", "高中、中技", "初中及以下"];
pub const SEXES: &[&str] = &["男", "女"];
pub const YES_NO: &[&str] = &["是", "否"];

const fn field(
    key: Known,
    name: &'static str,
    label: &'static str,
    kind: FieldKind,
    synonyms: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, name, label, kind, home: Home::Person, class: Class::Plain, synonyms }
}

impl FieldSpec {
    const fn of_fact(mut self, kind: FactKind) -> Self {
        self.home = Home::Fact(kind);
        self
    }

    const fn derived(mut self) -> Self {
        self.home = Home::Derived;
        self
    }

    const fn personal(mut self) -> Self {
        self.class = Class::Personal;
        self
    }

    /// Whether its values are dates.
    pub fn is_date(&self) -> bool {
        matches!(self.kind, FieldKind::Date)
    }
}

use FieldKind::{Choice, Date, IdNumber, LongText, Money, Nation, Organisation, Phone, Text};

/// The field table, in the order of [`Known`].
pub static FIELDS: &[FieldSpec] = &[
    field(Known::Name, "name", "姓名", Text, &["姓名", "党员姓名", "名字", "人员姓名", "成员姓名", "同志姓名"]),
    field(Known::Sex, "sex", "性别", Choice(SEXES), &["性别"]),
    field(Known::Nation, "nation", "民族", Nation, &["民族", "族别"]),
    field(
        Known::Birth,
        "birth",
        "出生日期",
        Date,
        &["出生日期", "出生年月", "出生年月日", "生日", "出生时间", "出生", "出生年月份"],
    ),
    field(
        Known::IdNumber,
        "id_number",
        "公民身份号码",
        IdNumber,
        &[
            "公民身份号码",
            "身份证号",
            "身份证号码",
            "身份证",
            "身份号码",
            "证件号码",
            "公民身份证号",
            "公民身份证号码",
            "居民身份证号",
            "居民身份证号码",
            "身份证件号码",
            "身份证编号",
        ],
    )
    .personal(),
    field(Known::NativePlace, "native_place", "籍贯", Text, &["籍贯", "原籍"]),
    field(Known::Birthplace, "birthplace", "出生地", Text, &["出生地"]),
    field(
        Known::Education,
        "education",
        "学历",
        Choice(EDUCATION_BANDS),
        &[
            "学历",
            "文化程度",
            "最高学历",
            "全日制学历",
            "在职学历",
            "学历学位",
            "文化",
            "学历层次",
            "教育程度",
            "学历情况",
            "现学历",
            "第一学历",
            "学历/学位",
            "学历及学位",
            "学历、学位",
        ],
    ),
    field(Known::EducationText, "education_text", "学历（原文）", Text, &[]),
    field(Known::Degree, "degree", "学位", Text, &["学位", "最高学位", "学位名称", "最高学位名称"]),
    field(
        Known::School,
        "school",
        "毕业院校",
        Text,
        &[
            "毕业院校",
            "毕业学校",
            "毕业院校及专业",
            "院校",
            "毕业院校系及专业",
            "毕业院校及所学专业",
            "毕业学校及专业",
            "毕业院校系",
            "毕业院校、专业",
            "毕业院校专业",
        ],
    ),
    field(
        Known::WorkStart,
        "work_start",
        "参加工作时间",
        Date,
        &["参加工作时间", "参加工作日期", "工作时间", "参工时间", "参加工作年月", "参加工作年月日", "参加工作"],
    ),
    field(
        Known::Applied,
        "applied",
        "递交申请书时间",
        Date,
        &[
            "递交申请书时间",
            "申请入党时间",
            "入党申请时间",
            "申请书日期",
            "提出申请时间",
            "申请入党日期",
            "申请入党年月",
            "入党申请日期",
            "递交入党申请书时间",
            "递交入党申请时间",
            "提交入党申请书时间",
            "递交申请时间",
            "申请书时间",
            "递交申请书日期",
            "递交入党申请书日期",
            "提交申请书时间",
        ],
    ),
    field(
        Known::Activist,
        "activist",
        "列为积极分子时间",
        Date,
        &[
            "列为积极分子时间",
            "确定为积极分子时间",
            "列为入党积极分子时间",
            "积极分子时间",
            "列为积极分子日期",
            "确定积极分子时间",
            "入党积极分子时间",
            "确定入党积极分子时间",
            "确定为入党积极分子时间",
            "列为入党积极分子日期",
            "成为入党积极分子时间",
            "积极分子确定时间",
        ],
    ),
    field(
        Known::Candidate,
        "candidate",
        "列为发展对象时间",
        Date,
        &[
            "列为发展对象时间",
            "确定发展对象时间",
            "发展对象时间",
            "列为发展对象日期",
            "确定为发展对象时间",
            "确定发展对象日期",
            "确定为发展对象日期",
            "成为发展对象时间",
            "发展对象确定时间",
        ],
    ),
    field(
        Known::Joined,
        "joined",
        "入党时间",
        Date,
        &[
            "入党时间",
            "入党日期",
            "加入党组织日期",
            "加入中共时间",
            "入党年月",
            "加入党组织时间",
            "接收为预备党员时间",
            "成为预备党员时间",
            "何时入党",
            "加入中国共产党时间",
            "加入中国共产党日期",
            "加入党组织年月",
            "入党年月日",
            "接收为预备党员日期",
            "接收预备党员时间",
            "发展为预备党员时间",
            "吸收为预备党员时间",
            "批准为预备党员时间",
            "成为预备党员日期",
            "参加组织时间",
            "入党",
        ],
    ),
    field(
        Known::Full,
        "full",
        "转正时间",
        Date,
        &[
            "转正时间",
            "转正日期",
            "转为正式党员日期",
            "转正年月",
            "成为正式党员日期",
            "转正年月日",
            "转为正式党员时间",
            "转为正式党员年月",
            "预备党员转正时间",
            "成为正式党员时间",
            "转正",
        ],
    ),
    field(
        Known::Category,
        "category",
        "人员类别",
        Choice(CATEGORIES),
        &[
            "人员类别",
            "党员类别",
            "党员类型",
            "政治面貌",
            "预/正",
            "正式/预备",
            "是否正式",
            "党员身份",
            "类别",
            "人员类型",
            "政治身份",
            "正式/预备党员",
            "党员类别名称",
            "是否正式党员",
            "正式或预备",
        ],
    )
    .derived(),
    field(
        Known::Branch,
        "branch",
        "所在党支部",
        Organisation,
        &[
            "所在党支部",
            "所属党支部",
            "所在支部",
            "所属支部",
            "党支部名称",
            "党支部",
            "支部名称",
            "组织关系所在支部",
            "支部",
            "所在党支部名称",
            "所属支部名称",
            "所在支部名称",
            "组织关系所在党支部",
            "党员所在支部",
            "党员所在党支部",
            "所在基层党支部",
        ],
    )
    .of_fact(FactKind::Membership),
    field(
        Known::Group,
        "group",
        "党小组",
        Text,
        &["党小组", "所在党小组", "所属党小组", "党小组名称", "所在小组", "小组"],
    )
    .of_fact(FactKind::Group),
    field(
        Known::PartyPost,
        "party_post",
        "党内职务",
        Text,
        &[
            "党内职务",
            "党内任职",
            "支部职务",
            "党组织职务",
            "党支部职务",
            "担任党内职务",
            "现任党内职务",
            "党务职务",
            "党内职务名称",
        ],
    )
    .of_fact(FactKind::Post),
    field(
        Known::TransferIn,
        "transfer_in",
        "转入时间",
        Date,
        &[
            "转入时间",
            "组织关系转入时间",
            "转入日期",
            "关系转入",
            "组织关系转入日期",
            "转入本支部时间",
            "转入党支部时间",
            "组织关系转入",
        ],
    )
    .of_fact(FactKind::Membership),
    field(Known::Status, "status", "党籍状态", Text, &["党籍状态", "党员状态", "状态", "党籍情况"])
        .of_fact(FactKind::Status),
    field(
        Known::Lost,
        "lost",
        "是否失联",
        Choice(YES_NO),
        &["是否失联", "失联党员", "是否失联党员", "是否为失联党员", "失联", "失联情况"],
    )
    .of_fact(FactKind::Lost),
    field(
        Known::LostSince,
        "lost_since",
        "失去联系日期",
        Date,
        &["失去联系日期", "失联时间", "失联日期", "失去联系时间", "失联起始日期"],
    )
    .of_fact(FactKind::Lost),
    field(
        Known::Floating,
        "floating",
        "是否流动党员",
        Choice(YES_NO),
        &["是否流动党员", "是否流动", "流动党员", "流动", "是否为流动党员", "流动情况"],
    )
    .of_fact(FactKind::Floating),
    field(
        Known::FloatPlace,
        "float_place",
        "外出流向",
        Text,
        &["外出流向", "流动去向", "流向", "外出地点", "流动地点", "流动地", "外出地", "流出地点"],
    )
    .of_fact(FactKind::Floating),
    field(
        Known::Unit,
        "unit",
        "工作单位",
        Text,
        &[
            "工作单位",
            "单位",
            "单位及职务",
            "工作单位及职务",
            "工作/学习单位",
            "所在单位",
            "单位名称",
            "工作单位和职务",
            "工作单位及岗位",
            "所在单位及职务",
            "单位职务",
            "单位和职务",
            "现工作单位",
            "现工作单位及职务",
            "学习工作单位",
            "工作学习单位",
            "工作单位职务",
            "单位、职务",
            "工作单位、职务",
        ],
    ),
    field(
        Known::Job,
        "job",
        "行政职务",
        Text,
        &[
            "行政职务",
            "职务",
            "职务职级",
            "岗位",
            "现任职务",
            "职务/职级",
            "行政职务及职级",
            "职务及职级",
            "现任行政职务",
            "职务名称",
            "工作职务",
        ],
    ),
    field(
        Known::Title,
        "title",
        "职称",
        Text,
        &["职称", "专业技术职务", "技术职称", "专业技术职称", "专业职称", "专业技术职务任职资格", "职称名称"],
    ),
    field(
        Known::Occupation,
        "occupation",
        "工作岗位",
        Text,
        &["工作岗位", "岗位类别", "职业", "从事职业", "行业", "职业类别", "职业名称"],
    ),
    field(
        Known::Phone,
        "phone",
        "联系电话",
        Phone,
        &[
            "联系电话",
            "手机号",
            "手机",
            "手机号码",
            "电话",
            "联系方式",
            "移动电话",
            "电话号码",
            "手机电话",
            "移动电话号码",
            "联系手机",
            "联系电话号码",
            "本人电话",
            "联系号码",
            "手机号码/电话",
            "电话/手机",
        ],
    )
    .personal(),
    field(
        Known::Address,
        "address",
        "家庭住址",
        LongText,
        &[
            "家庭住址",
            "现居住地",
            "居住地",
            "住址",
            "地址",
            "常住地址",
            "户籍地",
            "家庭地址",
            "现住址",
            "现居住地址",
            "居住地址",
            "户籍地址",
            "户籍所在地",
            "常住地",
            "现住地",
            "现住地址",
            "家庭详细住址",
            "家庭居住地址",
            "家庭现住址",
        ],
    ),
    field(
        Known::Introducers,
        "introducers",
        "入党介绍人",
        Text,
        &["入党介绍人", "介绍人", "入党介绍人1", "入党介绍人2", "入党介绍人姓名", "介绍人姓名"],
    ),
    field(
        Known::Fee,
        "fee",
        "月交党费",
        Money,
        &[
            "月交党费",
            "月党费",
            "党费",
            "每月党费",
            "应交党费",
            "党费标准",
            "核定党费",
            "月缴党费",
            "每月应交党费",
            "每月应缴党费",
            "应缴党费",
            "月应交党费",
            "月应缴党费",
            "党费数额",
            "党费金额",
            "月党费标准",
            "每月交纳党费",
            "月交纳党费",
            "每月缴纳党费",
            "交纳党费标准",
        ],
    ),
    field(
        Known::Honours,
        "honours",
        "奖惩情况",
        LongText,
        &[
            "奖惩情况",
            "奖惩",
            "表彰",
            "荣誉",
            "表彰情况",
            "获奖情况",
            "所获荣誉",
            "荣誉情况",
            "受表彰情况",
            "奖励情况",
            "曾获荣誉",
            "表彰奖励",
            "表彰奖励情况",
            "奖惩记录",
        ],
    ),
    field(
        Known::Remark,
        "remark",
        "备注",
        LongText,
        &["备注", "说明", "其他", "其它", "备注说明", "情况说明", "备注栏"],
    ),
];

impl Known {
    /// The line of the field table.
    pub fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// The field with this name of the exports, or none.
    pub fn from_name(name: &str) -> Option<Self> {
        FIELDS.iter().find(|field| field.name == name).map(|field| field.key)
    }

    pub fn label(self) -> &'static str {
        self.spec().label
    }
}

/// The fields that are columns of the person, in order.
pub fn person_fields() -> impl Iterator<Item = &'static FieldSpec> {
    FIELDS.iter().filter(|field| field.home == Home::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum_and_no_head_means_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for (place, field) in FIELDS.iter().enumerate() {
            assert_eq!(field.key as usize, place, "{}", field.name);
            for head in field.synonyms {
                assert_eq!(seen.insert(*head, field.name), None, "{head} stands twice");
            }
        }
    }
}
