//! CSV (RFC 4180) without formulas.

use std::borrow::Cow;
use std::io::{self, Write};

use super::view::{ApprovalView, ComponentView, ProvenanceView, View};

const HEAD: [&str; 27] = [
    "name",
    "version",
    "purl",
    "role",
    "scope",
    "origin",
    "licenses",
    "supplier",
    "hashes",
    "source",
    "workspaces",
    "approval",
    "approval reason",
    "reviewed by",
    "reviewed on",
    "review expires",
    "review basis",
    "review note",
    "provenance",
    "provenance failure",
    "slsa build level",
    "built from",
    "commit",
    "signer",
    "missing",
    "unknown",
    "withheld",
];

/// Writes one row for each component.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    row(&HEAD.map(Cow::Borrowed), out)?;
    for it in &view.components {
        let workspaces = it.workspaces.iter();
        let workspaces = workspaces.filter_map(|it| view.workspaces.get(*it).copied());
        let workspaces = workspaces.collect::<Vec<_>>().join("; ");
        let [status, why, by, on, expires, basis, note] = approval(it.approval.as_ref());
        let [level, failure, slsa, repository, commit, signer] = provenance(it.provenance.as_ref());
        let cells = [
            it.name.into(),
            it.version.into(),
            it.purl.into(),
            it.role.into(),
            it.scope.into(),
            it.origin.into(),
            it.licenses.join("; ").into(),
            (&*it.supplier).into(),
            hashes(it).into(),
            it.source.into(),
            workspaces.into(),
            status,
            why,
            by,
            on,
            expires,
            basis,
            note,
            level,
            failure,
            slsa,
            repository,
            commit,
            signer,
            it.missing.join("; ").into(),
            it.unknown.join("; ").into(),
            it.withheld.join("; ").into(),
        ];
        row(&cells, out)?;
    }
    Ok(())
}

fn hashes(it: &ComponentView<'_>) -> String {
    let each = it.hashes.iter();
    let each = each.map(|it| [it.alg, " ", &it.content].concat());
    each.collect::<Vec<_>>().join("; ")
}

fn approval<'v>(it: Option<&'v ApprovalView<'_>>) -> [Cow<'v, str>; 7] {
    let Some(it) = it else {
        return [(); 7].map(|()| Cow::Borrowed(""));
    };
    [
        it.status.into(),
        it.why().into(),
        it.by.join("; ").into(),
        it.on.unwrap_or_default().into(),
        it.expires.unwrap_or_default().into(),
        it.basis.unwrap_or_default().into(),
        it.note.unwrap_or_default().into(),
    ]
}

fn provenance<'v>(it: Option<&'v ProvenanceView<'_>>) -> [Cow<'v, str>; 6] {
    let Some(it) = it else {
        return [(); 6].map(|()| Cow::Borrowed(""));
    };
    let slsa = it.slsa_build_level.map(|it| it.to_string());
    [
        it.level.into(),
        it.failure.unwrap_or_default().into(),
        slsa.unwrap_or_default().into(),
        it.repository.unwrap_or_default().into(),
        it.commit.unwrap_or_default().into(),
        it.signer.unwrap_or_default().into(),
    ]
}

fn row(cells: &[Cow<'_, str>; 27], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<_> = cells.iter().map(|it| cell(it)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell. An apostrophe is put before text that starts a formula (OWASP, "CSV Injection"), except before the names of scoped
/// npm packages, so that tables can be joined by name.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let risky = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠')
    );
    let risky = risky && !is_scoped_name(text);
    let quoted = text.replace('"', "\"\"");
    let guard = if risky { "'" } else { "" };
    ["\"", guard, &quoted, "\""].concat()
}

/// Whether a cell is a name such as `@scope/name`, with an optional version.
fn is_scoped_name(text: &str) -> bool {
    let plain = |it: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._~-@".contains(c);
        !it.is_empty() && it.chars().all(allowed)
    };
    let parts = text.strip_prefix('@').and_then(|it| it.split_once('/'));
    parts.is_some_and(|(scope, name)| plain(scope) && plain(name))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|calc",
        ] {
            assert_eq!(cell(text), format!("\"'{text}\""), "{text:?}");
        }
        assert_eq!(cell("a\",=b\n"), "\"a\"\",=b\n\"");
        assert_eq!(cell(""), "\"\"");
        assert_eq!(cell("@scope/name"), "\"@scope/name\"");
        assert_eq!(cell("@a/b(1)"), "\"'@a/b(1)\"");
    }
}
