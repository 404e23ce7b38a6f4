//! Which distribution of one input provides a module, and whether its version is one that is asked for.

use std::collections::HashMap;

use bomtrail_graph::LocalId;
use foldhash::fast::RandomState;

use crate::range::Range;
use crate::version::Version;

/// The modules of one input. Of several distributions with one module the first counts, as for Carton.
#[derive(Debug, Default)]
pub(crate) struct Modules<'a>(HashMap<&'a str, Module<'a>, RandomState>);

/// A module that is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Module<'a> {
    /// The distribution.
    pub(crate) by: LocalId,
    /// As stated; `None` for `undef`.
    pub(crate) version: Option<&'a str>,
}

impl<'a> Modules<'a> {
    /// With a module, unless it is there.
    pub(crate) fn add(&mut self, name: &'a str, module: Module<'a>) {
        self.0.entry(name).or_insert(module);
    }

    /// The module of this name.
    pub(crate) fn get(&self, name: &str) -> Option<Module<'a>> {
        self.0.get(name).copied()
    }
}

/// Whether a module of this version is what a range asks for; `undef` counts as 0. What cannot be read refuses nothing.
pub(crate) fn fits(range: &str, version: Option<&str>) -> bool {
    if matches!(range, "" | "0") {
        return true;
    }
    let Ok(range) = Range::parse(range) else {
        return true;
    };
    let version = version.map_or_else(|| Some(Version::zero()), Version::parse);
    version.is_none_or(|version| range.accepts(&version))
}
