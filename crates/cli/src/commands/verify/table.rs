//! The result of a verification as text: one line for each package, then the totals and the trust material.

use std::io::Write;

use bomtrail::graph::{ArchiveFacts, ArchiveState};
use bomtrail::provenance::{
    Axis, EvidenceLevel, EvidenceState, Material, Provenance, SignerChange, Verification,
};
use bomtrail::{Graph, NodeMap, NodeRef, WriteError};

use crate::style::Style;
use bomtrail::views::printable;

/// Writes the table; packages below `wanted` are marked.
pub(super) fn write(
    graph: &Graph,
    verification: &Verification,
    wanted: Option<EvidenceLevel>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let rows: Vec<(String, &Provenance)> = verification
        .provenance
        .iter()
        .filter_map(|(id, it)| Some((name(graph.node(id)?), it)))
        .collect();
    let width = rows.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or_default().min(60);
    for (name, provenance) in &rows {
        let is_low = wanted.is_some_and(|wanted| !provenance.meets(wanted));
        let (style, state) = verdict(provenance, is_low);
        let slsa = provenance.build_level.level;
        let slsa = slsa.map_or_else(|| "--".to_owned(), |it| format!("L{it}"));
        let line = format!(
            "{} {slsa} {} {name:<width$} {}",
            provenance.level().name(),
            style.text(&format!("{state:<12}")),
            printable(&remark(provenance)),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    sums(&rows, wanted, out)?;
    trusted("trusted root", &verification.trusted_root, out)?;
    trusted("npm keys", &verification.npm_keys, out)?;
    let cpan = verification.cpan_keys.as_ref();
    cpan.map_or(Ok(()), |it| trusted("cpan keys", it, out))
}

fn name(node: NodeRef<'_>) -> String {
    let name = match node.version() {
        Some(version) => format!("{}@{version}", node.name()),
        None => String::from(node.name()),
    };
    printable(&name).into_owned()
}

fn verdict(provenance: &Provenance, is_low: bool) -> (Style, &'static str) {
    let unclear = Axis::ALL.iter().any(|axis| {
        *axis != Axis::ProvenanceConsistent && is(provenance, *axis, EvidenceState::Unverifiable)
    });
    if provenance.has_failed() {
        (Style::Problem, "FAILED")
    } else if is_low {
        (Style::Problem, "insufficient")
    } else if unclear {
        (Style::Notice, "unverifiable")
    } else if is(
        provenance,
        Axis::ProvenanceVerified,
        EvidenceState::Verified,
    ) {
        (Style::Good, "verified")
    } else if is(provenance, Axis::PublishAttested, EvidenceState::Verified) {
        (Style::Plain, "published")
    } else if is(provenance, Axis::RegistrySigned, EvidenceState::Verified) {
        (Style::Plain, "signed")
    } else if is(provenance, Axis::Pinned, EvidenceState::Verified) {
        (Style::Dim, "pinned")
    } else {
        (Style::Notice, "nothing")
    }
}

fn is(provenance: &Provenance, axis: Axis, state: EvidenceState) -> bool {
    provenance.evidence(axis).state == state
}

/// Why verification failed or is impossible, else where the package was built.
fn remark(provenance: &Provenance) -> String {
    if let Some(failure) = provenance.first_failure() {
        return failure.reason.to_string();
    }
    if let Some(build) = &provenance.build {
        let repository = build.repository.as_deref().unwrap_or_default();
        let commit: String = build
            .commit
            .as_deref()
            .unwrap_or_default()
            .chars()
            .take(12)
            .collect();
        let runner = build.runner.as_deref().unwrap_or("runner unknown");
        return format!("{repository}@{commit} ({runner}) by {}", build.signer);
    }
    let unclear = Axis::ALL
        .iter()
        .map(|axis| provenance.evidence(*axis))
        .find(|it| {
            matches!(
                it.state,
                EvidenceState::Unverifiable | EvidenceState::Claimed
            )
        });
    let signed = provenance.evidence(Axis::RegistrySigned);
    unclear.unwrap_or(signed).reason.to_string()
}

fn sums(
    rows: &[(String, &Provenance)],
    wanted: Option<EvidenceLevel>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let count = |axis| {
        let of_axis = rows.iter();
        of_axis
            .filter(|(_, it)| is(it, axis, EvidenceState::Verified))
            .count()
    };
    let packages = crate::text::count(rows.len(), "package");
    let failed = rows.iter().filter(|(_, it)| it.has_failed()).count();
    writeln!(
        out,
        "{}: {} pinned, {} signed by the registry, {} attested as published, {} with verified provenance ({} \
         consistent with the package), {failed} failed",
        packages,
        count(Axis::Pinned),
        count(Axis::RegistrySigned),
        count(Axis::PublishAttested),
        count(Axis::ProvenanceVerified),
        count(Axis::ProvenanceConsistent),
    )?;
    if let Some(wanted) = wanted {
        let low = rows.iter().filter(|(_, it)| !it.meets(wanted)).count();
        writeln!(out, "{low} below {}", wanted.name())?;
    }
    Ok(())
}

/// What the archives of packages show, where they were read: those that fail or whose code is unexplained, and the totals.
pub(super) fn archives(
    graph: &Graph,
    table: Option<&NodeMap<ArchiveFacts>>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let Some(table) = table else {
        return Ok(());
    };
    for (id, facts) in table.iter() {
        let Some(node) = graph.node(id) else { continue };
        let checked = facts.evidence();
        if checked.state == EvidenceState::Failed {
            let line = format!("{} archive {}", name(node), checked.reason);
            writeln!(out, "{}", Style::Problem.text(&printable(&line)))?;
        }
        if let Some(source) = &facts.source {
            let evidence = source.evidence();
            let line = format!(
                "{} source {}: {}",
                name(node),
                evidence.state.name(),
                evidence.reason
            );
            writeln!(out, "{}", printable(&line))?;
        }
    }
    let count = |state| table.iter().filter(|(_, it)| it.state == state).count();
    let counts = ArchiveState::ALL.map(|it| format!("{} {}", count(it), it.name()));
    Ok(writeln!(out, "archives: {}", counts.join(", "))?)
}

/// Packages whose signer changed.
pub(super) fn changes(changes: &[SignerChange], out: &mut dyn Write) -> Result<(), WriteError> {
    for it in changes {
        let (before, now) = &it.versions;
        let text = |it: &str| if it.is_empty() { "nothing" } else { it }.to_owned();
        let line = format!(
            "{} {before} -> {now}: {} was {}, is {}",
            it.name,
            it.what,
            text(&it.before),
            text(&it.now)
        );
        writeln!(
            out,
            "{} {}",
            Style::Problem.text("CHANGED"),
            printable(&line)
        )?;
    }
    Ok(())
}

/// Which trust material was used.
pub(in crate::commands) fn trusted(
    what: &str,
    material: &Material,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let origin = match material.date {
        Some(date) => format!("embedded, {date}"),
        None => "given".to_owned(),
    };
    writeln!(out, "{what}: sha256:{} ({origin})", material.sha256)?;
    Ok(())
}
