//! The workflows that we hand out, run as the forges run them: the GitHub action, the GitLab component, and every belt.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod github;
mod gitlab;
mod project;
mod shell;
mod yaml;
