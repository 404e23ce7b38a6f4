//! The diagnostics of lists: one function for each message. All but one mean that nothing was decided.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

use crate::list::List;

/// The file is not what a list is.
static INVALID: Code = Code::new(
    "approvals/invalid",
    Level::Error,
    "an approvals file has something in it that it may not have; nothing was decided",
);
/// A file is not there.
static UNREADABLE: Code = Code::new(
    "approvals/unreadable",
    Level::Error,
    "an approvals file that is named cannot be read; nothing was decided",
);
/// Lists extend each other.
static CYCLE: Code = Code::new(
    "approvals/cycle",
    Level::Error,
    "approvals files extend each other in a circle; nothing was decided",
);
/// Too many, too deep.
static TOO_MUCH: Code = Code::new(
    "approvals/too-much",
    Level::Error,
    "approvals files extend each other deeper or more often than is allowed; nothing was decided",
);
/// A remote list that is not vendored.
static UNLOCKED: Code = Code::new(
    "approvals/source-unlocked",
    Level::Error,
    "a remote approvals file is not vendored, or not the one that was locked; nothing was decided",
);
/// A local list elsewhere.
static OUTSIDE: Code = Code::new(
    "approvals/outside",
    Level::Warning,
    "an approvals file outside the project is extended, which others may not have",
);
/// Entries taken out.
static EXCLUDED: Code = Code::new(
    "approvals/excluded",
    Level::Note,
    "what an extended list says of some packages is set aside",
);

/// A member's approvals.
static MEMBER: Code = Code::new(
    "approvals/member-approves",
    Level::Warning,
    "what the list of a workspace member approves is not heard, for it may only narrow",
);

/// What a member's list approves beyond the project's, which is not heard; nothing when it approves nothing of its own.
pub fn member_approves(name: &str, member: &List, project: &List) -> Option<Diagnostic> {
    let mut beyond = member.beyond(project);
    let (key, first) = beyond.next()?;
    let shown = format!("{}@{}", key.entry_name(), first.version);
    let message = match beyond.count() {
        0 => format!("its approval of `{shown}` is not heard"),
        more => format!("its approvals of `{shown}` and {more} more are not heard"),
    };
    let own = member.is_own(first).then_some(first.line);
    let place = own.map_or_else(|| Place::file(name), |line| Place::line(name, line, None));
    let help = "approve them in the project's own list, or set `workspace-approvals = \"additive\"` in `[policy]`";
    Some(Diagnostic::new(&MEMBER, place, message).help(help))
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
        Some(from) => format!("`{from}` extends it, and it cannot be read"),
        None => "it cannot be read".to_owned(),
    };
    Diagnostic::new(&UNREADABLE, Place::file(path), message).help(
        "it must be a file of at most 16 MiB that no symbolic link leads out of the project to",
    )
}

pub(crate) fn cycle(path: &str, chain: &[String]) -> Diagnostic {
    let message = format!("the lists extend each other: `{}`", chain.join("` → `"));
    Diagnostic::new(&CYCLE, Place::file(path), message).help("take one of these `extends` away")
}

pub(crate) fn too_deep(path: &str, limit: usize) -> Diagnostic {
    let message = format!("the list is extended through more than {limit} others");
    Diagnostic::new(&TOO_MUCH, Place::file(path), message)
        .help("extend what it extends directly, or raise `max-extends-depth`")
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
    let message = format!("`{path}` lies outside the project");
    Diagnostic::new(&OUTSIDE, Place::file(from), message)
        .help("copy it into the project, or extend it by its URL")
}

pub(crate) fn excluded(from: &str, source: &str, names: &[&str]) -> Diagnostic {
    let message = format!(
        "what `{source}` says of `{}` is set aside",
        names.join("`, `")
    );
    Diagnostic::new(&EXCLUDED, Place::file(from), message)
}
