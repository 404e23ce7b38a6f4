//! `cpanfile` 1.0: the statements of its language that can be read without running Perl. All else is code: it is reported
//! with its line and left out, and what stands beside it is kept. Conditions are not decided but kept as text.

mod parse;
mod token;
mod words;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Feature, Files, Fragment, Input, LocalId, Reader,
};

use crate::formats::meta::{self, file_name};
use crate::formats::prereq::Prereqs;
use crate::formats::text::without_credentials;
use crate::formats::{diags, project, text};

/// Reads `cpanfile`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpanfile;

impl Reader for Cpanfile {
    fn name(&self) -> &'static str {
        "cpan/cpanfile"
    }

    fn claims(&self, path: &str) -> bool {
        file_name(path) == "cpanfile"
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, invalid) = text::decode(input.bytes);
        if invalid {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        let wanted = parse::parse(&text, input.path, diagnostics);
        fragment(&wanted, input, diagnostics)
    }
}

/// What a project asks for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) prereqs: Prereqs,
    /// Features in the order of the file.
    pub(crate) features: Vec<WantedFeature>,
    /// Mirrors of CPAN to install from.
    pub(crate) mirrors: Vec<String>,
    /// Modules that come from elsewhere, with how (`Foo git=https://example.com/foo.git`).
    pub(crate) origins: Vec<String>,
    /// True when a part was not understood.
    pub(crate) partial: bool,
}

/// What a feature asks for.
#[derive(Debug, Default)]
pub(crate) struct WantedFeature {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) prereqs: Prereqs,
}

impl Wanted {
    /// The prerequisites of a feature, or those of no feature.
    pub(crate) fn of(&mut self, feature: Option<usize>) -> &mut Prereqs {
        match feature.and_then(|at| self.features.get_mut(at)) {
            Some(feature) => &mut feature.prereqs,
            None => &mut self.prereqs,
        }
    }

    /// The number of the feature of a name, made when first asked for.
    pub(crate) fn feature(&mut self, name: &str, description: Option<String>) -> usize {
        if let Some(at) = self.features.iter().position(|it| it.name == name) {
            return at;
        }
        self.features.push(WantedFeature {
            name: name.to_owned(),
            description,
            prereqs: Prereqs::default(),
        });
        self.features.len() - 1
    }

    fn properties(&self) -> impl Iterator<Item = (&'static str, String)> {
        let features = self.features.iter().map(|it| {
            let described = it.description.as_ref();
            let text = described.map(|text| [it.name.as_str(), ": ", text].concat());
            (
                "bomtrail:cpan:optional-feature",
                text.unwrap_or_else(|| it.name.clone()),
            )
        });
        let mirrors = self.mirrors.iter();
        let mirrors =
            mirrors.map(|it| ("bomtrail:cpan:mirror", without_credentials(it).into_owned()));
        let origins = self
            .origins
            .iter()
            .map(|it| ("bomtrail:cpan:source", it.clone()));
        features.chain(mirrors).chain(origins)
    }

    fn features(&self, root: LocalId) -> Vec<Feature> {
        let feature = |it: &WantedFeature| Feature {
            name: it.name.as_str().into(),
            links: it.prereqs.links(root).collect(),
        };
        self.features.iter().map(feature).collect()
    }
}

/// The project with what it asks for. Metadata beside the file says which distribution it is.
pub(crate) fn fragment(
    wanted: &Wanted,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Fragment {
    let mut fragment = Fragment {
        path: input.path.into(),
        ..Fragment::default()
    };
    let mut component = root(input.path, input.files);
    if wanted.partial {
        component.dependencies = Completeness::Incomplete;
    }
    let properties = wanted
        .properties()
        .map(|(name, value)| (name.into(), value.into()));
    let properties: Vec<_> = properties.collect();
    if !properties.is_empty() {
        component.details_mut().properties.extend(properties);
    }
    if let Some(root) = fragment.add(component) {
        fragment.roots.push(root);
        fragment.links.extend(wanted.prereqs.links(root));
        fragment.features = wanted.features(root);
    } else {
        diagnostics.push(diags::no_metadata(input.path));
    }
    fragment
}

/// The project: the distribution that metadata beside the file describes, or else its folder.
fn root(path: &str, files: &dyn Files) -> Component {
    let base = path.strip_suffix(file_name(path)).unwrap_or_default();
    let Some(mut component) = meta::beside(base, files) else {
        return project::of_folder(files);
    };
    // A cpanfile is what is installed from, whether or not configuring would ask for more.
    component.dependencies = Completeness::Complete;
    component
}

#[cfg(test)]
mod tests;
