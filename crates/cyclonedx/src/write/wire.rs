//! The values of a CycloneDX document, named and ordered as in the JSON schema. They borrow from the graph and live only while
//! they are printed. The code that fills them decides which of them a version has.

mod declared;
mod entity;
mod service;

pub(crate) use declared::{
    Annotation, Annotator, Assessor, Attestation, Claim, Conformance, Declarations, Definitions,
    Evidence, EvidenceData, Mapping, Requirement, Standard,
};
pub(crate) use entity::{Contact, Entity};
pub(crate) use service::{DataFlow, Service};

use std::borrow::Cow;

use bomtrail_graph::{Hash, HashAlgorithm};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// `metadata`.
#[derive(Serialize)]
pub(crate) struct Metadata<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timestamp: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) lifecycles: Vec<Phase>,
    pub(crate) tools: Tools<'g>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) component: Option<Component<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) authors: Vec<Contact<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manufacture: Option<Entity<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manufacturer: Option<Entity<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) supplier: Option<Entity<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) properties: Vec<Property<'g>>,
}

/// One of `metadata.lifecycles`.
#[derive(Serialize)]
pub(crate) struct Phase {
    pub(crate) phase: &'static str,
}

/// `metadata.tools`: a list of names before 1.5, components since.
pub(crate) enum Tools<'g> {
    Names(LegacyTool<'g>),
    Components(Box<Component<'g>>),
}

/// A tool before 1.5.
#[derive(Serialize)]
pub(crate) struct LegacyTool<'g> {
    pub(crate) name: &'g str,
    pub(crate) version: &'g str,
}

impl Serialize for Tools<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Components<'a, 'g> {
            components: [&'a Component<'g>; 1],
        }
        match self {
            Self::Names(tool) => [tool].serialize(serializer),
            Self::Components(tool) => Components {
                components: [&**tool],
            }
            .serialize(serializer),
        }
    }
}

/// `component`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Component<'g> {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    #[serde(rename = "bom-ref", skip_serializing_if = "Option::is_none")]
    pub(crate) bom_ref: Option<Cow<'g, str>>,
    /// Since 1.7.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) is_external: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) supplier: Option<Entity<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manufacturer: Option<Entity<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) authors: Vec<Contact<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<Cow<'g, str>>,
    pub(crate) name: Cow<'g, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<&'g str>,
    /// Since 1.7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version_range: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Hashes::is_empty")]
    pub(crate) hashes: Hashes<'g>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) licenses: Vec<LicenseChoice<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) copyright: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cpe: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) purl: Option<&'g str>,
    /// Since 1.6.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) swhid: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pedigree: Option<Pedigree<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) external_references: Vec<ExternalReference<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) properties: Vec<Property<'g>>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// `hashes`, sorted by algorithm.
#[derive(Clone, Default)]
pub(crate) struct Hashes<'g>(Cow<'g, [Hash]>);

impl<'g> Hashes<'g> {
    /// The hashes in order; copied only when they are not sorted.
    pub(crate) fn sorted(hashes: &'g [Hash]) -> Self {
        if hashes.is_sorted_by(|a, b| a < b) {
            return Self(Cow::Borrowed(hashes));
        }
        let mut hashes = hashes.to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        Self(Cow::Owned(hashes))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Hashes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Item<'a> {
            alg: &'static str,
            content: Hex<'a>,
        }
        serializer.collect_seq(self.0.iter().map(|hash| Item {
            alg: algorithm(hash.algorithm()),
            content: Hex(hash.digest()),
        }))
    }
}

/// The name in `hash-alg`; the graph uses the names of CycloneDX, so this only avoids the look-up.
fn algorithm(algorithm: HashAlgorithm) -> &'static str {
    match algorithm {
        HashAlgorithm::Sha512 => "SHA-512",
        HashAlgorithm::Sha1 => "SHA-1",
        other => other.name(),
    }
}

/// Bytes as lower-case hexadecimal, without a heap copy.
struct Hex<'a>(&'a [u8]);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The longest digest has 64 bytes.
        let mut text = [b'0'; 128];
        let (pairs, _) = text.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        let text = text.get(..self.0.len() * 2).unwrap_or_default();
        serializer.serialize_str(std::str::from_utf8(text).unwrap_or_default())
    }
}

/// The digit of a number below 16. Without a table, the compiler makes vector instructions of it.
const fn digit(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'a' - 10 + nibble
    }
}

/// `licenseChoice`: exactly one of the two is present.
#[derive(Default, Serialize)]
pub(crate) struct LicenseChoice<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) license: Option<License<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expression: Option<&'g str>,
    /// Of the expression; a licence has its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acknowledgement: Option<&'static str>,
    /// Texts of the licences in the expression (1.7).
    #[serde(rename = "expressionDetails", skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<ExpressionDetail<'g>>,
}

/// `expressionDetails` (1.7).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExpressionDetail<'g> {
    pub(crate) license_identifier: &'g str,
    pub(crate) text: Attachment<'g>,
}

/// `attachment`, as plain text.
#[derive(Serialize)]
pub(crate) struct Attachment<'g> {
    pub(crate) content: &'g str,
}

/// `license`: exactly one of `id` and `name` is present.
#[derive(Default, Serialize)]
pub(crate) struct License<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Attachment<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acknowledgement: Option<&'static str>,
}

/// `pedigree`.
#[derive(Serialize)]
pub(crate) struct Pedigree<'g> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) commits: Vec<Commit<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) patches: Vec<Patch>,
}

/// `commit`.
#[derive(Serialize)]
pub(crate) struct Commit<'g> {
    pub(crate) uid: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

/// `patch`.
#[derive(Serialize)]
pub(crate) struct Patch {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) diff: Diff,
}

/// `diff`.
#[derive(Serialize)]
pub(crate) struct Diff {
    pub(crate) url: String,
}

/// `externalReference`.
#[derive(Serialize)]
pub(crate) struct ExternalReference<'g> {
    #[serde(rename = "type")]
    pub(crate) kind: &'g str,
    pub(crate) url: Cow<'g, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comment: Option<Cow<'g, str>>,
    #[serde(skip_serializing_if = "Hashes::is_empty")]
    pub(crate) hashes: Hashes<'g>,
    /// Since 1.7.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) properties: Vec<Property<'g>>,
}

/// `property`.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Property<'g> {
    pub(crate) name: Cow<'g, str>,
    pub(crate) value: Cow<'g, str>,
}

/// `citation` (1.7).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Citation<'g> {
    pub(crate) pointers: Vec<String>,
    pub(crate) timestamp: &'g str,
    pub(crate) attributed_to: String,
}

/// `formula`.
#[derive(Serialize)]
pub(crate) struct Formula<'g> {
    pub(crate) components: Vec<Component<'g>>,
}

/// `dependency`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dependency<'g, D> {
    #[serde(rename = "ref")]
    pub(crate) reference: Cow<'g, str>,
    /// Present even when empty: consumers read a missing list as unknown, and one of them fails on it.
    pub(crate) depends_on: D,
}

/// `compositions`.
#[derive(Serialize)]
pub(crate) struct Composition<D> {
    pub(crate) aggregate: &'static str,
    pub(crate) dependencies: D,
}

/// Two lists printed as one.
pub(crate) struct Joined<A, B>(pub(crate) A, pub(crate) B);

impl<A, B, T> Joined<A, B>
where
    A: Iterator<Item = T> + Clone,
    B: Iterator<Item = T> + Clone,
{
    pub(crate) fn is_empty(&self) -> bool {
        self.0.clone().next().is_none() && self.1.clone().next().is_none()
    }
}

impl<A, B, T> Serialize for Joined<A, B>
where
    A: Iterator<Item = T> + Clone,
    B: Iterator<Item = T> + Clone,
    T: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        self.0
            .clone()
            .try_for_each(|it| list.serialize_element(&it))?;
        self.1
            .clone()
            .try_for_each(|it| list.serialize_element(&it))?;
        list.end()
    }
}

/// A list whose items are made while they are printed.
pub(crate) struct Each<F>(pub(crate) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
