//! What npm calls its lockfiles.

/// The lockfiles of a project. npm 7 to 11 read the first one that exists; npm 12 reads the second one only.
pub const LOCKFILES: [&str; 2] = ["npm-shrinkwrap.json", "package-lock.json"];

/// The lockfile that npm writes for what it has installed, from the project's folder.
pub const HIDDEN_LOCKFILE: &str = "node_modules/.package-lock.json";
