//! The sections of a pnpm lockfile, in one form for all versions.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_document::{Entry, Value};
use foldhash::fast::RandomState;

use super::key::{Key, Style};

/// A lockfile that was parsed.
pub(crate) struct Lock<'v> {
    /// The version as it is written; empty when the file has none.
    pub(crate) version: &'v str,
    pub(crate) style: Style,
    /// The document about the project.
    project: &'v Value<'v>,
    /// The document about pnpm itself and its plugins.
    pub(crate) environment: Option<&'v Value<'v>>,
}

/// An entry for one instance of a package.
#[derive(Clone, Copy)]
pub(crate) struct Instance<'v> {
    pub(crate) place: &'v str,
    style: Style,
    /// What is the same for all instances: the resolution, and facts.
    pub(crate) package: Option<&'v Value<'v>>,
    /// What this instance depends on.
    pub(crate) snapshot: &'v Value<'v>,
}

impl<'v> Instance<'v> {
    /// Its place in parts.
    pub(crate) fn key(&self) -> Key<'v> {
        Key::parse(self.place, self.style)
    }
}

/// The sections that only the document about pnpm itself has.
const ENVIRONMENT: [&str; 2] = ["configDependencies", "packageManagerDependencies"];

/// The newest major version that is known.
const NEWEST: u32 = 12;

impl<'v> Lock<'v> {
    /// The lockfile in the documents of a file; `None` when there is no object.
    pub(crate) fn of(documents: &'v [Value<'v>]) -> Option<Self> {
        let (last, before) = documents.split_last()?;
        last.as_entries()?;
        let is_environment = |it: &Value<'_>| {
            let root = it.get("importers").and_then(|it| it.get("."));
            root.is_some_and(|root| ENVIRONMENT.iter().any(|key| root.get(key).is_some()))
        };
        let environment = before.iter().find(|it| is_environment(it));
        let alone = before.is_empty() && is_environment(last);
        let version = last.get("lockfileVersion").and_then(Value::as_scalar);
        Some(Self {
            version: version.unwrap_or_default(),
            style: style(version.unwrap_or_default(), last),
            project: last,
            environment: environment.or(alone.then_some(last)),
        })
    }

    /// True for a version that is newer than the ones that are known.
    pub(crate) fn is_newer(&self) -> bool {
        major(self.version).is_some_and(|it| it > NEWEST)
    }

    /// True when the file is about pnpm itself only.
    pub(crate) fn has_no_project(&self) -> bool {
        self.environment
            .is_some_and(|it| std::ptr::eq(it, self.project))
    }

    /// The entries of a section; none when it is absent.
    pub(crate) fn section(&self, name: &str) -> &'v [Entry<'v>] {
        self.project.get(name).map_or(&[], Value::pairs)
    }

    /// A value at the top.
    pub(crate) fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.project.get(name)
    }

    /// The project and its workspaces: their folders, empty for the root, and what they depend on.
    pub(crate) fn importers(&self) -> Vec<(Cow<'v, str>, &'v Value<'v>)> {
        let Some(importers) = self.project.get("importers") else {
            // The lockfile of a single project has no importers before version 9.
            return vec![(Cow::Borrowed(""), self.project)];
        };
        let folder = |entry: &'v Entry<'v>| match &*entry.key {
            "." | "" => Cow::Borrowed(""),
            key => Cow::Borrowed(key.trim_end_matches('/')),
        };
        let pairs = importers.pairs().iter();
        pairs.map(|it| (folder(it), &it.value)).collect()
    }

    /// Every instance of every package of the project.
    pub(crate) fn instances(&self) -> Vec<Instance<'v>> {
        if self.has_no_project() {
            return Vec::new();
        }
        instances(self.project, self.style)
    }

    /// The packages that pnpm itself consists of.
    pub(crate) fn environment_instances(&self) -> Vec<Instance<'v>> {
        let environment = self.environment;
        environment.map_or_else(Vec::new, |it| instances(it, self.style))
    }
}

fn instances<'v>(document: &'v Value<'v>, style: Style) -> Vec<Instance<'v>> {
    let packages = document.get("packages").map_or(&[][..], Value::pairs);
    let instance = |place: &'v str, package, snapshot| Instance {
        place,
        style,
        package,
        snapshot,
    };
    let Some(snapshots) = document.get("snapshots") else {
        let both = packages.iter();
        return both
            .map(|it| instance(&it.key, Some(&it.value), &it.value))
            .collect();
    };
    let by_key: HashMap<&str, &Value<'v>, RandomState> =
        packages.iter().map(|it| (&*it.key, &it.value)).collect();
    let each = snapshots.pairs().iter().map(|it| {
        let mut found = instance(&it.key, None, &it.value);
        found.package = by_key.get(found.key().package).copied();
        found
    });
    each.collect()
}

fn style(version: &str, document: &Value<'_>) -> Style {
    match major(version) {
        Some(0..=5) => Style::Slashes,
        Some(6) => Style::LeadingSlash,
        Some(_) => Style::Plain,
        None if document.get("snapshots").is_some() => Style::Plain,
        None => Style::LeadingSlash,
    }
}

fn major(version: &str) -> Option<u32> {
    let digits = version.split(|it: char| !it.is_ascii_digit()).next()?;
    digits.parse().ok()
}
