//! What a project requires, as a cpanfile or a cpm.yml states it: prerequisites, features, mirrors, and modules that come from
//! a stated place.

use std::collections::{BTreeMap, HashSet};

use bomtrail_graph::{
    Completeness, Component, Feature, Fragment, Kind, Link, LocalId, Origin, Provided, Purl, Text,
};

use super::prereq::Prereqs;
use crate::package;
use crate::package::address::{is_public, is_remote, is_url, printable};
use crate::package::archive::{Archive, Index};
use crate::package::module::MODULES;

/// What a project requires.
#[derive(Debug, Default)]
pub(crate) struct Requirements {
    pub(crate) prereqs: Prereqs,
    /// Features in the order of the file.
    pub(crate) features: Vec<FeatureRequirements>,
    /// The numbers of the features, by name.
    numbers: BTreeMap<String, usize>,
    /// Mirrors of CPAN to install from.
    pub(crate) mirrors: Vec<String>,
    /// Modules that come from a stated place.
    sources: BTreeMap<String, ModuleSource>,
    /// True when a part was not understood.
    pub(crate) partial: bool,
}

/// What a feature requires.
#[derive(Debug, Default)]
pub(crate) struct FeatureRequirements {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) prereqs: Prereqs,
}

/// Where a module comes from, as the options of its requirement state it.
#[derive(Debug, Default)]
struct ModuleSource {
    module: String,
    /// The options `git`, `ref`, `dist`, `url` and `mirror`, in the order of the file.
    options: Vec<(String, String)>,
}

/// The options of a requirement that state where its module comes from.
pub(crate) const SOURCE_OPTIONS: [&str; 5] = ["git", "ref", "dist", "url", "mirror"];

impl ModuleSource {
    /// The value of an option.
    fn option(&self, name: &str) -> Option<&str> {
        let found = self.options.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// As a property: `Foo git=https://example.com/foo.git`.
    fn property(&self) -> String {
        let mut text = self.module.clone();
        for (name, value) in &self.options {
            text.extend([" ", name, "=", &printable(value)]);
        }
        text
    }

    /// The component that the options name exactly, without what it provides.
    fn component(&self) -> Option<Component> {
        let index = Index {
            of_module: self.option("mirror").filter(|it| is_private(it)),
            of_project: None,
        };
        let mut component = package::component(&self.module).with(|it| {
            it.kind = Kind::Library;
            it.dependencies = Completeness::Unknown;
        });
        if let Some(git) = self.option("git") {
            let mut address = printable(git);
            if let Some(reference) = self.option("ref") {
                address.extend(["@", reference]);
            }
            let purl = Purl::build("generic", &self.module.replace("::", "-"));
            let tool = if address.starts_with("git") {
                ""
            } else {
                "git+"
            };
            let vcs = [tool, &address].concat();
            component.purl = purl.qualifier("vcs_url", &vcs).finish().ok();
            component.place = address.as_str().into();
            component.source = Some(address.into());
            component.origin = Origin::Git;
            return Some(component);
        }
        let stated = self.option("dist").map(full_path);
        let path = stated.or_else(|| self.option("url").map(full_url))?;
        Archive::parse(&path, &index).describe(&mut component);
        component.place = printable(&path).into();
        Some(component)
    }
}

/// A path of `url` as the URL of a file.
fn full_url(url: &str) -> String {
    if is_url(url) {
        url.to_owned()
    } else {
        ["file:///", url].concat()
    }
}

/// True for the address of an index that does not serve CPAN to everyone.
fn is_private(address: &str) -> bool {
    is_remote(address) && !is_public(address)
}

/// The path below `authors/id` of `AUTHOR/File-1.0.tar.gz`.
fn full_path(dist: &str) -> String {
    let author = dist.split('/').next().unwrap_or_default();
    let is_id = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-';
    match (author.get(..1), author.get(..2)) {
        (Some(first), Some(second)) if author.len() > 2 && author.bytes().all(is_id) => {
            [first, "/", second, "/", dist].concat()
        }
        _ => dist.to_owned(),
    }
}

impl Requirements {
    /// The prerequisites of a feature, or those of no feature.
    pub(crate) fn of(&mut self, feature: Option<usize>) -> &mut Prereqs {
        match feature.and_then(|at| self.features.get_mut(at)) {
            Some(feature) => &mut feature.prereqs,
            None => &mut self.prereqs,
        }
    }

    /// The number of the feature of a name, which is added if it is new.
    pub(crate) fn feature(&mut self, name: &str, description: Option<String>) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.features.len();
        self.numbers.insert(name.to_owned(), number);
        self.features.push(FeatureRequirements {
            name: name.to_owned(),
            description,
            prereqs: Prereqs::default(),
        });
        number
    }

    /// Adds where a module comes from, in place of an earlier statement.
    pub(crate) fn source(&mut self, module: &str, options: Vec<(String, String)>) {
        if options.is_empty() {
            self.sources.remove(module);
            return;
        }
        let module = module.to_owned();
        let source = ModuleSource {
            module: module.clone(),
            options,
        };
        self.sources.insert(module, source);
    }

    /// The private index that each module is required from, by module.
    pub(crate) fn private_indices(&self) -> BTreeMap<&str, &str> {
        let all = self.sources.values();
        let indices = all.filter_map(|it| Some((it.module.as_str(), it.option("mirror")?)));
        indices.filter(|(_, url)| is_private(url)).collect()
    }

    /// The first mirror that is not CPAN for everyone.
    pub(crate) fn private_mirror(&self) -> Option<&str> {
        let mut mirrors = self.mirrors.iter().map(String::as_str);
        mirrors.find(|it| is_private(it))
    }

    /// Adds to the fragment of the project what the statements say of `root`, and the components that they name exactly.
    pub(crate) fn add_to(&self, root: LocalId, fragment: &mut Fragment) {
        let properties: Vec<(Text, Text)> = self.properties().collect();
        if let Some(component) = fragment.components.get_mut(root.index())
            && !properties.is_empty()
        {
            component.details_mut().properties.extend(properties);
        }
        fragment.links.extend(self.prereqs.links(root));
        let feature = |it: &FeatureRequirements| Feature {
            name: it.name.as_str().into(),
            links: it.prereqs.links(root).collect(),
        };
        fragment.features = self.features.iter().map(feature).collect();
        for component in self.exact_components(&fragment.links) {
            fragment.add(component);
        }
    }

    /// The components that the sources of the modules of `links` name exactly.
    fn exact_components(&self, links: &[Link]) -> impl Iterator<Item = Component> + use<> {
        let names = links.iter().filter_map(|it| it.name.as_deref());
        let required: HashSet<&str> = names.collect();
        let mut exact: BTreeMap<Text, Component> = BTreeMap::new();
        let sources = self.sources.values();
        for source in sources.filter(|it| required.contains(&*it.module)) {
            let Some(component) = source.component() else {
                continue;
            };
            let known = exact.entry(component.place.clone()).or_insert(component);
            let provided = Provided {
                space: MODULES,
                name: source.module.as_str().into(),
                version: None,
            };
            let before = std::mem::take(&mut known.provides);
            known.provides = before.into_iter().chain([provided]).collect();
        }
        exact.into_values()
    }

    fn properties(&self) -> impl Iterator<Item = (Text, Text)> {
        let features = self.features.iter().map(|it| {
            let described = it.description.as_ref();
            let text = described.map(|text| [it.name.as_str(), ": ", text].concat());
            let text = text.unwrap_or_else(|| it.name.clone());
            ("bomtrail:cpan:optional-feature", text)
        });
        let mirrors = self.mirrors.iter();
        let mirrors = mirrors.map(|it| ("bomtrail:cpan:mirror", printable(it)));
        let sources = self.sources.values();
        let sources = sources.map(|it| ("bomtrail:cpan:source", it.property()));
        let all = features.chain(mirrors).chain(sources);
        all.map(|(name, value)| (name.into(), value.into()))
    }
}
