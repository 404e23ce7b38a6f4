//! Values that are one of several kinds.

use bomtrail_document::Json;

use super::{Checker, Step, message};
use crate::spec::encoding::Encoding;
use crate::spec::model::{Case, Choice, Kind};

impl<'v> Checker<'v> {
    /// Checks a value against the cases that it could be of by its type.
    pub(super) fn choice(&mut self, value: &'v Json<'v>, choice: &'static Choice) {
        let version = self.dialect.version;
        let is_possible = |it: &&'static Case| it.since <= version && has_type(it, value);
        let mut possible = choice.cases.iter().filter(is_possible);
        match (possible.next(), possible.next()) {
            (None, _) => {
                return self.problem(|| message::instead(&message::choice(choice), value));
            }
            (Some(case), None) => return self.case(value, case),
            _ => {}
        }
        let possible = || choice.cases.iter().filter(is_possible);
        let mut fitting = possible().filter(|it| self.fits(value, it));
        let first = fitting.next();
        if first.is_some() && !choice.exactly_one && value.is_string() {
            return;
        }
        let second = fitting.next();
        match (first, second) {
            // Only objects have references, which a trial does not take.
            (Some(_), None) if value.is_string() => {}
            (Some(case), None) => self.case(value, case),
            (Some(case), Some(_)) if !choice.exactly_one => self.case(value, case),
            (Some(_), Some(_)) => {
                self.problem(|| ["this fits more than one of ", &message::choice(choice)].concat());
            }
            (None, _) => {
                let likely = possible().find(|it| is_likely(it, value));
                if let Some(case) = likely.or_else(|| possible().next()) {
                    self.case(value, case);
                }
            }
        }
    }

    fn fits(&mut self, value: &'v Json<'v>, case: &'static Case) -> bool {
        let before = self.problems.count();
        let was_trial = std::mem::replace(&mut self.is_trial, true);
        self.case(value, case);
        self.is_trial = was_trial;
        let fits = self.problems.count() == before;
        self.problems.truncate(before);
        fits
    }

    fn case(&mut self, value: &'v Json<'v>, case: &'static Case) {
        let (Some(under), Some(map)) = (case.under, value.as_object()) else {
            return self.kind(value, case.kind);
        };
        for (name, it) in map.iter() {
            self.at(Step::Key(name), |this| {
                if name == under {
                    this.kind(it, case.kind);
                } else {
                    this.problem(|| format!("`{name}` is not allowed next to `{under}`"));
                }
            });
        }
    }

    /// Checks what holds for all items of a list.
    pub(super) fn items(&mut self, items: &'v [Json<'v>], choice: &'static Choice) {
        let version = self.dialect.version;
        if let (Some((first, last)), Some(main)) = (choice.first_or_single, choice.cases.first()) {
            let is_xml = self.dialect.encoding == Encoding::Xml;
            let holds = (first <= version || is_xml) && version <= last;
            if holds && items.len() > 1 && !items.iter().all(|it| has_type(main, it)) {
                let message = "an expression is the only item of this list before version 1.7";
                self.problem(|| message.to_owned());
            }
        }
        if choice.uniform && items.iter().any(Json::is_string) && items.iter().any(Json::is_object)
        {
            self.problem(|| "expected only objects or only references, found both".to_owned());
        }
    }
}

/// Whether a value has the JSON type of a case.
fn has_type(case: &Case, value: &Json<'_>) -> bool {
    match (case.under, value) {
        (Some(under), Json::Object(map)) => map.contains_key(under),
        (Some(_), _) => false,
        (None, value) => match case.kind {
            Kind::Text(_) | Kind::Word(_) => value.is_string(),
            Kind::Object(_) => value.is_object(),
            Kind::List(_) => value.is_array(),
            Kind::Flag => value.is_boolean(),
            Kind::Integer(..) | Kind::Number | Kind::Share => value.is_number(),
            Kind::OneOf(_) => true,
        },
    }
}

/// Whether a value has all the fields that a case requires.
fn is_likely(case: &Case, value: &Json<'_>) -> bool {
    match case.kind {
        Kind::Object(of) => of
            .fields
            .iter()
            .all(|it| it.required.is_none() || value.get(it.name).is_some()),
        _ => true,
    }
}
