use super::*;

#[test]
fn resolutions_are_about_a_requirement_and_its_package() {
    let find = |key: &'static str| resolution(key, "2.0.0", Spelling::Normalized);
    let plain = find("kind-of").unwrap();
    assert_eq!(
        (plain.name, &plain.from, &plain.range),
        ("kind-of", &None, &None)
    );
    let ranged = find("@s/a@npm:^1.0.0").unwrap();
    assert_eq!(
        (ranged.name, ranged.range),
        ("@s/a", Some(Range::as_written("npm:^1.0.0")))
    );
    assert!(ranged.applies("x@npm:1.0.0", "@s/a", Range::normalized("npm:^1.0.0")));
    assert!(!ranged.applies("x@npm:1.0.0", "@s/a", Range::normalized("npm:^1.1.0")));
    let below = find("@s/x@1.0.0/b").unwrap();
    assert!(below.applies("@s/x@npm:1.0.0", "b", Range::normalized("npm:^1")));
    assert!(!below.applies("@s/x@npm:1.0.1", "b", Range::normalized("npm:^1")));
    assert!(!below.applies("y@npm:1.0.0", "b", Range::normalized("npm:^1")));
    for key in ["", "@s", "a/b/c", "@s/"] {
        assert_eq!(find(key), None, "{key}");
    }
}

#[test]
fn yarn_2_and_3_compare_ranges_as_they_are_written() {
    let (early, late) = (Spelling::of(Some("6")), Spelling::of(Some("8")));
    let applies = |key: &'static str, spelling: Spelling, asked: &'static str| {
        let rule = resolution(key, "2.0.0", spelling).unwrap();
        rule.applies("x@npm:1.0.0", "a", spelling.range(asked))
    };
    assert!(applies("a@npm:^1", late, "^1") && applies("a@^1", late, "npm:^1"));
    assert!(!applies("a@npm:^1", early, "^1") && !applies("a@^1", early, "npm:^1"));
    assert!(applies("a@^1", early, "^1") && applies("a@npm:^1", early, "npm:^1"));
    assert!(applies("x@1.0.0/a", late, "^1") && !applies("x@1.0.0/a", early, "^1"));
    assert!(applies("x@npm:1.0.0/a", early, "^1"));
}

#[test]
fn a_path_without_a_protocol_is_a_file() {
    for (range, expected) in [
        ("./a", "file:./a"),
        ("../a.tgz", "file:../a.tgz"),
        ("/a", "file:/a"),
        ("C:\\a", "file:C:\\a"),
        ("portal:./a", "portal:./a"),
    ] {
        assert!(is_relative(range), "{range}");
        assert_eq!(with_protocol(range), expected, "{range}");
    }
    assert!(!is_relative("owner/repository") && !is_relative(".a"));
}

#[test]
fn ranges_are_shown_as_npm_writes_them() {
    for (range, expected) in [
        ("npm:^1.0.0", "^1.0.0"),
        ("npm:is-odd@0.1.0", "npm:is-odd@0.1.0"),
        ("npm:@s/a@^1", "npm:@s/a@^1"),
        ("^1.0.0", "^1.0.0"),
        ("workspace:^", "workspace:^"),
        ("patch:a@npm%3A^1.0.0#./a.patch", "^1.0.0"),
    ] {
        assert_eq!(Range::normalized(range).in_npm_words(), expected, "{range}");
    }
}
