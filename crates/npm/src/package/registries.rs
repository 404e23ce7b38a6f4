//! The registries that a project names, and which of them a package comes from.

use super::url::Url;
use crate::manifest::npmrc::{NpmrcSetting, registry_scope};

/// The registries that the settings of a project name, by scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registries {
    named: Vec<Named>,
}

#[derive(Clone, Debug)]
struct Named {
    scope: Option<String>,
    /// `None` for the public registry.
    address: Option<String>,
}

impl Registries {
    /// The registries that settings name; the last setting of each scope counts.
    pub(crate) fn of<'s, I: IntoIterator<Item = &'s NpmrcSetting>>(settings: I) -> Self {
        let mut registries = Self::default();
        for setting in settings {
            if let Some(scope) = registry_scope(&setting.key) {
                let scope = (!scope.is_empty()).then(|| scope.to_owned());
                registries.name(scope, &setting.address());
            }
        }
        registries
    }

    /// Adds the registry of a scope (`@acme`), or of all other packages; an earlier one of the same scope is replaced. Text that
    /// is not a web address is ignored.
    pub(crate) fn name(&mut self, scope: Option<String>, address_text: &str) {
        let Some(url) = Url::parse(address_text) else {
            return;
        };
        self.named.retain(|it| it.scope != scope);
        let address = (!url.is_plainly_public()).then(|| address(&url));
        self.named.push(Named { scope, address });
    }

    /// The registry that npm asks for a package whose entry has no address; `None` for the public one.
    pub(crate) fn of_name(&self, name: &str) -> Option<&str> {
        if self.named.is_empty() {
            return None;
        }
        let scope = name.split_once('/').map(|(scope, _)| scope);
        let of = |scope: Option<&str>| self.named.iter().find(|it| it.scope.as_deref() == scope);
        let named = scope.and_then(|it| of(Some(it))).or_else(|| of(None));
        named?.address.as_deref()
    }

    /// Their addresses, without that of the public registry.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.named.iter().filter_map(|it| it.address.as_deref())
    }

    /// True when no setting names a registry.
    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The named registry that an archive is in.
    pub(crate) fn of_archive(&self, url: &Url<'_>) -> Option<&str> {
        self.addresses().find(|it| is_in(url, it))
    }
}

/// A registry's address in one spelling: scheme and host in lower case, and no slash at its end.
pub(crate) fn address(url: &Url<'_>) -> String {
    let (scheme, host) = (url.scheme, url.host_and_port());
    let path = url.path().trim_end_matches('/');
    format!(
        "{}://{}{path}",
        scheme.to_ascii_lowercase(),
        host.to_ascii_lowercase()
    )
}

/// True for an archive in the registry at an address that [`address`] made.
pub(crate) fn is_in(url: &Url<'_>, registry: &str) -> bool {
    let archive = address(url);
    let rest = archive.strip_prefix(registry);
    !url.escapes_root() && rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
}
