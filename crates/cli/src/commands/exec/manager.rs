//! The package managers whose installation is guarded.

/// A package manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manager {
    Npm,
    Pnpm,
}

impl Manager {
    /// The manager that a program of this name is.
    pub(super) fn of_program(name: &str) -> Option<Self> {
        match name {
            "npm" | "npm.cmd" => Some(Self::Npm),
            "pnpm" | "pnpm.cmd" => Some(Self::Pnpm),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pnpm => "pnpm",
        }
    }

    /// The command that installs what its lockfile says.
    pub(super) fn clean_install(self) -> &'static str {
        match self {
            Self::Npm => "npm ci",
            Self::Pnpm => "pnpm install --frozen-lockfile",
        }
    }
}
