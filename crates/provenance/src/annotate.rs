//! From files of attestations to the side table: which bundle is about which node, and what all of them prove together.

pub(crate) mod changes;
mod cpan;
mod fold;
mod nodes;

use bomtrail_graph::{
    Diagnostics, Evidence, EvidenceState, Graph, Hash, NodeId, NodeMap, Provenance, on_all_cores,
    on_threads,
};

use crate::bundle::check::{check, subject_package};
use crate::bundle::outcome::Outcome;
use crate::bundle::request::Request;
use crate::bundle::sigstore::Subject;
use crate::bundle::trust::Trust;
use crate::diags;
use crate::registry::sidecar::{Answer, Package, Published, Sidecar, Wrapped};
use crate::registry::signature as registry_signature;
use nodes::{Nodes, PARTLY, Pinned};

/// One bundle that is to be verified for one node.
struct Job<'a> {
    node: NodeId,
    bundle: &'a Wrapped<'a>,
    package: Package,
    pinned: &'a Hash,
    /// False when the package also has a place where nothing pins it.
    everywhere: bool,
    repository: Option<&'a str>,
}

/// The provenance of every dependency of `graph`; all cores are used when `threads` is 0. A node without evidence gets an entry
/// as well: "absent" is the result of a check. First-party nodes get no entry.
pub fn annotate(
    graph: &Graph,
    sidecars: &[Sidecar<'_>],
    trust: &Trust,
    threads: usize,
) -> (NodeMap<Provenance>, Diagnostics) {
    let mut diags = Diagnostics::new();
    let nodes = Nodes::of(graph);
    let repositories = declared(sidecars);
    let mut table = Nodes::table(graph);
    let mut jobs = Vec::new();
    for answer in sidecars.iter().flat_map(|it| &it.answers) {
        plan(
            answer,
            &nodes,
            &repositories,
            &mut jobs,
            (&mut table, &mut diags),
        );
    }
    for (job, outcome) in jobs.iter().zip(verify(&jobs, trust, threads)) {
        fold::outcome(&mut table, job.node, outcome);
    }
    for sidecar in sidecars {
        for published in &sidecar.published {
            publish(published, &nodes, trust, &mut table);
        }
        for objection in &sidecar.objections {
            let package = &objection.package;
            if !nodes.named(package).is_empty() {
                let it = diags::objection(&package.name, &package.version, &objection.message);
                diags.push(it);
            }
        }
    }
    cpan::annotate(graph, sidecars, trust, &mut table);
    (table, diags)
}

/// The repositories that registry metadata declares.
fn declared<'a>(sidecars: &'a [Sidecar<'_>]) -> Vec<(&'a Package, &'a str)> {
    let published = sidecars.iter().flat_map(|it| &it.published);
    let mut declared: Vec<_> = published
        .filter_map(|it| Some((&it.package, it.repository.as_deref()?)))
        .collect();
    declared.sort_unstable();
    declared
}

/// Which nodes an answer is about.
fn plan<'a>(
    answer: &'a Answer<'a>,
    nodes: &'a Nodes<'a>,
    repositories: &[(&'a Package, &'a str)],
    jobs: &mut Vec<Job<'a>>,
    (table, diags): (&mut NodeMap<Provenance>, &mut Diagnostics),
) {
    let stated = answer.package.clone();
    let Some(package) = stated.or_else(|| package_of(answer, nodes)) else {
        if !answer.bundles.is_empty() {
            diags.push(diags::nameless(&answer.place));
        }
        return;
    };
    let found = nodes.named(&package);
    if found.is_empty() {
        diags.push(diags::unbound(
            &answer.place,
            &package.name,
            &package.version,
        ));
    }
    for it in found {
        let repository = it.repository.or_else(|| {
            let at = repositories.partition_point(|(other, _)| **other < package);
            let next = repositories.get(at)?;
            (*next.0 == package).then_some(next.1)
        });
        for bundle in &answer.bundles {
            match it.pinned {
                Pinned::Sha512(pinned) | Pinned::Partly(pinned) => jobs.push(Job {
                    node: it.id,
                    bundle,
                    package: package.clone(),
                    pinned,
                    everywhere: !matches!(it.pinned, Pinned::Partly(_)),
                    repository,
                }),
                Pinned::Otherwise(_) | Pinned::Not => {
                    let why = "the lockfile does not pin one SHA-512 to compare with";
                    let wrapper = bundle.predicate_type.as_deref();
                    fold::outcome(table, it.id, Outcome::unverifiable(wrapper, why));
                }
            }
        }
    }
}

/// The package of an answer that does not say it: the first subject that the project has, else the first.
fn package_of(answer: &Answer<'_>, nodes: &Nodes<'_>) -> Option<Package> {
    let subjects = answer.bundles.iter();
    let subjects: Vec<Package> = subjects
        .filter_map(|it| subject_package(it.bundle))
        .map(|(name, version)| Package { name, version })
        .collect();
    let known = subjects.iter().find(|it| !nodes.named(it).is_empty());
    known.or(subjects.first()).cloned()
}

/// Verifies all, in the order they are given, each once.
fn verify(jobs: &[Job<'_>], trust: &Trust, threads: usize) -> Vec<Outcome> {
    let work = |job: &Job<'_>| one(job, trust);
    if threads == 0 {
        on_all_cores(jobs, 4, work)
    } else {
        on_threads(jobs, threads, work)
    }
}

fn one(job: &Job<'_>, trust: &Trust) -> Outcome {
    let mut request = Request::new(Subject::Digest(job.pinned));
    request.wrapper = job.bundle.predicate_type.as_deref();
    request.package = Some((&job.package.name, &job.package.version));
    request.repository = job.repository;
    let outcome = check(trust, job.bundle.bundle, &request);
    if job.everywhere {
        outcome
    } else {
        outcome.doubted(PARTLY)
    }
}

fn publish(
    published: &Published,
    nodes: &Nodes<'_>,
    trust: &Trust,
    table: &mut NodeMap<Provenance>,
) {
    for it in nodes.named(&published.package) {
        let signed = match it.pinned {
            Pinned::Sha512(pinned) => registry_signature::evidence(trust, published, pinned),
            Pinned::Partly(pinned) => {
                match registry_signature::evidence(trust, published, pinned) {
                    it if it.state == EvidenceState::Verified => {
                        Evidence::new(EvidenceState::Unverifiable, PARTLY)
                    }
                    it => it,
                }
            }
            Pinned::Otherwise(_) | Pinned::Not if published.signatures.is_empty() => {
                Evidence::default()
            }
            Pinned::Otherwise(_) | Pinned::Not => {
                let why = "the lockfile does not pin one SHA-512 to compare with";
                Evidence::new(EvidenceState::Unverifiable, why)
            }
        };
        fold::published(table, it.id, (signed, published));
    }
}
