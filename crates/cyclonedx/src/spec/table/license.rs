//! Licences and licensing.

use super::parts::{ATTACHMENT, CONTACT, ORGANISATION, PROPERTY};
use crate::spec::field::{each, list, object, plain, text, words};
use crate::spec::model::Format::{Iri, LicenseId, Plain, Ref, Time};
use crate::spec::model::Kind::{Object, Text, Word};
use crate::spec::model::Rule::ExactlyOne;
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::{V1_5, V1_6, V1_7};

/// `license`.
pub(crate) static LICENSE: Type = Type::of("license")
    .fields(&[
        text("bom-ref", Ref).attribute().since(V1_5),
        words("acknowledgement", &ACKNOWLEDGEMENTS)
            .attribute()
            .since(V1_6),
        text("id", LicenseId),
        plain("name"),
        object("text", &ATTACHMENT),
        text("url", Iri),
        object("licensing", &LICENSING).since(V1_5),
        list("properties", "property", Object(&PROPERTY)).since(V1_5),
    ])
    .rules(&[ExactlyOne(&[&["id"], &["name"]])]);

/// `licensing`.
pub(crate) static LICENSING: Type = Type::of("licensing").fields(&[
    list("altIds", "altId", Text(Plain)),
    object("licensor", &PARTY),
    object("licensee", &PARTY),
    object("purchaser", &PARTY),
    plain("purchaseOrder"),
    list("licenseTypes", "licenseType", Word(&LICENSE_TYPES)),
    text("lastRenewal", Time),
    text("expiration", Time),
]);

/// `licensor`.
pub(crate) static PARTY: Type = Type::of("licensor")
    .fields(&[
        object("organization", &ORGANISATION),
        object("individual", &CONTACT),
    ])
    .rules(&[ExactlyOne(&[&["organization"], &["individual"]])]);

/// `expressionDetails`.
pub(crate) static EXPRESSION_DETAIL: Type = Type::of("expressionDetails").fields(&[
    text("bom-ref", Ref).attribute(),
    object("text", &ATTACHMENT),
    text("url", Iri),
    plain("licenseIdentifier")
        .attribute()
        .element_name("license-identifier")
        .required(),
]);

/// An item of `licenses` that is an expression.
pub(crate) static EXPRESSION: Type = Type::of("expression").fields(&[
    text("bom-ref", Ref).attribute().since(V1_5),
    words("acknowledgement", &ACKNOWLEDGEMENTS)
        .attribute()
        .since(V1_6),
    plain("expression").content().required(),
]);

/// An item of `licenses` that is an expression with details.
static EXPRESSION_DETAILED: Type = Type::of("expression-detailed").fields(&[
    text("bom-ref", Ref).attribute(),
    words("acknowledgement", &ACKNOWLEDGEMENTS).attribute(),
    plain("expression").attribute().required(),
    each("expressionDetails", Object(&EXPRESSION_DETAIL)).element_name("details"),
    object("licensing", &LICENSING),
    list("properties", "property", Object(&PROPERTY)),
]);

/// An item of `licenses`. In 1.5 and 1.6 an expression is the only item.
pub(crate) static LICENSES: Choice = Choice::new(&[
    Case::new("license", Object(&LICENSE)).under("license"),
    Case::new("expression", Object(&EXPRESSION)),
    Case::new("expression-detailed", Object(&EXPRESSION_DETAILED)).since(V1_7),
])
.first_or_single(V1_5, V1_6);

static ACKNOWLEDGEMENTS: Words = Words::new(&[(V1_6, "declared, concluded")]);

static LICENSE_TYPES: Words = Words::new(&[(
    V1_5,
    "academic, appliance, client-access, concurrent-user, core-points, custom-metric, device, \
        evaluation, named-user, node-locked, oem, perpetual, processor-points, subscription, user, other",
)]);
