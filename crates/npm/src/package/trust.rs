//! What is doubtful about where an entry's bytes come from: whether name, version, address and what asks for it name one
//! package, and whether the address is what it seems. Only states facts; rules decide what follows.

use bomtrail_graph::{Flags, Hash, HashAlgorithm, Origin, Role};

use crate::package::context::{EntryContext, EntryFacts};
use crate::package::url::{PUBLIC, Url};

/// The flags about the source of an entry.
pub(crate) fn flags(it: &EntryFacts<'_>, context: EntryContext<'_>) -> Flags {
    let mut flags = Flags::default();
    if matches!(context.role, Role::Root | Role::Member) {
        // A link under another name puts a folder of the project in the place of a package.
        flags.set(Flags::CONTRADICTED, context.asked.misnamed());
        return flags;
    }
    flags.set(Flags::CONTRADICTED, contradicted(it, context));
    if context.bundler.is_some() {
        flags.set(Flags::CARRIED, true);
        return flags;
    }
    if it.role == Role::Local {
        return flags;
    }
    flags.set(Flags::FETCHED, true);
    let resolved = it.entry.resolved.as_deref().unwrap_or_default();
    // An entry without an address is fetched from where its registry has it.
    if !it.source.is_usual && !resolved.is_empty() {
        let url = Url::parse(resolved);
        // An address that states a package has no `..` segments.
        let is_public = || url.as_ref().is_some_and(Url::is_plainly_public);
        if it.source.stated.is_none() || !is_public() {
            flags = flags.either(of_address(resolved, url.as_ref()));
        }
    }
    if it.source.origin != Origin::Git {
        flags.set(Flags::UNVERIFIED, it.hashes.is_empty());
        let weak = !it.hashes.is_empty() && !it.hashes.iter().any(is_strong);
        flags.set(Flags::WEAK_DIGEST, weak);
    }
    let unstated = match it.source.origin {
        Origin::Git | Origin::RemoteArchive => false,
        _ => !matches!(it.source.stated, Some((_, Some(_)))),
    };
    flags.set(Flags::UNSTATED, unstated);
    flags
}

fn is_strong(hash: &Hash) -> bool {
    !matches!(hash.algorithm(), HashAlgorithm::Sha1 | HashAlgorithm::Md5)
}

/// True when the facts about an entry contradict each other.
fn contradicted(it: &EntryFacts<'_>, context: EntryContext<'_>) -> bool {
    let asked = context.asked;
    let unasked = !asked.registry && !asked.other;
    let renamed_without_alias =
        unasked && it.role == Role::Dependency && context.fallback_name != it.name;
    let elsewhere = match it.source.origin {
        Origin::Git | Origin::RemoteArchive => asked.registry && !asked.other,
        // The project's own files need no approval, so that every specifier has to ask for exactly them.
        Origin::LocalArchive | Origin::Directory => asked.registry || asked.foreign_path,
        Origin::Registry | Origin::OtherRegistry | Origin::Bundle | Origin::Unknown => false,
    };
    let unread = it.entry.extras.as_ref();
    // npm reads a list with one element as an address, and fetches it.
    let unread = unread.is_some_and(|it| it.wrong.contains(&"resolved"));
    asked.misnamed() || renamed_without_alias || elsewhere || unread || address_differs(it)
}

/// True when the address of a registry's archive states another name or version, or contradicts itself.
fn address_differs(it: &EntryFacts<'_>) -> bool {
    let Some((name, version)) = &it.source.stated else {
        return false;
    };
    let ours = it.entry.version.as_deref();
    match version {
        Some(version) => name != it.name || ours.is_some_and(|ours| ours != version),
        None => name != it.name || it.source.origin == Origin::Registry,
    }
}

/// What is suspicious about an address.
fn of_address(resolved: &str, url: Option<&Url<'_>>) -> Flags {
    let mut flags = Flags::default();
    let insecure = ["http://", "git://", "git+http://", "git+git://", "ftp://"];
    let is = |scheme: &str| {
        let start = resolved.get(..scheme.len());
        start.is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    flags.set(Flags::INSECURE, insecure.into_iter().any(is));
    let Some(url) = url else {
        return flags;
    };
    let (user, address) = url.user_and_address();
    let (host, port) = address.split_once(':').unwrap_or((address, ""));
    let plain_host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_public = PUBLIC.iter().any(|domain| is_under(&plain_host, domain));
    let user = user.map(str::to_ascii_lowercase);
    let impersonates = user.is_some_and(|user| PUBLIC.iter().any(|domain| user.contains(domain)));
    flags.set(
        Flags::ODD_USER,
        impersonates || (is_public && has_user(url)),
    );
    flags.set(Flags::ODD_PORT, is_public && !matches!(port, "" | "443"));
    flags.set(Flags::ODD_SPELLING, is_public && host != plain_host);
    let foreign =
        !host.is_ascii() || host.contains('%') || plain_host.split('.').any(is_encoded_label);
    flags.set(Flags::ODD_SCRIPT, foreign);
    let lookalike = !is_public && PUBLIC.iter().any(|domain| plain_host.contains(domain));
    flags.set(Flags::LOOKALIKE, lookalike);
    flags.set(Flags::TRAVERSAL, url.escapes_root());
    flags
}

fn has_user(url: &Url<'_>) -> bool {
    url.user_and_address().0.is_some()
}

fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn is_encoded_label(label: &str) -> bool {
    label.starts_with("xn--")
}

#[cfg(test)]
mod tests;
