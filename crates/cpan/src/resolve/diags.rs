//! The diagnostics of resolving modules outside the inputs: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

use super::core::{Presence, Release};
use super::index::Row;
use super::request::Request;
use super::resolution::is_perl;
use super::target::TargetPerl;
use crate::package::module::PERL;

static CORE_TOO_OLD: Code = Code::new(
    "cpan/core-too-old",
    Level::Warning,
    "a core module of Perl is too old for what is required, and nothing else provides it",
);
static REMOVED_FROM_CORE: Code = Code::new(
    "cpan/removed-from-core",
    Level::Warning,
    "a module is no longer part of Perl, and nothing else provides it",
);
static NOT_YET_IN_CORE: Code = Code::new(
    "cpan/not-yet-in-core",
    Level::Warning,
    "a module is part of later releases of Perl only, and nothing else provides it",
);
static UNRESOLVED: Code = Code::new(
    "cpan/unresolved",
    Level::Warning,
    "requirements are unresolved; they are kept by the names of their modules",
);
static PERL_OUT_OF_RANGE: Code = Code::new(
    "cpan/perl-out-of-range",
    Level::Warning,
    "the Perl of the project is not a version that is required",
);
static PERL_ASSUMED: Code = Code::new(
    "cpan/perl-assumed",
    Level::Note,
    "nothing states the Perl that a project runs on; the newest that it accepts is assumed for its core modules",
);
static PERL_NOT_KNOWN: Code = Code::new(
    "cpan/perl-not-known",
    Level::Note,
    "the Perl of the project is newer than the list of core modules; the newest release of the list is used for them",
);

/// Why a requested module cannot be taken from Perl's core, if that is what keeps it from being resolved.
pub(super) fn unusable(
    name: &str,
    request: &Request<'_>,
    target: &TargetPerl<'_>,
    row: Option<Row<'_>>,
) -> Option<Diagnostic> {
    if name == PERL {
        let version = target.perl.version();
        let range = request.unsatisfied(Some(&version));
        let range = range.filter(|_| !target.assumed)?;
        return Some(perl_out_of_range(request.path, target, range));
    }
    // What is not in the list may still be in a Perl that is newer than the list.
    let elsewhere = row.is_some_and(|row| !is_perl(row.pathname));
    if !request.strict || elsewhere || target.beyond_list {
        return None;
    }
    match target.presence(name) {
        Presence::Included(version) => {
            let range = request.unsatisfied(version)?;
            Some(core_too_old(request.path, target, (name, version, range)))
        }
        Presence::Removed(since) => Some(removed_from_core(request.path, name, since)),
        Presence::Later(from) => Some(not_yet_in_core(request.path, target, name, from)),
        Presence::Never => None,
    }
}

/// How many requirements of distributions, and of the project itself, are unresolved.
pub(super) fn unresolved(path: &str, of_distributions: usize, of_project: usize) -> Diagnostic {
    let message = match (of_distributions, of_project) {
        (count, 0) => format!("unresolved: {} of distributions", requirements(count)),
        (0, count) => format!("unresolved: {} of the project", requirements(count)),
        (count, own) => {
            let both = requirements(count);
            format!("unresolved: {both} of distributions and {own} of the project")
        }
    };
    Diagnostic::new(&UNRESOLVED, Place::file(path), message).help(
        "add the `cpanfile.snapshot`, the folder the modules are installed in, or `--cpan-index`",
    )
}

fn requirements(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} requirement{plural}")
}

/// The Perl as a subject of a sentence.
fn subject(target: &TargetPerl<'_>) -> String {
    let assumed = if target.assumed { " (assumed)" } else { "" };
    format!("Perl {}{assumed}", target.perl)
}

fn core_too_old(
    path: &str,
    target: &TargetPerl<'_>,
    (name, version, range): (&str, Option<&str>, &str),
) -> Diagnostic {
    let version = version.unwrap_or("undef");
    let subject = subject(target);
    let message = format!("{subject} has `{name}` `{version}`, and `{range}` is required");
    Diagnostic::new(&CORE_TOO_OLD, Place::file(path), message)
        .help("add the input that provides a newer version, or state the Perl with `--perl`")
}

fn removed_from_core(path: &str, name: &str, since: Release) -> Diagnostic {
    let since = since.dotted();
    let message = format!("`{name}` is no longer part of Perl since {since}");
    Diagnostic::new(&REMOVED_FROM_CORE, Place::file(path), message)
        .help("install it from CPAN and add the input that provides it")
}

fn not_yet_in_core(path: &str, target: &TargetPerl<'_>, name: &str, from: Release) -> Diagnostic {
    let (from, subject) = (from.dotted(), subject(target));
    let message = format!("`{name}` is part of Perl from {from} on, and the target is {subject}");
    Diagnostic::new(&NOT_YET_IN_CORE, Place::file(path), message)
        .help("add the input that provides it, or state the Perl with `--perl`")
}

fn perl_out_of_range(path: &str, target: &TargetPerl<'_>, range: &str) -> Diagnostic {
    let message = format!(
        "Perl `{range}` is required, and the target is {}",
        target.perl
    );
    Diagnostic::new(&PERL_OUT_OF_RANGE, Place::file(path), message)
        .help("`--perl` states the Perl that the project runs on")
}

/// The core modules are those of a Perl that nothing states, or of an older one.
pub(super) fn stand_in(target: &TargetPerl<'_>) -> Diagnostic {
    let newest = target.core.releases().last().copied();
    let newest = newest.map(Release::dotted).unwrap_or_default();
    let (code, message) = match (target.assumed, target.beyond_list) {
        (false, _) => (
            &PERL_NOT_KNOWN,
            format!(
                "the core modules of Perl {} are not known; those of {newest} are used",
                target.perl
            ),
        ),
        (true, true) => (
            &PERL_NOT_KNOWN,
            format!(
                "no known release of Perl is a version that is required; the core modules of {newest} are used"
            ),
        ),
        (true, false) => (
            &PERL_ASSUMED,
            format!(
                "nothing states the Perl; the core modules of {} are assumed",
                target.perl
            ),
        ),
    };
    Diagnostic::new(code, Place::file(PERL), message)
        .help("`--perl` or a `.perl-version` states the Perl that the project runs on")
}
