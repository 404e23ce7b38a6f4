//! Patents (1.7).

use super::parts::{CONTACT, ORGANISATION, REFERENCE};
use crate::spec::field::{each, list, object, one_of, plain, text, words};
use crate::spec::model::Format::{Country, Date, PatentNumber, Ref};
use crate::spec::model::Kind::{Object, OneOf, Text};
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::V1_7;

/// `patentAssertion`.
pub(crate) static PATENT_ASSERTION: Type = Type::of("patentAssertion").fields(&[
    text("bom-ref", Ref).attribute(),
    words("assertionType", &ASSERTION_TYPES).required(),
    list("patentRefs", "bom-ref", Text(Ref)),
    one_of("asserter", &ASSERTERS).required(),
    plain("notes"),
]);

/// `patent`.
pub(crate) static PATENT: Type = Type::of("patent").fields(&[
    text("bom-ref", Ref).attribute(),
    text("patentNumber", PatentNumber).required(),
    text("applicationNumber", PatentNumber),
    text("jurisdiction", Country).required(),
    object("priorityApplication", &PRIORITY_APPLICATION),
    text("publicationNumber", PatentNumber),
    plain("title"),
    plain("abstract"),
    text("filingDate", Date),
    text("grantDate", Date),
    text("patentExpirationDate", Date),
    words("patentLegalStatus", &PATENT_LEGAL_STATUS).required(),
    each("patentAssignee", OneOf(&ASSIGNEES)),
    list("externalReferences", "reference", Object(&REFERENCE)),
]);

/// `priorityApplication`.
pub(crate) static PRIORITY_APPLICATION: Type = Type::of("priorityApplication").fields(&[
    text("applicationNumber", PatentNumber).required(),
    text("jurisdiction", Country).required(),
    text("filingDate", Date).required(),
]);

/// `patentFamily`.
pub(crate) static PATENT_FAMILY: Type = Type::of("patentFamily").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("familyId").required(),
    object("priorityApplication", &PRIORITY_APPLICATION),
    list("members", "ref", Text(Ref)),
    list("externalReferences", "reference", Object(&REFERENCE)),
]);

/// Who asserts a patent.
static ASSERTERS: Choice = Choice::new(&[
    Case::new("organization", Object(&ORGANISATION)),
    Case::new("contact", Object(&CONTACT)),
    Case::new("ref", Text(Ref)),
])
.exactly_one();

/// Who holds a patent.
static ASSIGNEES: Choice = Choice::new(&[
    Case::new("individual", Object(&CONTACT)),
    Case::new("organization", Object(&ORGANISATION)),
])
.exactly_one();

/// The two kinds of `definitions.patents`.
pub(crate) static PATENTS: Choice = Choice::new(&[
    Case::new("patent", Object(&PATENT)),
    Case::new("patentFamily", Object(&PATENT_FAMILY)),
]);

static ASSERTION_TYPES: Words = Words::new(&[(
    V1_7,
    "ownership, license, third-party-claim, standards-inclusion, prior-art, exclusive-rights, \
        non-assertion, research-or-evaluation",
)]);

static PATENT_LEGAL_STATUS: Words = Words::new(&[(
    V1_7,
    "pending, granted, revoked, expired, lapsed, withdrawn, abandoned, suspended, reinstated, \
        opposed, terminated, invalidated, in-force",
)]);
