//! `cargo xtask synth --fleet FIRST..END`: SBOMs of many releases of many products, from a formula. A product has ten releases,
//! and a twentieth of its packages change with each. Packages are taken from a universe in which few are in most products.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::Outcome;

/// How many packages an SBOM has, the product not included.
const PACKAGES: usize = 1000;
/// How many packages an SBOM has with the product.
pub(crate) const COMPONENTS: u64 = PACKAGES as u64 + 1;
/// How many packages there are.
const UNIVERSE: f64 = 50_000.0;
/// How many releases a product has.
const RELEASES: u64 = 10;
/// How many packages are direct dependencies.
const DIRECT: u64 = 30;

/// Writes the SBOMs with the numbers `FIRST..END` into a folder.
pub(crate) fn run(numbers: &str, folder: &str) -> Outcome {
    let (first, end) = numbers
        .split_once("..")
        .ok_or("`--fleet` expects numbers such as `0..2000`")?;
    let (first, end): (u64, u64) = (first.parse()?, end.parse()?);
    write(first..end, Path::new(folder))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the SBOMs of these numbers into a folder, which is made.
pub(crate) fn write(numbers: Range<u64>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for number in numbers {
        let path = folder.join(format!("{number:07}.cdx.json"));
        let mut out = BufWriter::new(File::create(path)?);
        serde_json::to_writer(&mut out, &sbom(number))?;
        out.flush()?;
    }
    Ok(())
}

/// `SplitMix64`: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A package: the first ones are taken much more often than the last ones.
    fn package(&mut self) -> u64 {
        let unit = f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        let rank = (unit * UNIVERSE.ln()).exp() - 1.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the size of the universe"
        )]
        let rank = rank as u64;
        rank
    }
}

/// The SBOM of a number.
fn sbom(number: u64) -> Value {
    let (product, release) = (number / RELEASES, number % RELEASES);
    let mut random = Random(product);
    let mut taken = BTreeSet::new();
    let mut packages = Vec::with_capacity(PACKAGES);
    while packages.len() < PACKAGES {
        // The common packages are taken soon, so the rest comes from the whole universe.
        let rank = if packages.len() < PACKAGES / 2 {
            random.package()
        } else {
            random.below(50_000)
        };
        if taken.insert(rank) {
            packages.push(purl(rank, version(product, rank, release)));
        }
    }
    let name = format!("product-{product:05}");
    let root = npm(&name, &format!("{release}.0.0"));
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); PACKAGES];
    let mut direct = Vec::new();
    for to in 0..PACKAGES {
        let first = random.below(to as u64);
        match usize::try_from(first).ok().and_then(|it| edges.get_mut(it)) {
            Some(edges) if to as u64 >= DIRECT => edges.push(to),
            _ => direct.push(to),
        }
        // Nine of ten packages are needed by a second one.
        let second = usize::try_from(random.below(to as u64)).unwrap_or(0);
        if random.below(10) > 0 && second != to && u64::try_from(second) != Ok(first) {
            edges.get_mut(second).into_iter().for_each(|it| it.push(to));
        }
    }
    let reference = |it: &usize| packages.get(*it).map(|(purl, _, _)| purl.clone());
    let needs = |it: &[usize]| it.iter().filter_map(reference).collect::<Vec<_>>();
    let mut dependencies = vec![json!({"ref": root, "dependsOn": needs(&direct)})];
    for ((purl, _, _), edges) in packages.iter().zip(&edges) {
        dependencies.push(json!({"ref": purl, "dependsOn": needs(edges)}));
    }
    let components: Vec<Value> = packages
        .iter()
        .map(|(purl, name, version)| {
            json!({"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
                "licenses": [{"license": {"id": "MIT"}}]})
        })
        .collect();
    let month = 2 * release + product % 2;
    let day = 1 + product % 28;
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": format!("{}-{:02}-{day:02}T00:00:00Z", 2024 + month / 12, 1 + month % 12),
            "tools": {"components": [{"type": "application", "name": "synth", "version": "1"}]},
            "component": {"type": "application", "bom-ref": root, "name": name, "version": format!("{release}.0.0"),
                "purl": root},
        },
        "components": components,
        "dependencies": dependencies,
    })
}

/// How often a package changed up to a release of a product.
fn version(product: u64, rank: u64, release: u64) -> u64 {
    let seed = product.wrapping_mul(1_000_003).wrapping_add(rank);
    let changes = (1..=release).filter(|it| Random(seed.wrapping_add(it << 40)).below(20) == 0);
    Random(seed).below(4) + changes.count() as u64
}

/// The Package URL, the name and the version of a package.
fn purl(rank: u64, version: u64) -> (String, String, String) {
    let version = format!("{}.{version}.{}", 1 + rank % 5, rank % 7);
    if rank.is_multiple_of(4) {
        let name = format!("@scope{}/part-{rank}", rank % 97);
        return (npm(&name, &version), name, version);
    }
    let name = format!("package-{rank}");
    (npm(&name, &version), name, version)
}

/// The Package URL of a package of npm; empty for a name that is not one, which the formula does not make.
fn npm(name: &str, version: &str) -> String {
    let purl = bomtrail_purl::Purl::npm(name, Some(version));
    purl.map_or_else(|_| String::new(), |it| it.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::sbom;

    #[test]
    fn releases_share_most_packages() {
        let purls = |number| {
            let sbom = sbom(number);
            let components = sbom["components"].as_array().unwrap().clone();
            components
                .into_iter()
                .map(|it| it["purl"].as_str().unwrap().to_owned())
                .collect::<std::collections::BTreeSet<_>>()
        };
        let (first, second, other) = (purls(10), purls(11), purls(20));
        assert_eq!(first.len(), 1000);
        let changed = first.difference(&second).count();
        assert!((20..100).contains(&changed), "{changed}");
        let shared = first.intersection(&other).count();
        assert!((20..500).contains(&shared), "{shared}");
    }
}
