//! Whether the packages for a platform are locked: a lockfile made on another platform may lack them.

use std::collections::BTreeMap;

use bomtrail_graph::{Component, Diagnostic, Fragment, Link, Need, Platform, Target};

use crate::diags;

/// The packages whose optional platform packages are locked for other platforms only, by input and place.
pub(super) type Unlocked = BTreeMap<(String, String), Vec<String>>;

/// Finds them before a part is selected. What a package for the platform would be called is known by its name alone.
pub(super) fn unlocked(fragments: &[Fragment], platform: &Platform) -> Unlocked {
    let mut found = Unlocked::new();
    for fragment in fragments {
        let mut by_package: BTreeMap<u32, Vec<&Link>> = BTreeMap::new();
        for link in fragment.links.iter().filter(|it| it.need == Need::Optional) {
            by_package.entry(link.from.0).or_default().push(link);
        }
        for (package, links) in by_package {
            let targets = links.iter().filter_map(|it| match it.to {
                Target::Here(to) => fragment.component(to),
                Target::Named(_) | Target::Absent => None,
            });
            let targets: Vec<&Component> = targets.filter(|it| is_for_platforms(it)).collect();
            if targets.is_empty() || targets.iter().any(|it| platform.allows(it)) {
                continue;
            }
            let open = links.iter().filter(|it| !matches!(it.to, Target::Here(_)));
            let names = open.filter_map(|it| it.name.as_deref());
            let names: Vec<String> = names
                .filter(|it| is_named_after(it, platform))
                .map(str::to_owned)
                .collect();
            let component = fragment.component(bomtrail_graph::LocalId(package));
            if let (Some(component), false) = (component, names.is_empty()) {
                let place = (fragment.path.to_string(), component.place.to_string());
                found.insert(place, names);
            }
        }
    }
    found
}

/// One diagnostic for each of them that is kept.
pub(super) fn report<'f>(
    found: &'f Unlocked,
    kept: &'f [Fragment],
    platform: &'f Platform,
) -> impl Iterator<Item = Diagnostic> + 'f {
    let all = kept
        .iter()
        .flat_map(|fragment| fragment.components.iter().map(move |it| (fragment, it)));
    all.filter_map(move |(fragment, component)| {
        let place = (fragment.path.to_string(), component.place.to_string());
        let names = found.get(&place)?;
        Some(diags::platform_not_locked(
            &place,
            &component.name,
            names,
            platform,
        ))
    })
}

fn is_for_platforms(component: &Component) -> bool {
    let details = component.details.as_ref();
    details.is_some_and(|it| !it.os.is_empty() || !it.cpu.is_empty() || !it.libc.is_empty())
}

/// Whether a name has the words of a platform in it, as `@esbuild/linux-x64` and `sharp-linux-x64-musl` do.
fn is_named_after(name: &str, platform: &Platform) -> bool {
    let words: Vec<&str> = name.split(|it: char| !it.is_ascii_alphanumeric()).collect();
    let other = |libc: &str| match platform.libc.as_deref() {
        Some("glibc") => libc == "musl",
        Some("musl") => matches!(libc, "gnu" | "glibc"),
        _ => false,
    };
    words.contains(&&*platform.os)
        && words.contains(&&*platform.cpu)
        && !words.iter().any(|it| other(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_the_words_of_a_platform_are_for_it() {
        let platform = Platform::parse("linux-x64-glibc").unwrap();
        for name in ["@esbuild/linux-x64", "sharp-linux-x64", "swc-linux-x64-gnu"] {
            assert!(is_named_after(name, &platform), "{name}");
        }
        for name in [
            "@esbuild/linux-arm64",
            "swc-linux-x64-musl",
            "fsevents",
            "darwin-x64",
        ] {
            assert!(!is_named_after(name, &platform), "{name}");
        }
    }
}
