use super::*;

const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";

const PLAIN: &str = "# CHECKSUMS file written on Mon Jan  5 00:51:32 2015 GMT by CPAN::Checksums (v2.09)\n$cksum = {\n  \
    'A-1.tar.gz' => {\n    'cpan_path' => 'A/AN/ANDK',\n    'sha256' => \
    '405d7d03ae407d23bdb507d703fd752fb4365ad4be16e759e2da5f56899426a5',\n    'size' => 395\n  }\n};\n";

fn signed(before: &str, body: &str, after: &str) -> String {
    format!(
        "{before}{PREAMBLE}\n{BEGIN}\nHash: SHA1\n\n{body}__END__\n{SIGNATURE}\nVersion: GnuPG v1\n\niEYEARECAAYFAmGaewAKCRA=\n{END}\n{after}"
    )
}

#[test]
fn signed_and_unsigned_files_say_the_same() {
    let plain = Checksums::parse(PLAIN).unwrap();
    assert_eq!(plain.directory.as_deref(), Some("A/AN/ANDK"));
    assert_eq!(plain.file("A-1.tar.gz").unwrap().size, Some(395));
    assert!(plain.file("A-1.tar.gz").unwrap().sha256.is_some() && plain.file("A").is_none());
    let it = Checksums::parse(&signed("", PLAIN, "")).unwrap();
    assert_eq!(it.signed_with.as_deref(), Some("SHA1"));
    assert_eq!((it.files, it.directory), (plain.files, plain.directory));
}

#[test]
fn nothing_outside_the_signed_region_counts() {
    let forged = PLAIN.replace("405d", "0000");
    for text in [
        signed(&forged, PLAIN, ""),
        signed("", PLAIN, &forged),
        signed("print 1;\n", PLAIN, ""),
        signed("", PLAIN, &signed("", &forged, "")),
        format!("{PREAMBLE}\n{PLAIN}"),
    ] {
        assert!(Checksums::parse(&text).is_err(), "{text}");
    }
}

#[test]
fn nothing_but_literals_is_taken() {
    for (from, to) in [
        ("$cksum", "$x = 1; $cksum"),
        ("395", "system('true')"),
        ("395", "\"395\""),
        ("'A/AN/ANDK'", "`id`"),
        ("};\n", "}; exit;\n"),
        ("};\n", "}"),
        ("'size'", "'sha256'"),
        (
            "395\n  }",
            "395\n  },\n 'B' => { 'cpan_path' => 'B/BB/BBB' }",
        ),
        (
            "395\n  }",
            "395\n  },\n 'A-1.tar.gz' => { 'cpan_path' => 'A/AN/ANDK' }",
        ),
        ("395\n  }", "395\n  "),
        ("395", "'395"),
    ] {
        let text = PLAIN.replace(from, to);
        assert_ne!(text, PLAIN, "{from}");
        assert!(Checksums::parse(&text).is_err(), "{text}");
    }
}
