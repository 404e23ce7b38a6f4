//! Where installers keep their records in a library folder. Looks at folders only, and only as deep as installers write.

use bomtrail_graph::Files;

/// Where modules are installed, relative to a project, to the prefix of a Perl (`/usr/local`) or to a root file system.
pub(crate) const LIBRARIES: [&str; 13] = [
    "local/lib/perl5",
    "extlib/lib/perl5",
    "lib/perl5",
    "lib/site_perl",
    "lib/vendor_perl",
    "share/perl",
    "usr/local/lib/perl5",
    "usr/local/share/perl",
    "usr/local/lib/site_perl",
    "usr/local/lib/vendor_perl",
    "usr/lib/perl5",
    "perl5",
    "perl5/lib/perl5",
];

/// The folders in which Debian's Perl has the folders of its architectures for modules that dpkg did not install.
const DEBIAN: [&str; 2] = ["usr/local/lib", "lib"];

/// The libraries that a project, a prefix or a root file system may have.
pub(super) fn libraries_of(files: &dyn Files) -> Vec<String> {
    let mut all: Vec<String> = LIBRARIES.into_iter().map(str::to_owned).collect();
    for base in DEBIAN {
        let architectures = files.list(base).into_iter();
        let paths = architectures.map(|it| [base, "/", &it, "/perl"].concat());
        all.extend(paths.filter(|it| is_of_debian(it)));
    }
    all
}

/// True for the folder of an architecture for modules that dpkg did not install (`usr/local/lib/x86_64-linux-gnu/perl`).
pub(super) fn is_of_debian(path: &str) -> bool {
    let inner = path.strip_suffix("/perl");
    let split = inner.and_then(|it| it.rsplit_once('/'));
    split.is_some_and(|(base, architecture)| {
        DEBIAN.contains(&base) && architecture.contains("-linux-")
    })
}

/// The folders of a Perl's library for what is not part of Perl itself.
pub(crate) const SITES: [&str; 2] = ["site_perl", "vendor_perl"];

/// The records below a library folder.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Folders of `.meta`, one for each distribution; sorted.
    pub(super) records: Vec<String>,
    /// Paths of `.packlist` files, sorted.
    pub(super) packlists: Vec<String>,
}

/// How deep the folders of `auto` are followed: a module's name has no more parts.
const DEPTH: usize = 16;

impl Tree {
    /// The records below `base`, which is relative to the project.
    pub(super) fn find(files: &dyn Files, base: &str) -> Self {
        let mut tree = Self::default();
        for folder in libraries(files, base) {
            let meta = join(&folder, ".meta");
            for name in files.list(&meta) {
                let record = join(&meta, &name);
                if files.is_dir(&record) {
                    tree.records.push(record);
                }
            }
            tree.packlists
                .extend(packlists(files, join(&folder, "auto")));
        }
        tree.records.sort_unstable();
        tree.packlists.sort_unstable();
        tree
    }

    /// True when nothing is recorded.
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.packlists.is_empty()
    }
}

/// The library folder itself, its sites, and the folders of each for an architecture or a release of Perl (`x86_64-linux`,
/// `5.36.0`, `5.36.0/x86_64-linux`).
fn libraries(files: &dyn Files, base: &str) -> Vec<String> {
    let below = |folder: &str| -> Vec<(String, bool)> {
        let names = files.list(folder).into_iter();
        let special = names.filter(|name| name.contains('-') || is_release(name));
        let paths = special.map(|name| (join(folder, &name), is_release(&name)));
        paths.filter(|(path, _)| files.is_dir(path)).collect()
    };
    let sites = SITES.iter().map(|site| join(base, site));
    let sites = sites.filter(|it| files.is_dir(it));
    let tops: Vec<String> = std::iter::once(base.to_owned()).chain(sites).collect();
    let mut found = tops.clone();
    for (folder, is_release) in tops.iter().flat_map(|it| below(it)) {
        if is_release {
            found.extend(below(&folder).into_iter().map(|(path, _)| path));
        }
        found.push(folder);
    }
    found
}

/// True for the name of a folder for one release of Perl.
pub(super) fn is_release(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// Every `.packlist` below a folder.
fn packlists(files: &dyn Files, top: String) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(top, 0)];
    while let Some((folder, depth)) = open.pop() {
        for name in files.list(&folder) {
            let path = join(&folder, &name);
            if name == ".packlist" {
                found.push(path);
            } else if depth < DEPTH && !name.contains('.') && files.is_dir(&path) {
                open.push((path, depth + 1));
            }
        }
    }
    found
}

/// A path below a folder, which may be the project's own.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if matches!(folder, "" | ".") {
        name.to_owned()
    } else {
        [folder, "/", name].concat()
    }
}
