//! The contact for reports of vulnerabilities that a project's SECURITY file states, where its `bomtrail.toml` states none.

use bomtrail_graph::{Fact, Files, ProductKey};

use super::Settings;

/// The folders that such a file can be in.
const FOLDERS: [&str; 3] = ["", ".github", "docs"];

/// The largest file that is looked at, in bytes.
const LIMIT: usize = 1 << 20;

/// Words in the address of a page for reports.
const WORDS: [&str; 3] = ["security", "advisories", "vulnerab"];

/// A way to report a vulnerability.
#[derive(Debug, PartialEq, Eq)]
enum Contact<'t> {
    Email(&'t str),
    Page(&'t str),
}

/// Adds the contact of a SECURITY file to what a project states.
pub(crate) fn add_contact(settings: &mut Option<Settings>, files: &dyn Files) {
    let stated = |key| {
        let product = settings.as_ref().map(|it| &it.product);
        product.is_some_and(|it| it.get(key).is_some())
    };
    if stated(ProductKey::VulnerabilityEmail) || stated(ProductKey::VulnerabilityUrl) {
        return;
    }
    let Some(bytes) = find(files).and_then(|path| files.read(&path)) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes.get(..LIMIT).unwrap_or(&bytes));
    // POD writes `<` and `>` like this.
    let text = text.replace("E<lt>", " ").replace("E<gt>", " ");
    let (key, value) = match contact(&text) {
        Some(Contact::Email(address)) => (ProductKey::VulnerabilityEmail, address),
        Some(Contact::Page(url)) => (ProductKey::VulnerabilityUrl, url),
        None => return,
    };
    let product = &mut settings.get_or_insert_default().product;
    product.set(key, Fact::Known(value.into()));
}

/// The path of the file: `SECURITY`, with or without the ending of a text.
fn find(files: &dyn Files) -> Option<String> {
    let is_policy = |name: &String| {
        let (stem, ending) = name.split_once('.').unwrap_or((name, "md"));
        let text = ["md", "txt", "pod", "rst", "adoc", "markdown"];
        stem.eq_ignore_ascii_case("security")
            && text.iter().any(|it| ending.eq_ignore_ascii_case(it))
    };
    FOLDERS.iter().find_map(|folder| {
        let name = files.list(folder).into_iter().find(is_policy)?;
        let slash = if folder.is_empty() { "" } else { "/" };
        Some([folder, slash, &name].concat())
    })
}

/// The first e-mail address of a text, or else its first address of a page for reports.
fn contact(text: &str) -> Option<Contact<'_>> {
    let separator = |c: char| c.is_whitespace() || "<>()[]{}\"'`,;|".contains(c);
    let words = || {
        text.split(separator)
            .map(|it| it.trim_end_matches(['.', ':', '!', '?', '*', '_']))
    };
    let email = words().find_map(email);
    let page = || words().find(|it| is_page(it)).map(Contact::Page);
    email.map(Contact::Email).or_else(page)
}

/// The e-mail address that a word is, with or without `mailto:`.
fn email(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(['*', '_', ':']);
    let address = word.strip_prefix("mailto:").unwrap_or(word);
    let (name, domain) = address.split_once('@')?;
    let in_name = |c: u8| c.is_ascii_alphanumeric() || b"._%+-".contains(&c);
    let in_domain = |c: u8| c.is_ascii_alphanumeric() || b".-".contains(&c);
    let ends = |it: &str| it.starts_with(|c: char| c.is_ascii_alphanumeric());
    let fits = ends(name)
        && ends(domain)
        && name.bytes().all(in_name)
        && domain.bytes().all(in_domain)
        && domain
            .rsplit_once('.')
            .is_some_and(|(_, top)| top.len() > 1);
    fits.then_some(address)
}

/// True for the address of a page that is about security. It must not hold a user or a password.
fn is_page(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("https://") else {
        return false;
    };
    let lower = rest.to_ascii_lowercase();
    !rest.contains(['@', '?']) && WORDS.iter().any(|it| lower.contains(it))
}

#[cfg(test)]
mod tests;
