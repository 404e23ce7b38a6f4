//! Elements whose values are one of several kinds.

use bomtrail_document::{Json, Members};

use super::Converter;
use crate::spec::model::{Case, Choice, Kind};
use crate::xml::tree::Element;

impl Converter {
    /// An item of a list, whose name decides which case it is.
    pub(super) fn case_item<'t>(
        &mut self,
        element: &mut Element<'t>,
        choice: &Choice,
    ) -> Option<Json<'t>> {
        let named = |it: &&Case| it.element == element.name && it.since <= self.version;
        let case = choice.cases.iter().find(named)?;
        let Some(under) = case.under else {
            return Some(self.value(element, case.kind));
        };
        let value = self.at(under, element.start, |this| this.value(element, case.kind));
        let mut map = Members::new();
        map.insert(under, value);
        Some(map.into())
    }

    /// The value of an element: the elements in it decide which case it is, or it is the value itself.
    pub(super) fn one_of<'t>(&mut self, element: &mut Element<'t>, choice: &Choice) -> Json<'t> {
        let first = element.children.first().map(|it| it.name);
        let named = choice.cases.iter().find(|it| Some(it.element) == first);
        match named.map(|it| it.kind) {
            Some(Kind::List(item)) => self.items(element, *item),
            Some(kind) => {
                if let [child] = element.children.as_mut_slice() {
                    return self.value(child, kind);
                }
                self.problem(element.start, || {
                    format!("expected one element in `{}`", element.name)
                });
                Json::Null
            }
            None => self.itself(element, choice),
        }
    }

    fn items<'t>(&mut self, element: &mut Element<'t>, item: Kind) -> Json<'t> {
        let first = element.children.first().map(|it| it.name);
        let mut items = Vec::new();
        for child in &mut element.children {
            let start = child.start;
            if Some(child.name) != first {
                self.problem(start, || {
                    format!("`{}` is not an item of `{}`", child.name, element.name)
                });
            }
            items.push(self.at(items.len(), start, |this| this.value(child, item)));
        }
        items.into()
    }

    fn itself<'t>(&mut self, element: &mut Element<'t>, choice: &Choice) -> Json<'t> {
        let has_children = !element.children.is_empty();
        let fits = |it: &&Case| {
            it.since <= self.version && matches!(it.kind, Kind::Object(_)) == has_children
        };
        let kind = choice.cases.iter().find(fits).map(|it| it.kind);
        match kind {
            Some(Kind::List(_)) if choice.has_object(self.version) => Members::new().into(),
            Some(Kind::List(_)) => Json::Array(Vec::new()),
            Some(kind) => self.value(element, kind),
            None => {
                self.problem(element.start, || {
                    format!("the elements in `{}` are not allowed there", element.name)
                });
                Json::Null
            }
        }
    }
}
