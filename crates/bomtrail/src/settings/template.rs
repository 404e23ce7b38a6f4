//! A commented `bomtrail.toml` to start with: the facts that the project's metadata states are filled in, everything else is in
//! comments.

use bomtrail_graph::{Graph, ProductKey, Shape};
use bomtrail_policy::RULES;

/// The text of a `bomtrail.toml` for the project of `graph`.
pub fn settings_template(graph: &Graph) -> String {
    let mut text = String::from(
        "# What no lockfile has: facts about the product for SBOMs and compliance reports, and the policy of checks.\n\
         # `bomtrail report --profile cra` shows which facts are required, and by which clause.\n\
         # List facts that are unknown or deliberately withheld: [sbom] unknown = [\"product.cpe\"], withheld = [].\n",
    );
    let mut section = "";
    for row in ProductKey::TABLE {
        if row.section != section {
            section = row.section;
            text.extend(["\n[", section, "]\n"]);
        }
        text.extend(["# ", row.about, "\n"]);
        match known(graph, row.key) {
            Some(value) => text.extend([row.name, " = ", &quoted(&value), "\n"]),
            None => text.extend(["# ", row.name, " = ", &example(row.shape), "\n"]),
        }
    }
    text.push_str(LISTS);
    text.push_str(POLICY);
    for rule in RULES {
        let level = rule.default.name();
        let setting = match RULE_OPTIONS.iter().find(|(id, _)| *id == rule.id) {
            Some((_, options)) => format!("{{ level = \"{level}\", {options} }}"),
            None => quoted(level),
        };
        let line = [
            "# ",
            &quoted(rule.id),
            " = ",
            &setting,
            " # ",
            rule.about,
            "\n",
        ];
        text.extend(line);
    }
    text.push_str(EXCEPTION);
    text
}

/// The policy, up to its rules.
const POLICY: &str = r#"
# What `bomtrail check` accepts. Each rule is set to "deny" (the check fails), "warn" or "allow" (the rule does not run).
# [policy]
# fail-on = "deny" # or "warn"
# registries = ["https://npm.example.com/"] # registries that are known, in addition to the public ones
# criteria = [] # what every review must cover, as in `bomtrail approve --criteria`
# require-integrity = false # approve only packages whose digest a review pins
# trust-lock-version = false # trust the lockfile's version where no address states it
# workspace-approvals = "narrow" # "additive": lists of workspace members can approve, not only restrict
# max-extends-depth = 16 # how long a chain of lists that extend each other may be

# [policy.rules] # the rules and their defaults
"#;

/// The rules that have options, with examples.
const RULE_OPTIONS: [(&str, &str); 11] = [
    ("source/only-registry", r#"scope = "all""#),
    ("source/no-git", r#"scope = "transitive""#),
    ("source/no-remote-tarball", r#"scope = "direct""#),
    ("approvals/expiring", "days = 30"),
    ("graph/singleton", r#"packages = ["react", "@ours/*"]"#),
    ("graph/max-depth", "limit = 20"),
    ("graph/max-packages", "limit = 500"),
    (
        "license/allow-only",
        r#"licenses = ["MIT", "Apache-2.0"], unknown = "warn""#,
    ),
    ("license/deny", r#"licenses = ["AGPL-3.0-only"]"#),
    ("age/min-release", "days = 7"),
    ("pkg/scope-allow", r#"packages = ["@ours/*"]"#),
];

/// An exception.
const EXCEPTION: &str = r#"
# [[policy.exceptions]] # a finding that is accepted until a day
# rule = "source/no-git"
# package = "pkg:npm/left-pad" # without a version: every version
# reason = "moves to the registry in May"
# expires = 2027-05-31
"#;

/// The lists, for which nothing can be filled in.
const LISTS: &str = r#"# facts that are unknown, and facts that are deliberately withheld
# unknown = ["product.cpe"]
# withheld = ["manufacturer.address"]

# Statements about components of others. `*` matches a part of a name, `**` several parts.
# [[component]]
# purl = "pkg:npm/@acme/*"
# supplier = { name = "Acme", email = "oss@acme.example", url = "https://acme.example/" }
# license = "MIT"
# reason = "the licence file in the archive is the MIT licence"
# unknown = ["hash"]
# withheld = []

# Dependencies that no package metadata states.
# [[dependency]]
# purl = "pkg:deb/debian/libssl3"
# from = "Net-SSLeay"
# phase = "runtime"
# need = "required"

# Registries that packages come from. A mirror has the packages of the public registry, under the same Package URLs.
# [[registry]]
# url = "https://npm.example.com/"
# ecosystem = "npm"
# mirror = true

# What `--all` leaves out, as in a .gitignore.
# [discovery]
# exclude = ["examples/", "**/test/fixtures"]

# Services that the product uses.
# [[service]]
# name = "payments"
# provider = "Example Payments"
# endpoints = ["https://payments.example.com/v1"]
# authenticated = true
# crosses-boundary = true
# data = [{ direction = "outbound", classification = "payment data" }]
"#;

fn example(shape: Shape) -> String {
    quoted(match shape {
        Shape::Text => "",
        other => other.example(),
    })
}

/// The fact from the metadata of the only root.
fn known(graph: &Graph, key: ProductKey) -> Option<String> {
    let mut roots = graph.roots();
    let root = roots.next().filter(|_| roots.next().is_none())?;
    let details = root.component().details.as_deref();
    let author = details.and_then(|it| it.authors.first());
    let text = match key {
        ProductKey::Name => Some(root.name()),
        ProductKey::Version => root.version(),
        ProductKey::Purpose => details.and_then(|it| it.description.as_deref()),
        ProductKey::ProductUrl => details
            .and_then(|it| it.homepage.as_deref())
            .filter(|it| super::shape::is_url(it)),
        ProductKey::AuthorName => author.map(|it| &*it.name),
        ProductKey::AuthorEmail => author
            .and_then(|it| it.email.as_deref())
            .filter(|it| super::shape::is_email(it)),
        _ => None,
    };
    text.map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
}

/// A TOML basic string: TOML has the escapes of JSON, and one more character that must be escaped.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}
