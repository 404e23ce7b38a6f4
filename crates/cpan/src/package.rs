//! What a CPAN package is: module and distribution names, archive paths, Package URLs and licences. Reads no files.

pub(crate) mod address;
pub(crate) mod archive;
pub(crate) mod dist_name;
pub(crate) mod license;
pub(crate) mod module;
pub(crate) mod modules;
pub(crate) mod purl;

pub use dist_name::DistName;
pub use module::MODULES;
