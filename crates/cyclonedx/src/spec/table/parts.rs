//! Small types that many others hold: hashes, references, people, properties.

use crate::spec::field::{each, list, object, plain, text, words};
use crate::spec::model::Format::{Digest, Email, Iri, Ref};
use crate::spec::model::Kind::{Object, Text};
use crate::spec::model::{Type, Words};
use crate::spec::version::SpecVersion::{V1_2, V1_3, V1_4, V1_5, V1_6, V1_7};

/// `hash`.
pub(crate) static HASH: Type = Type::of("hash").fields(&[
    words("alg", &HASH_ALGORITHMS).attribute().required(),
    text("content", Digest).content().required(),
]);

/// `externalReference`.
pub(crate) static REFERENCE: Type = Type::of("externalReference")
    .fields(&[
        words("type", &REFERENCE_TYPES).attribute().required(),
        text("url", Iri).required(),
        plain("comment"),
        list("hashes", "hash", Object(&HASH)).since(V1_3),
        list("properties", "property", Object(&PROPERTY)).since(V1_7),
    ])
    .any_attribute();

/// `contact`.
pub(crate) static CONTACT: Type = Type::of("contact").fields(&[
    text("bom-ref", Ref).attribute().since(V1_5),
    plain("name"),
    text("email", Email),
    plain("phone"),
]);

/// `organization`.
pub(crate) static ORGANISATION: Type = Type::of("organization").fields(&[
    text("bom-ref", Ref).attribute().since(V1_5),
    plain("name"),
    each("url", Text(Iri)),
    each("contact", Object(&CONTACT)),
    object("address", &ADDRESS).since(V1_6),
]);

/// `attachment`.
pub(crate) static ATTACHMENT: Type = Type::of("attachment").fields(&[
    words("encoding", &ENCODINGS).attribute(),
    plain("contentType")
        .attribute()
        .element_name("content-type"),
    plain("content").content().required(),
]);

/// `property`.
pub(crate) static PROPERTY: Type = Type::of("property")
    .fields(&[
        plain("name").attribute().required_since(V1_6),
        plain("value").content(),
    ])
    .open_until(V1_5);

/// `address`.
pub(crate) static ADDRESS: Type = Type::of("address").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("country"),
    plain("region"),
    plain("locality"),
    plain("postOfficeBoxNumber"),
    plain("postalCode"),
    plain("streetAddress"),
]);

static HASH_ALGORITHMS: Words = Words::new(&[
    (
        V1_2,
        "MD5, SHA-1, SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-384, SHA3-512, BLAKE2b-256, BLAKE2b-384, \
        BLAKE2b-512, BLAKE3",
    ),
    (V1_7, "Streebog-256, Streebog-512"),
]);

static REFERENCE_TYPES: Words = Words::new(&[
    (V1_2, "vcs, issue-tracker, website, advisories, bom, mailing-list, social, chat, documentation, \
        support, distribution, license, build-meta, build-system, other"),
    (V1_4, "release-notes"),
    (V1_5, "distribution-intake, security-contact, model-card, log, configuration, evidence, formulation, \
        attestation, threat-model, adversary-model, risk-assessment, vulnerability-assertion, \
        exploitability-statement, pentest-report, static-analysis-report, dynamic-analysis-report, \
        runtime-analysis-report, component-analysis-report, maturity-report, certification-report, \
        codified-infrastructure, quality-metrics, poam"),
    (V1_6, "source-distribution, electronic-signature, digital-signature, rfc-9116"),
    (V1_7, "patent, patent-family, patent-assertion, citation"),
])
.or("other");

static ENCODINGS: Words = Words::new(&[(V1_2, "base64")]);
