//! Owns a page with every control on it, for looking at and for the tests of the controls.
//! Must never be part of the program. Start at [`Gallery::ui`].

use egui::{Rect, Ui, UiBuilder, vec2};
use jiff::civil::{Date, date};

use crate::ui::theme::space;
use crate::ui::widgets::{
    AnswerCard, Badge, Button, ChartRow, Checkbox, Chip, DateField, DayBar, Dot, EmptyState, Figure, Holding, Icon,
    IconButton, Mark, MenuRow, Note, PageHead, Segments, Select, StateControl, TextField, TimelineRow, Tone, Tree,
    TreeEvent, TreeLine, add_chip, choice_card, figure, key_value, link, mark, measuring_bar, menu_button, menu_rule,
    note, progress_line, section, sheet, tabs,
};

pub const TODAY: Date = date(2026, 11, 24);

/// Reads the forms the tests write.
pub fn read_date(text: &str) -> Result<String, String> {
    let iso = text.replace(['年', '月', '.', '/'], "-").replace('日', "");
    let mut parts = iso.trim_matches('-').split('-').map(str::parse::<i16>);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    match (year, month, day) {
        (Some(Ok(year)), None, None) => Ok(format!("{year:04}")),
        (Some(Ok(year)), Some(Ok(month @ 1..=12)), None) => Ok(format!("{year:04}-{month:02}")),
        (Some(Ok(year)), Some(Ok(month @ 1..=12)), Some(Ok(day))) => Date::new(year, month as i8, day as i8)
            .map(|day| day.to_string())
            .map_err(|_| format!("{month} 月没有 {day} 日")),
        _ => Err("不是日期".into()),
    }
}

/// Everything the controls of the page change, and what was pressed last.
pub struct Gallery {
    pub name: String,
    pub id_number: String,
    pub remark: String,
    pub birth: String,
    pub joined: String,
    pub filter: String,
    pub nation: Option<usize>,
    pub only_missing: bool,
    pub state: Option<Holding>,
    pub way: Option<usize>,
    pub tab: usize,
    pub chips: Vec<String>,
    pub open: bool,
    pub branch: Option<u64>,
    pub last: String,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            name: "林秀英".into(),
            id_number: "110000********0013".into(),
            remark: String::new(),
            birth: "2026-02-30".into(),
            joined: "2019-07".into(),
            filter: String::new(),
            nation: Some(0),
            only_missing: true,
            state: Some(Holding::Part),
            way: Some(0),
            tab: 0,
            chips: vec!["人员类别：正式党员".into(), "党龄 ≥ 10 年".into()],
            open: true,
            branch: Some(2),
            last: String::new(),
        }
    }
}

impl Gallery {
    pub fn ui(&mut self, ui: &mut Ui) {
        let page = ui.max_rect().shrink2(vec2(24.0, 12.0));
        let width = (page.width() - 2.0 * space::XXL) / 3.0;
        let columns: [fn(&mut Self, &mut Ui); 3] = [Self::controls, Self::fields, Self::things];
        for (index, draw) in columns.into_iter().enumerate() {
            let left = page.left() + index as f32 * (width + space::XXL);
            let rect = Rect::from_min_size(egui::pos2(left, page.top()), vec2(width, page.height()));
            ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("gallery", index)), |ui| draw(self, ui));
        }
    }

    fn pressed(&mut self, what: &str) {
        self.last = what.to_owned();
    }

    fn controls(&mut self, ui: &mut Ui) {
        section(ui, "按钮", "");
        ui.horizontal(|ui| {
            for button in [
                Button::primary("保存"),
                Button::plain("导出…").icon(Icon::Upload),
                Button::quiet("取消"),
                Button::careful("删稿"),
            ] {
                let word = button.word().to_owned();
                if ui.add(button).clicked() {
                    self.pressed(&word);
                }
            }
            ui.add(Button::primary("不可存").enabled(false));
            ui.add(Button::plain("不可用").enabled(false).tip("先选人"));
        });
        ui.horizontal(|ui| {
            if ui.add(Button::plain("计划").small()).clicked() {
                self.pressed("计划");
            }
            ui.add(IconButton::new(Icon::Printer, "打印").framed());
            if ui.add(IconButton::new(Icon::Redo2, "重做")).clicked() {
                self.pressed("重做");
            }
            if link(ui, "逐篇看").clicked() {
                self.pressed("逐篇看");
            }
            let (_, chosen) = menu_button(ui, Button::plain("变动"), "变动", |ui| {
                let transfer = ui.add(MenuRow::new("转到其他支部…").icon(Icon::ArrowLeftRight)).clicked();
                ui.add(MenuRow::new("更正…").icon(Icon::Pencil).shortcut("Ctrl+E"));
                menu_rule(ui);
                ui.add(MenuRow::new("作废…").icon(Icon::Trash2).careful());
                ui.add(MenuRow::new("恢复").enabled(false));
                transfer
            });
            if chosen == Some(true) {
                self.pressed("转到其他支部…");
            }
        });
        self.choices_ui(ui);
        section(ui, "范围", "182");
        let height = 4.0 * 28.0;
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| self.tree_ui(ui));
        section(ui, "图", "周岁，合计 182");
        ui.spacing_mut().item_spacing.y = 0.0;
        for (label, value, fraction) in [("36 至 40 岁", "28", 0.7), ("41 至 45 岁", "35", 0.9)] {
            if ChartRow::new(label, value, fraction).share("19.2 %").open(value == "35").show(ui).clicked() {
                self.pressed(label);
            }
        }
        measuring_bar(ui, 3, 8, 120.0);
    }

    fn choices_ui(&mut self, ui: &mut Ui) {
        section(ui, "筛选条件", "");
        self.chips_ui(ui);
        section(ui, "状态控件", "");
        ui.horizontal(|ui| {
            if let Some(state) = StateControl::new("主题党日记录", self.state).show(ui) {
                self.state = Some(state);
            }
            if let Some(way) = Segments::new("方式", &["一对一", "一对多", "电话"], self.way).show(ui) {
                self.way = Some(way);
            }
        });
        section(ui, "标记", "");
        ui.horizontal(|ui| {
            ui.add(Badge::new("正式党员"));
            ui.add(Badge::new("部分").tone(Tone::Amber));
            ui.add(Badge::new("缺").tone(Tone::Hard));
            ui.add(Badge::new("有").tone(Tone::Ok));
            mark(ui, Mark::Hard, "硬性");
            mark(ui, Mark::Soft, "一般");
            mark(ui, Mark::Hint, "提示");
        });
        if let Some(tab) = tabs(ui, &["名册", "覆盖情况", "记录"], self.tab) {
            self.tab = tab;
        }
        ui.add(Checkbox::new(&mut self.only_missing, "只看缺的"));
    }

    fn chips_ui(&mut self, ui: &mut Ui) {
        let mut removed = None;
        ui.horizontal_wrapped(|ui| {
            let filter = TextField::new("筛本表", &mut self.filter)
                .label_hidden()
                .hint("筛本表")
                .prefix(Icon::Funnel)
                .width(110.0);
            filter.show(ui);
            for (index, text) in self.chips.iter().enumerate() {
                if Chip::new(text).chosen(true).removable().show(ui).removed {
                    removed = Some(index);
                }
            }
            let women = Chip::new("女党员").show(ui).response.clicked();
            let add = add_chip(ui, "条件").clicked();
            if women || add {
                self.last = if women { "女党员" } else { "条件" }.to_owned();
            }
        });
        if let Some(index) = removed {
            self.chips.remove(index);
        }
    }

    fn tree_ui(&mut self, ui: &mut Ui) {
        let line = |id, depth, text, count, open| TreeLine { id, depth, text, count, open, dim: false, initials: "" };
        let mut lines = vec![line(1, 0, "青禾县民政局党总支", "182", Some(self.open))];
        if self.open {
            lines.push(line(2, 1, "局机关第一党支部", "24", Some(false)));
            lines.push(line(3, 1, "局机关第二党支部", "21", None));
            lines.push(line(4, 1, "社会组织联合党支部", "32", None));
        }
        match Tree::new("范围", self.branch).show(ui, &lines) {
            Some(TreeEvent::Chosen(id)) => self.branch = Some(id),
            Some(TreeEvent::Opened(1)) => self.open = true,
            Some(TreeEvent::Closed(1)) => self.open = false,
            Some(TreeEvent::Opened(_) | TreeEvent::Closed(_)) | None => {}
        }
    }

    fn fields(&mut self, ui: &mut Ui) {
        section(ui, "字段", "");
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            TextField::new("姓名", &mut self.name).required().width(130.0).show(ui);
            let options = ["汉族", "满族", "回族", "维吾尔族"];
            Select::new("民族", &options, &mut self.nation).width(130.0).show(ui);
            TextField::new("编号", &mut String::new()).hint("自动编号").enabled(false).width(110.0).show(ui);
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            DateField::new("出生日期", &mut self.birth, TODAY, &read_date).show(ui);
            let warning = Note::Warning("校验位不符，可照存".into());
            TextField::new("公民身份号码", &mut self.id_number).note(warning).width(212.0).show(ui);
        });
        DateField::new("入党日期", &mut self.joined, TODAY, &read_date).label_left(80.0).show(ui);
        TextField::long("备注", &mut self.remark, 3).hint("谈了什么").show(ui);
        section(ui, "要回答的", "2");
        let card =
            AnswerCard::new("7 个入党时间写成“2019.1”，是 1 月还是 10 月？", &["都是 1 月", "都是 10 月", "逐个看…"]);
        if card.note("表格会把 2019.10 存成 2019.1。第 6、8、10 行等。").show(ui) == Some(1) {
            self.pressed("都是 10 月");
        }
        AnswerCard::new("身份证号末三位丢失", &[]).note("第 8 行：存成了数字。此格不写入，其余照写。").hard().show(ui);
        section(ui, "时间线", "");
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            TimelineRow::new("2026-12-08", Dot::Future, "政治生日：入党 20 周年").note("14 天后").show(ui);
            let talk = TimelineRow::new("2026-09-15", Dot::Open, "谈话：和 刘淑芬（组织生活会前谈心）");
            if talk.note("2026-028·机关谈心室").opens().show(ui).clicked() {
                self.pressed("谈话");
            }
            TimelineRow::new("2026-03-18", Dot::Full, "当选 组织委员（换届）").show(ui);
            TimelineRow::new("2021-07", Dot::Quiet, "县直机关优秀共产党员").last(true).show(ui);
        });
    }

    fn things(&mut self, ui: &mut Ui) {
        PageHead::new("党员", "青禾县民政局党总支·在册 182 人").show(ui, |ui| {
            ui.add(Button::primary("新增党员").icon(Icon::Plus).name("新增党员"));
        });
        section(ui, "数字", "");
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            for number in [Figure::new("党员", "182", "人").large(), Figure::new("女党员", "73", "人")] {
                if figure(ui, &number).clicked() {
                    self.pressed(number.name);
                }
            }
            figure(ui, &Figure::new("党支部", "8", "个").open(true));
            let unknown = crate::ui::widgets::Value::ToFill("口径");
            figure(ui, &Figure { value: unknown, ..Figure::new("困难党员", "", "人") });
        });
        section(ui, "进度、提示、往日", "");
        sheet(ui, 6, |ui| {
            if progress_line(ui, "导入 12,480 / 20,000 行", Some(0.62), Some("导入")) {
                self.pressed("取消导入");
            }
        });
        if DayBar::new("截至 2025-12-31 的名册，不能修改", "回到今天").show(ui) {
            self.pressed("回到今天");
        }
        section(ui, "基本情况", "");
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            key_value(ui, 96.0, "出生日期", "1981-05-21", "45 岁");
            key_value(ui, 96.0, "籍贯", "", "");
        });
        section(ui, "空", "");
        let pressed = sheet(ui, 0, |ui| {
            ui.set_height(112.0);
            let empty = EmptyState::new("这一年还没有谈话记录", "记一次，或导入已有的谈话台账");
            empty.plain("导入…").primary("记谈话").show(ui)
        });
        if pressed.inner == Some(1) {
            self.pressed("记谈话");
        }
        if choice_card(ui, Icon::FileSpreadsheet, "从花名册开始…", "选一份 Excel 或 CSV 名册", true).clicked()
        {
            self.pressed("从花名册开始…");
        }
        note(ui, &self.last);
    }
}
