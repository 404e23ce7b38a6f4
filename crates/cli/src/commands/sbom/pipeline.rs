//! Where a document is made: the folder of the project in its repository, and the commit and the run of a pipeline.

use std::path::{Component, Path, PathBuf};

use bomtrail::graph::Build;

/// The facts, as the environment gives them.
pub(super) struct Pipeline {
    folder: String,
    commit: Option<String>,
    reference: Option<String>,
    run: String,
    job: String,
}

impl Pipeline {
    /// For the project in a folder, as given on the command line: pipelines start in the repository's own folder.
    pub(super) fn of(folder: &Path) -> Self {
        let given = |name| {
            std::env::var(name)
                .ok()
                .filter(|it: &String| !it.is_empty())
        };
        let parts = [given("GITHUB_WORKFLOW"), given("GITHUB_JOB")];
        let job = parts.into_iter().flatten().collect::<Vec<_>>().join("_");
        Self {
            folder: below(folder).unwrap_or_default(),
            commit: given("GITHUB_SHA"),
            reference: given("GITHUB_REF"),
            run: given("GITHUB_RUN_ID").unwrap_or_else(|| "0".to_owned()),
            job: if job.is_empty() {
                "bomtrail".to_owned()
            } else {
                job
            },
        }
    }

    /// The folder, with `/`.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The run; `None` without a commit.
    pub(super) fn build(&self) -> Option<Build<'_>> {
        let (commit, reference) = (self.commit.as_deref()?, self.reference.as_deref()?);
        Some(Build::new(commit, reference, &self.run, &self.job))
    }
}

/// A folder below the present one, with `/`; `None` for one elsewhere.
fn below(folder: &Path) -> Option<String> {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|it| folder.strip_prefix(it).ok().map(PathBuf::from));
    let relative = relative.unwrap_or_else(|| folder.to_path_buf());
    let mut parts = Vec::new();
    for part in relative.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_below_the_present_one_is_written_with_slashes() {
        assert_eq!(
            below(Path::new("./apps/shop")).as_deref(),
            Some("apps/shop")
        );
        assert_eq!(below(Path::new(".")).as_deref(), Some(""));
        let here = std::env::current_dir().unwrap();
        assert_eq!(below(&here.join("apps")).as_deref(), Some("apps"));
        assert_eq!(below(Path::new("../other")), None);
    }
}
