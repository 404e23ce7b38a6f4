//! Cryptographic assets (1.6).

use super::crypto_words::{
    ALGORITHM_FAMILYS, ASSET_TYPES, CERTIFICATE_EXTENSIONS, CERTIFICATE_STATES,
    CERTIFICATION_LEVELS, CRYPTO_FUNCTIONS, ELLIPTIC_CURVES, EXECUTION_ENVIRONMENTS,
    IMPLEMENTATION_PLATFORMS, KEY_STATES, MATERIAL_TYPES, MODES, PADDINGS, PRIMITIVES, PROTOCOLS,
};
use super::parts::HASH;
use crate::spec::field::{each, flag, list, object, plain, text, value, words};
use crate::spec::model::Format::{Plain, Ref, Time};
use crate::spec::model::Kind::{Integer, Object, OneOf, Text, Word};
use crate::spec::model::Rule::{ExactlyOne, Excludes, With};
use crate::spec::model::{Case, Choice, Type};
use crate::spec::version::SpecVersion::V1_7;

/// `cryptoProperties`.
pub(crate) static CRYPTO: Type = Type::of("cryptoProperties").fields(&[
    words("assetType", &ASSET_TYPES).required(),
    object("algorithmProperties", &ALGORITHM),
    object("certificateProperties", &CERTIFICATE),
    object("relatedCryptoMaterialProperties", &MATERIAL),
    object("protocolProperties", &PROTOCOL),
    plain("oid"),
]);

/// `algorithmProperties`.
pub(crate) static ALGORITHM: Type = Type::of("algorithmProperties").fields(&[
    words("primitive", &PRIMITIVES),
    words("algorithmFamily", &ALGORITHM_FAMILYS).since(V1_7),
    plain("parameterSetIdentifier"),
    plain("curve"),
    words("ellipticCurve", &ELLIPTIC_CURVES).since(V1_7),
    words("executionEnvironment", &EXECUTION_ENVIRONMENTS),
    words("implementationPlatform", &IMPLEMENTATION_PLATFORMS),
    each("certificationLevel", Word(&CERTIFICATION_LEVELS)),
    words("mode", &MODES),
    words("padding", &PADDINGS),
    list("cryptoFunctions", "cryptoFunction", Word(&CRYPTO_FUNCTIONS)),
    value("classicalSecurityLevel", Integer(0, i64::MAX)),
    value("nistQuantumSecurityLevel", Integer(0, 6)),
]);

/// `certificateProperties`.
pub(crate) static CERTIFICATE: Type = Type::of("certificateProperties").fields(&[
    plain("serialNumber").since(V1_7),
    plain("subjectName"),
    plain("issuerName"),
    text("notValidBefore", Time),
    text("notValidAfter", Time),
    text("signatureAlgorithmRef", Ref),
    text("subjectPublicKeyRef", Ref),
    plain("certificateFormat"),
    plain("certificateExtension"),
    plain("certificateFileExtension").since(V1_7),
    object("fingerprint", &HASH).since(V1_7),
    each("certificateState", Object(&CERTIFICATE_STATE)).since(V1_7),
    text("creationDate", Time).since(V1_7),
    text("activationDate", Time).since(V1_7),
    text("deactivationDate", Time).since(V1_7),
    text("revocationDate", Time).since(V1_7),
    text("destructionDate", Time).since(V1_7),
    list(
        "certificateExtensions",
        "certificateExtension",
        Object(&CERTIFICATE_EXTENSION),
    )
    .since(V1_7),
    list(
        "relatedCryptographicAssets",
        "relatedCryptographicAsset",
        Object(&RELATED_ASSET),
    )
    .since(V1_7),
]);

/// `relatedCryptoMaterialProperties`.
pub(crate) static MATERIAL: Type = Type::of("relatedCryptoMaterialProperties").fields(&[
    words("type", &MATERIAL_TYPES),
    plain("id"),
    words("state", &KEY_STATES),
    text("algorithmRef", Ref),
    text("creationDate", Time),
    text("activationDate", Time),
    text("updateDate", Time),
    text("expirationDate", Time),
    plain("value"),
    value("size", Integer(i64::MIN, i64::MAX)),
    plain("format"),
    object("securedBy", &SECURED_BY),
    object("fingerprint", &HASH).since(V1_7),
    list(
        "relatedCryptographicAssets",
        "relatedCryptographicAsset",
        Object(&RELATED_ASSET),
    )
    .since(V1_7),
]);

/// `securedBy`.
pub(crate) static SECURED_BY: Type =
    Type::of("securedBy").fields(&[plain("mechanism"), text("algorithmRef", Ref)]);

/// `protocolProperties`.
pub(crate) static PROTOCOL: Type = Type::of("protocolProperties").fields(&[
    words("type", &PROTOCOLS),
    plain("version"),
    list("cipherSuites", "cipherSuite", Object(&CIPHER_SUITE)),
    object("ikev2TransformTypes", &IKE),
    each("cryptoRefArray", Text(Ref)).element_name("cryptoRef"),
    list(
        "relatedCryptographicAssets",
        "relatedCryptographicAsset",
        Object(&RELATED_ASSET),
    )
    .since(V1_7),
]);

/// `cipherSuite`.
pub(crate) static CIPHER_SUITE: Type = Type::of("cipherSuite").fields(&[
    plain("name"),
    list("algorithms", "algorithm", Text(Ref)),
    list("identifiers", "identifier", Text(Plain)),
    list("tlsGroups", "group", Text(Plain)).since(V1_7),
    list("tlsSignatureSchemes", "signatureScheme", Text(Plain)).since(V1_7),
]);

/// `ikev2TransformTypes`.
pub(crate) static IKE: Type = Type::of("ikev2TransformTypes").fields(&[
    each("encr", OneOf(&IKE_ENCRYPTION_CASES)),
    each("prf", OneOf(&IKE_ALGORITHM_CASES)),
    each("integ", OneOf(&IKE_ALGORITHM_CASES)),
    each("ke", OneOf(&IKE_EXCHANGE_CASES)),
    flag("esn"),
    each("auth", OneOf(&IKE_ALGORITHM_CASES)),
]);

/// `certificateState`.
pub(crate) static CERTIFICATE_STATE: Type = Type::of("certificateState")
    .fields(&[
        words("state", &CERTIFICATE_STATES),
        plain("name"),
        plain("description"),
        plain("reason"),
    ])
    .rules(&[
        ExactlyOne(&[&["state"], &["name"]]),
        With("description", "name"),
    ]);

/// `certificateExtension`.
pub(crate) static CERTIFICATE_EXTENSION: Type = Type::of("certificateExtension")
    .fields(&[
        words("commonExtensionName", &CERTIFICATE_EXTENSIONS),
        plain("commonExtensionValue"),
        plain("customExtensionName"),
        plain("customExtensionValue"),
    ])
    .rules(&[
        ExactlyOne(&[
            &["commonExtensionName", "commonExtensionValue"],
            &["customExtensionName"],
        ]),
        Excludes("commonExtensionName", "customExtensionName"),
        With("commonExtensionValue", "commonExtensionName"),
        With("customExtensionValue", "customExtensionName"),
    ]);

/// `relatedCryptographicAsset`.
pub(crate) static RELATED_ASSET: Type =
    Type::of("relatedCryptographicAsset").fields(&[plain("type"), text("ref", Ref)]);

/// `encr`.
pub(crate) static IKE_ENCRYPTION: Type = Type::of("encr").fields(&[
    plain("name"),
    value("keyLength", Integer(i64::MIN, i64::MAX)),
    text("algorithm", Ref),
]);

/// `prf`.
pub(crate) static IKE_ALGORITHM: Type =
    Type::of("prf").fields(&[plain("name"), text("algorithm", Ref)]);

/// `ke`.
pub(crate) static IKE_EXCHANGE: Type = Type::of("ke").fields(&[
    value("group", Integer(i64::MIN, i64::MAX)),
    text("algorithm", Ref),
]);

/// An encryption algorithm, or a reference to one.
static IKE_ENCRYPTION_CASES: Choice = Choice::new(&[
    Case::new("", Text(Ref)),
    Case::new("", Object(&IKE_ENCRYPTION)).since(V1_7),
])
.uniform();

/// An algorithm, or a reference to one.
static IKE_ALGORITHM_CASES: Choice = Choice::new(&[
    Case::new("", Text(Ref)),
    Case::new("", Object(&IKE_ALGORITHM)).since(V1_7),
])
.uniform();

/// A key exchange, or a reference to one.
static IKE_EXCHANGE_CASES: Choice = Choice::new(&[
    Case::new("", Text(Ref)),
    Case::new("", Object(&IKE_EXCHANGE)).since(V1_7),
])
.uniform();
