use super::*;

fn problems(text: &str) -> Vec<String> {
    let problems = Policy::parse("bomtrail.toml", text).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_policy_is_read_and_other_tables_are_ignored() {
    let text = r#"
[product]
name = "any"

[policy]
fail-on = "warn"
registries = ["https://npm.example.com"]

[policy.rules]
"source/no-git" = "deny"
"graph/singleton" = { level = "deny", packages = ["react"] }

[[policy.exceptions]]
rule = "source/no-git"
package = "pkg:npm/a"
reason = "moves to the registry in May"
expires = 2027-05-01
"#;
    let policy = Policy::parse("bomtrail.toml", text).unwrap();
    assert_eq!(policy.options.fail_on, Verdict::Warn);
    let singleton = policy.setting("graph/singleton").unwrap();
    assert_eq!(
        (singleton.verdict, singleton.line),
        (Some(Verdict::Deny), 11)
    );
    assert_eq!(
        policy.exceptions.first().unwrap().expires.to_string(),
        "2027-05-01"
    );
    assert_eq!(
        Policy::parse("bomtrail.toml", "").unwrap().options,
        Options::default()
    );
}

#[test]
fn problems_have_their_line_and_the_nearest_word() {
    for (text, place, message) in [
        ("[policy", ":1", "not valid TOML"),
        ("policy = 3", ":1:10", "`policy` must be a table"),
        (
            "[policy]\nfial-on = \"warn\"",
            ":2",
            "unknown key `fial-on` (help: did you mean `fail-on`?)",
        ),
        (
            "[policy]\nfail-on = \"never\"",
            ":2",
            "must be `deny` or `warn`",
        ),
        (
            "[policy]\nfail-on = \"allow\"",
            ":2:11",
            "must be `deny` or `warn`",
        ),
        ("[policy]\nregistries = \"x\"", ":2", "a list of strings"),
        (
            "[policy.rules]\n\"source/no-gti\" = \"deny\"",
            ":2",
            "unknown rule `source/no-gti` (help: did you mean `source/no-git`?)",
        ),
        (
            "[policy.rules]\n\n\"source/no-git\" = { levle = \"deny\" }",
            ":3",
            "unknown key `levle` (help: did you mean `level`?)",
        ),
        (
            "[policy.rules]\n\"age/min-release\" = { days = \"7d\" }",
            ":2",
            "a whole number",
        ),
        (
            "[policy.rules]\n\"age/min-release\" = { days = -1 }",
            ":2",
            "a whole number",
        ),
        (
            "[[policy.exceptions]]\nrule = \"source/no-git\"",
            ":1:1",
            "`reason` is missing: why it is accepted",
        ),
        (
            "[[policy.exceptions]]\nrule = \"x\"\npackage = \"a\"\nreason = \"\"\nexpires = \"soon\"",
            ":5",
            "must be a date",
        ),
    ] {
        let found = problems(text);
        assert!(
            found
                .iter()
                .any(|it| it.contains(place) && it.contains(message)),
            "{text}\n{found:#?}"
        );
    }
}
