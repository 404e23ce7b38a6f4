use super::*;

fn stated(text: &str) -> Stated {
    Stated::parse(text).unwrap()
}

#[test]
fn a_bare_name_is_the_package_of_the_public_npm_registry() {
    assert_eq!(stated("@scope/x").key.as_str(), "pkg:npm/%40scope/x");
    assert_eq!(stated("JSONStream").key, stated("pkg:npm/JSONStream").key);
    assert_ne!(
        stated("x").key,
        stated("pkg:npm/x?repository_url=https://npm.example.com").key
    );
    assert_eq!(stated("x@1.0.0").version.as_deref(), Some("1.0.0"));
    for text in ["", " x", "a:b", "npm:x@1", "@scope", "a\nb"] {
        assert!(Stated::parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_version_of_a_repository_is_its_commit() {
    let commit = "0123456789012345678901234567890123456789";
    let full = format!("pkg:npm/x@1.0.0?vcs_url=git%2Bhttps://github.com/o/x.git%40{commit}");
    let it = stated(&full);
    assert_eq!(it.version.as_deref(), Some(commit));
    assert_eq!(
        it.key,
        stated("pkg:npm/x?vcs_url=git%2Bhttps://github.com/o/x").key
    );
    let ssh = stated("pkg:npm/x?vcs_url=git%2Bssh://git%40host/o/x");
    assert_eq!(ssh.version, None);
}

#[test]
fn a_cpan_author_narrows_and_is_no_part_of_the_key() {
    let new = stated("pkg:cpan/DBI?author=HMBRAND");
    let old = stated("pkg:cpan/HMBRAND/DBI");
    assert_eq!(new, old);
    assert_eq!(new.key, stated("pkg:cpan/DBI").key);
    assert_eq!(new.author.as_deref(), Some("HMBRAND"));
}
