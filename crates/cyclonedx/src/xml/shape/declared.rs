//! Annotations, declarations and definitions in XML.

use super::Field::{Attribute, Each, Flag, List, Object, References, Text, TextList, Texts};
use super::{ATTACHMENT, COMPONENT, CONTACT, ENTITY, SERVICE, Shape, shape};

static ANNOTATOR: Shape = shape(&[
    Object("organization", &ENTITY),
    Object("individual", &CONTACT),
    Object("component", &COMPONENT),
    Object("service", &SERVICE),
]);
/// `annotation`.
pub(in crate::xml) static ANNOTATION: Shape = shape(&[
    Attribute("bom-ref"),
    References("subjects", "subject"),
    Object("annotator", &ANNOTATOR),
    Text("timestamp"),
    Text("text"),
]);

static ASSESSOR: Shape = shape(&[
    Attribute("bom-ref"),
    Flag("thirdParty"),
    Object("organization", &ENTITY),
]);
static SCORE: Shape = shape(&[Text("score"), Text("rationale")]);
static MAP: Shape = shape(&[
    Text("requirement"),
    TextList("claims", "claim"),
    TextList("counterClaims", "counterClaim"),
    Object("conformance", &SCORE),
    Object("confidence", &SCORE),
]);
static ATTESTATION: Shape = shape(&[Text("summary"), Text("assessor"), Each("map", &MAP)]);
static CLAIM: Shape = shape(&[
    Attribute("bom-ref"),
    Text("target"),
    Text("predicate"),
    Text("reasoning"),
    Texts("evidence"),
    Texts("counterEvidence"),
]);
static CONTENTS: Shape = shape(&[Object("attachment", &ATTACHMENT), Text("url")]);
static DATA: Shape = shape(&[Text("name"), Object("contents", &CONTENTS)]);
static EVIDENCE: Shape = shape(&[
    Attribute("bom-ref"),
    Text("propertyName"),
    Text("description"),
    Each("data", &DATA),
    Text("created"),
    Text("expires"),
    Object("author", &CONTACT),
    Object("reviewer", &CONTACT),
]);
/// `declarations`.
pub(in crate::xml) static DECLARATIONS: Shape = shape(&[
    List("assessors", "assessor", &ASSESSOR),
    List("attestations", "attestation", &ATTESTATION),
    List("claims", "claim", &CLAIM),
    List("evidence", "evidence", &EVIDENCE),
]);

static REQUIREMENT: Shape = shape(&[
    Attribute("bom-ref"),
    Text("identifier"),
    Text("title"),
    Text("text"),
]);
static STANDARD: Shape = shape(&[
    Attribute("bom-ref"),
    Text("name"),
    Text("version"),
    Text("description"),
    Text("owner"),
    List("requirements", "requirement", &REQUIREMENT),
]);
/// `definitions`.
pub(in crate::xml) static DEFINITIONS: Shape = shape(&[List("standards", "standard", &STANDARD)]);
