//! Which distribution of one input provides a module, and whether its version is one that is asked for.

use std::collections::HashMap;

use bomtrail_graph::{Code, Component, Diagnostic, Level, Link, LocalId, Need, Place, Problem};
use foldhash::fast::RandomState;

use bomtrail_version::cpan::Range;
use bomtrail_version::cpan::Version;

/// The modules of one input. Of several distributions with one module the first counts, as for Carton.
#[derive(Debug, Default)]
pub(crate) struct Modules<'a>(HashMap<&'a str, Module<'a>, RandomState>);

/// A module that is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Module<'a> {
    /// The distribution.
    pub(crate) by: LocalId,
    /// As stated; `None` for `undef`.
    version: Option<&'a str>,
}

/// The wrong version is there.
static OUT_OF_RANGE: Code = Code::new(
    "cpan/out-of-range",
    Level::Warning,
    "the version of a module that is there is not one that is asked for",
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

    /// The module of this name.
    pub(crate) fn get(&self, name: &str) -> Option<Module<'a>> {
        self.0.get(name).copied()
    }
}

impl Module<'_> {
    /// Marks a link that asks for another version, and says so. What must not be there is no such request.
    pub(crate) fn misfits(&self, link: &mut Link) -> bool {
        let range = link.range.as_deref().unwrap_or_default();
        let misfits = link.need != Need::Conflicts && !fits(range, self.version);
        if misfits {
            link.problem = Some(Problem::Invalid);
        }
        misfits
    }

    /// Says that a distribution has this module in another version than a link asks for. The caller knows what to do about it.
    pub(crate) fn out_of_range(&self, place: Place, link: &Link, distribution: &str) -> Diagnostic {
        let name = link.name.as_deref().unwrap_or_default();
        let range = link.range.as_deref().unwrap_or_default();
        let version = self.version.unwrap_or("undef");
        let message =
            format!("it asks for `{name}` `{range}`, and `{distribution}` has `{version}`");
        Diagnostic::new(&OUT_OF_RANGE, place, message)
    }
}

/// Whether a module of this version is what a range asks for; `undef` counts as 0. What cannot be read refuses nothing.
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

/// A decimal version of few digits, as a number that compares as the version does.
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
