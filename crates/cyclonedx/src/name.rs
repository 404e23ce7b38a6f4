//! The name of a component as `group` and `name`, and joined again.

use std::borrow::Cow;

use bomtrail_graph::{NodeRef, Purl};

/// `group` and `name`: the namespace and the rest. A component without a name gets its reference as its name, because `name` is
/// required.
pub(crate) fn split(node: NodeRef<'_>) -> (Option<Cow<'_, str>>, Cow<'_, str>) {
    let full = node.name();
    if full.is_empty() {
        return (None, node.reference());
    }
    let scoped = Some(full).filter(|it| it.starts_with('@'));
    let scoped = scoped
        .and_then(|it| it.split_once('/'))
        .filter(|(scope, name)| scope.len() > 1 && !name.is_empty());
    if let Some((scope, name)) = scoped {
        return (Some(Cow::Borrowed(scope)), Cow::Borrowed(name));
    }
    let namespace = node.purl().and_then(Purl::namespace);
    let rest = namespace
        .as_deref()
        .and_then(|it| full.strip_prefix(it)?.strip_prefix('/'))
        .filter(|it| !it.is_empty());
    // A name with a namespace of its own is not put into another.
    if rest.is_none() && full.bytes().any(|it| it == b'/') {
        return (None, Cow::Borrowed(full));
    }
    (namespace, Cow::Borrowed(rest.unwrap_or(full)))
}

/// The full name of a component.
pub(crate) fn full_name(group: Option<&str>, name: &str) -> String {
    match group.filter(|it| !it.is_empty()) {
        Some(group) => [group, name].join("/"),
        None => name.to_owned(),
    }
}

/// True when the full name is `full`.
pub(crate) fn is_full_name(group: Option<&str>, name: &str, full: &str) -> bool {
    match group.filter(|it| !it.is_empty()) {
        Some(group) => full
            .strip_prefix(group)
            .and_then(|it| it.strip_prefix('/'))
            .is_some_and(|it| it == name),
        None => full == name,
    }
}
