//! Third-party notices: looks for the licence files of installed packages, and passes them to the report.

use std::collections::BTreeSet;
use std::io::Write;

use bomtrail_graph::{ArchiveFacts, Files, Graph, NodeMap, NodeRef, WriteError};
use bomtrail_report::{LicenseText, Notices};

pub use bomtrail_report::NoticesFormat;

use crate::TOOL;
use crate::project::Scan;
use crate::source::terms::{self, Terms};

/// The licence texts of the packages of a scan that are installed in its project.
pub fn notices(scan: &Scan) -> NoticesOf {
    let graph = scan.graph();
    let texts = scan.files().map(|files| texts(graph, files));
    let mut texts = texts.unwrap_or_else(|| NodeMap::new(graph));
    if let Some(archives) = scan.tables().archives {
        add_archived(&mut texts, archives);
    }
    NoticesOf { texts }
}

/// The texts in archives, of packages that are not installed.
fn add_archived(texts: &mut NodeMap<Vec<LicenseText>>, archives: &NodeMap<ArchiveFacts>) {
    for (id, facts) in archives.iter() {
        if texts.get(id).is_some() || facts.license_texts.is_empty() {
            continue;
        }
        let found = facts.license_texts.iter().map(|(path, text)| LicenseText {
            file: String::from(&**path),
            text: String::from(&**text),
        });
        texts.insert(id, found.collect());
    }
}

/// The licence texts of a scan's packages.
#[derive(Clone, Debug)]
pub struct NoticesOf {
    texts: NodeMap<Vec<LicenseText>>,
}

impl NoticesOf {
    /// Writes the notices. `title` is the product's name and version.
    ///
    /// # Errors
    /// [`WriteError::Sink`] when the sink refuses.
    pub fn write(
        &self,
        scan: &Scan,
        title: &str,
        format: NoticesFormat,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        let notices = Notices {
            graph: scan.graph(),
            tables: scan.tables(),
            texts: &self.texts,
            title,
            tool: TOOL,
        };
        Ok(notices.write(format, out)?)
    }

    /// How many packages have a text.
    pub fn len(&self) -> usize {
        self.texts.iter().count()
    }

    /// True when no package has a text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn texts(graph: &Graph, files: &dyn Files) -> NodeMap<Vec<LicenseText>> {
    let mut all = NodeMap::new(graph);
    let others = graph.nodes();
    for node in others.filter(|it| !it.component().role.is_first_party()) {
        let found = of_package(node, files);
        if !found.is_empty() {
            all.insert(node.id(), found);
        }
    }
    all
}

/// The texts at the first of its places that has any.
fn of_package(node: NodeRef<'_>, files: &dyn Files) -> Vec<LicenseText> {
    let places: BTreeSet<&str> = node.instances().iter().map(|it| &*it.place).collect();
    let places = places.into_iter().filter(|it| !it.is_empty());
    let mut found = places.map(|place| in_folder(place, files));
    found.find(|it| !it.is_empty()).unwrap_or_default()
}

fn in_folder(place: &str, files: &dyn Files) -> Vec<LicenseText> {
    let texts = terms::in_folder(place, files).into_iter();
    texts
        .map(|Terms { file, text }| LicenseText { file, text })
        .collect()
}
