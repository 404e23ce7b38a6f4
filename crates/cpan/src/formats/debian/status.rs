//! The packages that dpkg's database lists: paragraphs of `Key: value` lines (deb-control(5)) in `status`, or one file for each
//! package in `status.d`, as images without dpkg itself have.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_graph::Files;

use crate::formats::text;

/// An installed package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) name: String,
    /// The version with epoch and revision.
    pub(super) version: String,
    pub(super) architecture: String,
    /// The source package, where that has another name.
    pub(super) source: Option<String>,
    pub(super) maintainer: Option<String>,
    pub(super) homepage: Option<String>,
    /// The first line of the description.
    pub(super) description: Option<String>,
    /// What it requires: alternatives, of which one must be there.
    pub(super) depends: Vec<Vec<Requirement>>,
    /// What should be there, too.
    pub(super) recommends: Vec<Vec<Requirement>>,
    /// Other names that it is required by.
    pub(super) provides: Vec<String>,
}

/// A package that another one asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    pub(super) name: String,
    /// The relation and the version, as written (`>= 1.2`).
    pub(super) range: Option<String>,
}

impl Package {
    /// True for a part of the interpreter and its core modules.
    pub(super) fn is_of_perl(&self) -> bool {
        self.source.as_deref().unwrap_or(&self.name) == "perl"
    }

    fn of(fields: &BTreeMap<String, String>) -> Option<Self> {
        let text = |key: &str| fields.get(key).filter(|it| !it.is_empty());
        let is_installed = text("status").is_none_or(|it| {
            // "want ok installed"; a file of `status.d` has no status.
            it.split_whitespace().next_back() == Some("installed")
        });
        let list = |key: &str| text(key).map(|it| requirements(it)).unwrap_or_default();
        let mut depends = list("pre-depends");
        depends.extend(list("depends"));
        let provides = list("provides").into_iter().flatten();
        is_installed.then_some(())?;
        Some(Self {
            name: text("package")?.clone(),
            version: text("version")?.clone(),
            architecture: text("architecture").cloned().unwrap_or_default(),
            source: text("source").and_then(|it| it.split(' ').next().map(str::to_owned)),
            maintainer: text("maintainer").cloned(),
            homepage: text("homepage").cloned(),
            description: text("description").cloned(),
            depends,
            recommends: list("recommends"),
            provides: provides.map(|it| it.name).collect(),
        })
    }
}

/// The installed packages of a database, sorted by name.
pub(super) fn installed(files: &dyn Files, folder: &str) -> Vec<Package> {
    let mut texts = vec![[folder, "/status"].concat()];
    let parts = [folder, "/status.d"].concat();
    for name in files.list(&parts) {
        // The list of a package's files is next to it.
        if !name.ends_with(".md5sums") {
            texts.push([&*parts, "/", &name].concat());
        }
    }
    let mut found = Vec::new();
    for path in texts {
        let bytes = files.read(&path).unwrap_or_default();
        let (text, _) = text::decode(&bytes);
        found.extend(paragraphs(&text).iter().filter_map(Package::of));
    }
    found.sort_by(|a, b| (&a.name, &a.architecture).cmp(&(&b.name, &b.architecture)));
    found
}

/// The fields of each paragraph, keys in lower case. Of a value with several lines, the first one is kept, but for lists.
pub(super) fn paragraphs(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut all = Vec::new();
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut last: Option<String> = None;
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if !fields.is_empty() {
                all.push(std::mem::take(&mut fields));
            }
            last = None;
        } else if line.starts_with([' ', '\t']) {
            let is_list =
                |it: &&String| it.ends_with("depends") || *it == "recommends" || *it == "provides";
            if let Some(value) = last
                .as_ref()
                .filter(is_list)
                .and_then(|it| fields.get_mut(it))
            {
                value.push_str(line);
            }
        } else if let Some((key, value)) = line.split_once(':') {
            let key = key.to_ascii_lowercase();
            fields.insert(key.clone(), value.trim().to_owned());
            last = Some(key);
        }
    }
    all
}

/// A list of packages, each with its alternatives (deb-control(5), `Depends`).
fn requirements(text: &str) -> Vec<Vec<Requirement>> {
    let all = text.split(',').map(|one| {
        let alternatives = one.split('|').filter_map(requirement);
        alternatives.collect::<Vec<_>>()
    });
    all.filter(|it| !it.is_empty()).collect()
}

fn requirement(text: &str) -> Option<Requirement> {
    let (name, range) = match text.split_once('(') {
        Some((name, range)) => (name, Some(range.trim_end().trim_end_matches(')').trim())),
        None => (text, None),
    };
    let name: Cow<'_, str> = name
        .split([':', '[', '<'])
        .next()
        .unwrap_or(name)
        .trim()
        .into();
    (!name.is_empty()).then(|| Requirement {
        name: name.into_owned(),
        range: range.map(str::to_owned),
    })
}
