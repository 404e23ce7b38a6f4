use std::fmt::Write as _;

use super::{Json, Unique};

#[test]
fn repeated_keys_have_places_and_the_last_value_is_kept() {
    let text = r#"{"a":[{"b/c":1,"b/c":2.5}],"a":[null,true,-1,"x\n",{"d":{},"d":[]}],"e":18446744073709551615}"#;
    let parsed = Json::parse(text.as_bytes()).unwrap();
    let expected: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(parsed.value, Json::from(expected.clone()));
    assert_eq!(serde_json::to_value(&parsed.value).unwrap(), expected);
    assert_eq!(parsed.repeated, ["/a/0/b~1c", "/a/4/d", "/a"]);
    for wrong in ["", "{", "[1]]", "{\"a\":1,}", "nul", "\"\\x\""] {
        assert!(Json::parse(wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert!(Json::parse(b"\"\xff\"").is_err());
}

#[test]
fn large_objects_keep_the_order_of_the_text_and_report_repeated_keys() {
    let mut text = String::from("{");
    for number in 0..1000 {
        write!(text, "\"k{}\":{number},", (number * 7) % 999).unwrap();
    }
    text.push_str("\"end\":null}");
    let parsed = Json::parse(text.as_bytes()).unwrap();
    let members = parsed.value.as_object().unwrap();
    assert_eq!(members.len(), 1000);
    assert_eq!(members.keys().nth(1), Some("k7"));
    assert_eq!(members.get("k0").and_then(Json::as_u64), Some(999));
    assert_eq!(parsed.repeated, ["/k0"]);
}

#[test]
fn items_are_equal_whatever_the_order_of_their_members() {
    let text = br#"[{"a":1,"b":[{}]},{"b":[{}],"a":1},{"a":1,"b":[[]]},1,1,"1",null,{"a":1}]"#;
    let list = Json::parse(text).unwrap().value;
    let mut unique = Unique::by(&[], 8);
    let new: Vec<bool> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| unique.add(it))
        .collect();
    assert_eq!(new, [true, false, true, true, false, true, true, true]);
}

#[test]
fn an_item_that_is_there_twice_is_found_in_lists_of_any_length() {
    for count in [2_usize, 8, 9, 30] {
        let items: Vec<Json<'_>> = (0..count)
            .map(|it| Json::from(serde_json::json!({"a": it})))
            .collect();
        let mut unique = Unique::by(&[], 8);
        assert!(items.iter().all(|it| unique.add(it)), "{count}");
        let copies = items.clone();
        assert!(!copies.iter().any(|it| unique.add(it)), "{count}");
    }
}

#[test]
fn objects_of_one_key_are_compared_as_a_whole() {
    let text = |ref_: usize, size: usize| format!("{{\"size\": {size}, \"ref\": \"{ref_}\"}}");
    let mut items: Vec<String> = (0..20).map(|it| text(it, 0)).collect();
    items.extend([text(3, 1), text(15, 1), text(3, 0), text(15, 0), text(3, 1)]);
    items.extend(["1", "1", "{\"ref\": 1}", "{\"ref\": 1}"].map(str::to_owned));
    let parsed: Vec<Json<'_>> = items
        .iter()
        .map(|it| Json::parse(it.as_bytes()).unwrap().value)
        .collect();
    let mut unique = Unique::by(&["bom-ref", "ref"], items.len());
    let repeated: Vec<usize> = (0..)
        .zip(&parsed)
        .filter(|(_, it)| !unique.add(it))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(repeated, [22, 23, 24, 26, 28]);
}
