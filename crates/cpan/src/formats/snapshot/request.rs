//! What the project of a snapshot asks for: the cpanfile or cpm.yml that the snapshot was made from.

use bomtrail_graph::{Diagnostics, Fragment, Input, Link, LocalId, Reader};

use crate::formats::cpanfile::Cpanfile;
use crate::formats::cpm::Cpm;
use crate::formats::meta::file_name;

/// The files, the one to trust most first.
const FILES: [(&str, &dyn Reader); 2] = [("cpanfile", &Cpanfile), ("cpm.yml", &Cpm)];

/// The project as the file beside a snapshot describes it.
pub(super) fn beside(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Fragment> {
    let base = input.path.strip_suffix(file_name(input.path))?;
    let mut read = FILES.iter().filter_map(|(name, reader)| {
        let path = [base, name].concat();
        let bytes = input.files.read(&path)?;
        let input = Input {
            path: &path,
            bytes: &bytes,
            files: input.files,
        };
        Some(reader.read(&input, diagnostics))
    });
    read.find(|it| !it.components.is_empty())
}

/// Joins the project to the distributions of its snapshot.
pub(super) fn adopt(fragment: &mut Fragment, project: Fragment) {
    let Some(base) = u32::try_from(fragment.components.len()).ok() else {
        return;
    };
    let moved = |id: LocalId| LocalId(id.0.saturating_add(base));
    let joined = |link: Link| Link {
        from: moved(link.from),
        ..link
    };
    fragment.components.extend(project.components);
    fragment.roots.extend(project.roots.into_iter().map(moved));
    fragment.links.extend(project.links.into_iter().map(joined));
    fragment.properties.extend(project.properties);
    let features = project.features.into_iter().map(|mut feature| {
        feature.links = feature.links.into_iter().map(joined).collect();
        feature
    });
    fragment.features.extend(features);
}
