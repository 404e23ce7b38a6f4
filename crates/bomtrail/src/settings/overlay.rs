//! `[[dependency]]`: dependencies that no metadata states, such as a library of the operating system. They become nodes and
//! edges like all others, before the graph is linked.

use bomtrail_document::Table;
use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Kind, Link, LocalId, Need, Phase, Purl, Role,
    Target, Text,
};

use super::parse::kind;
use super::{SETTINGS_FILE, diags};

/// A dependency that no metadata states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraDependency {
    /// The component that depends, by name or Package URL; `None` is the project itself.
    pub from: Option<Text>,
    /// The component it depends on.
    pub purl: Purl,
    /// The kind of that component.
    pub kind: Kind,
    /// When it is needed.
    pub phase: Phase,
    /// Whether it is required.
    pub need: Need,
    /// The versions that are accepted.
    pub range: Option<Text>,
}

const PHASES: &str = "one of `configure`, `build`, `test`, `runtime`, `develop`";
const NEEDS: &str =
    "one of `required`, `optional`, `recommended`, `suggested`, `peer`, `optional-peer`";

pub(super) fn read(table: &mut Table<'_, '_>) -> Option<ExtraDependency> {
    table.only(&["from", "purl", "type", "phase", "need", "range"]);
    table.required("purl", "the Package URL of the dependency")?;
    let from = table.text("from").map(Text::from);
    let purl = table.parsed(
        "purl",
        "a Package URL, as in `pkg:deb/debian/libssl3`",
        |it| it.parse::<Purl>().ok(),
    );
    let kind = table.parsed("type", "a kind of component", kind);
    let phase = table.parsed("phase", PHASES, Phase::from_name);
    let need = table.parsed("need", NEEDS, |it| {
        Need::from_name(it).filter(|it| *it != Need::Conflicts)
    });
    Some(ExtraDependency {
        from,
        purl: purl?,
        kind: kind.unwrap_or_default(),
        phase: phase.unwrap_or_default(),
        need: need.unwrap_or_default(),
        range: table.text("range").map(Text::from),
    })
}

/// Adds the dependencies to the inputs that have the depending component.
pub(crate) fn add(
    dependencies: &[ExtraDependency],
    fragments: &mut [Fragment],
    diagnostics: &mut Diagnostics,
) {
    for dependency in dependencies {
        let mut matched = false;
        for fragment in fragments.iter_mut() {
            let froms = dependency.froms(fragment);
            matched |= !froms.is_empty();
            if let Some(to) = dependency.target(fragment, !froms.is_empty()) {
                let links = froms.into_iter().map(|from| dependency.link(from, to));
                fragment.links.extend(links);
            }
        }
        if !matched {
            let from = dependency.from.as_deref().unwrap_or("the project itself");
            diagnostics.push(diags::no_match("dependency", from));
        }
    }
}

impl ExtraDependency {
    fn froms(&self, fragment: &Fragment) -> Vec<LocalId> {
        let Some(from) = &self.from else {
            return fragment.roots.clone();
        };
        let wanted: Option<Purl> = from.parse().ok();
        let is_it = |it: &Component| {
            let same = wanted.as_ref().zip(it.purl.as_ref());
            *it.name == **from || same.is_some_and(|(a, b)| a.identity() == b.identity())
        };
        let numbered = fragment.components.iter().zip(0_u32..);
        numbered
            .filter(|(it, _)| is_it(it))
            .map(|(_, number)| LocalId(number))
            .collect()
    }

    /// The component of the Package URL: an existing one, otherwise a new one.
    fn target(&self, fragment: &mut Fragment, wanted: bool) -> Option<LocalId> {
        if !wanted {
            return None;
        }
        let numbered = fragment.components.iter().zip(0_u32..);
        let there = numbered
            .filter(|(it, _)| {
                it.purl
                    .as_ref()
                    .is_some_and(|it| it.identity() == self.purl.identity())
            })
            .map(|(_, number)| LocalId(number))
            .next();
        there.or_else(|| fragment.add(self.component()))
    }

    fn component(&self) -> Component {
        let name = self.purl.name();
        Component::new(&name).with(|it| {
            it.version = self.purl.version().map(|it| Text::from(&*it));
            it.place = [SETTINGS_FILE, ":", self.purl.as_str()].concat().into();
            it.kind = self.kind;
            it.role = Role::Dependency;
            it.dependencies = Completeness::Unknown;
            it.purl = Some(self.purl.clone());
        })
    }

    fn link(&self, from: LocalId, to: LocalId) -> Link {
        Link::new(from, Target::Here(to)).with(|it| {
            it.name = None;
            it.range = self.range.as_deref().map(Into::into);
            it.phase = self.phase;
            it.need = self.need;
            it.problem = None;
            it.detail = None;
        })
    }
}
