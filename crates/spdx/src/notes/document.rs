//! Notes about the whole document and its basis, and about provenance and approval of packages.

use bomtrail_graph::{Approval, ArchiveFacts, Provenance, Source};

use crate::notes::lines::Lines;

/// The basis of the verdicts on provenance.
pub(crate) fn basis(basis: &[String]) -> Option<String> {
    let mut lines = Lines::default();
    for it in basis {
        lines.add("provenance-basis", it);
    }
    lines.finish()
}

/// The verdicts on the provenance of a package.
pub(crate) fn provenance(provenance: &Provenance) -> Option<String> {
    let mut lines = Lines::default();
    for (name, text) in provenance.statements() {
        lines.add(&format!("provenance-{name}"), &text);
    }
    lines.finish()
}

/// What the archive of a package shows.
pub(crate) fn archive(facts: &ArchiveFacts) -> Option<String> {
    let mut lines = Lines::default();
    for (name, text) in facts.statements() {
        lines.add(&name.replace(':', "-"), &text);
    }
    lines.finish()
}

/// The project's decision about a package.
pub(crate) fn approval(approval: &Approval) -> Option<String> {
    let mut lines = Lines::default();
    for (name, text) in approval.statements() {
        lines.add(&format!("approval-{name}"), &text);
    }
    lines.finish()
}

/// The facts about an input.
pub(crate) fn input(source: &Source) -> Option<String> {
    let mut lines = Lines::default();
    lines.add("input", &source.path);
    lines.add("lifecycle", source.lifecycle.name());
    for (name, value) in &source.properties {
        lines.add_property(name, value);
    }
    lines.finish()
}
