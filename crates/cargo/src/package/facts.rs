//! What a package states about itself in its manifest.

use bomtrail_graph::{Component, Details, Fact, Flags, License, Person};

/// What a manifest states about its package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) license: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) homepage: Option<String>,
    pub(crate) repository: Option<String>,
    /// The lowest version of Rust that it builds with.
    pub(crate) rust_version: Option<String>,
    /// True when no registry may take it.
    pub(crate) is_private: bool,
    /// True when the manifest states a version.
    pub(crate) has_version: bool,
    /// The features that are on, where the input says so.
    pub(crate) features: Vec<String>,
}

impl Facts {
    /// True when a registry may take the package.
    pub(crate) fn may_be_published(&self) -> bool {
        self.has_version && !self.is_private
    }

    /// Adds them to a component.
    pub(crate) fn describe(&self, component: &mut Component) {
        component.flags.set(Flags::PRIVATE, self.is_private);
        if let Some(license) = self.license.as_deref().and_then(license) {
            component.licenses = Fact::Known([license].into());
        }
        let details = Details::default().with(|it| {
            it.description = self.description.as_deref().map(|it| it.trim().into());
            it.authors = self.authors.iter().map(|it| person(it)).collect();
            it.homepage = self.homepage.as_deref().and_then(web).map(Into::into);
            it.repository = self.repository.as_deref().and_then(web).map(Into::into);
            let rust = self.rust_version.as_deref();
            it.engines = rust
                .map(|it| ("rust".into(), it.into()))
                .into_iter()
                .collect();
            if !self.features.is_empty() {
                let features = self.features.join(", ");
                it.properties = vec![("bomtrail:cargo:features".into(), features.into())];
            }
        });
        if details != Details::default() {
            *component.details_mut() = details;
        }
    }
}

/// A licence as `license` states it. A slash between licences means `OR`, as in manifests before SPDX expressions.
fn license(text: &str) -> Option<License> {
    let parts = text.split('/').map(str::trim);
    License::declared(&parts.collect::<Vec<_>>().join(" OR "))
}

/// `Name <mail>`.
fn person(text: &str) -> Person {
    let (name, rest) = text.split_once('<').unwrap_or((text, ""));
    let email = rest.trim_end().strip_suffix('>').map(str::trim);
    Person {
        name: name.trim().into(),
        email: email.filter(|it| !it.is_empty()).map(Into::into),
        url: None,
    }
}

/// A web address without credentials; `None` for any other text.
fn web(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https", "git"].contains(&scheme);
    if !is_web || rest.contains(char::is_whitespace) {
        return None;
    }
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    (!host.is_empty()).then(|| format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_between_licences_means_or() {
        let text = |it: &str| license(it).unwrap().text().to_owned();
        assert_eq!(text("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(text("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(text("MIT"), "MIT");
    }

    #[test]
    fn authors_have_names_and_addresses() {
        let person = person("A. Person <a@example.com>");
        assert_eq!(&*person.name, "A. Person");
        assert_eq!(person.email.as_deref(), Some("a@example.com"));
    }

    #[test]
    fn addresses_have_no_credentials() {
        assert_eq!(
            web("https://a:b@example.com/x").as_deref(),
            Some("https://example.com/x")
        );
        assert_eq!(web("not an address"), None);
    }
}
