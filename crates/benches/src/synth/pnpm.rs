//! A pnpm-lock.yaml of any size, from a formula: two dependencies for each snapshot, as many as real ones have.

use std::fmt::Write as _;
use std::path::Path;

use crate::checkout;

/// What the project itself requires.
const DIRECT: usize = 200;

/// A folder with a lockfile of `count` snapshots and the manifest that fits it.
pub(crate) fn write_pnpm(count: u32, folder: &Path) -> std::io::Result<()> {
    let direct: Vec<u32> = (0..count)
        .step_by((count as usize / DIRECT).max(1))
        .collect();
    checkout::write(&folder.join("pnpm-lock.yaml"), &lock(count, &direct))?;
    let pairs: Vec<String> = direct
        .iter()
        .map(|it| format!("\"package-{it}\": \"^1.{}.0\"", it % 10))
        .collect();
    let manifest = format!(
        "{{\"name\": \"synthetic\", \"version\": \"1.0.0\", \"dependencies\": {{{}}}}}\n",
        pairs.join(", ")
    );
    checkout::write(&folder.join("package.json"), &manifest)
}

pub(super) fn lock(count: u32, direct: &[u32]) -> String {
    let minor = |it: u32| it % 10;
    let mut text =
        String::from("lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n");
    // Writing to a `String` cannot fail.
    for it in direct {
        let version = minor(*it);
        let _ = writeln!(
            text,
            "      package-{it}:\n        specifier: ^1.{version}.0\n        version: 1.{version}.0"
        );
    }
    text.push_str("\npackages:\n\n");
    for it in 0..count {
        let _ = writeln!(
            text,
            "  package-{it}@1.{}.0:\n    resolution: {{integrity: sha512-{it:086}==}}\n    engines: {{node: '>=18'}}\n",
            minor(it)
        );
    }
    text.push_str("snapshots:\n\n");
    for it in 0..count {
        let _ = writeln!(text, "  package-{it}@1.{}.0:\n    dependencies:", minor(it));
        for step in [7, 13] {
            let other = it.wrapping_mul(7).wrapping_add(step) % count;
            let _ = writeln!(text, "      package-{other}: 1.{}.0", minor(other));
        }
        text.push('\n');
    }
    text
}
