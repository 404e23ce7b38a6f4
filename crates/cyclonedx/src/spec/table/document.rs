//! The document, its metadata, dependencies, compositions and citations.

use super::component::COMPONENT;
use super::declarations::{ANNOTATION, DECLARATIONS, DEFINITIONS};
use super::formulation::FORMULA;
use super::license::LICENSES;
use super::parts::{CONTACT, HASH, ORGANISATION, PROPERTY, REFERENCE};
use super::service::SERVICE;
use super::signature::SIGNATURE;
use super::vulnerability::VULNERABILITY;
use crate::spec::field::{
    each_reference, list, object, one_of, plain, references, text, value, words,
};
use crate::spec::model::Format::{Plain, Ref, Schema, Serial, Time, Version};
use crate::spec::model::Kind::{Integer, List, Object, OneOf, Text};
use crate::spec::model::Rule::{AtLeastOne, ExactlyOne, With};
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::{V1_2, V1_3, V1_4, V1_5, V1_6, V1_7};

/// `bom`.
pub(crate) static DOCUMENT: Type = Type::of("bom")
    .fields(&[
        text("serialNumber", Serial).attribute(),
        value("version", Integer(1, i64::MAX))
            .attribute()
            .required_until(V1_4),
        object("metadata", &METADATA),
        list("components", "component", Object(&COMPONENT)).unique(),
        list("services", "service", Object(&SERVICE)).unique(),
        list("externalReferences", "reference", Object(&REFERENCE)),
        list("dependencies", "dependency", Object(&DEPENDENCY)).unique(),
        list("compositions", "composition", Object(&COMPOSITION))
            .unique()
            .since(V1_3),
        list("properties", "property", Object(&PROPERTY)).since(V1_5),
        list("vulnerabilities", "vulnerability", Object(&VULNERABILITY))
            .unique()
            .since(V1_4),
        list("annotations", "annotation", Object(&ANNOTATION))
            .unique()
            .since(V1_5),
        list("formulation", "formula", Object(&FORMULA))
            .unique()
            .since(V1_5),
        object("declarations", &DECLARATIONS).since(V1_6),
        object("definitions", &DEFINITIONS).since(V1_6),
        list("citations", "citation", Object(&CITATION))
            .unique()
            .since(V1_7),
        text("$schema", Schema).absent(),
        words("bomFormat", &BOM_FORMAT).required().absent(),
        plain("specVersion").required().absent(),
        object("signature", &SIGNATURE).since(V1_4).absent(),
    ])
    .any_attribute();

/// `metadata`.
pub(crate) static METADATA: Type = Type::of("metadata").fields(&[
    text("timestamp", Time),
    list("lifecycles", "lifecycle", Object(&LIFECYCLE)).since(V1_5),
    one_of("tools", &TOOLS_CASES),
    list("authors", "author", Object(&CONTACT)),
    object("component", &COMPONENT),
    object("manufacturer", &ORGANISATION).since(V1_6),
    object("manufacture", &ORGANISATION),
    object("supplier", &ORGANISATION),
    list("licenses", "license", OneOf(&LICENSES)).since(V1_3),
    list("properties", "property", Object(&PROPERTY)).since(V1_3),
    object("distributionConstraints", &DISTRIBUTION).since(V1_7),
]);

/// `tool`.
pub(crate) static TOOL: Type = Type::of("tool").fields(&[
    plain("vendor"),
    plain("name"),
    text("version", Version),
    list("hashes", "hash", Object(&HASH)),
    list("externalReferences", "reference", Object(&REFERENCE)).since(V1_4),
]);

/// `dependency`.
pub(crate) static DEPENDENCY: Type = Type::of("dependency").fields(&[
    text("ref", Ref).attribute().required(),
    each_reference("dependsOn", "dependency").unique(),
    each_reference("provides", "provides").unique().since(V1_6),
]);

/// `composition`.
pub(crate) static COMPOSITION: Type = Type::of("composition").fields(&[
    text("bom-ref", Ref).attribute().since(V1_5),
    words("aggregate", &AGGREGATES).required(),
    references("assemblies", "assembly").unique(),
    references("dependencies", "dependency").unique(),
    references("vulnerabilities", "vulnerability")
        .unique()
        .since(V1_5),
    object("signature", &SIGNATURE).since(V1_4).absent(),
]);

/// `lifecycle`.
pub(crate) static LIFECYCLE: Type = Type::of("lifecycle")
    .fields(&[words("phase", &PHASES), plain("name"), plain("description")])
    .rules(&[
        ExactlyOne(&[&["phase"], &["name"]]),
        With("description", "name"),
    ]);

/// `tools`.
pub(crate) static TOOLS: Type = Type::of("tools").fields(&[
    list("components", "component", Object(&COMPONENT)).unique(),
    list("services", "service", Object(&SERVICE)).unique(),
]);

/// `distributionConstraints`.
pub(crate) static DISTRIBUTION: Type =
    Type::of("distributionConstraints").fields(&[words("tlp", &TLP)]);

/// `citation`.
pub(crate) static CITATION: Type = Type::of("citation")
    .fields(&[
        text("bom-ref", Ref).attribute(),
        list("pointers", "pointer", Text(Plain)).filled(),
        list("expressions", "expression", Text(Plain)).filled(),
        text("timestamp", Time).required(),
        text("attributedTo", Ref),
        text("process", Ref),
        plain("note"),
        object("signature", &SIGNATURE).absent(),
    ])
    .rules(&[
        AtLeastOne(&[&["attributedTo"], &["process"]]),
        ExactlyOne(&[&["pointers"], &["expressions"]]),
    ]);

/// Tools before 1.5 are a list; since then an object of components and services.
pub(crate) static TOOLS_CASES: Choice = Choice::new(&[
    Case::new("tool", List(&Object(&TOOL))),
    Case::new("", Object(&TOOLS)).since(V1_5),
]);

static BOM_FORMAT: Words = Words::new(&[(V1_2, "CycloneDX")]);

static PHASES: Words = Words::new(&[(
    V1_5,
    "design, pre-build, build, post-build, operations, discovery, decommission",
)]);

static AGGREGATES: Words = Words::new(&[
    (
        V1_2,
        "complete, incomplete, incomplete_first_party_only, incomplete_third_party_only, unknown, \
        not_specified",
    ),
    (
        V1_5,
        "incomplete_first_party_proprietary_only, incomplete_first_party_opensource_only, \
        incomplete_third_party_proprietary_only, incomplete_third_party_opensource_only",
    ),
])
.or("incomplete");

static TLP: Words = Words::new(&[(V1_7, "CLEAR, GREEN, AMBER, AMBER_AND_STRICT, RED")]);
