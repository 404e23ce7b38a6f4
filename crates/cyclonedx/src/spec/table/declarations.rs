//! Annotations (1.5), declarations and definitions (1.6).

use super::component::COMPONENT;
use super::parts::{ATTACHMENT, CONTACT, ORGANISATION, PROPERTY, REFERENCE};
use super::patent::PATENTS;
use super::service::{GOVERNANCE, SERVICE};
use super::signature::SIGNATURE;
use crate::spec::field::{each, flag, list, object, plain, references, text, value};
use crate::spec::model::Format::{Iri, OpenCre, Plain, Ref, Time};
use crate::spec::model::Kind::{Object, OneOf, Share, Text};
use crate::spec::model::Rule::ExactlyOne;
use crate::spec::model::Type;
use crate::spec::version::SpecVersion::V1_7;

/// `annotation`.
pub(crate) static ANNOTATION: Type = Type::of("annotation")
    .fields(&[
        text("bom-ref", Ref).attribute(),
        references("subjects", "subject").required().unique(),
        object("annotator", &ANNOTATOR).required(),
        text("timestamp", Time).required(),
        plain("text").required(),
        object("signature", &SIGNATURE).absent(),
    ])
    .any_attribute();

/// `annotator`.
pub(crate) static ANNOTATOR: Type = Type::of("annotator")
    .fields(&[
        object("organization", &ORGANISATION),
        object("individual", &CONTACT),
        object("component", &COMPONENT),
        object("service", &SERVICE),
    ])
    .rules(&[ExactlyOne(&[
        &["organization"],
        &["individual"],
        &["component"],
        &["service"],
    ])]);

/// `declarations`.
pub(crate) static DECLARATIONS: Type = Type::of("declarations").fields(&[
    list("assessors", "assessor", Object(&ASSESSOR)),
    list("attestations", "attestation", Object(&ATTESTATION)),
    list("claims", "claim", Object(&CLAIM)),
    list("evidence", "evidence", Object(&CLAIM_EVIDENCE)),
    object("targets", &TARGETS),
    object("affirmation", &AFFIRMATION),
    object("signature", &SIGNATURE).absent(),
]);

/// `assessor`.
pub(crate) static ASSESSOR: Type = Type::of("assessor").fields(&[
    text("bom-ref", Ref).attribute(),
    flag("thirdParty"),
    object("organization", &ORGANISATION),
]);

/// `attestation`.
pub(crate) static ATTESTATION: Type = Type::of("attestation").fields(&[
    plain("summary"),
    text("assessor", Ref),
    each("map", Object(&MAPPING)),
    object("signature", &SIGNATURE).absent(),
]);

/// `map`.
pub(crate) static MAPPING: Type = Type::of("map").fields(&[
    text("requirement", Ref),
    list("claims", "claim", Text(Ref)),
    list("counterClaims", "counterClaim", Text(Ref)),
    object("conformance", &CONFORMANCE),
    object("confidence", &CONFIDENCE),
]);

/// `conformance`.
pub(crate) static CONFORMANCE: Type = Type::of("conformance").fields(&[
    value("score", Share).required_in_xml(),
    plain("rationale"),
    list("mitigationStrategies", "mitigationStrategy", Text(Ref)),
]);

/// `confidence`.
pub(crate) static CONFIDENCE: Type =
    Type::of("confidence").fields(&[value("score", Share).required_in_xml(), plain("rationale")]);

/// `claim`.
pub(crate) static CLAIM: Type = Type::of("claim").fields(&[
    text("bom-ref", Ref).attribute(),
    text("target", Ref),
    plain("predicate"),
    list("mitigationStrategies", "mitigationStrategy", Text(Ref)),
    plain("reasoning"),
    each("evidence", Text(Ref)),
    each("counterEvidence", Text(Ref)),
    list("externalReferences", "reference", Object(&REFERENCE)),
    object("signature", &SIGNATURE).absent(),
]);

/// `evidence`.
pub(crate) static CLAIM_EVIDENCE: Type = Type::of("evidence").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("propertyName"),
    plain("description"),
    each("data", Object(&EVIDENCE_DATA)),
    text("created", Time),
    text("expires", Time),
    object("author", &CONTACT),
    object("reviewer", &CONTACT),
    object("signature", &SIGNATURE).absent(),
]);

/// `data`.
pub(crate) static EVIDENCE_DATA: Type = Type::of("data").fields(&[
    plain("name"),
    object("contents", &EVIDENCE_CONTENTS),
    plain("classification"),
    each("sensitiveData", Text(Plain)),
    object("governance", &GOVERNANCE),
]);

/// `contents`.
pub(crate) static EVIDENCE_CONTENTS: Type =
    Type::of("contents").fields(&[object("attachment", &ATTACHMENT), text("url", Iri)]);

/// `targets`.
pub(crate) static TARGETS: Type = Type::of("targets").fields(&[
    list("organizations", "organization", Object(&ORGANISATION)),
    list("components", "component", Object(&COMPONENT)),
    list("services", "service", Object(&SERVICE)),
]);

/// `affirmation`.
pub(crate) static AFFIRMATION: Type = Type::of("affirmation").fields(&[
    plain("statement"),
    list("signatories", "signatory", Object(&SIGNATORY)),
    object("signature", &SIGNATURE).absent(),
]);

/// `signatory`.
pub(crate) static SIGNATORY: Type = Type::of("signatory")
    .fields(&[
        plain("name"),
        plain("role"),
        object("organization", &ORGANISATION),
        object("externalReference", &REFERENCE),
        object("signature", &SIGNATURE).absent(),
    ])
    .rules(&[ExactlyOne(&[
        &["signature"],
        &["externalReference", "organization"],
    ])]);

/// `definitions`.
pub(crate) static DEFINITIONS: Type = Type::of("definitions").fields(&[
    list("standards", "standard", Object(&STANDARD)),
    list("patents", "patent", OneOf(&PATENTS)).since(V1_7),
]);

/// `standard`.
pub(crate) static STANDARD: Type = Type::of("standard").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("name").required_in_xml(),
    plain("version").required_in_xml(),
    plain("description").required_in_xml(),
    plain("owner").required_in_xml(),
    list("requirements", "requirement", Object(&REQUIREMENT)),
    list("levels", "level", Object(&LEVEL)),
    list("externalReferences", "reference", Object(&REFERENCE)),
    object("signature", &SIGNATURE).absent(),
]);

/// `requirement`.
pub(crate) static REQUIREMENT: Type = Type::of("requirement").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("identifier"),
    plain("title"),
    plain("text"),
    list("descriptions", "description", Text(Plain)),
    each("openCre", Text(OpenCre)),
    text("parent", Ref),
    list("properties", "property", Object(&PROPERTY)),
    list("externalReferences", "reference", Object(&REFERENCE)),
]);

/// `level`.
pub(crate) static LEVEL: Type = Type::of("level").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("identifier"),
    plain("title"),
    plain("description"),
    list("requirements", "requirement", Text(Ref)),
]);
