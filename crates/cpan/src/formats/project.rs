//! The project itself, where no metadata names it: a component with the name of its folder.

use bomtrail_graph::{Component, Files, Kind, Link, LocalId, Origin, Purl, Role, Target};

use crate::formats::meta::META_FILES;
use crate::package;

/// The files that state what a project requires, apart from its metadata.
const REQUESTS: [&str; 3] = ["cpanfile.snapshot", "cpanfile", "cpm.yml"];

/// The project in the folder of `files`. It is first-party, and its Package URL is not one of CPAN.
pub(crate) fn of_folder(files: &dyn Files) -> Component {
    let name = files.folder_name().unwrap_or("project");
    package::component(name).with(|it| {
        it.purl = Purl::build("generic", name).finish().ok();
        it.kind = Kind::Application;
        it.role = Role::Root;
        it.origin = Origin::Directory;
    })
}

/// True when a file in the folder describes the project or its requirements.
pub(crate) fn is_described(files: &dyn Files) -> bool {
    let describes = |name: &String| {
        let name = name.as_str();
        REQUESTS.contains(&name) || META_FILES.contains(&name)
    };
    files.list("").iter().any(describes)
}

/// The link from a project to a distribution that only the project can require. The module is unknown.
pub(crate) fn needs(project: LocalId, distribution: LocalId) -> Link {
    Link::new(project, Target::Here(distribution))
}
