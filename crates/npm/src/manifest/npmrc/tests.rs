use super::{configured_registries, read_npmrc};

fn read(text: &str) -> Vec<String> {
    let variable = |name: &str| (name == "HOST").then(|| "npm.example.com".to_owned());
    let all = read_npmrc(text.as_bytes(), &variable).into_iter();
    all.map(|it| {
        let list = if it.is_list { "[]" } else { "" };
        format!("{}:{}{list}={}", it.line, it.key, it.value)
    })
    .collect()
}

#[test]
fn every_spelling_of_a_setting_is_read_as_npm_does() {
    for (text, expected) in [
        ("a=b", "1:a=b"),
        (" a = b ", "1:a=b"),
        ("\"a\"=\"b c\"", "1:a=b c"),
        ("'a'='b'", "1:a=b"),
        ("a=b ; comment", "1:a=b"),
        ("a=b # comment", "1:a=b"),
        ("a=b\\;c", "1:a=b;c"),
        ("a=b\\c", "1:a=b\\c"),
        ("a", "1:a=true"),
        ("a ; comment", "1:a=true"),
        ("a=", "1:a="),
        ("a[]=b", "1:a[]=b"),
        ("\"a[]\"=b", "1:a[]=b"),
        ("a=b=c", "1:a=b=c"),
        ("\u{feff}a=b", "1:a=b"),
        ("; x\n\na=b", "3:a=b"),
        ("# x\ra=b", "1:a=b"),
        ("a=https://${HOST}/", "1:a=https://npm.example.com/"),
        ("a=${NONE}", "1:a=${NONE}"),
        ("a=${NONE?}x", "1:a=x"),
        ("a=\\\\${HOST}", "1:a=${HOST}"),
        ("a=${HOST", "1:a=${HOST"),
    ] {
        assert_eq!(read(text), [expected], "{text:?}");
    }
    for text in ["", "=b", "; a=b", "#a=b", "[section]\na=b", "__proto__=b"] {
        assert_eq!(read(text), [""; 0], "{text:?}");
    }
    assert_eq!(read("x=1\ra=b"), ["1:x=1", "1:a=b"]);
}

fn registries(text: &str) -> Vec<String> {
    let settings = read_npmrc(text.as_bytes(), &|_| None);
    let all = configured_registries(&settings).into_iter();
    all.map(|it| format!("{}:{} {}", it.line, it.scope.unwrap_or_default(), it.url))
        .collect()
}

#[test]
fn other_registries_are_reported_and_the_public_one_is_not() {
    for (text, expected) in [
        (
            "; theirs\nregistry = \"https://npm.example.com/\"",
            "2: https://npm.example.com/",
        ),
        (
            "registry[]=https://npm.example.com/",
            "1: https://npm.example.com/",
        ),
        (
            "@x:registry=https://npm.example.com/",
            "1:@x https://npm.example.com/",
        ),
        (
            "registry=https://u:p@npm.example.com/",
            "1: https://npm.example.com/",
        ),
        ("registry=http://npmjs.org/", "1: http://npmjs.org/"),
        (
            "registry=https://npmjs.org/\nregistry=https://npm.example.com/",
            "2: https://npm.example.com/",
        ),
    ] {
        assert_eq!(registries(text), [expected], "{text}");
    }
    for text in [
        "",
        "registry=https://npmjs.org/",
        "registry=https://npm.example.com/\nregistry=https://npmjs.org/",
        "//npm.example.com/:_authToken=x",
        "x:registry=https://npm.example.com/",
    ] {
        assert_eq!(registries(text), [""; 0], "{text}");
    }
}
