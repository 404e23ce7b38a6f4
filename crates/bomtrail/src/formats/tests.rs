use super::*;

#[test]
fn a_view_is_found_by_name_and_by_version() {
    assert_eq!(view("json").unwrap().format().version, "v1");
    assert_eq!(view("json@v1").unwrap().format().name, "json");
}

#[test]
fn an_unknown_format_is_answered_with_all_there_are() {
    let error = view("json@v9").err().unwrap();
    insta::assert_snapshot!(error, @"there is no format `json@v9`; there is `json@v1`, `dot@1`, `mermaid@1`");
}

#[test]
fn endings_name_formats_in_any_case() {
    assert_eq!(format_of_file_name("App.CDX.json"), Some("cyclonedx-json"));
    assert_eq!(format_of_file_name("app.spdx.json"), Some("spdx-json"));
    assert_eq!(format_of_file_name("app.spdx"), Some("spdx-tag-value"));
    assert_eq!(format_of_file_name("app.json"), None);
    assert_eq!(ending_of_format("cyclonedx-json"), ".cdx.json");
    assert_eq!(ending_of_format("spdx-json"), ".spdx.json");
}
