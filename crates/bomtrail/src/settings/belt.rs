//! The tool belt: workflows for a library, an application, and an organisation, on two forges. What is in each is a table of
//! `docs/tool-belt.md`.

/// The size of a project, and with it what its workflows do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Belt {
    /// A library of one maintainer: its packages are checked, and it publishes no SBOM.
    Small,
    /// An application with workspaces: SBOMs and an attestation for each release, and what a pull request changes.
    Medium,
    /// An organisation with shared approvals: evidence for each release, one workflow for all repositories.
    Large,
}

/// Where the workflows run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Forge {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI/CD.
    GitLab,
}

/// The text that stands for the version of bomtrail.
const VERSION: &str = "bomtrail@VERSION";

/// The workflows of a belt: path and text of each file. They install this version of bomtrail.
///
/// ```
/// use bomtrail::settings::{Belt, Forge, belt_files};
///
/// let files = belt_files(Belt::Small, Forge::GitHub);
/// assert_eq!(files[0].0, ".github/workflows/bomtrail.yml");
/// assert!(files[0].1.contains("bomtrail check"));
/// ```
pub fn belt_files(belt: Belt, forge: Forge) -> Vec<(&'static str, String)> {
    let files: &[(&str, &str)] = match (forge, belt) {
        (Forge::GitHub, Belt::Small) => &[
            (CHECK, include_str!("belt/github-check-small.yml")),
            (WEEKLY, include_str!("belt/github-weekly.yml")),
        ],
        (Forge::GitHub, Belt::Medium) => &[
            (CHECK, include_str!("belt/github-check.yml")),
            (RELEASE, include_str!("belt/github-release-medium.yml")),
            (WEEKLY, include_str!("belt/github-weekly.yml")),
        ],
        (Forge::GitHub, Belt::Large) => &[
            (CHECK, include_str!("belt/github-check-large.yml")),
            (RELEASE, include_str!("belt/github-release-large.yml")),
            (WEEKLY, include_str!("belt/github-weekly-large.yml")),
        ],
        (Forge::GitLab, Belt::Small) => &[(GITLAB, include_str!("belt/gitlab-small.yml"))],
        (Forge::GitLab, Belt::Medium) => &[(GITLAB, include_str!("belt/gitlab-medium.yml"))],
        (Forge::GitLab, Belt::Large) => &[(GITLAB, include_str!("belt/gitlab-large.yml"))],
    };
    let own = ["bomtrail@", env!("CARGO_PKG_VERSION")].concat();
    let files = files.iter();
    files
        .map(|(path, text)| (*path, text.replace(VERSION, &own)))
        .collect()
}

const CHECK: &str = ".github/workflows/bomtrail.yml";
const RELEASE: &str = ".github/workflows/bomtrail-release.yml";
const WEEKLY: &str = ".github/workflows/bomtrail-weekly.yml";
const GITLAB: &str = ".gitlab/bomtrail.yml";
