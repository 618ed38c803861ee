//! Small workbooks by chance, full of edges: re-elections, transfers, partial dates, days just before and after a
//! limit. One seed, one workbook, written as a case so that it can be read and kept.

use branchdesk::clock::Day;
use jiff::ToSpan as _;

use super::case::{Ask, Case};

/// The day on which everything is written; nothing is told of later ones.
const TODAY: Day = Day::constant(2026, 11, 24);

/// Numbers by chance that are the same on every machine (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let sides = u64::try_from(sides).expect("few sides");
        usize::try_from((mixed ^ (mixed >> 31)) % sides).expect("a small number")
    }

    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub fn among<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// What is asked of the workbooks that share a file: a period and a day, with changed rules or without.
pub struct Frame {
    ask: Ask,
    rules: Vec<String>,
    /// Days near which something may depend on a day more or less.
    days: Vec<Day>,
}

impl Frame {
    pub fn by_chance(dice: &mut Dice) -> Self {
        let (from, to) = dice.among(&[
            ("2026-01-01", "2026-12-31"),
            ("2026-01-01", "2026-12-31"),
            ("2025-01-01", "2025-12-31"),
            ("2025-10-01", "2026-03-31"),
            ("2026-02-28", "2026-08-31"),
        ]);
        let ends = ["2026-11-24", "2026-08-31", "2026-05-31", "2026-03-30", "2025-12-31", "2026-10-15"];
        let is_within = |day: &&str| **day >= *from;
        let as_of = dice.among(&ends.into_iter().filter(|day| is_within(day)).collect::<Vec<_>>());
        let all = [
            "talk.c1 needed=2",
            "talk.c2 needed=2",
            "talk.c3 needed=2",
            "talk.c4 days=15",
            "talk.c4 needed=2",
            "talk.c4.transfer off",
            "talk.c4.admission off",
            "talk.c4.appointment off",
            "talk.new months=1",
            "talk.away months=3",
            "talk.new off",
            "talk.lost off",
            "talk.away off",
            "talk.unable off",
            "talk.phone off",
            "talk.one_to_many off",
            "talk.c3 off",
        ];
        let rules = (0..dice.below(3)).map(|_| dice.among(&all).to_owned()).collect();
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let (first, last, end) = (day(from), day(to), day(as_of));
        let spans = [0.days(), 15.days(), 30.days(), 31.days(), 1.month(), 3.months(), 6.months()];
        let before = spans.map(|span| end.saturating_sub(span));
        let between =
            ["2025-03-01", "2025-07-15", "2025-11-30", "2026-01-31", "2026-02-28", "2026-04-10", "2026-07-01"];
        let days = before.into_iter().chain([first, last]).chain(between.map(day)).collect();
        let ask = Ask { organisation: "all".into(), from: from.into(), to: to.into(), as_of: Some(as_of.into()) };
        Self { ask, rules, days }
    }

    /// Several worlds in one workbook, below one root, each for itself.
    pub fn together(&self, worlds: &[Case]) -> Case {
        let Ask { from, to, as_of, .. } = &self.ask;
        let as_of = as_of.as_deref().unwrap_or("default");
        let mut case = Case {
            title: "by chance".into(),
            organisations: vec!["all 县局党委".into()],
            rules: one_each(&self.rules),
            ask: format!("all from {from} to {to} as of {as_of}"),
            ..Case::default()
        };
        for world in worlds {
            case.organisations.extend(world.organisations.clone());
            case.people.extend(world.people.clone());
            case.talks.extend(world.talks.clone());
            case.events.extend(world.events.clone());
            case.voided.extend(world.voided.clone());
        }
        case
    }

    /// A world of few people in few organisations; its keys begin with `prefix`.
    pub fn world(&self, dice: &mut Dice, prefix: &str) -> Case {
        let mut world =
            Making { frame: self, dice, case: Case::default(), organisations: Vec::new(), people: Vec::new() };
        world.make(prefix);
        world.case
    }
}

/// The last change of each rule: a rule is changed once.
fn one_each(rules: &[String]) -> Vec<String> {
    let id = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let is_last = |place: usize| rules[place + 1..].iter().all(|later| id(later) != id(&rules[place]));
    (0..rules.len()).filter(|place| is_last(*place)).map(|place| rules[place].clone()).collect()
}

struct Making<'a> {
    frame: &'a Frame,
    dice: &'a mut Dice,
    case: Case,
    organisations: Vec<String>,
    people: Vec<String>,
}

impl Making<'_> {
    fn make(&mut self, prefix: &str) {
        let top = format!("{prefix}b");
        self.case.organisations.push(format!("{top} {prefix}党支部 < all"));
        self.organisations.push(top.clone());
        for nth in 1..=self.dice.below(3) {
            let above = if self.dice.one_in(2) { &top } else { "all" };
            let key = format!("{prefix}b{nth}");
            self.case.organisations.push(format!("{key} {prefix}第{nth}党支部 < {above}"));
            self.organisations.push(key);
        }
        let group = self.dice.one_in(3).then(|| format!("{prefix}g"));
        if let Some(group) = &group {
            self.case.organisations.push(format!("{group} {prefix}党小组 < {top}"));
        }
        for nth in 0..3 + self.dice.below(10) {
            let key = format!("{prefix}p{nth}");
            self.people.push(key.clone());
            self.person(&key, group.as_deref());
        }
        for _ in 0..self.dice.below(40) {
            self.talk();
        }
    }

    /// A day of note, or one beside it, as far as it is over.
    fn day(&mut self) -> Day {
        let beside = [-1, 0, 0, 0, 1, 7];
        let day = self.dice.among(&self.frame.days).saturating_add(self.dice.among(&beside).days());
        day.min(TODAY)
    }

    /// A date: mostly a day, now and then a month or a year.
    fn date(&mut self) -> String {
        let day = self.day().to_string();
        match self.dice.below(16) {
            0 => day[..7].to_owned(),
            1 if self.dice.one_in(3) => day[..4].to_owned(),
            _ => day,
        }
    }

    /// Days for several ends, in their order and none twice.
    fn dates(&mut self, count: usize) -> Vec<String> {
        let mut dates: Vec<(Day, String)> = Vec::new();
        for _ in 0..count {
            let text = self.date();
            let day = super::world::When::of(&text).day;
            if dates.iter().all(|(other, _)| *other != day) {
                dates.push((day, text));
            }
        }
        dates.sort();
        dates.into_iter().map(|(_, text)| text).collect()
    }

    /// A span: since long ago, an unknown day or a day of note; for ever or until one.
    fn span(&mut self) -> String {
        let dates = self.dates(2);
        match (self.dice.below(5), &dates[..]) {
            (0, _) => "2020-01-01..".to_owned(),
            (1, [first, ..]) => format!("..{first}"),
            (2, _) => "..".to_owned(),
            (3, [from, to]) => format!("{from}..{to}"),
            (_, [from, ..]) => format!("{from}.."),
            _ => unreachable!("one day at least"),
        }
    }

    fn person(&mut self, key: &str, group: Option<&str>) {
        let name = self.dice.among(&["张伟", "王芳", "李娜", "刘洋"]);
        let mut line = format!("{key} {name}");
        let path = self.path(key);
        // Who joined on a day of note belongs since a known day, and under no status: else dates would contradict.
        let is_old = path.is_empty();
        line += &path;
        self.belonging(key, is_old, &mut line);
        // A status that ends being a member ends the posts too: of who has one no post is told.
        if is_old && self.dice.one_in(7) {
            let status = self.dice.among(&["停止党籍", "死亡", "转出", "正常", "出党"]);
            line += &format!("; {status} {}", self.span());
        } else {
            self.posts(group, &mut line);
        }
        for kind in ["lost", "floating", "unable", "not-lost", "not-floating"] {
            if self.dice.one_in(if kind.starts_with("not") { 25 } else { 12 }) {
                line += &format!("; {kind} {}", self.span());
            }
        }
        for kind in ["honour", "misfortune", "discipline"] {
            if self.dice.one_in(6) {
                let on = self.date();
                self.case.events.push(format!("{on} {key} {kind}"));
            }
        }
        if self.dice.one_in(25) {
            self.case.voided.push(key.to_owned());
        }
        self.case.people.push(line);
    }

    fn posts(&mut self, group: Option<&str>, line: &mut String) {
        let posts = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "组长"];
        for _ in 0..[0, 0, 1, 1, 2][self.dice.below(5)] {
            let (post, place) = (self.dice.among(&posts), self.dice.among(&self.organisations));
            *line += &format!("; {post} {place} {}", self.span());
        }
        if let Some(group) = group.filter(|_| self.dice.one_in(8)) {
            *line += &format!("; 组长 {group} {}", self.span());
        }
    }

    /// The way into the party, with the events that go with it.
    fn path(&mut self, key: &str) -> String {
        match self.dice.below(8) {
            0 => " applied=2024-05-01 joined=-".to_owned(),
            1 => " joined=-".to_owned(),
            2 => {
                let joined = self.date();
                if self.dice.one_in(2) {
                    self.case.events.push(format!("{joined} {key} accepted"));
                }
                format!(" applied=2023-05-01 joined={joined}")
            }
            3 => {
                let on = self.date();
                self.case.events.push(format!("{on} {key} converted"));
                format!(" joined=2024-01-02 full={on}")
            }
            4 => {
                let on = self.date();
                if self.dice.one_in(2) {
                    self.case.events.push(format!("{on} {key} extended until 2027-06-30"));
                }
                " joined=2024-01-02".to_owned()
            }
            _ => String::new(),
        }
    }

    /// One to three memberships after each other, with transfers told or not.
    fn belonging(&mut self, key: &str, may_be_unknown: bool, line: &mut String) {
        let mut here = self.dice.among(&self.organisations);
        let steps = [0, 0, 1, 1, 2][self.dice.below(5)];
        let ends = self.dates(steps + 1);
        let mut from = match self.dice.below(6) {
            0 | 2 | 3 => "2015-01-01".to_owned(),
            1 if may_be_unknown => String::new(),
            _ => ends[0].clone(),
        };
        if !from.is_empty() && from == ends[0] && self.dice.one_in(2) {
            self.case.events.push(format!("{from} {key} transfer_in"));
        }
        for to in &ends[1..] {
            *line += &format!("; in {here} {from}..{to}");
            let next = self.dice.among(&self.organisations);
            // Now and then nobody knows where somebody was for a while.
            if next != here && !self.dice.one_in(6) {
                from.clone_from(to);
                if self.dice.one_in(2) {
                    self.case.events.push(format!("{to} {key} transfer_within"));
                }
                here = next;
            } else {
                return;
            }
        }
        *line += &format!("; in {here} {from}..");
    }

    fn talk(&mut self) {
        let mut people = self.people.clone();
        let mut take = |dice: &mut Dice| match people.len() {
            0 => "~李群众".to_owned(),
            left => people.swap_remove(dice.below(left)),
        };
        let (talkers, partners) = ([1, 1, 1, 2][self.dice.below(4)], [1, 1, 1, 2, 3][self.dice.below(5)]);
        let talkers: Vec<String> = (0..talkers).map(|_| take(self.dice)).collect();
        let mut partners: Vec<String> = (0..partners).map(|_| take(self.dice)).collect();
        if self.dice.one_in(10) {
            partners.push("~张伟".to_owned());
        }
        let mut line = format!("{} {} > {}", self.date(), talkers.join(","), partners.join(","));
        let types = ["T02", "T03", "T04", "T05", "T07", "T09", "T10", "T11", "T12", "T13", "T14", "T18", "T19", "T20"];
        if self.dice.one_in(3) {
            line += &format!(" as {}", self.dice.among(&types));
        }
        if self.dice.one_in(8) {
            line += " by phone";
        }
        line += &format!(" at {}", self.dice.among(&self.organisations));
        if self.dice.one_in(15) {
            line += " removed";
        }
        self.case.talks.push(line);
    }
}
