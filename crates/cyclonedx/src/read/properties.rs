//! Properties of a component that the graph has a field for: ours, and the official ones. The others are kept as they are.
//! Approvals and provenance are claims of the author of the document, and are kept under a name that shows it.

use bomtrail_graph::{
    Ecosystem, Fact, Flags, Hash, HashAlgorithm, Licenses, Origin, Role, Scope, Text,
};

use super::draft::Draft;
use crate::edge;
use crate::names::{COMMENT, FLAGS, LICENSE_TEXT, SUPPLIER_IS_PERSON, UNRESOLVED};
use crate::taxonomy::Taxonomy;

/// Names of ours that follow from other facts and are written again.
const DERIVED: [&str; 1] = ["bomtrail:alias"];
const DERIVED_PREFIX: &str = "bomtrail:edge:";
/// Prefixes of claims.
const OPINIONS: [&str; 3] = [
    "bomtrail:approval",
    "bomtrail:provenance",
    "bomtrail:policy",
];
/// The new prefix of a claim.
const CLAIMED: &str = "bomtrail:claimed:";

/// Stores a property in its field.
pub(super) fn take<'v>(draft: &mut Draft<'v>, name: &'v str, value: &'v str) {
    if name == edge::MISSING {
        draft.missing.push(value);
    }
    if DERIVED.contains(&name) || name.starts_with(DERIVED_PREFIX) {
        return;
    }
    if place(draft, name, value) || flag(draft, name, value) || fact(draft, name, value) {
        return;
    }
    if platform(draft, name, value) {
        return;
    }
    let properties = &mut draft.component.details_mut().properties;
    properties.push((kept(name), value.into()));
}

/// The name that a property is kept under: approvals and provenance become claims.
pub(super) fn kept(name: &str) -> Text {
    let opinion = OPINIONS.iter().any(|it| name.starts_with(it));
    match name.strip_prefix("bomtrail:").filter(|_| opinion) {
        Some(rest) => [CLAIMED, rest].concat().into(),
        None => name.into(),
    }
}

fn place(draft: &mut Draft<'_>, name: &str, value: &str) -> bool {
    if name == "bomtrail:flags-there" {
        let Some((names, place)) = value.split_once(' ') else {
            return false;
        };
        let mut flags = Flags::default();
        for (flag, _) in Flags::NAMES
            .into_iter()
            .filter(|(_, it)| names.split(',').any(|name| name == *it))
        {
            flags.set(flag, true);
        }
        draft.flags_there.push((place.into(), flags));
        return true;
    }
    let official = Taxonomy::all().find(|it| it.path == name);
    if let Some(taxonomy) = official {
        draft.component.ecosystem = taxonomy.ecosystem();
    }
    let is_place = official.is_some() || name == "bomtrail:place";
    if is_place {
        draft.places.push(value.into());
    }
    is_place
}

fn flag(draft: &mut Draft<'_>, name: &str, value: &str) -> bool {
    let found = FLAGS.iter().find(|(_, own, official)| {
        *own == name || official.is_some_and(|it| Taxonomy::all().any(|all| it(all) == name))
    });
    let Some((flag, own, _)) = found else {
        return false;
    };
    // The official name follows the graph; ours has the flag of the input where it differs.
    if *own == name {
        draft.own_flags.set(*flag, true);
    } else if draft.own_flags.has(*flag) {
        return true;
    }
    draft.component.flags.set(*flag, value == "true");
    true
}

/// Facts of ours; false for any other property.
fn fact<'v>(draft: &mut Draft<'v>, name: &str, value: &'v str) -> bool {
    let component = &mut draft.component;
    match name {
        "bomtrail:name" => component.name = value.into(),
        "bomtrail:ecosystem" => component.ecosystem = Ecosystem::of_type(value),
        "bomtrail:role" => draft.role = role(value),
        "bomtrail:origin" => component.origin = origin(value),
        "bomtrail:scope" if value == "unknown" => draft.scope = Some(Scope::Unknown),
        "bomtrail:root" => draft.is_root = Some(value == "true"),
        "bomtrail:licenses" if value == "none" => {
            component.licenses = Fact::Known(Licenses::default());
        }
        "bomtrail:licenses" if value == "withheld" => component.licenses = Fact::Withheld,
        "bomtrail:deprecated" => component.details_mut().deprecated = Some(value.into()),
        "bomtrail:cpe" => component.details_mut().cpes.push(value.into()),
        "bomtrail:container" => component.details_mut().container = Some(value.into()),
        COMMENT => component.details_mut().comment = Some(value.into()),
        SUPPLIER_IS_PERSON => component.details_mut().supplier_is_person = value == "true",
        LICENSE_TEXT => {
            let Some((license, text)) = value.split_once('\n') else {
                return false;
            };
            let texts = &mut component.details_mut().license_texts;
            texts.push((license.into(), text.into()));
        }
        "bomtrail:bundled-by" => component.details_mut().bundled_by = Some(value.into()),
        "bomtrail:patch" => return patch(draft, value),
        edge::PROPERTY => draft.edges.push(value),
        UNRESOLVED => draft.unresolved = Some(value),
        _ => return false,
    }
    true
}

fn platform(draft: &mut Draft<'_>, name: &str, value: &str) -> bool {
    let engine = Taxonomy::all()
        .map(|it| it.engine)
        .chain(["bomtrail:engine:"])
        .find_map(|prefix| name.strip_prefix(prefix));
    let details = |draft: &mut Draft<'_>,
                   list: fn(&mut bomtrail_graph::Details) -> &mut Vec<Text>| {
        list(draft.component.details_mut()).push(value.into());
    };
    match name {
        _ if engine.is_some() => {
            let engines = &mut draft.component.details_mut().engines;
            engines.push((engine.unwrap_or_default().into(), value.into()));
        }
        "bomtrail:cpu" => details(draft, |it| &mut it.cpu),
        "bomtrail:libc" => details(draft, |it| &mut it.libc),
        _ if name == "bomtrail:os" || Taxonomy::all().any(|it| it.os == name) => {
            details(draft, |it| &mut it.os);
        }
        _ => return false,
    }
    true
}

/// The digest of a patch, `path algorithm hexadecimal`.
fn patch(draft: &mut Draft<'_>, value: &str) -> bool {
    let mut words = value.rsplitn(3, ' ');
    let (Some(hex), Some(algorithm), Some(path)) = (words.next(), words.next(), words.next())
    else {
        return false;
    };
    let hash = HashAlgorithm::from_name(algorithm).and_then(|it| Hash::from_hex(it, hex));
    match hash {
        Some(hash) => draft.patch_hashes.push((path.into(), hash)),
        None => return false,
    }
    true
}

fn role(name: &str) -> Option<Role> {
    [Role::Root, Role::Member, Role::Local, Role::Dependency]
        .into_iter()
        .find(|it| it.name() == name)
}

fn origin(name: &str) -> Origin {
    let all = [
        Origin::Registry,
        Origin::OtherRegistry,
        Origin::Git,
        Origin::RemoteArchive,
        Origin::LocalArchive,
        Origin::Directory,
        Origin::Bundle,
    ];
    all.into_iter()
        .find(|it| it.name() == name)
        .unwrap_or_default()
}
