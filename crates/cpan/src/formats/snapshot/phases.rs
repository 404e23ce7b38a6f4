//! The phases of the requirements of locked distributions. A snapshot merges those of configuring, building and running; the
//! metadata of an installed distribution next to it keeps them apart.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Input, Link, LocalId, Need, Phase};

use crate::formats::installed::records_next_to;
use crate::formats::meta;
use crate::formats::prereq::Prereqs;
use crate::package::module::NAMED;

/// The known phases of the requirements of each distribution, by its name and version.
#[derive(Default)]
pub(super) struct Phases(BTreeMap<String, Prereqs>);

impl Phases {
    /// The phases in the records of installed distributions next to a snapshot.
    pub(super) fn next_to(input: &Input<'_>) -> Self {
        let base = input.path.rsplit_once('/').map_or("", |(base, _)| base);
        let mut phases = Self::default();
        for folder in records_next_to(input.files, base) {
            let path = [folder.as_str(), "/MYMETA.json"].concat();
            let Some(bytes) = input.files.read(&path) else {
                continue;
            };
            // The reader of the record itself reports its problems.
            let mut unsaid = Diagnostics::new();
            let Some(meta) = meta::load(&path, &bytes, &mut unsaid) else {
                continue;
            };
            let name = folder.rsplit('/').next().unwrap_or_default().to_owned();
            phases.0.insert(name, meta.prereqs(&mut unsaid));
        }
        phases
    }

    /// True when the phases of a distribution are known.
    pub(super) fn knows(&self, entry: &str) -> bool {
        self.0.contains_key(entry)
    }

    /// Adds the links for one requirement of a distribution: one for each phase that has it, or one for the merged phases as
    /// runtime.
    pub(super) fn add_links(
        &self,
        from: LocalId,
        entry: &str,
        (module, range): (&str, &str),
        links: &mut Vec<Link>,
    ) {
        let before = links.len();
        if let Some(prereqs) = self.0.get(entry) {
            links.extend(prereqs.links(from).filter(|link| {
                let merged = matches!(link.phase, Phase::Configure | Phase::Build | Phase::Runtime);
                merged && link.need == Need::Required && link.name.as_deref() == Some(module)
            }));
        }
        if links.len() == before {
            links.push(Link::new(from, NAMED).with(|it| {
                it.name = Some(module.into());
                it.range = Some(range).filter(|it| *it != "0").map(Into::into);
                it.phase = Phase::Runtime;
                it.need = Need::Required;
                it.problem = None;
                it.detail = None;
            }));
        }
    }
}
