//! `print card names birthdays organisations committee terms transfers`: what they are asked with besides.

use clap::Args;

use crate::clock::Clock;
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;
use crate::print::{Grouping, NameMarks, OfficeAsk, OfficeForm, TalkForm};
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;

/// What only these forms are asked with.
#[derive(Debug, Args)]
pub(super) struct OfficeOptions {
    #[arg(
        long = "id",
        value_name = "编号",
        help = "card：只印这个人的信息卡；talk：只印这次谈话的记录表；可以写几次，不写为范围内全部"
    )]
    ids: Vec<String>,
    #[arg(long, help = "names：不按党支部分列，全部合在一起")]
    together: bool,
    #[arg(long, help = "names：姓名后不注（女）和少数民族")]
    unmarked: bool,
}

impl OfficeOptions {
    /// Other forms take none of them.
    pub fn refuse(&self) -> Result<()> {
        self.refuse_but(None)
    }

    fn refuse_but(&self, form: Option<OfficeForm>) -> Result<()> {
        if !self.ids.is_empty() && form != Some(OfficeForm::Card) {
            return Err(Problem::usage("--id 只用于 print card 和 print talk"));
        }
        if self.together && form != Some(OfficeForm::Names) {
            return Err(Problem::usage("--together 只用于 print names"));
        }
        if self.unmarked && form != Some(OfficeForm::Names) {
            return Err(Problem::usage("--unmarked 只用于 print names"));
        }
        Ok(())
    }

    /// The talks that are meant; papers of talks take none of the other options.
    pub fn talks(&self, form: TalkForm) -> Result<&[String]> {
        if !self.ids.is_empty() && form != TalkForm::Records {
            return Err(Problem::usage("--id 只用于 print card 和 print talk"));
        }
        if self.together || self.unmarked {
            return Err(Problem::usage("--together 和 --unmarked 只用于 print names"));
        }
        Ok(&self.ids)
    }

    /// A form of these people, in this way, of this period.
    pub fn narrow(&self, desk: &Desk, mut ask: OfficeAsk, period: Option<Period>, clock: Clock) -> Result<OfficeAsk> {
        self.refuse_but(Some(ask.form))?;
        ask.people = self.ids.iter().map(|id| person(desk, id)).collect::<Result<_>>()?;
        if self.together {
            ask.grouping = Grouping::Together;
        }
        if self.unmarked {
            ask.marks = NameMarks::None;
        }
        if let Some(period) = period.filter(|_| ask.form.is_of_period()) {
            // 政治生日 of a month to come are those of today's members.
            ask.list.as_of = period.last.min(clock.today());
            ask.period = period;
        }
        Ok(ask)
    }
}

fn person(desk: &Desk, id: &str) -> Result<PersonId> {
    let next = "编号在 search --json 和 export members 的 JSON 里";
    let person: PersonId = id.trim().parse().map_err(|_| Problem::usage(format!("“{id}”不是编号")).next(next))?;
    match desk.directory().get(person) {
        Some(card) => Ok(card.id),
        None => Err(Problem::usage(format!("工作簿里没有编号为 {id} 的人")).next(next)),
    }
}
