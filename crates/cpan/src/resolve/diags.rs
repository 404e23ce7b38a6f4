//! The diagnostics of looking for modules outside of the inputs: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Diagnostics, Level, Place};

use super::core::{Presence, Release};
use super::index::Row;
use super::perl::Perl;
use super::resolution::{Around, Request, is_perl};
use crate::package::module::PERL;

/// The core has it, in a version that will not do.
static CORE_TOO_OLD: Code = Code::new(
    "cpan/core-too-old",
    Level::Warning,
    "a module of Perl's core is too old for what is asked for, and nothing else provides it",
);
/// The core had it.
static REMOVED_FROM_CORE: Code = Code::new(
    "cpan/removed-from-core",
    Level::Warning,
    "a module is no longer part of Perl, and nothing else provides it",
);
/// The core will have it.
static NOT_YET_IN_CORE: Code = Code::new(
    "cpan/not-yet-in-core",
    Level::Warning,
    "a module is part of later releases of Perl only, and nothing else provides it",
);
/// How many requirements nothing answers.
static UNRESOLVED: Code = Code::new(
    "cpan/unresolved",
    Level::Warning,
    "requirements stay unresolved; they are kept by the names of their modules",
);
/// The Perl itself is too old.
static PERL_OUT_OF_RANGE: Code = Code::new(
    "cpan/perl-out-of-range",
    Level::Warning,
    "the Perl of the project is not one that is asked for",
);
/// Nobody says which Perl.
static PERL_ASSUMED: Code = Code::new(
    "cpan/perl-assumed",
    Level::Note,
    "nothing states the Perl that a project runs on; the newest that is known is assumed",
);
/// A Perl newer than the table.
static PERL_NOT_KNOWN: Code = Code::new(
    "cpan/perl-not-known",
    Level::Note,
    "the Perl of the project is newer than the table of core modules, whose newest release stands in for it",
);

/// Says what keeps a module from being found, if anything does.
pub(super) fn tell(
    diagnostics: &mut Diagnostics,
    name: &str,
    request: &Request<'_>,
    around: &Around<'_>,
) {
    let Around { perl, assumed, row } = *around;
    if name == PERL {
        let version = perl.version();
        if let Some(range) = request.refuses(Some(&version)).filter(|_| !assumed) {
            diagnostics.push(perl_out_of_range(request.path, perl, range));
        }
        return;
    }
    let elsewhere = |row: Row<'_>| !is_perl(row.pathname) || perl.is_beyond_table();
    if !request.strict || row.is_some_and(elsewhere) {
        return;
    }
    match perl.release().map(|it| it.presence(name)) {
        Some(Presence::Included(version)) => {
            if let Some(range) = request.refuses(version) {
                diagnostics.push(core_too_old(request.path, perl, (name, version, range)));
            }
        }
        Some(Presence::Removed(since)) => {
            diagnostics.push(removed_from_core(request.path, name, since));
        }
        Some(Presence::Later(from)) => {
            diagnostics.push(not_yet_in_core(request.path, perl, name, from));
        }
        Some(Presence::Never) | None => {}
    }
}

/// How many requirements of distributions, and of the project itself, stay open.
pub(super) fn unresolved(path: &str, of_distributions: usize, of_project: usize) -> Diagnostic {
    let message = match (of_distributions, of_project) {
        (count, 0) => format!("unresolved: {} of distributions", requirements(count)),
        (0, count) => format!("unresolved: {} of the project", requirements(count)),
        (count, own) => {
            let both = requirements(count);
            format!("unresolved: {both} of distributions and {own} of the project")
        }
    };
    Diagnostic::new(&UNRESOLVED, Place::file(path), message)
        .help("give the `cpanfile.snapshot`, the folder they are installed in, or `--cpan-index`")
}

fn requirements(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} requirement{plural}")
}

fn core_too_old(
    path: &str,
    perl: Perl,
    (name, version, range): (&str, Option<&str>, &str),
) -> Diagnostic {
    let version = version.unwrap_or("undef");
    let message = format!("Perl {perl} has `{name}` `{version}`, and `{range}` is required");
    Diagnostic::new(&CORE_TOO_OLD, Place::file(path), message)
        .help("give the input that provides a newer one, or the Perl it runs on with `--perl`")
}

fn removed_from_core(path: &str, name: &str, since: Release) -> Diagnostic {
    let since = since.dotted();
    let message = format!("`{name}` is no longer part of Perl since {since}");
    Diagnostic::new(&REMOVED_FROM_CORE, Place::file(path), message)
        .help("it is to be installed from CPAN; give the input that provides it")
}

fn not_yet_in_core(path: &str, perl: Perl, name: &str, from: Release) -> Diagnostic {
    let from = from.dotted();
    let message = format!("`{name}` is part of Perl from {from} on, and the target is {perl}");
    Diagnostic::new(&NOT_YET_IN_CORE, Place::file(path), message)
        .help("give the input that provides it, or the Perl it runs on with `--perl`")
}

fn perl_out_of_range(path: &str, perl: Perl, range: &str) -> Diagnostic {
    let message = format!("Perl `{range}` is required, and the target is {perl}");
    Diagnostic::new(&PERL_OUT_OF_RANGE, Place::file(path), message)
        .help("`--perl` names the Perl it runs on")
}

/// Nothing states the Perl.
pub(super) fn assumed(perl: Perl) -> Diagnostic {
    let message = format!("the modules of Perl {perl} are taken for its core");
    Diagnostic::new(&PERL_ASSUMED, Place::file(PERL), message)
        .help("`--perl` or a `.perl-version` names the Perl it runs on")
}

/// The table ends before the Perl.
pub(super) fn beyond_table(perl: Perl) -> Diagnostic {
    let newest = Release::newest().map(Release::dotted).unwrap_or_default();
    let message =
        format!("the core modules of Perl {perl} are not known; those of {newest} stand in");
    Diagnostic::new(&PERL_NOT_KNOWN, Place::file(PERL), message)
}
