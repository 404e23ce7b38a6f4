//! The files next to a lockfile: manifests, workspaces, installed packages and npm's settings.

pub(crate) mod files;
#[cfg(feature = "managers")]
pub(crate) mod folders;
pub(crate) mod installed;
pub(crate) mod license_text;
pub(crate) mod manifests;
pub(crate) mod npmrc;
pub(crate) mod patch_package;
pub(crate) mod scripts;
pub(crate) mod settings;
pub(crate) mod workspaces;
