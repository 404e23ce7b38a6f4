//! Every row of the table that `CPAN::DistnameInfo` wrote.

use bomtrail_testkit::perl_table as rows;

use super::DistName;
use crate::package::purl;

#[test]
fn reads_path_names_as_perl_does() {
    for row in rows("distnameinfo.tsv") {
        let read = DistName::parse(&row[0]);
        assert_eq!(read.author.unwrap_or_default(), row[1], "{}", row[0]);
        assert_eq!(
            read.name.as_deref().unwrap_or_default(),
            row[2],
            "{}",
            row[0]
        );
        assert_eq!(
            read.version.as_deref().unwrap_or_default(),
            row[3],
            "{}",
            row[0]
        );
        assert_eq!(read.ext.unwrap_or_default(), row[4], "{}", row[0]);
        let maturity = if read.developer {
            "developer"
        } else {
            "released"
        };
        assert_eq!(maturity, row[5], "{}", row[0]);
    }
}

#[test]
fn makes_the_purl_of_a_path_name() {
    for row in rows("purl_from_pathname.tsv") {
        let found = purl::of_archive(&DistName::parse(&row[0]));
        let found = found
            .as_ref()
            .map(bomtrail_purl::Purl::as_str)
            .unwrap_or_default();
        let wanted = bomtrail_purl::Purl::parse(&row[1]).unwrap();
        assert_eq!(found, wanted.as_str(), "{}", row[0]);
    }
}

#[test]
fn knows_the_special_cases() {
    for (stem, name, version) in [
        ("CGI.pm-3.55", "CGI", Some("3.55")),
        ("Foo-undef", "Foo", None),
        ("Foo-1.0-withoutworldwriteables", "Foo", Some("1.0")),
        (
            "Unicode-Collate-Standard-V3_1_1-0.1",
            "Unicode-Collate-Standard-V3_1_1",
            Some("0.1"),
        ),
        (
            "Task-Deprecations5_14-1.00",
            "Task-Deprecations5_14",
            Some("1.00"),
        ),
        ("libao-perl_0.03-1", "libao-perl", Some("0.03-1")),
        ("Foo-Bar-v1.2.3", "Foo-Bar", Some("v1.2.3")),
        ("Foo-1.23-TRIAL", "Foo", Some("1.23-TRIAL")),
        ("...", "...", None),
        ("", "", None),
    ] {
        let read = DistName::of_stem(stem);
        assert_eq!(
            (read.name.as_deref(), read.version.as_deref()),
            (Some(name), version),
            "{stem}"
        );
    }
    for (stem, developer) in [
        ("Foo-1.23_04", true),
        ("Foo-1.23", false),
        ("perl-5.37.1", true),
        ("perl-5.36.0", false),
        ("perl-5.36.0-RC1", true),
        ("perl-5.6.1", false),
    ] {
        assert_eq!(DistName::of_stem(stem).developer, developer, "{stem}");
    }
}

#[test]
fn an_author_is_known_by_the_folders() {
    for (path, author) in [
        ("authors/id/H/HA/HAARG/Moo-2.0.tar.gz", Some("HAARG")),
        (
            "/mirror/authors/id/H/HA/HAARG/Moo-2.0.tar.gz",
            Some("HAARG"),
        ),
        ("H/HB/HAARG/Moo-2.0.tar.gz", None),
        ("HAARG/Moo-2.0.tar.gz", None),
    ] {
        let read = DistName::parse(path);
        assert_eq!(read.author, author, "{path}");
        assert_eq!(read.name.as_deref(), Some("Moo"), "{path}");
    }
}
