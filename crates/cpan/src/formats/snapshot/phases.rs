//! When a locked distribution needs what it requires. A snapshot merges what is needed to configure, to build and to run; the
//! metadata of a distribution that is installed beside it tells them apart.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Input, Link, LocalId, Need, Phase, Target};

use crate::formats::installed::records_beside;
use crate::formats::meta;
use crate::formats::prereq::Prereqs;
use crate::package::module::MODULES;

/// What is known of the phases of each distribution, by its name and version.
#[derive(Default)]
pub(super) struct Phases(BTreeMap<String, Prereqs>);

impl Phases {
    /// What the records of installed distributions beside a snapshot say.
    pub(super) fn beside(input: &Input<'_>) -> Self {
        let base = input.path.rsplit_once('/').map_or("", |(base, _)| base);
        let mut phases = Self::default();
        for folder in records_beside(input.files, base) {
            let path = [folder.as_str(), "/MYMETA.json"].concat();
            let Some(bytes) = input.files.read(&path) else {
                continue;
            };
            // What is odd about it is said where the record itself is read.
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

    /// Adds the links for one requirement of a distribution: one for each phase that has it, or one for the merged phases,
    /// which count as run time.
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
            links.push(Link {
                from,
                to: Target::Named(MODULES),
                name: Some(module.into()),
                range: Some(range).filter(|it| *it != "0").map(Into::into),
                phase: Phase::Runtime,
                need: Need::Required,
                problem: None,
                detail: None,
            });
        }
    }
}
