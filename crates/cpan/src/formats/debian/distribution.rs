//! A Debian package as a component: the distribution of CPAN that it is made of, or the package itself.

use bomtrail_graph::{Component, Files, Kind, Origin, Person, Provided, Purl, Reference, Text};
use bomtrail_version::cpan::Version;

use super::copyright;
use super::library::Module;
use super::status::Package;
use crate::formats::text;
use crate::package;
use crate::package::module::MODULES;
use crate::package::purl;

/// The system that the packages are of, as its `os-release` states it (os-release(5)).
pub(super) struct System {
    id: String,
    version: Option<String>,
}

impl System {
    pub(super) fn of(files: &dyn Files) -> Self {
        let paths = ["etc/os-release", "usr/lib/os-release"];
        let bytes = paths
            .iter()
            .find_map(|it| files.read(it))
            .unwrap_or_default();
        let (text, _) = text::decode(&bytes);
        let value = |key: &str| {
            let mut lines = text.lines();
            let value = lines.find_map(|it| it.strip_prefix(key)?.strip_prefix('='))?;
            let value = value.trim().trim_matches(['"', '\'']);
            (!value.is_empty()).then(|| value.to_owned())
        };
        Self {
            id: value("ID").unwrap_or_else(|| "debian".to_owned()),
            version: value("VERSION_ID"),
        }
    }

    /// The Package URL of a package.
    fn purl(&self, package: &Package) -> Option<Purl> {
        let mut purl = Purl::build("deb", &package.name)
            .namespace(&self.id)
            .version(&package.version);
        if !package.architecture.is_empty() {
            purl = purl.qualifier("arch", &package.architecture);
        }
        if let Some(version) = &self.version {
            purl = purl.qualifier("distro", &[&*self.id, "-", version].concat());
        }
        purl.finish().ok()
    }
}

/// The component of a package with these modules.
pub(super) fn component(
    package: &Package,
    modules: &[Module],
    system: &System,
    files: &dyn Files,
) -> Component {
    let folder = ["usr/share/doc/", &package.name].concat();
    let copyright = copyright::read(files, &folder);
    let name = copyright.distribution.clone();
    let homepage = package.homepage.as_deref().unwrap_or_default();
    // Debian itself names its packages of Perl by the same rule.
    let is_of_cpan = copyright.is_of_cpan || homepage.contains("cpan.org");
    let by_rule = is_of_cpan.then(|| name_by_modules(&package.name, modules));
    let name = name.or(by_rule.flatten());
    let name = name.filter(|_| !package.is_of_perl());
    let supplied = system.purl(package);
    let mut component = package::component(name.as_deref().unwrap_or(&package.name));
    if let Some(name) = &name {
        let version = version(name, package, modules, files);
        component.purl = purl::of_parts(name, Some(&version), None);
        component.version = Some(version.into());
        let comment = "the Debian package that installs it";
        let details = component.details_mut();
        details.references = supplied.iter().map(|it| reference(it, comment)).collect();
    } else {
        component.ecosystem = bomtrail_graph::Ecosystem::of_type("deb");
        component.version = Some((&*package.version).into());
        component.purl.clone_from(&supplied);
    }
    if package.is_of_perl() {
        component.kind = Kind::Platform;
    }
    component.place = folder.into();
    component.origin = Origin::Unknown;
    component.licenses = copyright.licenses;
    component.provides = modules.iter().map(provided).collect();
    let details = component.details_mut();
    details.description = package.description.as_deref().map(Text::from);
    details.homepage = package.homepage.as_deref().map(Text::from);
    details.supplier = package.maintainer.as_deref().map(person);
    if let Some(purl) = supplied {
        let property = ("bomtrail:cpan:debian-package".into(), purl.as_str().into());
        details.properties.push(property);
    }
    component
}

fn provided(module: &Module) -> Provided {
    Provided {
        space: MODULES,
        name: (&*module.name).into(),
        version: None,
    }
}

fn reference(purl: &Purl, comment: &str) -> Reference {
    Reference {
        kind: "distribution".into(),
        url: purl.as_str().into(),
        comment: Some(comment.into()),
        hashes: Vec::new(),
    }
}

/// `Name <address>`.
fn person(text: &str) -> Person {
    let (name, rest) = text.split_once('<').unwrap_or((text, ""));
    let email = rest.trim_end_matches('>').trim();
    Person {
        name: name.trim().into(),
        email: (!email.is_empty()).then(|| email.into()),
        url: None,
    }
}

/// The distribution by Debian's rule for names: `libfoo-bar-perl` has the module `Foo::Bar`.
fn name_by_modules(package: &str, modules: &[Module]) -> Option<String> {
    let middle = package.strip_prefix("lib")?.strip_suffix("-perl")?;
    let names = modules.iter().map(|it| it.name.replace("::", "-"));
    let mut same = names.filter(|it| it.to_ascii_lowercase().replace('_', "-") == middle);
    same.next()
}

/// The version of a distribution. Debian writes some versions in another form; what the main module states is used where the two
/// are the same version.
fn version(name: &str, package: &Package, modules: &[Module], files: &dyn Files) -> String {
    let debian = upstream(&package.version);
    let main = name.replace('-', "::");
    let main = modules.iter().find(|it| it.name == main);
    let stated = main.and_then(|it| stated_version(&files.read(&it.path)?));
    let is_same = |it: &String| {
        let (one, other) = (Version::parse(it), Version::parse(debian));
        one.is_some() && one == other
    };
    stated.filter(is_same).unwrap_or_else(|| debian.to_owned())
}

/// A version of Debian without epoch, revision and the marks of a source that was packed again.
fn upstream(version: &str) -> &str {
    let version = version.split_once(':').map_or(version, |(_, it)| it);
    let version = version.rsplit_once('-').map_or(version, |(it, _)| it);
    let end = version.find(['+', '~']).unwrap_or(version.len());
    version.get(..end).unwrap_or(version)
}

/// The version in the first line of a module that sets one, as `ExtUtils::MakeMaker` finds it; only plain numbers and strings.
fn stated_version(module: &[u8]) -> Option<String> {
    let (text, _) = text::decode(module);
    let line = text.lines().find(|it| {
        let code = it.split('#').next().unwrap_or(it);
        code.contains("VERSION") && code.contains('=') && !code.contains("==")
    })?;
    let (_, after) = line.split_once("VERSION")?;
    let (_, value) = after.split_once('=')?;
    let value = value.trim_start_matches([' ', '\t', '\'', '"']);
    let is_part = |it: char| it.is_ascii_digit() || matches!(it, '.' | '_' | 'v');
    let end = value.find(|it| !is_part(it)).unwrap_or(value.len());
    let value = value.get(..end)?;
    value
        .contains(|it: char| it.is_ascii_digit())
        .then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{stated_version, upstream};

    #[test]
    fn versions_of_debian_become_those_of_the_distribution() {
        for (debian, version) in [
            ("4.10000-1", "4.10000"),
            ("0.04-8+b1", "0.04"),
            ("1:2.20-1+deb12u1", "2.20"),
            ("5.17+dfsg-1", "5.17"),
            ("1.2~rc1-1", "1.2"),
            ("1.5.82", "1.5.82"),
        ] {
            assert_eq!(upstream(debian), version, "{debian}");
        }
    }

    #[test]
    fn the_version_of_a_module_is_a_plain_value() {
        for (line, version) in [
            ("our $VERSION = '1.20';", Some("1.20")),
            ("$A::B::VERSION=\"v1.2.3\";", Some("v1.2.3")),
            ("use vars qw($VERSION); # = 3", None),
            ("$VERSION = $Other::VERSION;", None),
            ("if ($VERSION == 2) {}", None),
        ] {
            assert_eq!(
                stated_version(line.as_bytes()).as_deref(),
                version,
                "{line}"
            );
        }
    }
}
