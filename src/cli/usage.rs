//! Reads the command line and tells in Chinese what is wrong with it.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};

use super::arguments::Arguments;

/// Why a call ends before it began.
pub(super) enum Stop {
    /// The help or the version was asked for.
    Said(String),
    /// Wrong usage, in a sentence.
    Wrong(String),
}

/// Reads the arguments, the program's own name first.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Stop> {
    let matches = in_chinese(Arguments::command()).try_get_matches_from(arguments);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Said(words(&error.render().to_string())),
        _ => Stop::Wrong(wrong(&sentence(&error))),
    })
}

/// The sentence for a word that is neither a command nor a file.
pub(super) fn no_such_command(word: &str) -> String {
    wrong(&format!("没有“{word}”这个命令，也没有这个文件"))
}

fn wrong(what: &str) -> String {
    format!("命令写得不对：{what}。看用法：branchdesk --help。")
}

/// The frame of a help text.
const FRAME: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// Gives every command a Chinese frame and a Chinese `--help`.
fn in_chinese(command: Command) -> Command {
    let is_root = command.get_name() == "branchdesk";
    let heading = |argument: Arg| {
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        argument.help_heading(heading).hide_default_value(true).hide_possible_values(true)
    };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这段说明");
    let mut command = command
        .help_template(FRAME)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(heading)
        .arg(heading(help));
    if is_root {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
        command = command.arg(heading(version));
    }
    command.mut_subcommands(in_chinese)
}

/// The words that clap itself puts into a usage line.
fn words(text: &str) -> String {
    text.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "[命令]")
}

fn sentence(error: &clap::Error) -> String {
    let told = |kind: ContextKind| error.get(kind).map(listed).unwrap_or_default();
    let argument = told(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", told(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::MissingRequiredArgument => format!("还缺 {argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} 和 {} 不能同时用", told(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if told(ContextKind::InvalidValue).is_empty() => format!("{argument} 后面要有值"),
        ErrorKind::InvalidValue => {
            format!("{argument} 不能是“{}”，可以是 {}", told(ContextKind::InvalidValue), told(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|source| match source.is::<std::num::ParseIntError>() {
                true => "：要写整数".to_owned(),
                false => format!("：{source}"),
            });
            let why = why.unwrap_or_default();
            format!("{argument} 不能是“{}”{why}", told(ContextKind::InvalidValue))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值个数不对")
        }
        ErrorKind::NoEquals => format!("{argument} 的值要用等号写"),
        ErrorKind::InvalidUtf8 => "参数里有无法识别的文字".to_owned(),
        _ => "看不懂这样的写法".to_owned(),
    }
}

fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Number(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(arguments: &[&str]) -> Stop {
        let all = std::iter::once("branchdesk").chain(arguments.iter().copied()).map(OsString::from);
        read(all).expect_err("it stops")
    }

    #[test]
    fn the_commands_are_put_together_without_a_clash() {
        in_chinese(Arguments::command()).debug_assert();
    }

    #[test]
    fn every_command_has_a_chinese_help_with_an_example() {
        let command = in_chinese(Arguments::command());
        for name in command.get_subcommands().map(Command::get_name) {
            let Stop::Said(text) = stop(&[name, "--help"]) else { panic!("{name} has no help") };
            assert!(text.contains("用法：") && text.contains(&format!("例：\n  branchdesk {name}")), "{text}");
            for english in ["Usage", "Options", "Arguments", "OPTIONS", "default", "possible", "Print help"] {
                assert!(!text.contains(english), "{name}: {text}");
            }
        }
    }

    #[test]
    fn wrong_usage_is_told_in_chinese() {
        for (arguments, told) in [
            (&["check"][..], "--workbook"),
            (&["check", "--workbook"], "--workbook"),
            (&["check", "--workbook", "a.bdk", "--loud"], "没有“--loud”这个选项"),
            (&["dump", "--workbook", "a.bdk", "--without", "people"], "可以是 journal"),
            (&["figures", "--workbook", "a.bdk", "--as-of", "2026-02-30"], "2026-02-30"),
            (&["undo", "--workbook", "a.bdk", "--entry", "x7"], "--entry <步> 不能是“x7”：要写整数"),
        ] {
            let Stop::Wrong(sentence) = stop(arguments) else { panic!("{arguments:?}") };
            assert!(sentence.contains(told) && !sentence.contains('\n'), "{sentence}");
        }
    }
}
