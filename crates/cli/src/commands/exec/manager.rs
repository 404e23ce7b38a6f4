//! The package managers whose installation is guarded.

/// A package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manager {
    Npm,
    Pnpm,
    Yarn,
    Bun,
}

impl Manager {
    /// The manager that a program of this name is.
    pub(super) fn of_program(name: &str) -> Option<Self> {
        match name {
            "npm" | "npm.cmd" => Some(Self::Npm),
            "pnpm" | "pnpm.cmd" => Some(Self::Pnpm),
            "yarn" | "yarnpkg" | "yarn.cmd" => Some(Self::Yarn),
            "bun" | "bun.exe" => Some(Self::Bun),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pnpm => "pnpm",
            Self::Yarn => "yarn",
            Self::Bun => "bun",
        }
    }

    /// The command that installs what its lockfile says.
    pub(super) fn clean_install(self) -> &'static str {
        match self {
            Self::Npm => "npm ci",
            Self::Pnpm => "pnpm install --frozen-lockfile",
            Self::Yarn => "yarn install --immutable",
            Self::Bun => "bun install --frozen-lockfile",
        }
    }

    /// Its lockfile, for messages.
    pub(super) fn lockfile(self) -> &'static str {
        match self {
            Self::Npm => "package-lock.json",
            Self::Pnpm => "pnpm-lock.yaml",
            Self::Yarn => "yarn.lock",
            Self::Bun => "bun.lock",
        }
    }
}
