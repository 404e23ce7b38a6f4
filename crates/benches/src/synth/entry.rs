//! A synthetic lock's entries as npm writes them: names, addresses, digests, flags.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PROJECT;
use super::plan::{Group, Plan, is_scoped, scramble};

/// The digits of base64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The last digit of 64 bytes in base64 carries two bits.
const LAST_DIGITS: &[u8; 4] = b"AQgw";

type Ranges = BTreeMap<String, String>;

/// The root's own entry, and its manifest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Root {
    name: &'static str,
    version: &'static str,
    license: &'static str,
    #[serde(skip_serializing_if = "Ranges::is_empty")]
    dependencies: Ranges,
    #[serde(skip_serializing_if = "Ranges::is_empty")]
    dev_dependencies: Ranges,
    #[serde(skip_serializing_if = "Ranges::is_empty")]
    optional_dependencies: Ranges,
}

impl Root {
    /// The root asks for the first of each group.
    pub(super) fn new(plan: Plan) -> Self {
        let first = |group| {
            let members = plan.members(group);
            ranges(members.clone().take(1).map(|top| (top, Line::Current)))
        };
        Self {
            name: PROJECT,
            version: "1.0.0",
            license: "MIT",
            dependencies: first(Group::Runtime),
            dev_dependencies: first(Group::Develop),
            optional_dependencies: first(Group::Optional),
        }
    }
}

/// One entry below `node_modules`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    version: String,
    resolved: String,
    integrity: String,
    #[serde(skip_serializing_if = "is_false")]
    dev: bool,
    #[serde(skip_serializing_if = "is_false")]
    optional: bool,
    #[serde(skip_serializing_if = "is_false")]
    peer: bool,
    license: &'static str,
    #[serde(skip_serializing_if = "Ranges::is_empty")]
    dependencies: Ranges,
    #[serde(skip_serializing_if = "Ranges::is_empty")]
    peer_dependencies: Ranges,
    engines: BTreeMap<&'static str, &'static str>,
}

/// Which of its two release lines a package is on.
#[derive(Clone, Copy)]
enum Line {
    /// The fields at the top.
    Current,
    /// What only nested entries have.
    Old,
}

/// The entries of one package at the top: itself, and what is nested below it, each with its place.
pub(super) fn of_top(plan: Plan, top: u32) -> Vec<(String, Entry)> {
    let nested = plan.nested(top);
    let group = plan.group(top);
    let needs = plan
        .needs(top)
        .into_iter()
        .map(|need| (need, Line::Current));
    let old = nested.iter().take(1).map(|need| (*need, Line::Old));
    let mut entry = Entry::new(top, Line::Current, group, ranges(needs.chain(old)));
    entry.peer_dependencies = ranges(plan.peer(top).into_iter().map(|peer| (peer, Line::Current)));
    let mut place = format!("node_modules/{}", name(top));
    let mut entries = vec![(place.clone(), entry)];
    for (depth, package) in nested.iter().enumerate() {
        let beside: Vec<u32> = nested.iter().copied().chain([top]).collect();
        let needs = plan
            .nested_needs(*package, &beside)
            .into_iter()
            .map(|need| (need, Line::Current));
        let inner = nested.get(depth + 1).map(|inner| (*inner, Line::Old));
        place = format!("{place}/node_modules/{}", name(*package));
        entries.push((
            place.clone(),
            Entry::new(*package, Line::Old, group, ranges(needs.chain(inner))),
        ));
    }
    entries
}

impl Entry {
    fn new(package: u32, line: Line, group: Group, dependencies: Ranges) -> Self {
        let name = name(package);
        let version = version(package, line);
        let file = name.rsplit('/').next().unwrap_or_default();
        Self {
            resolved: format!("https://npmjs.org/{name}/-/{file}-{version}.tgz"),
            integrity: integrity(package, line),
            version,
            dev: group == Group::Develop,
            optional: group == Group::Optional,
            peer: group == Group::Peer,
            license: if package.is_multiple_of(7) {
                "ISC"
            } else {
                "MIT"
            },
            dependencies,
            peer_dependencies: Ranges::new(),
            engines: BTreeMap::from([("node", ">=18")]),
        }
    }
}

/// A package's name; twenty names share a scope.
fn name(package: u32) -> String {
    if is_scoped(package) {
        format!("@scope-{:06}/part-{package:08}", package / 80)
    } else {
        format!("package-{package:08}")
    }
}

fn version(package: u32, line: Line) -> String {
    let major = match line {
        Line::Current => 2,
        Line::Old => 1,
    };
    format!("{major}.{}.{}", package % 20, package % 7)
}

fn ranges(needs: impl Iterator<Item = (u32, Line)>) -> Ranges {
    needs
        .map(|(package, line)| (name(package), format!("^{}", version(package, line))))
        .collect()
}

/// A digest's text; the same package and version always has the same.
fn integrity(package: u32, line: Line) -> String {
    let seed = u64::from(package) << 1 | u64::from(matches!(line, Line::Old));
    let mut text = "sha512-".to_owned();
    for word in 0..9_u64 {
        let bits = scramble(scramble(seed) ^ word);
        let digits = if word < 8 { 10 } else { 5 };
        text.extend((0..digits).map(|idx| digit(DIGITS, bits >> (6 * idx))));
    }
    text.push(digit(LAST_DIGITS, scramble(seed)));
    text.push_str("==");
    text
}

/// The digit the lowest bits choose.
fn digit(digits: &[u8], bits: u64) -> char {
    let size = u64::try_from(digits.len()).unwrap_or(1);
    let idx = usize::try_from(bits % size).unwrap_or_default();
    digits.get(idx).copied().map_or('A', char::from)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}
