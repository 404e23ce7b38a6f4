//! The content of a build predicate, in the terms of the certificate's claims. The package manager writes the predicate inside
//! the job it describes, so nothing here is a fact: it is read only to be compared.

use serde_json::Value;

use crate::bundle::statement::{SLSA_V1, SLSA_V02, Statement};

/// A build predicate's own words. Absent where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Who built it (URI).
    pub(crate) builder: Option<String>,
    /// Repository (URL).
    pub(crate) repository: Option<String>,
    /// Full ref.
    pub(crate) git_ref: Option<String>,
    /// The last part of a ref of unknown kind.
    pub(crate) short_ref: Option<String>,
    /// Commit.
    pub(crate) commit: Option<String>,
    /// Path of the workflow in the repository.
    pub(crate) workflow: Option<String>,
    /// The run (URL).
    pub(crate) run: Option<String>,
    /// Where it ran (`github-hosted`).
    pub(crate) runner: Option<String>,
    /// The trigger of the build.
    pub(crate) trigger: Option<String>,
    /// Number of the repository.
    pub(crate) repository_id: Option<String>,
    /// Number of the owner.
    pub(crate) owner_id: Option<String>,
}

/// The prefix of the builder id of one platform, before the kind of the runner.
const GITHUB_RUNNER: &str = "https://github.com/actions/runner/";

/// Reads a build predicate; `None` for a statement of another type or a build type that is not known.
pub(crate) fn said(statement: &Statement) -> Option<Said> {
    let predicate = &statement.predicate;
    match statement.predicate_type.as_str() {
        SLSA_V1 => v1(predicate),
        SLSA_V02 => {
            let kind = text(predicate, "/buildType")?;
            if kind.starts_with("https://github.com/npm/cli/gitlab/") {
                Some(gitlab(predicate))
            } else if kind.starts_with("https://github.com/npm/cli/gha")
                || kind.starts_with("https://github.com/slsa-framework/slsa-github-generator/")
            {
                Some(github_v02(predicate))
            } else {
                None
            }
        }
        _ => None,
    }
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

/// The workflow build type of GitHub Actions, version 1.
fn v1(predicate: &Value) -> Option<Said> {
    let kind = text(predicate, "/buildDefinition/buildType")?;
    let kinds = [
        "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1",
        "https://actions.github.io/buildtypes/workflow/v1",
    ];
    if !kinds.contains(&kind.as_str()) {
        return None;
    }
    let of = |name: &str| text(predicate, &format!("/buildDefinition/{name}"));
    let builder = text(predicate, "/runDetails/builder/id");
    let runner = builder
        .as_deref()
        .and_then(|it| it.strip_prefix(GITHUB_RUNNER));
    Some(Said {
        runner: runner.map(str::to_owned),
        repository: of("externalParameters/workflow/repository"),
        git_ref: of("externalParameters/workflow/ref"),
        workflow: of("externalParameters/workflow/path"),
        trigger: of("internalParameters/github/event_name"),
        repository_id: of("internalParameters/github/repository_id"),
        owner_id: of("internalParameters/github/repository_owner_id"),
        commit: of("resolvedDependencies/0/digest/gitCommit"),
        run: text(predicate, "/runDetails/metadata/invocationId"),
        short_ref: None,
        builder,
    })
}

fn source(predicate: &Value) -> (Option<String>, Option<String>) {
    let Some(uri) = text(predicate, "/invocation/configSource/uri") else {
        return (None, None);
    };
    let plain = uri.strip_prefix("git+").unwrap_or(&uri);
    match plain.split_once("@refs/") {
        Some((repository, name)) => (Some(repository.to_owned()), Some(format!("refs/{name}"))),
        None => (Some(plain.to_owned()), None),
    }
}

/// npm's predicates of 2023 and those of the SLSA builders, on GitHub Actions.
fn github_v02(predicate: &Value) -> Said {
    let (repository, git_ref) = source(predicate);
    let environment = |name: &str| text(predicate, &format!("/invocation/environment/{name}"));
    let entry = text(predicate, "/invocation/configSource/entryPoint");
    // First written as `owner/repository/path@ref`, later as the path alone.
    let workflow = entry.and_then(|it| {
        let path = it.split('@').next().unwrap_or_default();
        let start = path.find(".github/workflows/")?;
        path.split_at_checked(start)
            .map(|(_, path)| path.to_owned())
    });
    let run = text(predicate, "/metadata/buildInvocationId").and_then(|it| {
        let (number, attempt) = it.split_once('-')?;
        let repository = repository.as_deref()?;
        Some(format!(
            "{repository}/actions/runs/{number}/attempts/{attempt}"
        ))
    });
    Said {
        builder: text(predicate, "/builder/id"),
        git_ref: git_ref.or_else(|| environment("GITHUB_REF")),
        short_ref: None,
        commit: text(predicate, "/invocation/configSource/digest/sha1"),
        workflow,
        run,
        runner: None,
        trigger: environment("GITHUB_EVENT_NAME"),
        repository_id: environment("GITHUB_REPOSITORY_ID"),
        owner_id: environment("GITHUB_REPOSITORY_OWNER_ID"),
        repository,
    }
}

/// npm's predicate on GitLab. Its entry point is the name of a job, which no certificate states.
fn gitlab(predicate: &Value) -> Said {
    let parameter = |name: &str| text(predicate, &format!("/invocation/parameters/{name}"));
    let (repository, git_ref) = source(predicate);
    Said {
        builder: text(predicate, "/builder/id"),
        repository,
        git_ref,
        short_ref: parameter("CI_COMMIT_REF_NAME"),
        commit: text(predicate, "/invocation/configSource/digest/sha1"),
        workflow: None,
        run: text(predicate, "/metadata/buildInvocationId"),
        runner: None,
        trigger: parameter("CI_PIPELINE_SOURCE"),
        repository_id: parameter("CI_PROJECT_ID"),
        owner_id: parameter("CI_PROJECT_NAMESPACE_ID"),
    }
}
