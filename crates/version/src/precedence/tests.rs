use super::SemVer;

#[test]
fn versions_are_in_the_order_of_the_specification() {
    let sorted = [
        "0.0.0-0",
        "0.0.0-alpha",
        "0.0.0",
        "1.0.0-Z",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.3000000000",
        "1.0.20211112123455",
        "1.0.99999999999999999999999999",
    ];
    let parsed: Vec<SemVer<'_>> = sorted.iter().filter_map(|it| SemVer::parse(it)).collect();
    assert_eq!(parsed.len(), sorted.len());
    assert!(parsed.windows(2).all(|it| it[0] < it[1]));
}

#[test]
fn build_metadata_does_not_count() {
    assert_eq!(SemVer::parse("1.0.0+b"), SemVer::parse("1.0.0"));
}

#[test]
fn only_bounds_may_be_written_loosely() {
    for text in ["1.0", "v1.0.0", "01.0.0", "1"] {
        assert!(SemVer::parse(text).is_none(), "{text}");
        assert!(SemVer::loose(text).is_some(), "{text}");
    }
    for text in [
        "",
        "1.0.0.0",
        "1..0",
        "1.0.0-",
        "1.0.0-a..b",
        "latest",
        "1.0.0+",
    ] {
        assert!(SemVer::loose(text).is_none(), "{text}");
    }
}
