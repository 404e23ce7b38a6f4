//! What is submitted to a service that keeps it: the dependency graph of GitHub. Such a document is not read back.

mod github;

pub use github::GitHubSnapshot;
