//! Services, the data they exchange and its governance.

use super::component::RELEASE_NOTES;
use super::license::LICENSES;
use super::parts::{CONTACT, ORGANISATION, PROPERTY, REFERENCE};
use super::patent::PATENT_ASSERTION;
use super::signature::SIGNATURE;
use crate::spec::field::{flag, list, object, plain, text, words};
use crate::spec::model::Format::{Iri, Plain, Ref, Version};
use crate::spec::model::Kind::{Object, OneOf, Text};
use crate::spec::model::Rule::ExactlyOne;
use crate::spec::model::{Type, Words};
use crate::spec::version::SpecVersion::{V1_2, V1_3, V1_4, V1_5, V1_6, V1_7};

/// `service`.
pub(crate) static SERVICE: Type = Type::of("service")
    .fields(&[
        text("bom-ref", Ref).attribute(),
        object("provider", &ORGANISATION),
        plain("group"),
        plain("name").required(),
        text("version", Version),
        plain("description"),
        list("endpoints", "endpoint", Text(Iri)),
        flag("authenticated"),
        flag("x-trust-boundary"),
        plain("trustZone").since(V1_5),
        list("data", "dataflow", Object(&DATA_FLOW)).or_item("classification", &CLASSIFICATION),
        list("licenses", "license", OneOf(&LICENSES)),
        list(
            "patentAssertions",
            "patentAssertion",
            Object(&PATENT_ASSERTION),
        )
        .since(V1_7),
        list("externalReferences", "reference", Object(&REFERENCE)),
        list("properties", "property", Object(&PROPERTY)).since(V1_3),
        list("services", "service", Object(&SERVICE)).unique(),
        object("releaseNotes", &RELEASE_NOTES).since(V1_4),
        list("tags", "tag", Text(Plain)).since(V1_6),
        object("signature", &SIGNATURE).since(V1_4).absent(),
    ])
    .any_attribute();

/// `governance`.
pub(crate) static GOVERNANCE: Type = Type::of("governance").fields(&[
    list("custodians", "custodian", Object(&RESPONSIBLE_PARTY)),
    list("stewards", "steward", Object(&RESPONSIBLE_PARTY)),
    list("owners", "owner", Object(&RESPONSIBLE_PARTY)),
]);

/// `responsibleParty`.
pub(crate) static RESPONSIBLE_PARTY: Type = Type::of("responsibleParty")
    .fields(&[
        object("organization", &ORGANISATION),
        object("contact", &CONTACT).element_name("individual"),
    ])
    .rules(&[ExactlyOne(&[&["organization"], &["contact"]])]);

/// `data`.
pub(crate) static DATA_FLOW: Type = Type::of("data").fields(&[
    words("flow", &FLOWS).required().inline(&CLASSIFICATION),
    plain("name").attribute().since(V1_5),
    plain("description").attribute().since(V1_5),
    plain("classification").required().inline(&CLASSIFICATION),
    object("governance", &GOVERNANCE).since(V1_5),
    list("source", "url", Text(Iri)).since(V1_5),
    list("destination", "url", Text(Iri)).since(V1_5),
]);

/// The element around the classification of a data flow.
static CLASSIFICATION: Type = Type::of("classification").fields(&[
    words("flow", &FLOWS).attribute().required(),
    plain("classification").content().required(),
]);

static FLOWS: Words = Words::new(&[(V1_2, "inbound, outbound, bi-directional, unknown")]);
