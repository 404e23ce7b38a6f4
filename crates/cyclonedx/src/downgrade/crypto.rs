//! Cryptographic assets before 1.7, which changed them in many places. Knows which fields are old, and none of their meaning.

use serde_json::{Map, Value};

use super::{Lost, lose};

/// What 1.7 has new in cryptographic assets lies in so many places that only their type is kept before it.
pub(super) fn legacy_crypto(component: &mut Map<String, Value>, lost: &mut Lost) {
    const NEW: [&str; 4] = [
        "algorithmProperties",
        "certificateProperties",
        "relatedCryptoMaterialProperties",
        "protocolProperties",
    ];
    let Some(Value::Object(crypto)) = component.get_mut("cryptoProperties") else {
        return;
    };
    for key in NEW {
        let is_new = crypto.get(key).is_some_and(|it| has_new_crypto(key, it));
        if is_new {
            crypto.remove(key);
            lose(
                lost,
                &format!("`{key}` of a cryptographic asset are left out"),
            );
        }
    }
}

/// Whether properties of a cryptographic asset say something that came with 1.7.
fn has_new_crypto(key: &str, value: &Value) -> bool {
    let old: &[&str] = match key {
        "algorithmProperties" => &[
            "primitive",
            "parameterSetIdentifier",
            "curve",
            "executionEnvironment",
            "implementationPlatform",
            "certificationLevel",
            "mode",
            "padding",
            "cryptoFunctions",
            "classicalSecurityLevel",
            "nistQuantumSecurityLevel",
        ],
        "certificateProperties" => &[
            "subjectName",
            "issuerName",
            "notValidBefore",
            "notValidAfter",
            "signatureAlgorithmRef",
            "subjectPublicKeyRef",
            "certificateFormat",
            "certificateExtension",
        ],
        "relatedCryptoMaterialProperties" => &[
            "type",
            "id",
            "state",
            "algorithmRef",
            "creationDate",
            "activationDate",
            "updateDate",
            "expirationDate",
            "value",
            "size",
            "format",
            "securedBy",
        ],
        _ => &[
            "type",
            "version",
            "cipherSuites",
            "ikev2TransformTypes",
            "cryptoRefArray",
        ],
    };
    let is_word_of_1_7 = |key: &str| {
        let word = value.get(key).and_then(Value::as_str);
        word.is_some_and(|it| NEW_CRYPTO_WORDS.contains(&it))
    };
    value
        .as_object()
        .is_some_and(|map| map.keys().any(|key| !old.contains(&key.as_str())))
        || is_word_of_1_7("primitive")
        || is_word_of_1_7("type")
        || (key == "protocolProperties" && value.to_string().contains("\"tlsGroups\""))
}

/// Primitives and protocols that came with 1.7.
const NEW_CRYPTO_WORDS: [&str; 7] = [
    "key-wrap",
    "5g-aka",
    "dtls",
    "eap-aka",
    "eap-aka-prime",
    "prins",
    "quic",
];
