//! `bomtrail explain`: what a rule or a diagnostic means, and what to do. The texts are those of the rules, and of the table that
//! `cargo xtask codegen` collects from the diagnostics of all crates.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;

use bomtrail::check::{RULES, Rule};
use bomtrail_document::nearest;
use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};

use crate::error::CliError;
use crate::output;
use crate::report::Verbosity;

/// Explain a rule or a diagnostic: what it means and what to do
#[derive(Args)]
pub(crate) struct Arguments {
    /// Id, such as lock/missing; without one, all ids are listed
    #[arg(hide_possible_values = true, value_parser = KnownId)]
    id: Option<String>,
}

/// One line for each diagnostic: id, level, what it is about, what to do.
const DIAGNOSTICS: &str = include_str!("explain/diagnostics.tsv");

/// A diagnostic of any crate.
struct Diagnostic {
    id: &'static str,
    level: &'static str,
    about: &'static str,
    advice: &'static str,
}

fn diagnostics() -> impl Iterator<Item = Diagnostic> {
    DIAGNOSTICS.lines().filter_map(|line| {
        let mut parts = line.split('\t');
        Some(Diagnostic {
            id: parts.next()?,
            level: parts.next()?,
            about: parts.next()?,
            advice: parts.next()?,
        })
    })
}

fn ids() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().map(|it| it.id);
    rules.chain(diagnostics().map(|it| it.id))
}

/// An id that has a text. There are more than two hundred, so an error names only those that are like what was asked.
#[derive(Clone)]
struct KnownId;

impl TypedValueParser for KnownId {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let known = |value: &str| {
            if ids().any(|it| it == value) {
                Ok(value.to_owned())
            } else {
                Err(unknown(value))
            }
        };
        known.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ids().map(PossibleValue::new)))
    }
}

/// How many ids a suggestion names.
const SUGGESTED: usize = 5;

fn unknown(asked: &str) -> String {
    let asked = asked.to_ascii_lowercase();
    let word = asked.rsplit('/').next().unwrap_or_default();
    let alike = ids().filter(|it| !word.is_empty() && it.contains(word));
    let mut suggested: Vec<&str> = Vec::new();
    for id in nearest(&asked, ids()).into_iter().chain(alike) {
        if suggested.len() < SUGGESTED && !suggested.contains(&id) {
            suggested.push(id);
        }
    }
    let suggested: Vec<String> = suggested.iter().map(|it| format!("`{it}`")).collect();
    match &suggested[..] {
        [] => "no rule or diagnostic has this id; `bomtrail explain` lists all".to_owned(),
        some => format!(
            "no rule or diagnostic has this id; did you mean {}? `bomtrail explain` lists all",
            some.join(", ")
        ),
    }
}

impl Arguments {
    pub(crate) fn run(&self, _: Verbosity) -> Result<ExitCode, CliError> {
        output::print(|out| {
            match &self.id {
                Some(id) => explain(id, out)?,
                None => list(out)?,
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An id may be both a rule's and a diagnostic's.
fn explain(id: &str, out: &mut dyn Write) -> io::Result<()> {
    for rule in RULES.iter().filter(|it| it.id == id) {
        explain_rule(rule, out)?;
    }
    for it in diagnostics().filter(|it| it.id == id) {
        writeln!(out, "{id} ({} of an input or output)\n", it.level)?;
        writeln!(out, "Meaning:    {}", it.about)?;
        writeln!(out, "What to do: {}", it.advice)?;
    }
    Ok(())
}

fn explain_rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let default = rule.default.name();
    writeln!(
        out,
        "{} (rule of `bomtrail check`, {default} by default)\n",
        rule.id
    )?;
    writeln!(out, "Finds:      {}", rule.about)?;
    writeln!(out, "What to do: {}", rule.help)?;
    if !rule.practice.is_empty() {
        writeln!(out, "Serves:     {} of the S2C2F", rule.practice)?;
    }
    writeln!(
        out,
        "Change:     --deny, --warn or --allow {0}, or in bomtrail.toml:\n\n[policy.rules]\n\"{0}\" = \"{default}\"",
        rule.id
    )
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Rules of `bomtrail check`:")?;
    for rule in RULES {
        writeln!(out, "  {:34} {}", rule.id, rule.about)?;
    }
    writeln!(out, "\nDiagnostics of inputs and outputs:")?;
    for it in diagnostics() {
        writeln!(out, "  {:34} {}", it.id, it.about)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_id_is_answered_with_a_few_like_it() {
        assert!(unknown("lock/misssing").contains("did you mean `lock/missing`"));
        let many = unknown("lock/integrity");
        assert!(many.contains("integrity`"), "{many}");
        assert!(many.matches('`').count() <= 2 * SUGGESTED + 2, "{many}");
        assert!(
            unknown("zzzzzzzzzzzzzzz").starts_with("no rule or diagnostic has this id; `bomtrail")
        );
    }

    #[test]
    fn every_id_has_a_meaning_and_advice() {
        assert!(diagnostics().count() > 100);
        for it in diagnostics() {
            let Diagnostic {
                id,
                level,
                about,
                advice,
            } = it;
            assert!(
                ["note", "warning", "error"].contains(&level),
                "{id}: {level}"
            );
            assert!(!about.is_empty() && !advice.is_empty(), "{id}");
            let mut out = Vec::new();
            explain(id, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap().contains(advice), "{id}");
        }
        for rule in RULES {
            let mut out = Vec::new();
            explain(rule.id, &mut out).unwrap();
            assert!(
                String::from_utf8(out).unwrap().contains(rule.help),
                "{}",
                rule.id
            );
        }
    }
}
