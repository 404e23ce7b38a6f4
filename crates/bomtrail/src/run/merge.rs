//! Several documents as one graph: flat by Package URL, or below a component that stands for all of them.

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Kind, Link, LocalId, Need, Origin, Phase, Purl,
    Role, Target, link,
};

use crate::project::{Project, Scan, ScanError, ScanOptions};
use crate::source::Source;

/// Reads projects and joins them into one graph.
///
/// Packages with the same Package URL become one, unless their bytes differ; every project stays a root. With `above`, which is a
/// name and perhaps a version, a component of that name is the only root and depends on the projects. Of `options`, the Perl and
/// the index of CPAN hold for every project; what surrounds a project is looked at for each alone.
///
/// ```
/// use bomtrail::{ScanOptions, Source, merge};
///
/// let sources = vec![
///     Source::at("../../fixtures/npm/basic"),
///     Source::at("../../fixtures/cpan/a-snapshot-may-be-cyclic/cpanfile.snapshot"),
/// ];
/// let merged = merge(sources, Some(("product", Some("2.0"))), &ScanOptions::default())?;
/// assert_eq!(merged.graph().roots().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ScanError`] when a project cannot be read.
pub fn merge(
    sources: Vec<Source>,
    above: Option<(&str, Option<&str>)>,
    options: &ScanOptions,
) -> Result<Scan, ScanError> {
    let mut diagnostics = Diagnostics::new();
    let mut fragments = Vec::new();
    for source in sources {
        let (mut more, found) = Project::open(source, options)?.into_fragments();
        fragments.append(&mut more);
        diagnostics.append(found);
    }
    if let Some((name, version)) = above {
        fragments = vec![below(name, version, fragments)];
    }
    let graph = link(fragments, &mut diagnostics);
    Ok(Scan::new(graph, diagnostics, Vec::new()))
}

/// All fragments as one, below a root of its own.
fn below(name: &str, version: Option<&str>, fragments: Vec<Fragment>) -> Fragment {
    let mut all = Fragment::default();
    let purl = Purl::build("generic", name).version(version.unwrap_or_default());
    let root = Component::new(name).with(|it| {
        it.version = version.map(Into::into);
        it.purl = purl.finish().ok();
        it.kind = Kind::Application;
        it.role = Role::Root;
        it.origin = Origin::Unknown;
        it.dependencies = Completeness::Complete;
    });
    let Some(root) = all.add(root) else {
        return all;
    };
    all.roots = vec![root];
    for fragment in fragments {
        let base = u32::try_from(all.components.len()).unwrap_or(u32::MAX);
        let shift = |id: LocalId| LocalId(id.0.saturating_add(base));
        let mut components = fragment.components;
        for id in &fragment.roots {
            if let Some(it) = components.get_mut(id.index()) {
                // A project of its own is a part of this one.
                it.role = it.role.max(Role::Member);
            }
            all.links.push(needs(root, shift(*id)));
        }
        all.components.append(&mut components);
        all.links.extend(fragment.links.into_iter().map(|mut link| {
            link.from = shift(link.from);
            if let Target::Here(to) = link.to {
                link.to = Target::Here(shift(to));
            }
            link
        }));
        let scopes = fragment.scopes.into_iter();
        all.scopes
            .extend(scopes.map(|(id, scope)| (shift(id), scope)));
        all.lifecycle = fragment.lifecycle;
        if all.path.is_empty() {
            all.path = fragment.path;
        } else {
            let name = "bomtrail:input".into();
            all.properties.push((name, fragment.path));
        }
        all.properties.extend(fragment.properties);
    }
    all
}

fn needs(from: LocalId, to: LocalId) -> Link {
    Link::new(from, Target::Here(to)).with(|it| {
        it.name = None;
        it.range = None;
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}
