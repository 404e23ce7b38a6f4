//! What all our JSON documents share, spelled once: the program, a digest, a place, a problem, a change.
//!
//! Every document begins with `schema` and `tool`, its keys are in camelCase, and `ref` is what the SBOM calls a component.

pub(crate) mod approval;

use std::borrow::Cow;
use std::io::{self, Write};

use bomtrail_document::Layout;
use bomtrail_graph::{Diagnostic, Hash, NodeRef, Place, Tool};
use serde::{Serialize, Serializer};

use crate::diff::{Change, VersionStep};
use crate::label;
use crate::mark::Mark;

/// Writes a document with line breaks and indentation, and a line feed at its end.
pub(crate) fn print(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    bomtrail_document::print(document, Layout::Pretty, out)
}

/// The program that wrote the document.
#[derive(Serialize)]
pub(crate) struct ToolView<'a> {
    name: &'a str,
    version: &'a str,
}

impl<'a> From<Tool<'a>> for ToolView<'a> {
    fn from(tool: Tool<'a>) -> Self {
        Self {
            name: tool.name,
            version: tool.version,
        }
    }
}

impl ToolView<'_> {
    /// Name and version.
    pub(crate) fn label(&self) -> String {
        [self.name, " ", self.version].concat()
    }
}

/// A digest: the CycloneDX name of its algorithm, and its bytes in lower-case hexadecimal.
#[derive(Serialize)]
pub(crate) struct HashView {
    pub(crate) alg: &'static str,
    pub(crate) content: String,
}

impl From<&Hash> for HashView {
    fn from(hash: &Hash) -> Self {
        Self {
            alg: hash.algorithm().name(),
            content: hash.hex(),
        }
    }
}

/// Where something is: a file, and as much of the place in it as is known.
#[derive(Serialize)]
pub(crate) struct LocationView<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

impl LocationView<'_> {
    /// The place as people read it.
    pub(crate) fn text(&self) -> String {
        let mut text = self.file.to_owned();
        if let Some(line) = self.line {
            text.push(':');
            text.push_str(&line.to_string());
        }
        if let Some(entry) = self.entry {
            text.extend([" (", entry, ")"]);
        }
        text
    }
}

impl<'a> From<&'a Place> for LocationView<'a> {
    fn from(place: &'a Place) -> Self {
        Self {
            file: &place.path,
            entry: place.entry.as_deref(),
            line: place.line,
            column: place.column,
        }
    }
}

/// A problem of an input.
#[derive(Serialize)]
pub(crate) struct DiagnosticView<'a> {
    pub(crate) id: &'static str,
    pub(crate) level: &'static str,
    pub(crate) message: &'a str,
    pub(crate) location: LocationView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<&'a str>,
}

impl<'a> From<&'a Diagnostic> for DiagnosticView<'a> {
    fn from(it: &'a Diagnostic) -> Self {
        Self {
            id: it.code.id,
            level: it.code.level.name(),
            message: &it.message,
            location: (&it.place).into(),
            help: it.help.as_deref(),
        }
    }
}

/// A change of one package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangeView<'a> {
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) package: &'a str,
    pub(crate) before: &'a [String],
    pub(crate) after: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<&'static str>,
    pub(crate) brought_by: &'a [String],
}

impl<'a> From<&'a Change> for ChangeView<'a> {
    fn from(it: &'a Change) -> Self {
        Self {
            kind: it.kind.name(),
            title: it.kind.title(),
            package: &it.package,
            before: &it.before,
            after: &it.after,
            step: it.step.map(VersionStep::name),
            brought_by: &it.brought_by,
        }
    }
}

/// A remark about a package or a dependency.
#[derive(Serialize)]
pub(crate) struct MarkView<'a> {
    mark: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
}

impl<'a> From<Mark<'a>> for MarkView<'a> {
    fn from(mark: Mark<'a>) -> Self {
        Self {
            mark: mark.name(),
            value: mark.value(),
        }
    }
}

/// A package that a document names: as the SBOM calls it, and as people read it.
#[derive(Serialize)]
pub(crate) struct PackageView<'a> {
    #[serde(rename = "ref")]
    reference: Cow<'a, str>,
    label: String,
}

impl<'a> From<NodeRef<'a>> for PackageView<'a> {
    fn from(node: NodeRef<'a>) -> Self {
        Self {
            reference: node.reference(),
            label: label::of_node(node),
        }
    }
}

/// Serializes what an iterator gives, as often as asked.
pub(crate) struct Each<I>(pub(crate) I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

#[cfg(test)]
pub(crate) mod tests;
