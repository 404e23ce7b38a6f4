//! `cargo xtask fixtures`: which rules have a proof, and rewriting what the proofs expect.
//! The crates' own tests run them.

use std::process::{Command, ExitCode};

use crate::{Outcome, checkout, tidy};

/// Prints every case with its expectations, then the count.
pub(crate) fn list() -> Outcome {
    let cases = tidy::cases(&checkout::paths()?);
    let width = cases.keys().map(String::len).max().unwrap_or_default();
    for (case, expected) in &cases {
        println!("{case:width$}  {}", expected.join(" "));
    }
    println!("{} cases", cases.len());
    Ok(ExitCode::SUCCESS)
}

/// Runs every test with leave to rewrite expectations; the difference is for the reviewer to read.
pub(crate) fn update() -> Outcome {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--workspace"])
        .env("UPDATE_EXPECT", "1")
        .current_dir(checkout::root())
        .status()?;
    println!("read the changes: git diff --stat fixtures");
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
