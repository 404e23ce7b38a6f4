//! The settings of npm from outside of a project: those of the environment, of the user, of the machine, and of npm itself.
//! They are read only where a caller gives an [`NpmEnvironment`].

use std::fs;
use std::path::{Path, PathBuf};

use bomtrail_graph::{Diagnostics, Files};
use bomtrail_npm::{NpmrcSetting, environment_settings, read_npmrc};

use crate::diags;
use crate::source::disk::load_file;
use crate::source::{Disk, ReadError};

/// The largest `.npmrc` that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// The settings of a project.
const PROJECT: &str = ".npmrc";

/// The environment that npm runs in. The default has no variables and no files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NpmEnvironment {
    variables: Vec<(String, String)>,
    program: Option<PathBuf>,
    node: Option<PathBuf>,
}

impl NpmEnvironment {
    /// The environment with these variables. The home folder is that of `HOME`, on Windows that of `USERPROFILE`.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            variables: variables.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The npm program that runs: its own `npmrc` is read.
    #[must_use]
    pub fn program(mut self, program: Option<PathBuf>) -> Self {
        self.program = program;
        self
    }

    /// The Node.js that runs npm: the global `npmrc` is next to it.
    #[must_use]
    pub fn node(mut self, node: Option<PathBuf>) -> Self {
        self.node = node;
        self
    }

    fn variable(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| &**value)
    }

    fn home(&self) -> Option<&str> {
        self.variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
    }

    /// The folder that global packages are installed in, unless a setting names another.
    fn node_prefix(&self) -> Option<PathBuf> {
        if let Some(prefix) = self.variable("PREFIX").filter(|it| !it.is_empty()) {
            return Some(prefix.into());
        }
        let node = fs::canonicalize(self.node.as_ref()?).ok()?;
        let folder = node.parent()?;
        let prefix = if cfg!(windows) {
            folder
        } else {
            folder.parent()?
        };
        match self.variable("DESTDIR").filter(|it| !it.is_empty()) {
            Some(root) if cfg!(unix) => Some(Path::new(root).join(prefix.strip_prefix("/").ok()?)),
            _ => Some(prefix.to_path_buf()),
        }
    }

    /// The folder of npm's package: its program is `bin/npm-cli.js`.
    fn package(&self) -> Option<PathBuf> {
        let program = fs::canonicalize(self.program.as_ref()?).ok()?;
        Some(program.parent()?.parent()?.to_path_buf())
    }
}

/// Where a setting is from. A later one overrides an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    Builtin,
    Global,
    User,
    Project,
    Environment,
}

/// A setting of npm, and where it is from.
#[derive(Clone, Debug)]
pub(crate) struct NpmSetting {
    pub(crate) origin: Origin,
    pub(crate) setting: NpmrcSetting,
    /// Where it is set, for messages: `.npmrc:3`, or the name of an environment variable.
    #[cfg_attr(
        not(feature = "approvals"),
        expect(dead_code, reason = "only the check has messages about settings")
    )]
    pub(crate) source: String,
}

/// The settings of npm for a project, the weakest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct NpmSettings {
    pub(crate) all: Vec<NpmSetting>,
    /// The files that exist and cannot be read, by their names for messages.
    pub(crate) unread: Vec<(&'static str, String)>,
}

impl NpmSettings {
    /// The settings of the project with these files. Without an environment, those of its own `.npmrc` alone.
    ///
    /// `folder` is where the project is on the disk: paths in settings are relative to it.
    pub(crate) fn of(
        files: &dyn Files,
        folder: Option<&Path>,
        environment: Option<&NpmEnvironment>,
    ) -> Self {
        let mut found = Self::default();
        let own = files.read(PROJECT);
        if let (None, Some(folder)) = (&own, folder) {
            let read = Disk::open(folder, LIMIT).and_then(|it| it.load(PROJECT));
            found.note_unread(PROJECT, read.err());
        }
        let bytes = own.unwrap_or_default();
        let Some(environment) = environment else {
            found.add(Origin::Project, PROJECT, read_npmrc(&bytes, &|_| None));
            return found;
        };
        let variable = |name: &str| environment.variable(name).map(str::to_owned);
        found.add(Origin::Project, PROJECT, read_npmrc(&bytes, &variable));
        for (number, setting) in environment_settings(&environment.variables) {
            let name = environment.variables.get(number).map(|(name, _)| &**name);
            found.all.push(NpmSetting {
                origin: Origin::Environment,
                setting,
                source: name.unwrap_or_default().to_owned(),
            });
        }
        let folder = folder.unwrap_or(Path::new(""));
        found.add_files(environment, folder);
        found.all.sort_by_key(|it| it.origin);
        found
    }

    /// Adds the settings of the user, of the machine and of npm itself. The user's may name the file of the machine's.
    fn add_files(&mut self, environment: &NpmEnvironment, folder: &Path) {
        let path = |text: &str| match text.strip_prefix("~/").zip(environment.home()) {
            Some((rest, home)) => Path::new(home).join(rest),
            None => folder.join(text),
        };
        let usual = environment.home().map(|it| Path::new(it).join(PROJECT));
        let user = self.last("userconfig").map(path).or(usual);
        self.load(
            Origin::User,
            "the user's .npmrc",
            user.as_deref(),
            environment,
        );
        let prefix = self.last("prefix").map(path);
        let usual = prefix.or_else(|| environment.node_prefix());
        let usual = usual.map(|it| it.join("etc/npmrc"));
        let global = self.last("globalconfig").map(path).or(usual);
        self.load(
            Origin::Global,
            "the global npmrc",
            global.as_deref(),
            environment,
        );
        let builtin = environment.package().map(|it| it.join("npmrc"));
        self.load(
            Origin::Builtin,
            "npm's own npmrc",
            builtin.as_deref(),
            environment,
        );
    }

    fn load(
        &mut self,
        origin: Origin,
        name: &'static str,
        path: Option<&Path>,
        environment: &NpmEnvironment,
    ) {
        // Links are followed: a user may keep settings elsewhere.
        let real = path.map(fs::canonicalize);
        let bytes = match real {
            None => return,
            Some(real) => real.map_err(ReadError::from),
        };
        match bytes.and_then(|it| load_file(&it, LIMIT)) {
            Ok(bytes) => {
                let variable = |name: &str| environment.variable(name).map(str::to_owned);
                self.add(origin, name, read_npmrc(&bytes, &variable));
            }
            Err(error) => self.note_unread(name, Some(error)),
        }
    }

    /// Records a file that exists and cannot be read.
    fn note_unread(&mut self, name: &'static str, error: Option<ReadError>) {
        let error = error.filter(|it| !matches!(it, ReadError::NotFound));
        self.unread.extend(error.map(|it| (name, it.to_string())));
    }

    fn add(&mut self, origin: Origin, name: &str, settings: Vec<NpmrcSetting>) {
        self.all
            .extend(settings.into_iter().map(|setting| NpmSetting {
                origin,
                source: format!("{name}:{}", setting.line),
                setting,
            }));
    }

    /// Reports the files that exist and cannot be read.
    pub(super) fn report_unread(&self, diagnostics: &mut Diagnostics) {
        for (name, cause) in &self.unread {
            diagnostics.push(diags::npm_settings_unread(name, cause));
        }
    }

    /// The value of a setting, from the strongest source that has it.
    fn last(&self, key: &str) -> Option<&str> {
        self.strongest(key).map(|it| &*it.setting.value)
    }

    /// The setting of a key that counts.
    pub(crate) fn strongest(&self, key: &str) -> Option<&NpmSetting> {
        let all = self.all.iter().filter(|it| it.setting.key == key);
        all.max_by_key(|it| it.origin)
    }

    /// The settings that the `.npmrc` of a project overrides, and those that override it.
    pub(crate) fn outside(&self) -> (Vec<NpmrcSetting>, Vec<NpmrcSetting>) {
        let of = |wanted: &dyn Fn(Origin) -> bool| {
            let all = self.all.iter().filter(|it| wanted(it.origin));
            all.map(|it| it.setting.clone()).collect()
        };
        (
            of(&|it| it < Origin::Project),
            of(&|it| it > Origin::Project),
        )
    }
}
