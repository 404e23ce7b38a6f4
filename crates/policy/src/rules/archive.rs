//! Rules about the archives of packages: their bytes, their manifests, and their source.

use bomtrail_graph::{ArchiveFacts, ArchiveState};

use crate::context::RuleContext;

/// How many files one finding names.
const MOST_FILES: usize = 5;

/// Reports packages whose archive is in a state.
fn in_state(
    context: &mut RuleContext<'_>,
    state: ArchiveState,
    message: fn(&ArchiveFacts) -> String,
) {
    let evidence = context.evidence;
    for (node, facts) in evidence.archived() {
        if facts.state == state {
            context.package(node, message(facts));
        }
    }
}

pub(super) fn missing(context: &mut RuleContext<'_>) {
    in_state(context, ArchiveState::Missing, |_| {
        "its archive was not found, so its bytes were not checked".to_owned()
    });
}

pub(super) fn digest(context: &mut RuleContext<'_>) {
    in_state(context, ArchiveState::Mismatch, |it| {
        format!("the archive `{}` is another one: {}", it.place, it.reason)
    });
}

pub(super) fn refused(context: &mut RuleContext<'_>) {
    in_state(context, ArchiveState::Refused, |it| {
        format!("the archive `{}` was not checked: {}", it.place, it.reason)
    });
}

pub(super) fn manifest(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for (node, facts) in evidence.archived() {
        for it in &facts.contradictions {
            context.package(node, it.to_string());
        }
    }
}

pub(super) fn unexplained_code(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for (node, facts) in evidence.archived() {
        let Some(source) = facts
            .source
            .as_ref()
            .filter(|it| !it.unexplained_code.is_empty())
        else {
            continue;
        };
        let files = source.unexplained_code.iter().take(MOST_FILES);
        let files: Vec<String> = files
            .map(|(path, role)| format!("`{path}` ({role})"))
            .collect();
        let more = match source.unexplained_code.len().saturating_sub(MOST_FILES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "its archive has code that commit {} of its repository does not explain: {}{more}",
            source.commit,
            files.join(", ")
        );
        context.package(node, message);
    }
}

pub(super) fn not_found(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for (node, facts) in evidence.archived() {
        if let Some(source) = facts.source.as_ref().filter(|it| !it.reason.is_empty()) {
            context.package(
                node,
                format!("its source was not compared: {}", source.reason),
            );
        }
    }
}
