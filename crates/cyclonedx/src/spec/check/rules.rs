//! What must hold between the fields of an object.

use bomtrail_document::{Json, Members};

use super::{Checker, Step};
use crate::spec::encoding::Encoding;
use crate::spec::model::{Rule, Type, Xml};

type Sets = &'static [&'static [&'static str]];

impl<'v> Checker<'v> {
    pub(super) fn rules(&mut self, map: &'v Members<'v>, of: &'static Type) {
        let has = |name: &str| map.contains_key(name);
        let complete = |sets: Sets| {
            sets.iter()
                .filter(|set| set.iter().all(|it| has(it)))
                .count()
        };
        let is_xml = self.dialect.encoding == Encoding::Xml;
        // XML has its own signatures, which are not read.
        let is_unknown = |name: &&str| {
            of.field(name)
                .is_some_and(|it| matches!(it.xml, Xml::Absent))
        };
        let is_open = |sets: Sets| is_xml && sets.iter().any(|set| set.iter().any(is_unknown));
        for rule in of.rules {
            match *rule {
                Rule::ExactlyOne(sets) if is_open(sets) => {}
                Rule::ExactlyOne(sets) if complete(sets) != 1 => {
                    self.problem(|| format!("expected exactly one of {}", names(sets)));
                }
                Rule::AtLeastOne(sets) if complete(sets) == 0 => {
                    self.problem(|| format!("expected at least one of {}", names(sets)));
                }
                Rule::With(field, other) if has(field) && !has(other) => {
                    self.at(Step::Key(field), |this| {
                        this.problem(|| format!("`{field}` is only allowed with `{other}`"));
                    });
                }
                Rule::Excludes(field, other) if has(field) && has(other) => {
                    self.problem(|| format!("`{field}` and `{other}` exclude each other"));
                }
                Rule::OnlyExternal(field) if has(field) => {
                    let is_external = map.get("isExternal").and_then(Json::as_bool) == Some(true);
                    if !is_external {
                        self.at(Step::Key(field), |this| {
                            this.problem(|| {
                                format!("`{field}` is only allowed where `isExternal` is true")
                            });
                        });
                    }
                }
                Rule::Alone(field) if has(field) && map.len() > 1 => {
                    self.problem(|| format!("`{field}` excludes all other fields"));
                }
                Rule::ExactlyOne(_)
                | Rule::AtLeastOne(_)
                | Rule::With(..)
                | Rule::Excludes(..)
                | Rule::OnlyExternal(_)
                | Rule::Alone(_) => {}
            }
        }
    }
}

/// `a`, `b` and `c`, or `d`.
fn names(sets: Sets) -> String {
    let set = |set: &&[&str]| {
        let names: Vec<String> = set.iter().map(|it| format!("`{it}`")).collect();
        names.join(" with ")
    };
    let sets: Vec<String> = sets.iter().map(set).collect();
    sets.join(", ")
}
