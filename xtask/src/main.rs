//! `cargo xtask`: what the repository does to itself. One word chooses the task, each task is a module.
//! It reads the sources as text and runs the binary as a process.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's command prints its answer"
)]

mod advice;
mod checkout;
mod codegen;
mod codes;
mod core_modules;
mod dist;
mod fixtures;
mod source;
mod tidy;

use std::error::Error;
use std::process::{Command, ExitCode};

/// What a task ends with: its verdict, or why it could not be done.
type Outcome = Result<ExitCode, Box<dyn Error>>;

const USAGE: &str = "\
usage: cargo xtask TASK

  tidy                     check the house rules; every violation with file, line and what to do
  codegen [--check]        write the documentation pages made from the sources, or compare them
  core-modules             write the table of Perl's core modules from the Module::CoreList that is installed
  dist [--target T] [--program FILE] [--runner FILE] [--address URL]
                           write the packages of a release into target/dist
  fixtures [--update]      list the fixture cases, or rewrite what they expect
  bench [--runs N] [--sizes N,N…]
                           CPU time and memory against npm, against parsing alone, and as a lock grows
  bench fleet [--sboms N,N…]
                           what a store of many SBOMs costs; generates the SBOMs and deletes them
  compare [PROJECT…] [--tools DIR]… [--bomtrail FILE] [--each]
                           compare bomtrail with the SBOM tools that are installed, as Markdown for crates/cli/docs/comparison.md
  instructions [--update]  count instructions under valgrind and compare them with the committed baseline, or write it
  synth --entries N -o FILE
                           write a synthetic package-lock.json; never commit one
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(args: &[&str]) -> Outcome {
    match args {
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        ["tidy"] => tidy::run(),
        ["codegen"] => codegen::run(codegen::Mode::Write),
        ["codegen", "--check"] => codegen::run(codegen::Mode::Check),
        ["core-modules"] => core_modules::run(),
        ["dist", rest @ ..] => dist::run(rest),
        ["fixtures"] => fixtures::list(),
        ["fixtures", "--update"] => fixtures::update(),
        ["bench" | "compare" | "instructions" | "synth", ..] => benches(args),
        _ => Err(format!("`{}` is not a task\n\n{USAGE}", args.join(" ")).into()),
    }
}

/// Runs the program of `crates/benches`, which measures and makes what is measured.
fn benches(args: &[&str]) -> Outcome {
    let status = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "bomtrail-benches",
            "--",
        ])
        .args(args)
        .status()?;
    Ok(status
        .code()
        .and_then(|it| u8::try_from(it).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}
