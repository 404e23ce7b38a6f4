use bomtrail_graph::{
    Axis, BuildLevel, Component, Diagnostics, Evidence, EvidenceState, Fragment, Purl, Text, link,
};

use super::*;

fn graph(purl: &str, properties: &[(&str, &str)]) -> Graph {
    let purl = Purl::parse(purl).unwrap();
    let mut component = Component::new(&purl.name()).with(|it| {
        it.version = purl.version().map(|it| (*it).into());
        it.place = "node_modules/a".into();
    });
    component.purl = Some(purl);
    let properties = properties.iter();
    component.details_mut().properties = properties
        .map(|(name, value)| (Text::from(*name), Text::from(*value)))
        .collect();
    let mut fragment = Fragment::default();
    fragment.add(component).unwrap();
    link(vec![fragment], &mut Diagnostics::new())
}

fn proved(graph: &Graph, owner: &str, signer: &str) -> NodeMap<Provenance> {
    let mut provenance = Provenance::default();
    provenance.build = Some(Box::new(BuildIdentity {
        issuer: "https://token.actions.githubusercontent.com".into(),
        signer: signer.into(),
        repository: Some(format!("https://github.com/{owner}/a").into()),
        repository_id: Some(format!("1{owner}").into()),
        owner_id: Some(owner.into()),
        ..BuildIdentity::default()
    }));
    provenance.build_level = BuildLevel {
        level: Some(2),
        verified: true,
        reason: Text::default(),
    };
    provenance.set(
        Axis::ProvenanceVerified,
        Evidence::new(EvidenceState::Verified, ""),
    );
    table(graph, &provenance)
}

fn table(graph: &Graph, provenance: &Provenance) -> NodeMap<Provenance> {
    let mut table = NodeMap::new(graph);
    for node in graph.nodes() {
        table.insert(node.id(), provenance.clone());
    }
    table
}

fn whats(changes: &[SignerChange]) -> Vec<&'static str> {
    changes.iter().map(|it| it.what).collect()
}

const WORKFLOW: &str = "https://github.com/o/a/.github/workflows/r.yml";

#[test]
fn a_new_tag_is_no_change_and_a_new_owner_is() {
    let (old, new) = (graph("pkg:npm/a@1.0.0", &[]), graph("pkg:npm/a@1.1.0", &[]));
    let was = proved(&old, "o", &format!("{WORKFLOW}@refs/tags/v1.0.0"));
    let same = proved(&new, "o", &format!("{WORKFLOW}@refs/tags/v1.1.0"));
    assert_eq!(signer_changes((&old, &was), (&new, &same)), []);
    let taken = proved(&new, "evil", &format!("{WORKFLOW}@refs/tags/v1.1.0"));
    let changes = signer_changes((&old, &was), (&new, &taken));
    assert_eq!(whats(&changes), ["owner id", "repository", "repository id"]);
    let versions = ("1.0.0".to_owned(), "1.1.0".to_owned());
    assert!(
        changes
            .iter()
            .all(|it| it.name == "a" && it.versions == versions)
    );
}

#[test]
fn provenance_that_is_gone_is_a_change() {
    let (old, new) = (graph("pkg:npm/a@1.0.0", &[]), graph("pkg:npm/a@1.0.0", &[]));
    let was = proved(&old, "o", WORKFLOW);
    let gone = table(&new, &Provenance::default());
    let changes = signer_changes((&old, &was), (&new, &gone));
    assert_eq!(whats(&changes), ["level", "slsa-build-level"]);
    assert_eq!(signer_changes((&old, &gone), (&new, &was)), []);
}

#[test]
fn what_an_old_document_said_is_compared_whatever_is_proved_of_it_now() {
    let claims = [
        ("bomtrail:claimed:provenance:level", "E4"),
        ("bomtrail:claimed:provenance:slsa-build-level", "2"),
        (
            "bomtrail:claimed:provenance:signer",
            "https://github.com/before/a/r.yml@refs/tags/v1",
        ),
        ("bomtrail:claimed:provenance:owner-id", "o"),
    ];
    let (old, new) = (
        graph("pkg:npm/a@1.0.0", &claims),
        graph("pkg:npm/a@1.0.0", &[]),
    );
    let nothing = NodeMap::new(&old);
    let is = proved(&new, "o", &format!("{WORKFLOW}@refs/tags/v1"));
    assert_eq!(
        whats(&signer_changes((&old, &nothing), (&new, &is))),
        ["signer"]
    );
    // Attestations that are given now are of the same package: they prove the new signer of the old state, too.
    let replaced = proved(&old, "o", &format!("{WORKFLOW}@refs/tags/v1"));
    assert_eq!(
        whats(&signer_changes((&old, &replaced), (&new, &is))),
        ["signer"]
    );
}
