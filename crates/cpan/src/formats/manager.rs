//! The package manager of CPAN projects, for advice.

use bomtrail_graph::PackageManager;

/// Carton, which writes `cpanfile.snapshot`.
pub(crate) static CARTON: PackageManager = PackageManager {
    name: "carton",
    lockfile: "cpanfile.snapshot",
    update: "carton install",
    replace: "",
    dedupe: "",
};
