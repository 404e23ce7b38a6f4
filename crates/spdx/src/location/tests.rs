use bomtrail_graph::{Component, Origin, Purl, Role};

use super::{download, file_name, is_location};

fn at(origin: Origin, source: &str) -> Component {
    let mut component = Component::new("a");
    component.origin = origin;
    component.source = Some(source.into());
    component
}

fn location(origin: Origin, source: &str) -> Option<String> {
    download(&at(origin, source)).map(std::borrow::Cow::into_owned)
}

#[test]
fn a_registry_archive_is_where_it_is_fetched_from() {
    let source = "https://npm.example.com/a/-/a-1.0.0.tgz";
    assert_eq!(location(Origin::Registry, source).as_deref(), Some(source));
    assert_eq!(location(Origin::Registry, "a.tgz"), None);
    assert_eq!(location(Origin::LocalArchive, "file:///a.tgz"), None);
    let mut own = at(Origin::Registry, source);
    own.role = Role::Member;
    assert_eq!(download(&own), None);
}

#[test]
fn a_repository_is_written_as_spdx_has_it() {
    let git = |source: &str| location(Origin::Git, source);
    let expected = Some("git+ssh://git@example.com/a/b.git@0123abcd".to_owned());
    assert_eq!(git("git+ssh://git@example.com/a/b.git#0123abcd"), expected);
    assert_eq!(git("ssh://git@example.com/a/b.git#0123abcd"), expected);
    assert_eq!(git("git+https://example.com/a.git#semver:^1"), None);
    assert_eq!(git("github:a/b"), None);
    let mut short = at(Origin::Git, "github:a/b");
    let url = "git+https://example.com/a/b.git@0123abcd";
    let purl = Purl::build("npm", "a").qualifier("vcs_url", url).finish();
    short.purl = purl.ok();
    assert_eq!(download(&short).as_deref(), Some(url));
}

#[test]
fn only_archives_have_a_file_name() {
    let name = |source: &str| file_name(&at(Origin::Registry, source)).map(str::to_owned);
    let expected = Some("a-1.0.0.tgz".to_owned());
    assert_eq!(
        name("https://npm.example.com/a/-/a-1.0.0.tgz?x=/y"),
        expected
    );
    assert_eq!(name("file:a-1.0.0.tgz"), expected);
    assert_eq!(name("https://example.com/a/tar.gz/v1.0.0"), None);
    assert_eq!(name("https://example.com/.tgz"), None);
}

#[test]
fn locations_are_recognised() {
    for location in [
        "https://npm.example.internal/a",
        "http://example.com:8080/a%20b?c=d/e?f#g",
        "git+https://user@git.my-example.com/a.git@v1",
    ] {
        assert!(is_location(location), "{location}");
    }
    for text in [
        "",
        "example.com",
        "https://",
        "https://:80/",
        "https://example.com:x/",
        "https://example.com/a b",
        "https://example.com/é",
        "https://example.com/%2",
        "https://example.com/#a#b",
        "https://localhost:4873/a",
        "https://10.0.0.1/a",
        "https://[::1]/a",
        "https://a..com/",
        "git+https://git.example.internal/a.git",
        "gopher://example.com/",
        "cvs+https://example.com/",
        "git@example.com:a/b.git",
        "mailto:a@example.com",
    ] {
        assert!(!is_location(text), "{text}");
    }
}
