//! The registries that a project names, and which of them a package comes from.

use super::url::Url;
use crate::manifest::npmrc::NpmrcSetting;

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
    /// The registries in the settings of a `.npmrc`; the last setting of each scope counts.
    pub(crate) fn of(settings: &[NpmrcSetting]) -> Self {
        let mut registries = Self::default();
        for NpmrcSetting { key, value, .. } in settings {
            let scope = key.strip_suffix(":registry").map(str::to_owned);
            if key != "registry" && scope.as_ref().is_none_or(|it| !it.starts_with('@')) {
                continue;
            }
            registries.name(scope, value);
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
        let scope = name.split_once('/').map(|(scope, _)| scope);
        let of = |scope: Option<&str>| self.named.iter().find(|it| it.scope.as_deref() == scope);
        let named = scope.and_then(|it| of(Some(it))).or_else(|| of(None));
        named?.address.as_deref()
    }

    /// The named registry that an archive is in.
    pub(crate) fn of_archive(&self, url: &Url<'_>) -> Option<&str> {
        let mut known = self.named.iter().filter_map(|it| it.address.as_deref());
        known.find(|it| is_in(url, it))
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
