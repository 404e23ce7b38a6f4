//! What each package type asks of its parts, as one table: purl-spec's type definitions of August 2026. Types that are not
//! in the table keep their parts as given.

mod special;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU8;

use crate::PurlError;
use crate::parts::{Parts, lower, upper};
use Case::{Keep, Lower, Upper};
use Requirement::{Optional, Prohibited, Required};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Requirement {
    Required,
    Optional,
    Prohibited,
}

/// What the canonical form does to the ASCII letters of a part.
#[derive(Clone, Copy)]
enum Case {
    Keep,
    Lower,
    Upper,
}

impl Case {
    fn apply(self, part: &mut Cow<'_, str>) {
        match self {
            Keep => {}
            Lower => lower(part),
            Upper => upper(part),
        }
    }
}

/// A change of the canonical form that a definition gives in words only.
type Rewrite = fn(&mut Parts<'_>);

/// A rule that a definition gives in words only, asked once the parts have their canonical form.
type Check = fn(&Parts<'_>) -> Result<(), PurlError>;

/// One row of the table.
pub(crate) struct TypeRule {
    package_type: &'static str,
    namespace: Requirement,
    namespace_case: Case,
    name_case: Case,
    version_case: Case,
    subpath_case: Case,
    required_qualifier: Option<&'static str>,
    lower_keys_only: bool,
    rewrite: Option<Rewrite>,
    check: Option<Check>,
}

impl TypeRule {
    const fn new(package_type: &'static str) -> TypeRule {
        TypeRule {
            package_type,
            namespace: Optional,
            namespace_case: Keep,
            name_case: Keep,
            version_case: Keep,
            subpath_case: Keep,
            required_qualifier: None,
            lower_keys_only: false,
            rewrite: None,
            check: None,
        }
    }

    const fn namespace(mut self, requirement: Requirement, case: Case) -> TypeRule {
        self.namespace = requirement;
        self.namespace_case = case;
        self
    }

    const fn name(mut self, case: Case) -> TypeRule {
        self.name_case = case;
        self
    }

    const fn version(mut self, case: Case) -> TypeRule {
        self.version_case = case;
        self
    }

    const fn subpath(mut self, case: Case) -> TypeRule {
        self.subpath_case = case;
        self
    }

    const fn needs(mut self, key: &'static str) -> TypeRule {
        self.required_qualifier = Some(key);
        self
    }

    const fn lower_keys_only(mut self) -> TypeRule {
        self.lower_keys_only = true;
        self
    }

    const fn rewrite(mut self, rewrite: Rewrite) -> TypeRule {
        self.rewrite = Some(rewrite);
        self
    }

    const fn check(mut self, check: Check) -> TypeRule {
        self.check = Some(check);
        self
    }

    /// Whether a qualifier key in upper case is an error here, and not only another spelling.
    pub(crate) fn refuses_upper_keys(&self) -> bool {
        self.lower_keys_only
    }

    /// Whether a qualifier may change how it or another part is written. No [`Check`] looks at qualifiers.
    pub(crate) fn depends_on_qualifiers(&self) -> bool {
        self.rewrite.is_some()
    }

    /// The qualifier that every Package URL of this type has.
    pub(crate) fn required_qualifier(&self) -> Option<&'static str> {
        self.required_qualifier
    }

    /// Brings the parts to the canonical form of their type.
    pub(crate) fn apply(&self, parts: &mut Parts<'_>) -> Result<(), PurlError> {
        if parts.name.is_empty() {
            return Err(PurlError::MissingName);
        }
        parts
            .namespace
            .iter_mut()
            .for_each(|segment| self.namespace_case.apply(segment));
        self.name_case.apply(&mut parts.name);
        self.version_case.apply(&mut parts.version);
        parts
            .subpath
            .iter_mut()
            .for_each(|segment| self.subpath_case.apply(segment));
        if let Some(rewrite) = self.rewrite {
            rewrite(parts);
        }
        self.check_namespace(parts)?;
        self.check_required_qualifier(parts)?;
        self.check.map_or(Ok(()), |check| check(parts))
    }

    fn check_required_qualifier(&self, parts: &Parts<'_>) -> Result<(), PurlError> {
        match self.required_qualifier {
            Some(required) if parts.qualifiers.iter().all(|(key, _)| key != required) => {
                let package_type = parts.package_type.as_ref().into();
                Err(PurlError::MissingQualifier {
                    package_type,
                    key: required.into(),
                })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn check_namespace(&self, parts: &Parts<'_>) -> Result<(), PurlError> {
        let package_type = || parts.package_type.as_ref().into();
        match self.namespace {
            Required if parts.namespace.is_empty() => {
                Err(PurlError::MissingNamespace(package_type()))
            }
            Prohibited if !parts.namespace.is_empty() => {
                Err(PurlError::ProhibitedNamespace(package_type()))
            }
            Required | Optional | Prohibited => Ok(()),
        }
    }
}

/// The one type whose name is a path.
pub(crate) const GIT: &str = "git";

/// The rule of a type that no definition describes.
static UNKNOWN: TypeRule = TypeRule::new("");

/// The rule of a lower-case type.
pub(crate) fn rule(package_type: &str) -> &'static TypeRule {
    find(package_type).unwrap_or(&UNKNOWN)
}

/// A package type that purl-spec defines, in one byte. Sorts and hashes as its name does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownType(
    /// The position in the sorted list of all types, from one.
    NonZeroU8,
);

impl KnownType {
    /// The type of a name, which is lower-case; `None` for one that purl-spec does not define.
    pub fn of(package_type: &str) -> Option<Self> {
        let number = u8::try_from(position(package_type)? + 1).ok()?;
        NonZeroU8::new(number).map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let rule = TYPES.get(usize::from(self.0.get() - 1));
        rule.map_or("", |it| it.package_type)
    }
}

impl Hash for KnownType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for KnownType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn position(package_type: &str) -> Option<usize> {
    let found = TYPES.binary_search_by(|rule| rule.package_type.cmp(package_type));
    found.ok()
}

fn find(package_type: &str) -> Option<&'static TypeRule> {
    TYPES.get(position(package_type)?)
}

/// Sorted by type. Where a definition's prose and its `case_sensitive` differ (golang), the field counts; where the
/// official suite contradicts both (git), the suite does.
static TYPES: [TypeRule; 42] = [
    TypeRule::new("alpm").namespace(Required, Lower).name(Lower),
    TypeRule::new("apk").namespace(Required, Lower).name(Lower),
    TypeRule::new("bazel").namespace(Prohibited, Keep),
    TypeRule::new("bitbucket")
        .namespace(Required, Lower)
        .name(Lower),
    TypeRule::new("bitnami")
        .namespace(Prohibited, Keep)
        .name(Lower),
    TypeRule::new("brew").namespace(Optional, Lower).name(Lower),
    TypeRule::new("cargo").namespace(Prohibited, Keep),
    TypeRule::new("chrome-extension")
        .namespace(Prohibited, Keep)
        .name(Lower)
        .check(special::chrome_extension),
    TypeRule::new("cocoapods")
        .namespace(Prohibited, Keep)
        .check(special::cocoapods),
    TypeRule::new("composer")
        .namespace(Required, Lower)
        .name(Lower),
    TypeRule::new("conan"),
    TypeRule::new("conda").namespace(Prohibited, Keep),
    TypeRule::new("cpan")
        .namespace(Optional, Upper)
        .check(special::cpan),
    TypeRule::new("cran").namespace(Prohibited, Keep),
    TypeRule::new("deb").namespace(Required, Lower).name(Lower),
    TypeRule::new("docker"),
    TypeRule::new("gem")
        .namespace(Prohibited, Keep)
        .lower_keys_only(),
    TypeRule::new("generic"),
    TypeRule::new(GIT)
        .namespace(Required, Lower)
        .name(Lower)
        .rewrite(special::git),
    TypeRule::new("github")
        .namespace(Required, Lower)
        .name(Lower),
    TypeRule::new("golang").namespace(Required, Keep),
    TypeRule::new("hackage").namespace(Prohibited, Keep),
    TypeRule::new("hex").namespace(Optional, Lower).name(Lower),
    TypeRule::new("huggingface")
        .namespace(Required, Keep)
        .version(Lower),
    TypeRule::new("julia")
        .namespace(Prohibited, Keep)
        .needs("uuid"),
    TypeRule::new("luarocks")
        .namespace(Optional, Lower)
        .name(Lower),
    TypeRule::new("maven").namespace(Required, Keep),
    TypeRule::new("mlflow")
        .namespace(Prohibited, Keep)
        .rewrite(special::mlflow),
    TypeRule::new("npm").check(special::npm),
    TypeRule::new("nuget").namespace(Prohibited, Keep),
    TypeRule::new("oci")
        .namespace(Prohibited, Keep)
        .name(Lower)
        .version(Lower),
    TypeRule::new("opam").namespace(Prohibited, Keep),
    TypeRule::new("otp")
        .namespace(Prohibited, Keep)
        .name(Lower)
        .subpath(Lower),
    TypeRule::new("pub")
        .namespace(Prohibited, Keep)
        .name(Lower)
        .rewrite(special::pub_dev),
    TypeRule::new("pypi")
        .namespace(Prohibited, Keep)
        .name(Lower)
        .version(Lower)
        .rewrite(special::pypi),
    TypeRule::new("qpkg").namespace(Required, Lower),
    TypeRule::new("rpm")
        .namespace(Required, Lower)
        .lower_keys_only(),
    TypeRule::new("swid")
        .needs("tag_id")
        .rewrite(special::lower_guid)
        .check(special::swid),
    TypeRule::new("swift").namespace(Required, Keep),
    TypeRule::new("vcpkg").namespace(Prohibited, Keep),
    TypeRule::new("vscode-extension")
        .namespace(Required, Lower)
        .name(Lower)
        .version(Lower),
    TypeRule::new("yocto").namespace(Optional, Lower),
];

#[cfg(test)]
mod tests {
    use super::{KnownType, TYPES};

    #[test]
    fn the_table_is_sorted_for_the_binary_search() {
        assert!(TYPES.is_sorted_by(|left, right| left.package_type < right.package_type));
    }

    #[test]
    fn every_type_is_known_by_its_name() {
        for rule in &TYPES {
            let known = KnownType::of(rule.package_type);
            assert_eq!(known.map(KnownType::name), Some(rule.package_type));
        }
        assert_eq!(KnownType::of("no-such-type"), None);
        assert_eq!(size_of::<Option<KnownType>>(), 1);
    }
}
