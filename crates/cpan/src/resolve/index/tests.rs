//! Reading an index, plain and compressed, and other files.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Index, IndexError, Row};

const TEXT: &str = "\
File:         02packages.details.txt
Columns:      package name, version, path

Foo                                 1.2  E/EX/EXAMPLE/Foo-1.2.tar.gz
Foo::A::Name::Longer::Than::Thirty::Letters undef  E/EX/EXAMPLE/Foo-1.2.tar.gz
half a
Zoo                               undef  E/EX/EXAMPLE/Zoo-0.1.tar.gz
";

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_module_is_found_in_a_plain_and_in_a_compressed_index() {
    for bytes in [
        TEXT.as_bytes().to_vec(),
        packed(TEXT),
        TEXT.replace('\n', "\r\n").into(),
    ] {
        let index = Index::read("packages", &bytes).unwrap();
        let long = "Foo::A::Name::Longer::Than::Thirty::Letters";
        let asked = BTreeSet::from(["Foo", long, "half", "File:", "Columns:", "Moo"]);
        let found = index.find(&asked);
        let pathname = "E/EX/EXAMPLE/Foo-1.2.tar.gz";
        let foo = Row {
            version: Some("1.2"),
            pathname,
        };
        let named = Row {
            version: None,
            pathname,
        };
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("Foo", foo), (long, named)]
        );
    }
}

#[test]
fn other_files_are_refused() {
    let read = |bytes: &[u8]| Index::read("x", bytes).err();
    assert_eq!(read(b""), Some(IndexError::NoIndex));
    assert_eq!(
        read(b"Foo 1 E/EX/EXAMPLE/Foo-1.tar.gz\n"),
        Some(IndexError::NoIndex)
    );
    assert_eq!(read(&packed("<html>")), Some(IndexError::NoIndex));
    let whole = packed(TEXT);
    assert_eq!(read(&whole[..whole.len() / 2]), Some(IndexError::Gzip));
    assert_eq!(read(&[0x1f, 0x8b, 0, 0]), Some(IndexError::Gzip));
}
