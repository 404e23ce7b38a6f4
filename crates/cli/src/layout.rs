//! The layout of help pages: options under headings, the same in every command, and the rare ones only in `--help`.

use clap::{Arg, Args, Command, CommandFactory};

use crate::Cli;

/// Options that belong together.
struct Group {
    heading: &'static str,
    options: &'static [&'static str],
    /// The commands in which they are apart; every command if empty.
    commands: &'static [&'static str],
    /// Those that `-h` shows, too.
    common: &'static [&'static str],
}

const GROUPS: [Group; 8] = [
    Group {
        heading: "Selection options",
        options: &["all", "workspace", "omit", "platform"],
        commands: &[
            "sbom", "graph", "tree", "why", "check", "report", "verify", "exec", "diff",
        ],
        common: &["all", "workspace", "omit"],
    },
    Group {
        heading: "Document options",
        options: &[
            "timestamp",
            "detail",
            "compact",
            "max-bytes",
            "bom-version",
            "serial-number",
            "updates",
            "profile",
            "gitlab",
        ],
        commands: &["sbom", "merge", "convert"],
        common: &["timestamp", "detail"],
    },
    Group {
        heading: "Approval options",
        options: &[
            "statuses",
            "approvals",
            "date",
            "annotations",
            "declarations",
        ],
        commands: &["sbom", "report"],
        common: &["statuses"],
    },
    Group {
        heading: "Policy options",
        options: &[
            "approvals",
            "policy",
            "approvals-from",
            "facts",
            "deny",
            "warn",
            "allow",
            "fail-on",
            "date",
        ],
        commands: &["check", "exec"],
        common: &["policy", "approvals-from", "deny", "warn", "allow"],
    },
    Group {
        heading: "Attestation options",
        options: &["attestations", "trusted-root", "npm-keys", "cpan-keys"],
        commands: &["sbom", "check", "exec", "report"],
        common: &[],
    },
    Group {
        heading: "Advisory options",
        options: &["advisories", "decisions", "vex", "max-age", "at"],
        commands: &["check", "exec", "report", "diff"],
        common: &["advisories"],
    },
    Group {
        heading: "Archive options",
        options: &["archives"],
        commands: &["sbom", "check", "exec", "report"],
        common: &[],
    },
    Group {
        heading: "CPAN options",
        options: &["feature", "perl", "cpan-index", "core-list"],
        commands: &[],
        common: &[],
    },
];

/// The command line with its help pages laid out.
pub(crate) fn command() -> Command {
    arranged(Cli::command())
}

/// Adds the options `A` to a command, laid out.
pub(crate) fn options<A: Args>(command: Command) -> Command {
    arranged(A::augment_args(command))
}

/// Sets the headings of a command's options and of those of the commands below it, which are few levels deep.
fn arranged(command: Command) -> Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|it| placed(&name, it))
        .mut_subcommands(arranged)
}

fn placed(command: &str, option: Arg) -> Arg {
    let group = option.get_long().and_then(|long| {
        GROUPS.iter().find(|it| {
            let is_apart = it.commands.is_empty() || it.commands.contains(&command);
            is_apart && it.options.contains(&long)
        })
    });
    let Some(group) = group else { return option };
    let is_common = option
        .get_long()
        .is_some_and(|it| group.common.contains(&it));
    option
        .help_heading(group.heading)
        .hide_short_help(!is_common)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Each command with the names of its options, as the parser sees them.
    fn parsed(mut all: Command) -> Vec<(String, BTreeSet<String>)> {
        all.build();
        let commands = all.get_subcommands();
        let named = commands.map(|it| {
            let options = it.get_arguments().map(|it| it.get_id().to_string());
            (it.get_name().to_owned(), options.collect())
        });
        named.collect()
    }

    #[test]
    fn the_lean_command_line_has_every_command_and_option() {
        assert_eq!(parsed(crate::lean()), parsed(command()));
    }

    #[test]
    fn every_option_of_a_group_exists() {
        let all = command();
        for group in &GROUPS {
            let has = |long: &&str| {
                all.get_subcommands().any(|it| {
                    it.get_arguments().any(|it| {
                        it.get_help_heading() == Some(group.heading) && it.get_long() == Some(*long)
                    })
                })
            };
            // `--cpan-keys` is part of some builds only.
            let missing = group
                .options
                .iter()
                .filter(|it| **it != "cpan-keys" && !has(it));
            assert_eq!(missing.count(), 0, "{}", group.heading);
        }
    }
}
