//! Any text as a Package URL, and as the parts of one.

use bomtrail::Purl;

/// Checks everything that must hold for a Package URL of these bytes.
pub fn purl(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for found in [Purl::parse(&text), Purl::normalize(&text)]
        .into_iter()
        .flatten()
    {
        holds(&found);
    }
    let (name, version) = text.split_once('@').unwrap_or((&text, ""));
    if let Ok(found) = Purl::npm(name, Some(version)) {
        holds(&found);
        assert_eq!(found.version().unwrap_or_default(), version);
    }
    for package_type in ["npm", "cpan", "generic", "golang", "git", "swift"] {
        let built = Purl::build(package_type, name)
            .namespace(version)
            .version(version)
            .subpath(name);
        if let Ok(found) = built.qualifier("vcs_url", &text).finish() {
            holds(&found);
        }
    }
}

/// The canonical text is a fixed point, and its parts make it again.
fn holds(found: &Purl) {
    let text = found.as_str();
    assert_eq!(
        Purl::parse(text).as_ref(),
        Ok(found),
        "the canonical text is not a purl, or is another one"
    );
    let mut again = Purl::build(found.package_type(), &found.name())
        .namespace(&found.namespace().unwrap_or_default())
        .version(&found.version().unwrap_or_default())
        .subpath(&found.subpath().unwrap_or_default());
    for (key, value) in found.qualifiers() {
        again = again.qualifier(key, &value);
    }
    assert_eq!(
        again.finish().as_ref(),
        Ok(found),
        "the parts make another purl"
    );
    let identity = Purl::parse(&found.identity()).unwrap();
    assert_eq!(
        identity.identity(),
        found.identity(),
        "an identity has another identity"
    );
    assert!(found.cpan_author().is_none() || found.package_type() == "cpan");
    let marked = found.with_qualifier("checksum", "sha1:a b").unwrap();
    assert_eq!(marked.qualifier("checksum").as_deref(), Some("sha1:a b"));
    assert_eq!(marked.name(), found.name());
}
