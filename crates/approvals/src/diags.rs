//! The diagnostics of lists: one function for each message. The errors mean that the check did not complete.

use bomtrail_document::FileCodes;
use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// The file is not a valid list.
static INVALID: Code = Code::new(
    "approvals/invalid",
    Level::Error,
    "an approvals file is not valid; the check did not complete",
);
/// A file is missing.
static UNREADABLE: Code = Code::new(
    "approvals/unreadable",
    Level::Error,
    "an approvals file cannot be read; the check did not complete",
);
/// Lists extend each other.
static CYCLE: Code = Code::new(
    "approvals/cycle",
    Level::Error,
    "approvals files extend each other in a cycle; the check did not complete",
);
/// Too many, too deep.
static TOO_MUCH: Code = Code::new(
    "approvals/too-much",
    Level::Error,
    "too many approvals files extend each other, or in too long a chain; the check did not complete",
);
/// A remote list that is not vendored.
static UNLOCKED: Code = Code::new(
    "approvals/source-unlocked",
    Level::Error,
    "a remote approvals file is not vendored, or differs from the locked one; the check did not complete",
);
/// A local list elsewhere.
static OUTSIDE: Code = Code::new(
    "approvals/outside",
    Level::Warning,
    "an approvals file outside the project is extended; other copies of the project may not have it",
);
/// Entries left out by `exclude`.
static EXCLUDED: Code = Code::new(
    "approvals/excluded",
    Level::Note,
    "some entries of an extended list are ignored because of `exclude`",
);

/// Approvals of a member that are ignored.
static MEMBER: Code = Code::new(
    "approvals/member-approves",
    Level::Warning,
    "approvals in a workspace member's list are ignored; a member's list can only restrict",
);

/// The codes of the problems in a file: one for all.
pub(crate) const CODES: FileCodes = FileCodes::all(&INVALID);

/// The approval of `shown`, and of `more` other versions, is ignored.
pub(crate) fn member_approves(place: Place, shown: &str, more: usize) -> Diagnostic {
    let message = match more {
        0 => format!("the approval of `{shown}` is ignored"),
        more => format!("the approvals of `{shown}` and {more} more are ignored"),
    };
    let help = "approve them in the project's own list, or set `workspace-approvals = \"additive\"` in `[policy]`";
    Diagnostic::new(&MEMBER, place, message).help(help)
}

pub(crate) fn invalid(place: Place, message: String, help: Option<&str>) -> Diagnostic {
    let it = Diagnostic::new(&INVALID, place, message);
    match help {
        Some(help) => it.help(help),
        None => it,
    }
}

pub(crate) fn unreadable(path: &str, from: Option<&str>) -> Diagnostic {
    let message = match from {
        Some(from) => format!("`{from}` extends this file, which cannot be read"),
        None => "the approvals list cannot be read".to_owned(),
    };
    Diagnostic::new(&UNREADABLE, Place::file(path), message).help(
        "it must be a regular file of at most 64 MiB, and no symbolic link on its path may leave the project",
    )
}

pub(crate) fn cycle(path: &str, chain: &[String]) -> Diagnostic {
    let message = format!("the lists extend each other: `{}`", chain.join("` → `"));
    Diagnostic::new(&CYCLE, Place::file(path), message).help("remove one of these `extends`")
}

pub(crate) fn too_deep(path: &str, limit: usize) -> Diagnostic {
    let message = format!("the chain of `extends` that leads to this list is longer than {limit}");
    Diagnostic::new(&TOO_MUCH, Place::file(path), message)
        .help("extend the last list directly, or raise `max-extends-depth`")
}

pub(crate) fn too_many(path: &str, limit: usize) -> Diagnostic {
    let message = format!("more than {limit} lists are extended");
    Diagnostic::new(&TOO_MUCH, Place::file(path), message)
}

pub(crate) fn unlocked(url: &str, from: &str, why: &str) -> Diagnostic {
    let message = format!("`{url}` {why}");
    Diagnostic::new(&UNLOCKED, Place::file(from), message)
        .help("`bomtrail approvals update` fetches it and shows what it changes")
}

pub(crate) fn outside(path: &str, from: &str) -> Diagnostic {
    let message = format!("`{path}` is outside the project");
    Diagnostic::new(&OUTSIDE, Place::file(from), message)
        .help("copy it into the project, or extend it by its URL")
}

pub(crate) fn excluded(from: &str, source: &str, names: &[&str]) -> Diagnostic {
    let message = format!(
        "the entries of `{source}` for `{}` are ignored",
        names.join("`, `")
    );
    Diagnostic::new(&EXCLUDED, Place::file(from), message)
}
