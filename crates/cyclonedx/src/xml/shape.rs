//! How the fields of the JSON encoding stand in XML: as attributes, elements, or lists of elements, in the order of the
//! schema. Data only. What is in no shape here has no place in what we write, and is not kept of what we read.

mod declared;

pub(super) use declared::{ANNOTATION, DECLARATIONS, DEFINITIONS};

/// A field and how it stands in XML. The first text is its name in JSON; where there is another, that is the element's.
pub(super) enum Field {
    /// An attribute.
    Attribute(&'static str),
    /// An attribute that is true or false.
    Truth(&'static str),
    /// An element with text.
    Text(&'static str),
    /// An element that is true or false.
    Flag(&'static str),
    /// An element.
    Object(&'static str, &'static Shape),
    /// An element around elements.
    List(&'static str, &'static str, &'static Shape),
    /// Elements with nothing around them.
    Each(&'static str, &'static Shape),
    /// Elements with text and nothing around them.
    Texts(&'static str),
    /// An element around elements with text.
    TextList(&'static str, &'static str),
    /// An element around elements with an attribute `ref`.
    References(&'static str, &'static str),
    /// Elements with an attribute `ref`, and nothing around them.
    EachReference(&'static str, &'static str),
    /// `licenses`, whose items are of two kinds.
    Licenses,
    /// `tools`, which are a list of names or two lists.
    Tools,
}

use Field::{
    Attribute, Each, EachReference, Flag, Licenses, List, Object, References, Text, TextList,
    Texts, Tools, Truth,
};

/// The fields of an object, attributes first.
pub(super) struct Shape {
    pub(super) fields: &'static [Field],
    /// The field that is the element's own text.
    pub(super) content: Option<&'static str>,
}

const fn shape(fields: &'static [Field]) -> Shape {
    Shape {
        fields,
        content: None,
    }
}

static PROPERTY: Shape = Shape {
    fields: &[Attribute("name")],
    content: Some("value"),
};
static HASH: Shape = Shape {
    fields: &[Attribute("alg")],
    content: Some("content"),
};
static ATTACHMENT: Shape = Shape {
    fields: &[Attribute("content-type"), Attribute("encoding")],
    content: Some("content"),
};
static CONTACT: Shape = shape(&[
    Attribute("bom-ref"),
    Text("name"),
    Text("email"),
    Text("phone"),
]);
static ADDRESS: Shape = shape(&[
    Attribute("bom-ref"),
    Text("country"),
    Text("region"),
    Text("locality"),
    Text("postOfficeBoxNumber"),
    Text("postalCode"),
    Text("streetAddress"),
]);
static ENTITY: Shape = shape(&[
    Attribute("bom-ref"),
    Text("name"),
    Object("address", &ADDRESS),
    Texts("url"),
    Each("contact", &CONTACT),
]);
static REFERENCE: Shape = shape(&[
    Attribute("type"),
    Text("url"),
    Text("comment"),
    List("hashes", "hash", &HASH),
    List("properties", "property", &PROPERTY),
]);
static DIFF: Shape = shape(&[Object("text", &ATTACHMENT), Text("url")]);
static PATCH: Shape = shape(&[Attribute("type"), Object("diff", &DIFF)]);
static COMMIT: Shape = shape(&[Text("uid"), Text("url"), Text("message")]);
static PEDIGREE: Shape = shape(&[
    List("ancestors", "component", &COMPONENT),
    List("descendants", "component", &COMPONENT),
    List("variants", "component", &COMPONENT),
    List("commits", "commit", &COMMIT),
    List("patches", "patch", &PATCH),
    Text("notes"),
]);
static SWID: Shape = shape(&[
    Attribute("tagId"),
    Attribute("name"),
    Attribute("version"),
    Object("text", &ATTACHMENT),
    Text("url"),
]);
static TOOL: Shape = shape(&[
    Text("vendor"),
    Text("name"),
    Text("version"),
    List("hashes", "hash", &HASH),
    List("externalReferences", "reference", &REFERENCE),
]);
static LIFECYCLE: Shape = shape(&[Text("phase"), Text("name"), Text("description")]);
static CONSTRAINTS: Shape = shape(&[Text("tlp")]);
static DATA_FLOW: Shape = Shape {
    fields: &[Attribute("flow")],
    content: Some("classification"),
};
/// `service`.
pub(super) static SERVICE: Shape = shape(&[
    Attribute("bom-ref"),
    Object("provider", &ENTITY),
    Text("group"),
    Text("name"),
    Text("version"),
    Text("description"),
    TextList("endpoints", "endpoint"),
    Flag("authenticated"),
    Flag("x-trust-boundary"),
    Text("trustZone"),
    List("data", "classification", &DATA_FLOW),
    Licenses,
    List("externalReferences", "reference", &REFERENCE),
    List("properties", "property", &PROPERTY),
    List("services", "service", &SERVICE),
]);

/// `license` in an item of `licenses`.
pub(super) static LICENSE: Shape = shape(&[
    Attribute("bom-ref"),
    Attribute("acknowledgement"),
    Text("id"),
    Text("name"),
    Object("text", &ATTACHMENT),
    Text("url"),
    List("properties", "property", &PROPERTY),
]);
/// An item of `licenses` that is an expression.
pub(super) static EXPRESSION: Shape = Shape {
    fields: &[Attribute("bom-ref"), Attribute("acknowledgement")],
    content: Some("expression"),
};
/// One of `tools` before 1.5.
pub(super) static LEGACY_TOOL: &Shape = &TOOL;
/// `tools` since 1.5.
pub(super) static TOOLS: Shape = shape(&[
    List("components", "component", &COMPONENT),
    List("services", "service", &SERVICE),
]);
/// `component`.
pub(super) static COMPONENT: Shape = shape(&[
    Attribute("type"),
    Attribute("mime-type"),
    Attribute("bom-ref"),
    Truth("isExternal"),
    Object("supplier", &ENTITY),
    Object("manufacturer", &ENTITY),
    List("authors", "author", &CONTACT),
    Text("author"),
    Text("publisher"),
    Text("group"),
    Text("name"),
    Text("version"),
    Text("versionRange"),
    Text("description"),
    Text("scope"),
    List("hashes", "hash", &HASH),
    Licenses,
    Text("copyright"),
    Text("cpe"),
    Text("purl"),
    Texts("omniborId"),
    Texts("swhid"),
    Object("swid", &SWID),
    Flag("modified"),
    Object("pedigree", &PEDIGREE),
    List("externalReferences", "reference", &REFERENCE),
    List("properties", "property", &PROPERTY),
    List("components", "component", &COMPONENT),
    TextList("tags", "tag"),
]);
/// `metadata`.
pub(super) static METADATA: Shape = shape(&[
    Text("timestamp"),
    List("lifecycles", "lifecycle", &LIFECYCLE),
    Tools,
    List("authors", "author", &CONTACT),
    Object("component", &COMPONENT),
    Object("manufacture", &ENTITY),
    Object("manufacturer", &ENTITY),
    Object("supplier", &ENTITY),
    Licenses,
    List("properties", "property", &PROPERTY),
    Object("distributionConstraints", &CONSTRAINTS),
]);
/// `dependency`.
pub(super) static DEPENDENCY: Shape = shape(&[
    Attribute("ref"),
    EachReference("dependsOn", "dependency"),
    EachReference("provides", "provides"),
]);
/// `composition`.
pub(super) static COMPOSITION: Shape = shape(&[
    Attribute("bom-ref"),
    Text("aggregate"),
    References("assemblies", "assembly"),
    References("dependencies", "dependency"),
    References("vulnerabilities", "vulnerability"),
]);
/// `formula`.
pub(super) static FORMULA: Shape = shape(&[
    Attribute("bom-ref"),
    List("components", "component", &COMPONENT),
    List("services", "service", &SERVICE),
    List("properties", "property", &PROPERTY),
]);
/// `citation`.
pub(super) static CITATION: Shape = shape(&[
    Attribute("bom-ref"),
    TextList("pointers", "pointer"),
    TextList("expressions", "expression"),
    Text("timestamp"),
    Text("attributedTo"),
    Text("process"),
    Text("note"),
]);
/// `bom`, beside what its name space says.
pub(super) static BOM: Shape = shape(&[
    Attribute("serialNumber"),
    Attribute("version"),
    Object("metadata", &METADATA),
    List("components", "component", &COMPONENT),
    List("services", "service", &SERVICE),
    List("externalReferences", "reference", &REFERENCE),
    List("dependencies", "dependency", &DEPENDENCY),
    List("compositions", "composition", &COMPOSITION),
    List("properties", "property", &PROPERTY),
    List("annotations", "annotation", &ANNOTATION),
    List("formulation", "formula", &FORMULA),
    Object("declarations", &DECLARATIONS),
    Object("definitions", &DEFINITIONS),
    List("citations", "citation", &CITATION),
]);
