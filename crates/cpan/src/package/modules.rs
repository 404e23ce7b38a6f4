//! Which distribution of one input provides a module, and whether a requirement accepts its version.

use std::collections::HashMap;

use bomtrail_graph::{Code, Component, Diagnostic, Level, Link, LocalId, Need, Place, Problem};
use foldhash::fast::RandomState;

use bomtrail_version::cpan::Range;
use bomtrail_version::cpan::Version;

/// The modules of one input. If several distributions provide a module, the first counts, as in Carton.
#[derive(Debug, Default)]
pub(crate) struct Modules<'a>(HashMap<&'a str, Module<'a>, RandomState>);

/// A module that a distribution provides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Module<'a> {
    /// The distribution that provides it.
    pub(crate) by: LocalId,
    /// As stated; `None` for `undef`.
    version: Option<&'a str>,
}

static OUT_OF_RANGE: Code = Code::new(
    "cpan/out-of-range",
    Level::Warning,
    "a module is there in a version that a requirement does not accept",
);

impl<'a> Modules<'a> {
    /// The modules of a fragment's components.
    pub(crate) fn of(components: &'a [Component]) -> Self {
        let count = components.iter().map(|it| it.provides.len()).sum();
        let mut modules = Self(HashMap::with_capacity_and_hasher(
            count,
            RandomState::default(),
        ));
        for (by, component) in (0..).map(LocalId).zip(components) {
            for provided in &component.provides {
                let version = provided.version.as_deref();
                let module = Module { by, version };
                modules.0.entry(&provided.name).or_insert(module);
            }
        }
        modules
    }

    /// True when a component provides the module.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The module of this name.
    pub(crate) fn get(&self, name: &str) -> Option<Module<'a>> {
        self.0.get(name).copied()
    }
}

impl Module<'_> {
    /// Marks a link that does not accept the version; true if it does not. A conflict accepts everything.
    pub(crate) fn misfits(&self, link: &mut Link) -> bool {
        let range = link.range.as_deref().unwrap_or_default();
        let misfits = link.need != Need::Conflicts && !fits(range, self.version);
        if misfits {
            link.problem = Some(Problem::Invalid);
        }
        misfits
    }

    /// Reports that a distribution has this module in a version that a link does not accept. The caller adds the help.
    pub(crate) fn out_of_range(&self, place: Place, link: &Link, distribution: &str) -> Diagnostic {
        let name = link.name.as_deref().unwrap_or_default();
        let range = link.range.as_deref().unwrap_or_default();
        let version = self.version.unwrap_or("undef");
        let message =
            format!("it requires `{name}` `{range}`, and `{distribution}` has `{version}`");
        Diagnostic::new(&OUT_OF_RANGE, place, message)
    }
}

/// True when a range accepts this version of a module; `undef` counts as 0. An unreadable range or version accepts everything.
pub(crate) fn fits(range: &str, version: Option<&str>) -> bool {
    if matches!(range, "" | "0") {
        return true;
    }
    // Most ranges and versions are plain numbers.
    if let Some((least, version)) = plain(range).zip(plain(version.unwrap_or("0"))) {
        return version >= least;
    }
    let Ok(range) = Range::parse(range) else {
        return true;
    };
    let version = version.map_or_else(|| Some(Version::zero()), Version::parse);
    version.is_none_or(|version| range.accepts(&version))
}

/// A decimal version of few digits, as a number with the same order.
fn plain(text: &str) -> Option<u64> {
    let (integer, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| (1..=9).contains(&it.len()) && it.bytes().all(|c| c.is_ascii_digit());
    if !digits(integer) || !digits(fraction) {
        return None;
    }
    let padding = 10_u64.pow(9_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?);
    let fraction = fraction.parse::<u64>().ok()? * padding;
    Some(integer.parse::<u64>().ok()? * 1_000_000_000 + fraction)
}

#[cfg(test)]
mod tests;
