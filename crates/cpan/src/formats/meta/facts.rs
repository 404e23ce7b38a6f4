//! The facts of metadata about a distribution apart from its prerequisites: authors, addresses, licences, provided modules.

use bomtrail_graph::{Component, Details, Person, Provided, Text};

use super::Meta;
use crate::formats::value::Value;
use crate::package::address::without_credentials;
use crate::package::module::MODULES;
use crate::package::{license, purl};

/// Sets every stated fact on the component.
pub(super) fn describe(meta: &Meta<'_>, component: &mut Component) {
    let value = &meta.value;
    let version = value.get("version").filled();
    let name = value.get("name").filled();
    component.version = version.map(Into::into);
    // Old files name the module instead of the distribution.
    component.purl =
        name.and_then(|it| purl::of_parts(&it.replace("::", "-"), version, author(value)));
    let licenses = value.get("license").texts();
    let expression = value.get("x_spdx_expression").filled();
    let declared = license::declared(&licenses, expression);
    component.licenses = declared.licenses;
    component.provides = provides(value);
    let mut details = details(value);
    let kept = declared.kept.into_iter();
    let properties = kept.map(|it| ("bomtrail:cpan:license".into(), it));
    details.properties.extend(properties);
    let features = meta.feature_list();
    let features = features.map(|it| ("bomtrail:cpan:optional-feature".into(), it.into()));
    details.properties.extend(features);
    if meta.is_dynamic() {
        let property = ("bomtrail:cpan:dynamic-config".into(), "true".into());
        details.properties.push(property);
    }
    if details != Details::default() {
        component.details = Some(std::sync::Arc::new(details));
    }
}

/// The PAUSE id of the author, where `x_authority` states it (`cpan:ETHER`).
fn author(value: &Value) -> Option<&str> {
    let id = value.get("x_authority").filled()?.strip_prefix("cpan:")?;
    let known = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-';
    (!id.is_empty() && id.bytes().all(known)).then_some(id)
}

fn details(value: &Value) -> Details {
    let resources = value.get("resources");
    let mut details = Details::default().with(|it| {
        it.description = known(value.get("abstract")).map(Into::into);
        it.authors = value
            .get("author")
            .texts()
            .into_iter()
            .filter_map(person)
            .collect();
        it.homepage = url(resources.get("homepage"));
        it.repository = repository(resources.get("repository"));
        it.bugs = bugs(resources.get("bugtracker"));
        it.deprecated = deprecated(value.get("x_deprecated"));
    });
    let mut add = |name: &str, text: &str| {
        let name = ["bomtrail:cpan:", name].concat();
        details.properties.push((name.into(), text.into()));
    };
    if let Some(text) = known(value.get("description")) {
        add("description", text);
    }
    let status = value.get("release_status").filled();
    let trial = value
        .get("version")
        .filled()
        .is_some_and(|it| it.contains('_'));
    match status {
        Some("stable") => {}
        Some(status) => add("release-status", status),
        None if trial => add("release-status", "testing"),
        None => {}
    }
    for text in value.get("keywords").texts() {
        add("keyword", text);
    }
    for text in resources.get("license").texts() {
        add("license-url", &without_credentials(text));
    }
    for text in value.get("x_contributors").texts() {
        add("contributor", text);
    }
    if let Some(text) = value.get("x_authority").filled() {
        add("authority", text);
    }
    for (module, range) in value.get("x_breaks").map().into_iter().flatten() {
        add(
            "breaks",
            [module, " ", range.text().unwrap_or("0")].concat().trim(),
        );
    }
    if !value.get("x_alienfile").is_null() {
        add("native-hint", "alienfile");
    }
    details
}

/// A text that is not the `unknown` of the specification.
fn known(value: &Value) -> Option<&str> {
    value
        .filled()
        .filter(|it| !it.eq_ignore_ascii_case("unknown"))
}

/// `Name <address>`, a bare address or a bare name.
fn person(text: &str) -> Option<Person> {
    if text.eq_ignore_ascii_case("unknown") {
        return None;
    }
    let parts = text.split_once('<').and_then(|(name, rest)| {
        let email = rest.trim_end().strip_suffix('>')?.trim();
        let plain = email.contains('@') && !email.contains(['<', '>', ' ']);
        plain.then_some((name.trim(), email))
    });
    let bare = !text.contains(char::is_whitespace) && text.contains('@');
    let (name, email) = match parts {
        Some((name, email)) => (name, Some(email)),
        None if bare => ("", Some(text)),
        None => (text, None),
    };
    Some(Person {
        name: name.into(),
        email: email.map(Into::into),
        url: None,
    })
}

/// An address with a scheme, credentials removed.
fn url(value: &Value) -> Option<Text> {
    let text = value.filled()?;
    let (scheme, rest) = text.split_once(':')?;
    let known = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'+' | b'.');
    let fits = !scheme.is_empty() && scheme.bytes().all(known) && !rest.is_empty();
    fits.then(|| without_credentials(text).into())
}

/// The repository: an address, or a map of them; the address for tools is preferred to the page for people.
fn repository(value: &Value) -> Option<Text> {
    url(value)
        .or_else(|| url(value.get("url")))
        .or_else(|| url(value.get("web")))
}

fn bugs(value: &Value) -> Option<Text> {
    let mail = || {
        let address = value.get("mailto").filled()?;
        Some(["mailto:", address].concat().into())
    };
    url(value).or_else(|| url(value.get("web"))).or_else(mail)
}

fn deprecated(value: &Value) -> Option<Text> {
    let text = value.filled().filter(|_| value.is_true())?;
    let flag = matches!(text, "1" | "true");
    Some(if flag {
        "deprecated by its author".into()
    } else {
        text.into()
    })
}

/// The modules the distribution provides to others, without those it keeps out of the index.
fn provides(value: &Value) -> Box<[Provided]> {
    let hidden = Hidden::of(value.get("no_index"));
    let stated = value.get("provides").map().into_iter().flatten();
    let open = stated.filter(|(name, entry)| !hidden.hides(name, entry.get("file").filled()));
    open.map(|(name, entry)| {
        let version = entry.get("version").filled();
        Provided {
            space: MODULES,
            name: name.as_str().into(),
            version: version.filter(|it| *it != "undef").map(Into::into),
        }
    })
    .collect()
}

/// The modules and files that `no_index` keeps private.
struct Hidden<'a> {
    folders: Vec<&'a str>,
    files: Vec<&'a str>,
    packages: Vec<&'a str>,
    namespaces: Vec<&'a str>,
}

impl<'a> Hidden<'a> {
    /// Reads `no_index` with its common mistakes: other names of the keys, and a list that means files and folders.
    fn of(value: &'a Value) -> Self {
        let all = |names: [&str; 2]| {
            let lists = names.into_iter().map(|name| value.get(name).texts());
            lists.flatten().collect::<Vec<_>>()
        };
        let bare = value.texts();
        let with_bare = |mut list: Vec<&'a str>| {
            list.extend(&bare);
            list
        };
        Self {
            folders: with_bare(all(["directory", "dir"])),
            files: with_bare(all(["file", "files"])),
            packages: all(["package", "module"]),
            namespaces: value.get("namespace").texts(),
        }
    }

    fn hides(&self, package: &str, file: Option<&str>) -> bool {
        let below = |inner: &str, outer: &str, mark: &str| {
            let rest = inner.strip_prefix(outer);
            rest.is_some_and(|it| it.starts_with(mark))
        };
        let folder = |file: &str| {
            let mut folders = self.folders.iter().map(|it| it.trim_end_matches('/'));
            folders.any(|it| below(file, it, "/"))
        };
        self.packages.contains(&package)
            || self.namespaces.iter().any(|it| below(package, it, "::"))
            || file.is_some_and(|file| self.files.contains(&file) || folder(file))
    }
}
