//! CHECKSUMS files of the corpus: real ones are read, a forged one is refused.

use bomtrail_graph::{Axis, Component, Diagnostics, EvidenceState, Origin, Purl, Role};
use bomtrail_provenance::{Checksums, Sidecar, Trust, annotate};

use crate::corpus::corpus;
use crate::project::graph;

fn distribution() -> Component {
    let purl = Purl::parse("pkg:cpan/Acme-Study-Perl@0.0.2?author=ANDK").unwrap();
    let mut component = Component::new("Acme-Study-Perl").with(|it| {
        it.version = Some("0.0.2".into());
        it.place = "Acme-Study-Perl-0.0.2".into();
        it.role = Role::Dependency;
        it.origin = Origin::Registry;
    });
    component.purl = Some(purl);
    component
}

#[test]
fn a_file_that_is_forged_before_its_signed_region_is_refused() {
    let Some(folder) = corpus() else { return };
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let forged = read("synthetic/CHECKSUMS.cve-2020-16156-prepend");
    assert!(Checksums::parse(&forged).is_err());
    let mut told = Diagnostics::new();
    let sidecar = Sidecar::read("CHECKSUMS", forged.as_bytes(), &mut told);
    assert!(sidecar.is_empty());
    let ids: Vec<&str> = told.iter().map(|it| it.code.id).collect();
    assert_eq!(ids, ["provenance/checksums"]);
    let signed = Checksums::parse(&read("cpan/CHECKSUMS.cpanpm-ANDK-test")).unwrap();
    assert_eq!(signed.directory.as_deref(), Some("A/AN/ANDK"));
    assert_eq!(signed.signed_with.as_deref(), Some("SHA1"));
    let file = signed.file("Acme-Study-Perl-0.0.2.tar.gz").unwrap();
    assert!(signed.files.len() > 50 && file.sha256.is_some() && file.size == Some(5967));
    let unsigned = Checksums::parse(&read("cpan/CHECKSUMS.97-BUSTER")).unwrap();
    assert_eq!(unsigned.signed_with, None);
}

#[test]
fn an_archive_is_compared_with_what_is_listed_and_a_signature_is_not_believed() {
    let Some(folder) = corpus() else { return };
    let list = std::fs::read(folder.join("cpan/CHECKSUMS.cpanpm-ANDK-test")).unwrap();
    let graph = graph(vec![distribution()]);
    let trust = Trust::new(None, None).unwrap();
    let mut told = Diagnostics::new();
    let mut prove = |archive: Option<&[u8]>| {
        let mut sidecars = vec![Sidecar::read("d/CHECKSUMS", &list, &mut told)];
        sidecars.extend(
            archive.map(|it| Sidecar::read("d/Acme-Study-Perl-0.0.2.tar.gz", it, &mut told)),
        );
        let (table, _) = annotate(&graph, &sidecars, &trust, 1);
        let provenance = table.iter().next().unwrap().1.clone();
        let signed = provenance.evidence(Axis::RegistrySigned);
        assert_eq!(signed.state, EvidenceState::Unverifiable);
        assert!(signed.reason.contains("weak"), "{}", signed.reason);
        provenance.evidence(Axis::Pinned).state
    };
    assert_eq!(prove(None), EvidenceState::Claimed);
    assert_eq!(prove(Some(b"other bytes")), EvidenceState::Failed);
    assert!(told.is_empty());
}
