//! A project: one fragment for each input, before anything is selected or linked. The one way from a source to a graph.

#[cfg(feature = "archives")]
pub(crate) mod archives;
#[cfg(feature = "cpan")]
mod environment;
mod error;
mod license_texts;
pub(crate) mod members;
#[cfg(feature = "npm")]
pub(crate) mod npm_settings;
mod options;
mod platform;
pub(crate) mod product;
pub(crate) mod read;
mod scan;
#[cfg(feature = "archives")]
pub(crate) mod shipped;

use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(feature = "advisories")]
use bomtrail_graph::link_with_places;
use bomtrail_graph::{
    Component, Context, Diagnostics, Fragment, Graph, MemberNeeds, Parts, Places, Platform,
    ProductKey, Selection, link, link_below,
};

pub use error::ScanError;
pub use options::ScanOptions;
pub use scan::{Scan, scan};

#[cfg(feature = "npm")]
use self::npm_settings::{NpmEnvironment, NpmSettings};
use self::platform::Unlocked;
use self::read::{Opened, is_read};
use crate::formats::READERS;
use crate::settings::{self, Settings};
use crate::source::{ProjectFiles, Source};

/// Joins fragments into a graph, with its places where they are asked for.
type Linker = fn(Option<Component>, Vec<Fragment>, &mut Diagnostics) -> (Graph, Places);

/// A project whose inputs were read once, from which any part can be scanned: the whole, or one workspace member at a time.
///
/// ```
/// use bomtrail::{Project, ScanOptions, Selection};
///
/// let project = Project::open("../../fixtures/npm/workspaces-negated", &ScanOptions::default())?;
/// assert!(!project.members().is_empty());
/// for member in project.members() {
///     let part = project.scan(&Selection { members: vec![member.clone()], ..Selection::default() })?;
///     println!("{member}: {} packages", part.graph().nodes().len());
/// }
/// # Ok::<(), bomtrail::ScanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Project {
    pub(crate) fragments: Vec<Fragment>,
    diagnostics: Diagnostics,
    members: Arc<[String]>,
    #[cfg(feature = "cpan")]
    environment: bomtrail_cpan::PerlEnvironment,
    #[cfg(feature = "npm")]
    npm: Option<NpmEnvironment>,
    settings: Option<Settings>,
    files: ProjectFiles,
    folder: Option<PathBuf>,
    /// What messages call it.
    label: PathBuf,
    /// True when one file was named.
    is_file: bool,
    #[cfg(feature = "archives")]
    archives: Option<archives::Archives>,
    /// The only input is an SBOM, by its reader's name and its path.
    sbom: Option<(&'static str, String)>,
}

impl Project {
    /// Reads the inputs of a project. The selection of `options` is not applied yet.
    ///
    /// # Errors
    /// [`ScanError`] when there is nothing to read, or nothing could be read.
    pub fn open(source: impl Into<Source>, options: &ScanOptions) -> Result<Self, ScanError> {
        Self::without_settings(source.into(), options)?.with_settings()
    }

    /// Adds what the `bomtrail.toml` of the project states.
    pub(crate) fn with_settings(mut self) -> Result<Self, ScanError> {
        let mut settings = Settings::load(&self.files, &mut self.diagnostics)
            .map_err(|diagnostics| ScanError::Settings { diagnostics })?;
        if let Some(settings) = &settings {
            let dependencies = &settings.dependencies;
            settings::add(dependencies, &mut self.fragments, &mut self.diagnostics);
        }
        if self.sbom.is_none() {
            settings::add_contact(&mut settings, &self.files);
        }
        self.settings = settings;
        Ok(self)
    }

    /// Like [`Project::open`], as if there were no `bomtrail.toml`.
    pub(crate) fn without_settings(
        source: Source,
        options: &ScanOptions,
    ) -> Result<Self, ScanError> {
        let mut diagnostics = Diagnostics::new();
        let opened = Opened::new(source, options, &mut diagnostics)?;
        let mut fragments: Vec<Fragment> = opened.bare_fragment().into_iter().collect();
        let inputs = if fragments.is_empty() {
            opened.inputs(&mut diagnostics)?
        } else {
            Vec::new()
        };
        for input in &inputs {
            let fragment = opened.read(input, &mut diagnostics);
            if is_read(input, &fragment, &diagnostics) {
                fragments.push(fragment);
            }
        }
        #[cfg(feature = "archives")]
        if let Some(shipped) = &opened.shipped {
            shipped.complete(&mut fragments, &mut diagnostics);
        }
        if fragments.is_empty() {
            let inputs = inputs.into_iter().map(|it| it.path).collect();
            return Err(ScanError::Unreadable {
                inputs,
                diagnostics,
            });
        }
        include(&mut fragments, &options.features)?;
        if options.license_texts {
            license_texts::add(&mut fragments, &opened.files);
        }
        let sbom = match &*inputs {
            [only] => crate::source::inputs::is_sbom(only.reader)
                .then(|| (only.reader.name(), only.path.clone())),
            _ => None,
        };
        #[cfg(feature = "archives")]
        let archives = archives::Archives::open(options, &mut diagnostics)?;
        Ok(Self {
            members: members::names(&fragments).into(),
            fragments,
            diagnostics,
            #[cfg(feature = "cpan")]
            environment: environment::environment(&opened.files, options)?,
            #[cfg(feature = "npm")]
            npm: options.npm.clone(),
            settings: None,
            files: opened.files,
            folder: opened.folder,
            label: opened.label,
            is_file: opened.input.is_some(),
            #[cfg(feature = "archives")]
            archives,
            sbom,
        })
    }

    /// What is odd about the inputs.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The names of the workspace members, sorted; the places of those that share a name. Each selects one of them.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// What the project's `bomtrail.toml` states; `None` when it has none.
    #[cfg(feature = "settings")]
    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// The files of the project.
    pub fn files(&self) -> &ProjectFiles {
        &self.files
    }

    /// The folder of the project on the disk; `None` for a revision or for files in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The settings of npm for the project.
    #[cfg(feature = "npm")]
    pub(crate) fn npm_settings(&self) -> NpmSettings {
        NpmSettings::of(&self.files, self.folder.as_deref(), self.npm.as_ref())
    }

    /// What messages call it.
    pub(crate) fn label(&self) -> &Path {
        &self.label
    }

    /// The reader and the path of the SBOM that the project is; `None` for a project of a package manager.
    pub(crate) fn sbom(&self) -> Option<(&'static str, &str)> {
        self.sbom.as_ref().map(|(reader, path)| (*reader, &**path))
    }

    /// The graph of a part of the project. The diagnostics are those of linking; those of reading are
    /// [`Project::diagnostics`].
    ///
    /// # Errors
    /// [`ScanError::UnknownMember`] when the selection names a workspace member that does not exist.
    pub fn scan(&self, selection: &Selection) -> Result<Scan, ScanError> {
        self.part(self.fragments.clone()).into_scan(selection)
    }

    /// The graph of each of these members, as [`Project::scan`] with that member alone. What the members have in common is
    /// prepared once: each costs what it needs.
    ///
    /// # Errors
    /// [`ScanError::UnknownMember`] for a member that does not exist.
    pub fn scan_members<'m>(
        &'m self,
        members: &'m [String],
        selection: &Selection,
    ) -> impl Iterator<Item = Result<Scan, ScanError>> {
        let mut parts = Parts::of(&self.fragments, selection);
        let platform = selection.platform.clone();
        let unlocked = platform
            .as_ref()
            .map(|it| platform::unlocked(&self.fragments, it));
        members.iter().map(move |member| {
            let fragments = parts.of_member(member);
            let fragments = fragments.ok_or_else(|| self.unknown(member))?;
            let part = self.part(fragments);
            let part = part.reported(unlocked.as_ref().zip(platform.as_ref()));
            Ok(part.link(&[]))
        })
    }

    /// The same project with other fragments, and without the diagnostics of reading it.
    fn part(&self, fragments: Vec<Fragment>) -> Self {
        Self {
            fragments,
            diagnostics: Diagnostics::new(),
            members: Arc::clone(&self.members),
            #[cfg(feature = "cpan")]
            environment: self.environment.clone(),
            #[cfg(feature = "npm")]
            npm: self.npm.clone(),
            settings: self.settings.clone(),
            files: self.files.clone(),
            folder: self.folder.clone(),
            label: self.label.clone(),
            is_file: self.is_file,
            #[cfg(feature = "archives")]
            archives: self.archives.clone(),
            sbom: self.sbom.clone(),
        }
    }

    fn unknown(&self, name: &str) -> ScanError {
        ScanError::UnknownMember {
            name: name.to_owned(),
            known: self.members.to_vec(),
        }
    }

    /// Like [`Project::scan`], without keeping the project for another part; the diagnostics are those of reading, too.
    ///
    /// # Errors
    /// As for [`Project::scan`].
    pub fn into_scan(self, selection: &Selection) -> Result<Scan, ScanError> {
        Ok(self.select(selection)?.link(&[]))
    }

    /// Keeps a part of the project. With members asked for, an input that has none of them is left out.
    pub(crate) fn select(mut self, selection: &Selection) -> Result<Self, ScanError> {
        if let Some(name) = selection.unknown(&self.fragments) {
            return Err(self.unknown(name));
        }
        let platform = selection.platform.as_ref();
        let unlocked = platform.map(|it| platform::unlocked(&self.fragments, it));
        selection.apply_all(&mut self.fragments);
        Ok(self.reported(unlocked.as_ref().zip(platform)))
    }

    /// With diagnostics about kept packages that are not locked for the platform.
    fn reported(mut self, unlocked: Option<(&Unlocked, &Platform)>) -> Self {
        if let Some((unlocked, platform)) = unlocked {
            for it in platform::report(unlocked, &self.fragments, platform) {
                self.diagnostics.push(it);
            }
        }
        self
    }

    /// Links what is kept. What the members at the places `followed` need is found on the way.
    pub(crate) fn link(self, followed: &[String]) -> Scan {
        self.linked(followed, |product, fragments, diagnostics| {
            let graph = match product {
                Some(product) => link_below(product, fragments, diagnostics),
                None => link(fragments, diagnostics),
            };
            (graph, Places::default())
        })
    }

    /// Like [`Project::link`], with the places of the graph.
    #[cfg(feature = "advisories")]
    pub(crate) fn link_with_places(self, followed: &[String]) -> Scan {
        self.linked(followed, link_with_places)
    }

    #[cfg_attr(
        not(feature = "archives"),
        expect(unused_mut, reason = "archives complete the fragments")
    )]
    fn linked(mut self, followed: &[String], link: Linker) -> Scan {
        let places: Vec<&str> = followed.iter().map(String::as_str).collect();
        let needs = MemberNeeds::of(&self.fragments, &places);
        let members = Arc::clone(&self.members);
        let files = self.files.clone();
        #[cfg(feature = "archives")]
        let archives = self.archives.take();
        #[cfg(feature = "archives")]
        let read = archives.map(|it| it.complete(&mut self.fragments, &files));
        let (graph, places, mut diagnostics, settings) = self.into_graph(link);
        let stated = settings.map(|it| {
            let statements = it.statements(&graph, &mut diagnostics);
            (it, statements)
        });
        #[cfg(feature = "archives")]
        let archives = read.map(|it| it.table(&graph, &mut diagnostics));
        let scan = Scan::new(graph, diagnostics, members);
        #[cfg(feature = "archives")]
        let scan = scan.with_archives(archives);
        scan.stated(stated)
            .needs(needs)
            .with_places(places)
            .files_of(files)
    }

    fn into_graph(mut self, link: Linker) -> (Graph, Places, Diagnostics, Option<Settings>) {
        self.finish();
        let mut diagnostics = self.diagnostics;
        let stated = self.settings.as_ref().map(|it| &it.product);
        let named = stated.is_some_and(|it| it.text(ProductKey::Name).is_some());
        // The SBOM of somebody else keeps its roots, unless this project names its product.
        let one_product = (named || self.sbom.is_none()) && product::has_several(&self.fragments);
        let product = product::of(&self.files, stated).filter(|_| one_product);
        let (graph, places) = link(product, self.fragments, &mut diagnostics);
        (graph, places, diagnostics, self.settings)
    }

    /// Everything that is done over a whole project before it is linked.
    fn finish(&mut self) {
        #[cfg(feature = "npm")]
        let registries = {
            let stated = self.settings.as_ref().map(Settings::npm_registries);
            let outside = self.npm.as_ref().map(|_| self.npm_settings());
            let outside = outside.unwrap_or_default();
            outside.report_unread(&mut self.diagnostics);
            let (weaker, stronger) = outside.outside();
            stated.unwrap_or_default().settings(weaker, stronger)
        };
        let settings: &[&dyn std::any::Any] = &[
            #[cfg(feature = "cpan")]
            &self.environment,
            #[cfg(feature = "npm")]
            &registries,
        ];
        let context = Context::new(&self.files, settings);
        for reader in READERS {
            reader.finish(&mut self.fragments, &context, &mut self.diagnostics);
        }
    }

    /// The fragments, complete, for linking with those of other projects, whose inputs may have the same names. `label` is what
    /// documents call the project.
    pub(crate) fn unlinked(mut self, label: &Path) -> Unlinked {
        let is_file = self.is_file;
        let named = |path: &str| -> Box<str> {
            let path = if is_file {
                label.to_path_buf()
            } else {
                label.join(path)
            };
            path.to_string_lossy().into()
        };
        #[cfg(feature = "archives")]
        let archives = {
            let files = self.files.clone();
            let read = self.archives.take();
            let mut read = read.map(|it| it.complete(&mut self.fragments, &files));
            if let Some(read) = &mut read {
                read.relabel(&named);
            }
            read
        };
        for fragment in &mut self.fragments {
            fragment.path = named(&fragment.path);
        }
        self.finish();
        Unlinked {
            fragments: self.fragments,
            diagnostics: self.diagnostics,
            #[cfg(feature = "archives")]
            archives,
        }
    }
}

/// A project of several that become one graph.
pub(crate) struct Unlinked {
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) diagnostics: Diagnostics,
    /// The archives of its packages.
    #[cfg(feature = "archives")]
    pub(crate) archives: Option<archives::Completed>,
}

/// Adds the optional features that are asked for.
fn include(fragments: &mut [Fragment], features: &[String]) -> Result<(), ScanError> {
    let all = fragments.iter().flat_map(|it| &it.features);
    let mut known: Vec<String> = all.map(|it| String::from(&*it.name)).collect();
    known.sort_unstable();
    known.dedup();
    if let Some(name) = features.iter().find(|name| !known.contains(name)) {
        return Err(ScanError::UnknownFeature {
            name: name.clone(),
            known,
        });
    }
    for fragment in fragments {
        fragment.include(features);
    }
    Ok(())
}
