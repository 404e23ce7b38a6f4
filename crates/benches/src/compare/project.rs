//! The projects that are compared, each with the right answer.

use std::error::Error;
use std::path::{Path, PathBuf};

use super::answer::{Answer, arborist, corpus, listing};
use super::options::Options;
use super::tool::Manager;
use crate::checkout;

/// The corpus, next to the checkout.
const CORPUS: &str = "../shared/corpus";
/// The projects of the corpus that are compared where none is named: real ones, with workspaces, of all sizes.
const CHOSEN: &[&str] = &[
    "npm/actions-toolkit",
    "npm/opentelemetry-js",
    "npm/theia",
    "npm/vscode-python",
    "pnpm/vite-745b",
    "pnpm/solid-2ca6",
    "pnpm/core-f202",
    "pnpm/starlight-96cb",
    "yarn-classic/prettier-cc91",
    "yarn-classic/react-three-fiber-ba7d",
    "yarn-berry/prettier-c176",
    "yarn-berry/react-pdf-ff96",
    "yarn-berry/core-7f52",
    "yarn-berry/prettier-508f",
    "yarn-berry/dependabot-core-fc43",
    "yarn-berry/ort-b534",
    "bun/hono-296d",
    "bun/midday-24bc",
];

/// A project with one lockfile.
pub(super) struct Project {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    pub(super) manager: Manager,
    pub(super) answer: Answer,
}

impl Project {
    /// The projects of the options. A folder without a lockfile names the projects directly below it.
    ///
    /// Fails when no project is found.
    pub(super) fn all(options: &Options) -> Result<Vec<Self>, Box<dyn Error>> {
        let mut homes = Vec::new();
        for given in &options.projects {
            if folder(given).is_some() {
                homes.push(given.clone());
            } else {
                let below = given
                    .read_dir()?
                    .filter_map(|it| it.ok().map(|it| it.path()));
                let mut below: Vec<PathBuf> = below.filter(|it| folder(it).is_some()).collect();
                below.sort();
                homes.append(&mut below);
            }
        }
        if options.projects.is_empty() {
            let corpus = checkout::root().join(CORPUS);
            homes.extend(
                CHOSEN
                    .iter()
                    .map(|it| corpus.join(it))
                    .filter(|it| it.is_dir()),
            );
        }
        let mut projects = Vec::new();
        for home in homes {
            match Self::open(&home, options) {
                Ok(project) => projects.push(project),
                Err(error) => eprintln!("skipped: {}: {error}", home.display()),
            }
        }
        if projects.is_empty() {
            return Err("no project to compare; name a folder with a lockfile".into());
        }
        Ok(projects)
    }

    fn open(home: &Path, options: &Options) -> Result<Self, Box<dyn Error>> {
        let (folder, manager) = folder(home).ok_or("it has no lockfile")?;
        let name: Vec<_> = home
            .iter()
            .rev()
            .take(2)
            .map(|it| it.to_string_lossy())
            .collect();
        Ok(Self {
            name: name.into_iter().rev().collect::<Vec<_>>().join("/"),
            answer: answer(home, &folder, manager, options)?,
            folder,
            manager,
        })
    }
}

/// The folder of a project's lockfile, which is `home` or `project` in it, and its manager.
fn folder(home: &Path) -> Option<(PathBuf, Manager)> {
    [home.join("project"), home.to_owned()]
        .into_iter()
        .find_map(|folder| manager(&folder).map(|manager| (folder, manager)))
}

fn manager(folder: &Path) -> Option<Manager> {
    let has = |name: &str| folder.join(name).is_file();
    if has("pnpm-lock.yaml") {
        Some(Manager::Pnpm)
    } else if has("yarn.lock") {
        let text = checkout::read(&folder.join("yarn.lock")).unwrap_or_default();
        let berry = text.lines().any(|line| line.starts_with("__metadata:"));
        Some(if berry {
            Manager::YarnBerry
        } else {
            Manager::YarnClassic
        })
    } else if has("bun.lock") {
        Some(Manager::Bun)
    } else if has("package-lock.json") || has("npm-shrinkwrap.json") {
        Some(Manager::Npm)
    } else {
        None
    }
}

fn answer(
    home: &Path,
    folder: &Path,
    manager: Manager,
    options: &Options,
) -> Result<Answer, Box<dyn Error>> {
    if let Ok(text) = checkout::read(&home.join("expected.json")) {
        return Ok(corpus::parse(&text)?);
    }
    if let Ok(text) = checkout::read(&home.join("arborist.json")) {
        return arborist::parse(&text)?.ok_or_else(|| "npm refuses this project".into());
    }
    if manager != Manager::Npm {
        return Err(format!(
            "{} is not asked for its answer; put an `expected.json` next to it",
            manager.name()
        )
        .into());
    }
    let npm = options.place.program("npm").ok_or("npm is not installed")?;
    let mut command = options.place.command(&npm);
    command.args(["ls", "--all", "--json", "--long", "--package-lock-only"]);
    let output = command.current_dir(folder).output()?;
    Ok(listing::parse(&String::from_utf8_lossy(&output.stdout))?)
}
