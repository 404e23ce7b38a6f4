//! Ranges of OSV as branches: from a version to a fix or a last affected version. The evaluation follows OSV's schema 1.7,
//! "Evaluation", with the precedence of `SemVer`.

use std::cmp::Ordering;

use bomtrail_version::SemVer;

use crate::record::Hit;

/// The events of one range, sorted into branches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) branches: Vec<Branch>,
    /// A version must be below one of them; empty for no limit.
    pub(crate) limits: Vec<String>,
    /// Versions at which events of two kinds are.
    pub(crate) ambiguous: Vec<String>,
}

/// A part of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    /// The first affected version; `None` for every version from the start.
    pub(crate) from: Option<String>,
    pub(crate) end: End,
}

/// Where a branch ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Open,
    Fixed(String),
    LastAffected(String),
}

/// One event of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event<'t> {
    Introduced(&'t str),
    Fixed(&'t str),
    LastAffected(&'t str),
    Limit(&'t str),
}

/// An event with what it is sorted by. `introduced: "0"` is before every version.
struct Mark<'t> {
    order: Option<SemVer<'t>>,
    event: Event<'t>,
    text: &'t str,
}

impl Range {
    /// Sorts events, whatever their order.
    ///
    /// # Errors
    /// The first text that is not a version.
    pub(crate) fn of(events: &[Event<'_>]) -> Result<Self, String> {
        let mut marks = Vec::with_capacity(events.len());
        let mut range = Self::default();
        let mut limited = true;
        for event in events {
            let (text, order) = match event {
                Event::Introduced("0") => ("0", None),
                Event::Limit("*") => {
                    limited = false;
                    continue;
                }
                Event::Introduced(text)
                | Event::Fixed(text)
                | Event::LastAffected(text)
                | Event::Limit(text) => (*text, Some(version(text)?)),
            };
            if let Event::Limit(_) = event {
                range.limits.push(text.to_owned());
            } else {
                let event = *event;
                marks.push(Mark { order, event, text });
            }
        }
        if !limited {
            range.limits.clear();
        }
        marks.sort_by(|a, b| a.order.cmp(&b.order).then(a.rank().cmp(&b.rank())));
        range.ambiguous = ambiguous(&marks);
        range.walk(&marks);
        Ok(range)
    }

    /// Cuts sorted events into branches. A second introduction in a branch and a second end outside of one change nothing.
    fn walk(&mut self, marks: &[Mark<'_>]) {
        let mut open: Option<Option<String>> = None;
        for mark in marks {
            let text = mark.text.to_owned();
            let end = match mark.event {
                Event::Introduced(_) => {
                    open.get_or_insert_with(|| mark.order.map(|_| text));
                    continue;
                }
                Event::Fixed(_) => End::Fixed(text),
                Event::LastAffected(_) | Event::Limit(_) => End::LastAffected(text),
            };
            if let Some(from) = open.take() {
                self.branches.push(Branch { from, end });
            }
        }
        if let Some(from) = open {
            let end = End::Open;
            self.branches.push(Branch { from, end });
        }
    }

    /// The branch that a version is in; `None` also for a version that is not one of `SemVer`.
    pub(crate) fn hit(&self, version: &str) -> Option<Hit> {
        let parsed = SemVer::parse(version)?;
        let limits = self.limits.iter().filter_map(|it| SemVer::loose(it));
        let limit = limits.max();
        if limit.is_some_and(|it| parsed >= it) {
            return None;
        }
        let branch = self.branches.iter().find(|it| it.has(&parsed))?;
        let highest = limit.and_then(|limit| {
            let mut texts = self.limits.iter();
            texts.find(|it| SemVer::loose(it) == Some(limit))
        });
        Some(Hit {
            range: branch.comparators(highest.map(String::as_str)),
            fixed: match &branch.end {
                End::Fixed(version) => vec![version.clone()],
                End::LastAffected(_) | End::Open => Vec::new(),
            },
        })
    }

    /// True when the record leaves open whether this version is affected.
    pub(crate) fn is_ambiguous(&self, version: &str) -> bool {
        let parsed = SemVer::parse(version);
        parsed.is_some() && self.ambiguous.iter().any(|it| SemVer::loose(it) == parsed)
    }
}

impl Mark<'_> {
    /// An introduction comes before an end at the same version, a last affected version after both.
    fn rank(&self) -> u8 {
        match self.event {
            Event::Introduced(_) => 0,
            Event::Fixed(_) => 1,
            Event::LastAffected(_) | Event::Limit(_) => 2,
        }
    }
}

/// The versions at which a range both begins and ends with a fix.
fn ambiguous(marks: &[Mark<'_>]) -> Vec<String> {
    let pairs = marks.iter().zip(marks.iter().skip(1));
    let both = pairs.filter(|(a, b)| {
        let fixed = matches!(b.event, Event::Fixed(_));
        a.order.is_some() && a.order == b.order && a.rank() == 0 && fixed
    });
    both.map(|(a, _)| a.text.to_owned()).collect()
}

fn version(text: &str) -> Result<SemVer<'_>, String> {
    SemVer::loose(text).ok_or_else(|| text.to_owned())
}

impl Branch {
    fn has(&self, version: &SemVer<'_>) -> bool {
        let order = |text: &str| SemVer::loose(text).map(|it| version.cmp(&it));
        let after = match &self.from {
            None => true,
            Some(from) => order(from).is_some_and(Ordering::is_ge),
        };
        after
            && match &self.end {
                End::Open => true,
                End::Fixed(end) => order(end).is_some_and(Ordering::is_lt),
                End::LastAffected(end) => order(end).is_some_and(Ordering::is_le),
            }
    }

    /// The branch in comparators; of its end and the limit, only the lower one. `*` for every version.
    fn comparators(&self, limit: Option<&str>) -> String {
        let lower = self.from.as_ref().map(|it| [">=", it].concat());
        let end = match &self.end {
            End::Open => None,
            End::Fixed(end) => Some(("<", &**end)),
            End::LastAffected(end) => Some(("<=", &**end)),
        };
        let upper = match (end, limit) {
            (Some((sign, end)), Some(limit)) => {
                let order = SemVer::loose(limit).cmp(&SemVer::loose(end));
                let tighter = order.is_lt() || (order.is_eq() && sign == "<=");
                Some(if tighter { ("<", limit) } else { (sign, end) })
            }
            (None, Some(limit)) => Some(("<", limit)),
            (end, None) => end,
        };
        let upper = upper.map(|(sign, end)| [sign, end].concat());
        let parts: Vec<String> = lower.into_iter().chain(upper).collect();
        if parts.is_empty() {
            "*".to_owned()
        } else {
            parts.join(" ")
        }
    }
}

#[cfg(test)]
mod tests;
