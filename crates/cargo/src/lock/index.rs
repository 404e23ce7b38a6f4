//! Which package of a lockfile a reference names: `name`, `name version` or `name version (source)`, whatever is needed to tell
//! it from the others.

use std::collections::BTreeMap;

use super::file::Locked;

/// The packages of a lockfile by name.
pub(crate) struct Index<'l> {
    packages: &'l [Locked],
    by_name: BTreeMap<&'l str, Vec<usize>>,
}

impl<'l> Index<'l> {
    pub(crate) fn of(packages: &'l [Locked]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, package) in packages.iter().enumerate() {
            by_name.entry(&package.name).or_default().push(number);
        }
        Self { packages, by_name }
    }

    /// The number of the package that a reference names; that of its replacement where it is replaced.
    pub(crate) fn find(&self, reference: &str) -> Option<usize> {
        let found = self.named(reference)?;
        let replacement = self.packages.get(found)?.replaced_by.as_deref();
        match replacement {
            Some(other) => self.named(other),
            None => Some(found),
        }
    }

    /// How many packages have this name and version.
    pub(crate) fn count(&self, name: &str, version: &str) -> usize {
        let alike = self.by_name.get(name).into_iter().flatten();
        let same = alike.filter(|it| {
            self.packages
                .get(**it)
                .is_some_and(|it| it.version == version)
        });
        same.count()
    }

    fn named(&self, reference: &str) -> Option<usize> {
        let mut words = reference.splitn(3, ' ');
        let (name, version, source) = (words.next()?, words.next(), words.next());
        let source = source.map(|it| it.trim_matches(['(', ')']));
        let fits = |number: &&usize| {
            self.packages.get(**number).is_some_and(|it| {
                version.is_none_or(|version| it.version == version)
                    && source.is_none_or(|source| is_source(it, source))
            })
        };
        let alike = self.by_name.get(name)?;
        let mut fitting = alike.iter().filter(fits);
        let first = fitting.next()?;
        // Without a source, a package of the workspace is meant where there is one.
        let own = |number: &&usize| {
            self.packages
                .get(**number)
                .is_some_and(|it| it.source.is_none())
        };
        let meant = match fitting.next() {
            Some(_) => alike.iter().filter(fits).find(own).unwrap_or(first),
            None => first,
        };
        Some(*meant)
    }
}

/// True when a package has this source. A reference may leave out the commit.
fn is_source(package: &Locked, source: &str) -> bool {
    let without_commit = |text: &str| text.split('#').next().map(str::to_owned);
    package.source.as_deref().is_some_and(|it| {
        it == source || (!source.contains('#') && without_commit(it) == without_commit(source))
    })
}
