//! The diagnostics of reading dpkg's database: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

static NO_DISTRIBUTION: Code = Code::new(
    "cpan/debian-only",
    Level::Note,
    "a Debian package has Perl modules and names no distribution of CPAN; it has the Package URL of Debian",
);

pub(super) fn no_distribution(path: &str, package: &str) -> Diagnostic {
    let message = "the package has Perl modules and names no distribution of CPAN".to_owned();
    Diagnostic::new(&NO_DISTRIBUTION, Place::entry(path, package), message)
}
