//! Quality of package metadata, as registries and their communities judge it. The indicators for CPAN have the names of CPANTS
//! (`Module::CPANTS::Analyse` 1.03), as far as metadata decides them; npm has no such list of names.

use bomtrail_graph::{Details, Flags, Graph, NodeRef, Origin, Role};

/// An indicator.
#[derive(Clone, Copy, Debug)]
pub struct Indicator {
    /// The Package URL type it is about.
    pub package_type: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What a failure means.
    pub about: &'static str,
    fails: fn(NodeRef<'_>) -> bool,
}

/// Every indicator.
pub static INDICATORS: &[Indicator] = &[
    Indicator {
        package_type: "cpan",
        name: "has_human_readable_license",
        about: "no licence is stated in what was read",
        fails: no_license,
    },
    Indicator {
        package_type: "cpan",
        name: "meta_yml_declares_perl_version",
        about: "the Perl version it needs is not stated in what was read",
        fails: |it| !it.edges().any(|edge| edge.name() == "perl"),
    },
    Indicator {
        package_type: "cpan",
        name: "meta_yml_has_repository_resource",
        about: "no repository is stated in what was read",
        fails: no_repository,
    },
    Indicator {
        package_type: "cpan",
        name: "meta_yml_has_provides",
        about: "the modules it provides are not listed in what was read",
        fails: |it| it.component().provides.is_empty(),
    },
    Indicator {
        package_type: "npm",
        name: "license",
        about: "no licence is stated",
        fails: no_license,
    },
    Indicator {
        package_type: "npm",
        name: "license-expression",
        about: "the stated licence is not an SPDX expression",
        fails: |it| {
            let stated = it.component().licenses.known();
            stated.is_some_and(|it| it.iter().any(|it| !it.is_expression()))
        },
    },
    Indicator {
        package_type: "npm",
        name: "repository",
        about: "no repository is stated in what was read; lockfiles do not keep it",
        fails: no_repository,
    },
    Indicator {
        package_type: "npm",
        name: "integrity",
        about: "no digest to compare the archive with",
        fails: |it| {
            let it = it.component();
            it.hashes.is_empty() && !matches!(it.origin, Origin::Bundle | Origin::Directory)
        },
    },
    Indicator {
        package_type: "npm",
        name: "deprecated",
        about: "its makers have deprecated it",
        fails: |it| details(it, |it| it.deprecated.is_some()),
    },
    Indicator {
        package_type: "npm",
        name: "install-script",
        about: "it runs a script when it is installed",
        fails: |it| it.component().flags.has(Flags::INSTALL_SCRIPT),
    },
];

fn no_license(node: NodeRef<'_>) -> bool {
    node.component().licenses.is_unknown()
}

fn no_repository(node: NodeRef<'_>) -> bool {
    !details(node, |it| it.repository.is_some())
}

fn details(node: NodeRef<'_>, holds: impl Fn(&Details) -> bool) -> bool {
    node.component().details.as_deref().is_some_and(holds)
}

/// The result of an indicator.
#[derive(Clone, Debug)]
pub struct Quality<'g> {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// The number of checked packages.
    pub checked: usize,
    /// Those that fail it, in order.
    pub failing: Vec<NodeRef<'g>>,
}

/// Checks every third-party package; indicators about package types that do not occur are left out.
pub fn quality(graph: &Graph) -> Vec<Quality<'_>> {
    let of_type = |wanted: &'static str| {
        graph.nodes().filter(move |node| {
            let third_party = node.component().role == Role::Dependency;
            third_party && node.purl().is_some_and(|it| it.package_type() == wanted)
        })
    };
    INDICATORS
        .iter()
        .map(|indicator| {
            let nodes = of_type(indicator.package_type);
            Quality {
                indicator,
                checked: nodes.clone().count(),
                failing: nodes.filter(|it| (indicator.fails)(*it)).collect(),
            }
        })
        .filter(|it| it.checked > 0)
        .collect()
}
