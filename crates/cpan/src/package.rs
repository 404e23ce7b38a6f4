//! What a CPAN package is: module and distribution names, archive paths, Package URLs and licences. Reads no files.

pub(crate) mod address;
pub(crate) mod archive;
pub(crate) mod dist_name;
pub(crate) mod license;
pub(crate) mod module;
pub(crate) mod modules;
pub(crate) mod purl;

use bomtrail_graph::{Component, Ecosystem};

pub use dist_name::DistName;
pub use module::MODULES;

/// A component of CPAN of which only the name is known.
pub(crate) fn component(name: &str) -> Component {
    Component::new(name).with(|it| {
        it.ecosystem = Ecosystem::of_type("cpan");
    })
}
