//! Elements while they are read.

use std::borrow::Cow;

/// The deepest nesting of elements.
pub(super) const DEEPEST: usize = 100;

/// An element of the namespace of the document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::xml) struct Element<'t> {
    pub(in crate::xml) name: &'t str,
    /// Attributes without a namespace.
    pub(in crate::xml) attributes: Vec<(&'t str, Cow<'t, str>)>,
    pub(in crate::xml) children: Vec<Element<'t>>,
    pub(in crate::xml) text: Cow<'t, str>,
    /// The position in the text where it begins, in bytes.
    pub(in crate::xml) start: usize,
}

/// Makes a tree of what begins and ends.
#[derive(Default)]
pub(super) struct Builder<'t> {
    /// Each with the number of elements that had ended when it began.
    open: Vec<(Element<'t>, usize)>,
    /// The elements that have ended and whose parents are open. Those of one parent become a list of the right size at its end.
    ended: Vec<Element<'t>>,
}

impl<'t> Builder<'t> {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The name of the innermost element that is open.
    pub(super) fn name(&self) -> Option<&'t str> {
        self.open.last().map(|(it, _)| it.name)
    }

    /// True when the innermost element that is open has no text yet.
    pub(super) fn is_without_text(&self) -> bool {
        self.open.last().is_some_and(|(it, _)| it.text.is_empty())
    }

    pub(super) fn begin(&mut self, element: Element<'t>) {
        if let Some((parent, _)) = self.open.last_mut()
            && is_blank(&parent.text)
        {
            parent.text = Cow::default();
        }
        self.open.push((element, self.ended.len()));
    }

    /// Ends the innermost element; false when none is open.
    pub(super) fn end(&mut self) -> bool {
        let Some((mut element, before)) = self.open.pop() else {
            return false;
        };
        if self.ended.len() > before {
            element.children = self.ended.drain(before..).collect();
        }
        self.ended.push(element);
        true
    }

    pub(super) fn push(&mut self, text: Cow<'t, str>) {
        let Some((element, before)) = self.open.last_mut() else {
            return;
        };
        if element.text.is_empty() {
            if self.ended.len() == *before || !is_blank(&text) {
                element.text = text;
            }
        } else {
            element.text.to_mut().push_str(&text);
        }
    }

    /// The elements without a parent, when all have ended.
    pub(super) fn roots(self) -> Option<Vec<Element<'t>>> {
        self.open.is_empty().then_some(self.ended)
    }
}

/// True for what is between elements that hold no text.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_whitespace())
}
