//! Every row of the table that `CPAN::Meta::Requirements` wrote, and merging.

use bomtrail_testkit::perl_table;

use super::{Range, Version};

#[test]
fn accepts_and_prints_as_perl_does() {
    for row in perl_table("range_accepts.tsv") {
        let text = &row[0];
        let [_, version, accepts, printed] = &row[..] else {
            // A refusal is a message, which may run on to the next line.
            let refused = row.get(2).is_some_and(|it| it.starts_with("ERROR"));
            assert!(refused || row.concat().is_empty(), "{row:?}");
            assert!(!refused || Range::parse(text).is_err(), "{row:?}");
            continue;
        };
        let range = Range::parse(text).unwrap();
        assert_eq!(&range.to_string(), printed, "{text:?}");
        let found = range.accepts(&Version::parse(version).unwrap());
        assert_eq!(if found { "1" } else { "0" }, accepts, "{text:?} {version}");
    }
}

#[test]
fn prints_as_perl_does() {
    for (text, wanted) in [
        ("", "0"),
        ("0.00", "0.00"),
        ("v1.2", "v1.2.0"),
        (".5", "0.5"),
        (">= 1, 2", "2"),
        ("1.5, 1.50", "1.50"),
        ("> 1, < 2", "> 1, < 2"),
        (">= 1, <= 1", "== 1"),
        ("!= 1, != 1", "!= 1"),
        ("!= 1, >= 2", "2"),
        ("== 3, >= 2", "== 3"),
        ("1,", "1"),
        (" >= 1", "1"),
    ] {
        assert_eq!(Range::parse(text).unwrap().to_string(), wanted, "{text:?}");
    }
    for text in [
        "1.5 ",
        " ",
        ",1",
        ">= 2, < 1",
        "== 1, == 2",
        "== 1, != 1",
        ">= ",
        "foo",
        "99999999999",
        "1; 2",
    ] {
        assert!(Range::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn repairs_as_the_converter_does() {
    for (text, wanted) in [
        ("2.3 a", "0"),
        ("1.5 ", "1.5"),
        ("1.2beta", "1.2"),
        ("Digest::MD5", "0"),
        ("-4", "0"),
    ] {
        assert_eq!(
            Range::repaired(text).unwrap().to_string(),
            wanted,
            "{text:?}"
        );
    }
    assert!(Range::repaired(">= 2, < 1").is_err());
}

#[test]
fn a_contradiction_changes_nothing() {
    let mut range = Range::parse(">= 1, < 2").unwrap();
    assert!(range.and(&Range::parse("3").unwrap()).is_err());
    assert_eq!(range.to_string(), ">= 1, < 2");
    range.and(&Range::parse("1.5, != 1.7").unwrap()).unwrap();
    assert_eq!(range.to_string(), ">= 1.5, < 2, != 1.7");
}
