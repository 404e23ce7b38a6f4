use super::{configured_registries, environment_settings, read_npmrc};

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
    all.map(|it| {
        let line = settings[it.setting].line;
        format!("{line}:{} {}", it.scope.unwrap_or_default(), it.url)
    })
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

#[test]
fn variables_of_the_environment_are_settings() {
    let found = |name: &str, value: &str| {
        let variables = [
            ("TOKEN".to_owned(), "secret".to_owned()),
            (name.to_owned(), value.to_owned()),
        ];
        let all = environment_settings(&variables).into_iter();
        all.map(|(number, it)| format!("{number}:{}={} ({})", it.key, it.value, it.shown))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("npm_config_registry", "x"), ["1:registry=x (x)"]);
    assert_eq!(
        found("NPM_CONFIG_Legacy_Peer_Deps", " true "),
        ["1:legacy-peer-deps=true (true)"]
    );
    assert_eq!(
        found("npm_config_@S:registry", "x"),
        ["1:@s:registry=x (x)"]
    );
    assert_eq!(found("npm_config___a_b", "x"), ["1:_-a-b=x (x)"]);
    assert_eq!(found("npm_config_//Host/:_x", "y"), ["1://Host/:_x=y (y)"]);
    assert_eq!(
        found("npm_config_registry", "https://npm.example.com/${TOKEN}"),
        ["1:registry=https://npm.example.com/secret (https://npm.example.com/${TOKEN})"]
    );
    assert_eq!(found("npm_config_registry", ""), [""; 0]);
    assert_eq!(found("npm_configx", "x"), [""; 0]);
}

#[test]
fn addresses_for_messages_have_variables_in_place_of_secrets() {
    let text = "registry=https://npm.example.com/${TOKEN}/";
    let settings = read_npmrc(text.as_bytes(), &|_| Some("secret".to_owned()));
    let found = configured_registries(&settings);
    assert_eq!(found[0].url, "https://npm.example.com/${TOKEN}/");
    for text in [
        "registry=https://${HOST}",
        "registry=${TOKEN}",
        "registry=https://${TOKEN}/${TOKEN?}",
    ] {
        let settings = read_npmrc(text.as_bytes(), &|name| {
            Some(
                if name == "HOST" {
                    "x.example.com"
                } else {
                    "https://x.example.com"
                }
                .to_owned(),
            )
        });
        let url = &configured_registries(&settings)[0].url;
        assert!(url.starts_with("https://"), "{url}");
    }
}
