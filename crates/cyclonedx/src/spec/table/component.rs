//! Components: identity, pedigree, evidence and release notes.

use super::crypto::CRYPTO;
use super::license::LICENSES;
use super::model_card::{DATA, MODEL_CARD};
use super::parts::{ATTACHMENT, CONTACT, HASH, ORGANISATION, PROPERTY, REFERENCE};
use super::patent::PATENT_ASSERTION;
use super::signature::SIGNATURE;
use crate::spec::field::{each, flag, list, object, plain, references, text, value, words};
use crate::spec::model::Format::{
    Cpe, Email, Iri, Locale, MediaType, Plain, Range, Ref, Time, Version,
};
use crate::spec::model::Kind::{Integer, Object, OneOf, Share, Text};
use crate::spec::model::Rule::{Excludes, OnlyExternal};
use crate::spec::model::{Type, Words};
use crate::spec::version::SpecVersion::{V1_2, V1_3, V1_4, V1_5, V1_6, V1_7};

/// `component`.
pub(crate) static COMPONENT: Type = Type::of("component")
    .fields(&[
        words("type", &COMPONENT_TYPES).attribute().required(),
        text("mime-type", MediaType).attribute(),
        text("bom-ref", Ref).attribute(),
        flag("isExternal").attribute().since(V1_7),
        object("supplier", &ORGANISATION),
        object("manufacturer", &ORGANISATION).since(V1_6),
        list("authors", "author", Object(&CONTACT)).since(V1_6),
        plain("author"),
        plain("publisher"),
        plain("group"),
        plain("name").required(),
        text("version", Version).required_until(V1_3),
        text("versionRange", Range).since(V1_7),
        plain("description"),
        words("scope", &SCOPES),
        list("hashes", "hash", Object(&HASH)),
        list("licenses", "license", OneOf(&LICENSES)),
        plain("copyright"),
        list(
            "patentAssertions",
            "patentAssertion",
            Object(&PATENT_ASSERTION),
        )
        .since(V1_7),
        text("cpe", Cpe),
        plain("purl"),
        each("omniborId", Text(Plain)).since(V1_6),
        each("swhid", Text(Plain)).since(V1_6),
        object("swid", &SWID),
        flag("modified"),
        object("pedigree", &PEDIGREE),
        list("externalReferences", "reference", Object(&REFERENCE)),
        list("properties", "property", Object(&PROPERTY)).since(V1_3),
        list("components", "component", Object(&COMPONENT)).unique(),
        object("evidence", &EVIDENCE).since(V1_3),
        object("releaseNotes", &RELEASE_NOTES).since(V1_4),
        object("modelCard", &MODEL_CARD).since(V1_5),
        each("data", Object(&DATA)).since(V1_5),
        object("cryptoProperties", &CRYPTO).since(V1_6),
        list("tags", "tag", Text(Plain)).since(V1_6),
        object("signature", &SIGNATURE).since(V1_4).absent(),
    ])
    .rules(&[
        Excludes("version", "versionRange"),
        OnlyExternal("versionRange"),
    ])
    .any_attribute();

/// `swid`.
pub(crate) static SWID: Type = Type::of("swid").fields(&[
    plain("tagId").attribute().required(),
    plain("name").attribute().required(),
    plain("version").attribute(),
    value("tagVersion", Integer(i64::MIN, i64::MAX)).attribute(),
    flag("patch").attribute(),
    object("text", &ATTACHMENT),
    text("url", Iri),
]);

/// `pedigree`.
pub(crate) static PEDIGREE: Type = Type::of("pedigree").fields(&[
    list("ancestors", "component", Object(&COMPONENT)),
    list("descendants", "component", Object(&COMPONENT)),
    list("variants", "component", Object(&COMPONENT)),
    list("commits", "commit", Object(&COMMIT)),
    list("patches", "patch", Object(&PATCH)),
    plain("notes"),
]);

/// `commit`.
pub(crate) static COMMIT: Type = Type::of("commit").fields(&[
    plain("uid"),
    text("url", Iri),
    object("author", &ACTION),
    object("committer", &ACTION),
    plain("message"),
]);

/// `identifiableAction`.
pub(crate) static ACTION: Type = Type::of("identifiableAction").fields(&[
    text("timestamp", Time),
    plain("name"),
    text("email", Email),
]);

/// `patch`.
pub(crate) static PATCH: Type = Type::of("patch").fields(&[
    words("type", &PATCH_TYPES).attribute().required(),
    object("diff", &DIFF),
    list("resolves", "issue", Object(&ISSUE)),
]);

/// `diff`.
pub(crate) static DIFF: Type =
    Type::of("diff").fields(&[object("text", &ATTACHMENT), text("url", Iri)]);

/// `issue`.
pub(crate) static ISSUE: Type = Type::of("issue").fields(&[
    words("type", &ISSUE_TYPES).attribute().required(),
    plain("id"),
    plain("name"),
    plain("description"),
    object("source", &ISSUE_SOURCE),
    list("references", "url", Text(Iri)),
]);

/// `source`.
pub(crate) static ISSUE_SOURCE: Type =
    Type::of("source").fields(&[plain("name"), text("url", Iri)]);

/// `evidence`.
pub(crate) static EVIDENCE: Type = Type::of("evidence")
    .fields(&[
        each("identity", Object(&IDENTITY)).or_single().since(V1_5),
        list("occurrences", "occurrence", Object(&OCCURRENCE)).since(V1_5),
        object("callstack", &CALL_STACK).since(V1_5),
        list("licenses", "license", OneOf(&LICENSES)),
        list("copyright", "text", Object(&COPYRIGHT)),
    ])
    .any_attribute();

/// `copyright`.
pub(crate) static COPYRIGHT: Type =
    Type::of("copyright").fields(&[plain("text").content().required()]);

/// `releaseNotes`.
pub(crate) static RELEASE_NOTES: Type = Type::of("releaseNotes")
    .fields(&[
        plain("type").required(),
        plain("title"),
        text("featuredImage", Iri),
        text("socialImage", Iri),
        plain("description"),
        text("timestamp", Time),
        list("aliases", "alias", Text(Plain)),
        list("tags", "tag", Text(Plain)),
        list("resolves", "issue", Object(&ISSUE)),
        list("notes", "note", Object(&NOTE)),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `note`.
pub(crate) static NOTE: Type = Type::of("note").fields(&[
    text("locale", Locale),
    object("text", &ATTACHMENT).required(),
]);

/// `occurrence`.
pub(crate) static OCCURRENCE: Type = Type::of("occurrence").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("location").required(),
    value("line", Integer(0, i64::MAX)).since(V1_6),
    value("offset", Integer(0, i64::MAX)).since(V1_6),
    plain("symbol").since(V1_6),
    plain("additionalContext").since(V1_6),
]);

/// `callstack`.
pub(crate) static CALL_STACK: Type =
    Type::of("callstack").fields(&[list("frames", "frame", Object(&FRAME))]);

/// `frame`.
pub(crate) static FRAME: Type = Type::of("frame").fields(&[
    plain("package"),
    plain("module").required(),
    plain("function"),
    list("parameters", "parameter", Text(Plain)),
    value("line", Integer(i64::MIN, i64::MAX)),
    value("column", Integer(i64::MIN, i64::MAX)),
    plain("fullFilename"),
]);

/// `identity`.
pub(crate) static IDENTITY: Type = Type::of("identity").fields(&[
    words("field", &IDENTITY_FIELDS).required(),
    value("confidence", Share),
    plain("concludedValue").since(V1_6),
    list("methods", "method", Object(&METHOD)),
    references("tools", "tool").unique(),
]);

/// `method`.
pub(crate) static METHOD: Type = Type::of("method").fields(&[
    words("technique", &TECHNIQUES).required(),
    value("confidence", Share).required(),
    plain("value"),
]);

static COMPONENT_TYPES: Words = Words::new(&[
    (
        V1_2,
        "application, framework, library, container, operating-system, device, firmware, file",
    ),
    (
        V1_5,
        "platform, device-driver, machine-learning-model, data",
    ),
    (V1_6, "cryptographic-asset"),
])
.or("library");

static SCOPES: Words = Words::new(&[(V1_2, "required, optional, excluded")]);

static PATCH_TYPES: Words = Words::new(&[(V1_2, "unofficial, monkey, backport, cherry-pick")]);

static ISSUE_TYPES: Words = Words::new(&[(V1_2, "defect, enhancement, security")]);

static IDENTITY_FIELDS: Words = Words::new(&[
    (V1_5, "group, name, version, purl, cpe, swid, hash"),
    (V1_6, "omniborId, swhid"),
]);

static TECHNIQUES: Words = Words::new(&[(
    V1_5,
    "source-code-analysis, binary-analysis, manifest-analysis, ast-fingerprint, hash-comparison, \
        instrumentation, dynamic-analysis, filename, attestation, other",
)]);
