use bomtrail_graph::Date;

use super::*;
use crate::entry::Basis;

fn addition(name: &str, version: &str) -> Addition {
    let purl = bomtrail_purl::Purl::npm(name, Some(version)).unwrap();
    let on = Date::parse("2026-11-21").unwrap();
    Addition::new(name.to_owned(), version.to_owned(), purl.to_string(), on)
}

fn wanted(text: &str) -> Wanted {
    Wanted::parse(text).unwrap()
}

fn refusal(name: &str, versions: &[&str]) -> Refusal {
    let on = Date::parse("2026-11-21").unwrap();
    let mut refusal = Refusal::new(name.to_owned(), "malware".to_owned(), on);
    refusal.versions = versions.iter().map(|it| (*it).to_owned()).collect();
    refusal
}

#[test]
fn a_sorted_list_stays_sorted_and_keeps_its_layout() {
    let text = "{\r\n\t\"x-note\": 1,\r\n\t\"version\": 1,\r\n\t\"packages\": {\r\n\t\t\"a\": [\"1.0.0\", \"2.0.0\"],\r\n\t\t\"c\": [\"1.0.0\"]\r\n\t}\r\n}\r\n";
    let changed = approve("l", text, &[addition("b", "1.0.0"), addition("a", "1.5.0")]).unwrap();
    let expected = "{\r\n\t\"x-note\": 1,\r\n\t\"version\": 1,\r\n\t\"packages\": {\r\n\t\t\"a\": [\"1.0.0\", \"1.5.0\", \"2.0.0\"],\r\n\t\t\"b\": [\"1.0.0\"],\r\n\t\t\"c\": [\"1.0.0\"]\r\n\t}\r\n}\r\n";
    assert_eq!(changed, expected);
    let back = unapprove(
        "l",
        &changed,
        &[
            ("b".to_owned(), None),
            ("a".to_owned(), Some("1.5.0".to_owned())),
        ],
    );
    assert_eq!(back.unwrap(), text);
}

#[test]
fn new_entries_are_laid_out_as_the_file_is() {
    let mut it = addition("b", "1.0.0");
    it.by = Some("A. Dev".to_owned());
    for (text, expected) in [
        (
            EMPTY,
            "{\n  \"version\": 1,\n  \"packages\": {\n    \"b\": [\"1.0.0\"]\n  },\n  \"reviews\": {\n    \"pkg:npm/b@1.0.0\": {\n      \"by\": \"A. Dev\",\n      \"on\": \"2026-11-21\"\n    }\n  }\n}\n",
        ),
        (
            "\u{feff}{\"version\": 1}",
            "\u{feff}{\"version\": 1, \"packages\": {\"b\": [\"1.0.0\"]}, \"reviews\": {\"pkg:npm/b@1.0.0\": {\"by\": \"A. Dev\", \"on\": \"2026-11-21\"}}}",
        ),
        (
            "{\n\"version\" : 1 ,\n\"packages\" : { \"c\" : [ \"1.0.0\" ] } , \"reviews\": {}\n}",
            "{\n\"version\" : 1 ,\n\"packages\" : { \"b\" : [\"1.0.0\"], \"c\" : [ \"1.0.0\" ] } , \"reviews\": {\n\"pkg:npm/b@1.0.0\": {\n\"by\": \"A. Dev\",\n\"on\": \"2026-11-21\"\n}\n}\n}",
        ),
    ] {
        assert_eq!(
            approve("l", text, std::slice::from_ref(&it)).unwrap(),
            expected
        );
    }
}

#[test]
fn escaped_keys_keep_their_spelling() {
    let text = "{\"version\": 1, \"packages\": {\"\\u0061\": [\"1.0.0\"]}, \"x-\\\"q\\\\\": 1}";
    let changed = approve("l", text, &[addition("a", "2.0.0")]).unwrap();
    assert_eq!(
        changed,
        text.replace("[\"1.0.0\"]", "[\"1.0.0\", \"2.0.0\"]")
    );
}

#[test]
fn thousands_of_changes_take_time_in_proportion() {
    const COUNT: usize = 20_000;
    let additions: Vec<Addition> = (0..COUNT)
        .map(|it| addition(&format!("p{it}"), "1.0.0"))
        .collect();
    let text = approve("l", EMPTY, &additions).unwrap();
    let names: Vec<_> = (0..COUNT).map(|it| (format!("p{it}"), None)).collect();
    assert_eq!(unapprove("l", &text, &names).unwrap(), EMPTY);
    let versions: Vec<Addition> = (0..COUNT)
        .map(|it| addition("one", &format!("1.0.{it}")))
        .collect();
    let text = approve("l", EMPTY, &versions).unwrap();
    assert_eq!(parse("l", &text).unwrap().packages.len(), COUNT);
}

#[test]
fn an_unsorted_list_grows_at_its_end() {
    let text = "{\"version\": 1, \"packages\": {\"b\": [\"1.0.0\"], \"a\": [\"1.0.0\"]}}";
    let changed = approve("l", text, &[addition("aa", "1.0.0")]).unwrap();
    assert!(changed.find("\"aa\"").unwrap() > changed.find("\"a\"").unwrap());
}

#[test]
fn approving_twice_changes_nothing() {
    let mut it = addition("a", "1.0.0");
    it.by = Some("A. Dev".to_owned());
    let once = approve("l", EMPTY, &[it.clone()]).unwrap();
    assert_eq!(approve("l", &once, &[it]).unwrap(), once);
    // A Package URL that means the same is the same entry.
    let text = "{\"version\": 1, \"packages\": {\"pkg:npm/a\": [\"1.0.0\"]}}";
    assert_eq!(approve("l", text, &[addition("a", "1.0.0")]).unwrap(), text);
}

#[test]
fn approving_a_package_again_ends_its_approval_in_bulk() {
    let mut it = addition("a", "1.0.0");
    it.basis = Some(Basis::Bulk);
    let bulk = approve("l", EMPTY, &[it.clone()]).unwrap();
    assert!(bulk.contains("\"bulk\""), "{bulk}");
    it.basis = None;
    it.note = Some("read".to_owned());
    let reviewed = approve("l", &bulk, &[it.clone()]).unwrap();
    assert!(
        !reviewed.contains("basis") && reviewed.contains("\"read\""),
        "{reviewed}"
    );
    it.basis = Some(Basis::Full);
    let full = approve("l", &bulk, &[it.clone()]).unwrap();
    it.basis = None;
    assert!(
        approve("l", &full, &[it]).unwrap().contains("\"full\""),
        "a review stays"
    );
}

#[test]
fn a_denied_version_leaves_the_list_and_cannot_come_back() {
    let mut it = addition("a", "1.0.0");
    it.note = Some("read".to_owned());
    let text = approve("l", EMPTY, &[it, addition("a", "2.0.0")]).unwrap();
    let denied = deny("l", &text, &[refusal("a", &["1.0.0"])]).unwrap();
    let document = parse("l", &denied).unwrap();
    assert_eq!(document.packages.len(), 1);
    assert!(document.reviews.is_empty());
    assert!(approve("l", &denied, &[addition("a", "1.0.0")]).is_err());
    assert!(approve("l", &denied, &[addition("a", "3.0.0")]).is_ok());
    let all = deny("l", &denied, &[refusal("a", &[])]).unwrap();
    let document = parse("l", &all).unwrap();
    assert!(document.packages.is_empty() && document.denied[0].versions.is_empty());
    let narrower = deny("l", &all, &[refusal("a", &["1.0.0"])]).unwrap();
    assert!(
        parse("l", &narrower).unwrap().denied[0].versions.is_empty(),
        "a denial never becomes narrower by itself"
    );
    let free = undeny("l", &narrower, &[wanted("a")]).unwrap();
    assert!(parse("l", &free).unwrap().denied.is_empty());
    assert!(undeny("l", &free, &[wanted("a")]).is_err());
}

#[test]
fn an_invalid_list_is_not_changed() {
    let text = "{\"version\": 1, \"deneid\": {}}";
    assert!(matches!(
        approve("l", text, &[addition("a", "1.0.0")]),
        Err(EditError::Invalid(_))
    ));
    assert!(approve("l", EMPTY, &[addition("a", "^1.0.0")]).is_err());
    assert!(unapprove("l", EMPTY, &[("a".to_owned(), None)]).is_err());
}

#[test]
fn one_version_is_removed_from_a_denial_of_several() {
    let text = deny("l", EMPTY, &[refusal("a", &["1.0.0", "2.0.0"])]).unwrap();
    let one = undeny("l", &text, &[wanted("a@1.0.0")]).unwrap();
    assert_eq!(parse("l", &one).unwrap().denied[0].versions, ["2.0.0"]);
    let none = undeny("l", &one, &[wanted("pkg:npm/a@2.0.0")]).unwrap();
    assert!(parse("l", &none).unwrap().denied.is_empty());
    let whole = deny("l", EMPTY, &[refusal("a", &[])]).unwrap();
    assert!(
        undeny("l", &whole, &[wanted("a@1.0.0")]).is_err(),
        "the whole package stays denied"
    );
}

#[test]
fn a_denial_of_a_distribution_can_be_of_any_author() {
    let one = wanted("pkg:cpan/Foo@1.0?author=FIRST");
    assert_eq!(one.name, "pkg:cpan/Foo?author=FIRST");
    let all = one.of_any_author();
    let on = Date::parse("2026-11-21").unwrap();
    let text = deny(
        "l",
        EMPTY,
        &[Refusal::new(all.name.clone(), "x".to_owned(), on)],
    )
    .unwrap();
    assert!(text.contains("\"pkg:cpan/Foo\": {"), "{text}");
    assert!(undeny("l", &text, &[wanted("pkg:cpan/Foo?author=FIRST")]).is_err());
    assert!(undeny("l", &text, &[wanted("pkg:cpan/Foo")]).is_ok());
}

#[test]
fn sorting_moves_entries_and_nothing_else() {
    let text = "{\n  \"version\": 1,\n  \"packages\": {\n    \"b\": [\"1.10.0\", \"1.9.0\"],\n    \"a\": [\"1.0.0\"]\n  }\n}\n";
    let expected = "{\n  \"version\": 1,\n  \"packages\": {\n    \"a\": [\"1.0.0\"],\n    \"b\": [\"1.9.0\", \"1.10.0\"]\n  }\n}\n";
    assert_eq!(sort("l", text).unwrap(), expected);
    assert_eq!(sort("l", expected).unwrap(), expected);
}

#[test]
fn a_list_that_is_written_can_be_read_again() {
    assert!(check_size("l", LARGEST).is_ok());
    let error = check_size("l", LARGEST + 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`l` would be 67108865 bytes, and a list of more than 67108864 bytes is not read; split it into lists that `extends` joins"
    );
}

#[test]
fn escapes_of_names_and_notes_are_kept_and_written() {
    let text = "{\"version\": 1, \"packages\": {\"\\u0061\": [\"1.0.0\"]}}";
    let mut more = addition("a", "2.0.0");
    more.note = Some("a \"quoted\" word \\ and\na line".to_owned());
    let changed = approve("l", text, &[more]).unwrap();
    assert!(
        changed.contains("\"\\u0061\": [\"1.0.0\", \"2.0.0\"]"),
        "{changed}"
    );
    let document = parse("l", &changed).unwrap();
    let note = document
        .reviews
        .first()
        .and_then(|it| it.review.note.as_deref());
    assert_eq!(note, Some("a \"quoted\" word \\ and\na line"));
}
