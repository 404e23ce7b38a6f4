//! A commented `bomtrail.toml` to begin with: what the project's own metadata says is filled in, the rest waits in comments.

use bomtrail_graph::{Graph, ProductKey, Shape};

/// The text of a `bomtrail.toml` for the project of `graph`.
pub fn settings_template(graph: &Graph) -> String {
    let mut text = String::from(
        "# What no lockfile knows: facts about the product for SBOMs and compliance reports.\n\
         # `bomtrail report --profile cra` says which are asked for, and by which clause.\n\
         # A fact that is not known, or not told, is said so: [sbom] unknown = [\"product.cpe\"], withheld = [].\n",
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
    text
}

/// The lists, which have nothing to fill in.
const LISTS: &str = r#"# facts that are known to be unknown, and facts that are withheld on purpose
# unknown = ["product.cpe"]
# withheld = ["manufacturer.address"]

# What is known of components of others. `*` stands for a part of a name, `**` for several.
# [[component]]
# purl = "pkg:npm/@acme/*"
# supplier = { name = "Acme", email = "oss@acme.example", url = "https://acme.example/" }
# license = "MIT"
# reason = "the licence file in the archive is the MIT licence"
# unknown = ["hash"]
# withheld = []

# What the project depends on that no package metadata says.
# [[dependency]]
# purl = "pkg:deb/debian/libssl3"
# from = "Net-SSLeay"
# phase = "runtime"
# need = "required"

# What the product talks to.
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

/// What the metadata of the only root says.
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
            .filter(|it| super::value::is_url(it)),
        ProductKey::AuthorName => author.map(|it| &*it.name),
        ProductKey::AuthorEmail => author
            .and_then(|it| it.email.as_deref())
            .filter(|it| super::value::is_email(it)),
        _ => None,
    };
    text.map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
}

/// A TOML basic string: what JSON escapes, TOML escapes alike, but for one character.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}
