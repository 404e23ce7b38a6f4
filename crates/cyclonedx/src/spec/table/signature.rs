//! Signatures of JSON documents (JSON Signature Format 0.82). XML has its own, in another namespace.

use crate::spec::field::{each, one_of, plain, words};
use crate::spec::model::Format::{Plain, Uri};
use crate::spec::model::Kind::{Object, Text, Word};
use crate::spec::model::Rule::{Alone, ExactlyOne};
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::V1_2;

/// `signature`: one signature, several, or a chain.
pub(crate) static SIGNATURE: Type = Type::of("signature")
    .fields(&[
        each("signers", Object(&SIGNER)),
        each("chain", Object(&SIGNER)),
        one_of("algorithm", &ALGORITHM),
        plain("keyId"),
        one_of("publicKey", &KEY),
        each("certificatePath", Text(Plain)),
        each("excludes", Text(Plain)),
        plain("value"),
    ])
    .rules(&[
        ExactlyOne(&[&["signers"], &["chain"], &["algorithm", "value"]]),
        Alone("signers"),
        Alone("chain"),
    ]);

static SIGNER: Type = Type::of("signer").fields(&[
    one_of("algorithm", &ALGORITHM).required(),
    plain("keyId"),
    one_of("publicKey", &KEY),
    each("certificatePath", Text(Plain)),
    each("excludes", Text(Plain)),
    plain("value").required(),
]);

static ALGORITHM: Choice =
    Choice::new(&[Case::new("", Word(&ALGORITHMS)), Case::new("", Text(Uri))]);

static KEY: Choice = Choice::new(&[
    Case::new("", Object(&EC_KEY)),
    Case::new("", Object(&OKP_KEY)),
    Case::new("", Object(&RSA_KEY)),
]);

static EC_KEY: Type = Type::of("publicKey").fields(&[
    words("kty", &EC).required(),
    words("crv", &EC_CURVES).required(),
    plain("x").required(),
    plain("y").required(),
]);

static OKP_KEY: Type = Type::of("publicKey").fields(&[
    words("kty", &OKP).required(),
    words("crv", &OKP_CURVES).required(),
    plain("x").required(),
]);

static RSA_KEY: Type = Type::of("publicKey").fields(&[
    words("kty", &RSA).required(),
    plain("n").required(),
    plain("e").required(),
]);

static ALGORITHMS: Words = Words::new(&[(
    V1_2,
    "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, Ed25519, Ed448, HS256, HS384, HS512",
)]);
static EC: Words = Words::new(&[(V1_2, "EC")]);
static EC_CURVES: Words = Words::new(&[(V1_2, "P-256, P-384, P-521")]);
static OKP: Words = Words::new(&[(V1_2, "OKP")]);
static OKP_CURVES: Words = Words::new(&[(V1_2, "Ed25519, Ed448")]);
static RSA: Words = Words::new(&[(V1_2, "RSA")]);
