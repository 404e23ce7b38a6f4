//! A cpanfile.snapshot of any size, from a formula: as many modules and requirements for each distribution as real ones have.

use std::fmt::Write as _;
use std::path::Path;

use crate::checkout;

/// Modules that each distribution provides.
const MODULES: u32 = 9;

/// Modules of Perl's core that each distribution requires, with ranges.
const CORE: [(&str, &str); 4] = [
    ("Carp", "0"),
    ("ExtUtils::MakeMaker", "6.17"),
    ("Scalar::Util", "1.14"),
    ("strict", "0"),
];

/// A folder with a snapshot of `count` distributions.
pub(crate) fn write_snapshot(count: u32, folder: &Path) -> std::io::Result<()> {
    checkout::write(&folder.join("cpanfile.snapshot"), &text(count))
}

pub(super) fn text(count: u32) -> String {
    let mut text = String::from("# carton snapshot format: version 1.0\nDISTRIBUTIONS\n");
    // Writing to a `String` cannot fail.
    for number in 0..count {
        let name = format!("Acme-D{number:05}-1.{number}");
        let _ = writeln!(
            text,
            "  {name}\n    pathname: E/EX/EXAMPLE/{name}.tar.gz\n    provides:"
        );
        let _ = writeln!(text, "      Acme::D{number:05} 1.{number}");
        for module in 1..MODULES {
            let _ = writeln!(text, "      Acme::D{number:05}::Part{module} undef");
        }
        text.push_str("    requirements:\n");
        for step in [1, 7, 30] {
            if let Some(other) = number.checked_sub(step) {
                let _ = writeln!(text, "      Acme::D{other:05} 1.0");
            }
        }
        for (module, range) in CORE {
            let _ = writeln!(text, "      {module} {range}");
        }
    }
    text
}
