//! The project itself, where no metadata names it: a component called after its folder.

use bomtrail_graph::{Component, Files, Kind, Origin, Purl, Role};

/// The project in the folder that `files` are of: first-party, so no database takes it for a distribution of CPAN.
pub(crate) fn of_folder(files: &dyn Files) -> Component {
    let name = files.folder_name().unwrap_or("project");
    Component {
        purl: Purl::build("generic", name).finish().ok(),
        kind: Kind::Application,
        role: Role::Root,
        origin: Origin::Directory,
        ..Component::new(name)
    }
}
