use super::*;
use crate::spec::SpecVersion;

fn problems(document: &str, version: SpecVersion) -> Vec<String> {
    let document = Json::parse(document.as_bytes()).unwrap().value;
    let encoding = Encoding::Json;
    let (kept, _) = check(&document, Dialect { version, encoding }).into_parts();
    kept.into_iter()
        .map(|it| format!("{}: {}", it.pointer, it.message))
        .collect()
}

#[test]
fn messages_name_the_place_the_expected_and_the_found_value() {
    let document = r#"{"bomFormat":"CycloneDX","specVersion":"1.5","version":"1","foo":1,
        "components":[{"type":"lib","name":1,"authors":[]},{"type":"library"}]}"#;
    let expected = [
        "/version: expected an integer from 1, found `1`",
        "/foo: `foo` is not a field of `bom` in CycloneDX 1.5",
        "/components/0/type: expected one of `application`, `framework`, `library`, `container`, `operating-system`, \
         `device`, `firmware`, `file`, `platform`, `device-driver`, `machine-learning-model`, `data`, found `lib`",
        "/components/0/name: expected a string, found the number 1",
        "/components/0/authors: `authors` of `component` exists since CycloneDX 1.6, not in 1.5",
        "/components/1: `name` of `component` is missing",
    ];
    assert_eq!(problems(document, SpecVersion::V1_5), expected);
}
