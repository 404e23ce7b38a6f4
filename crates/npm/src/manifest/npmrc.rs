//! `.npmrc` as npm reads it: the grammar of npm's `ini` package, and the registries that it names. What a lockfile has from
//! the public registry, npm fetches from a registry that is named here (`replace-registry-host`).

use crate::package::url::{Url, redact};
use crate::package::value::Value;
use crate::text;

/// A setting of a `.npmrc`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NpmrcSetting {
    /// The key, without the `[]` of a list.
    pub key: String,
    /// The value; `true` when the line has no `=`.
    pub value: String,
    /// The line, from 1.
    pub line: usize,
    /// True for one element of a list (`key[]=value`).
    pub is_list: bool,
}

/// The settings of a `.npmrc` in the order of the file, as npm reads them: lines end at CR or LF, keys and values may be
/// quoted, `;` and `#` start comments, and `${NAME}` is replaced by what `variable` returns. Settings below a `[section]` have
/// no effect in npm and are left out. A later setting of a key replaces an earlier one, unless it is a list.
pub fn read_npmrc(bytes: &[u8], variable: &dyn Fn(&str) -> Option<String>) -> Vec<NpmrcSetting> {
    let (text, _) = text::decode(bytes);
    let mut settings = Vec::new();
    let mut in_section = false;
    for (line, number) in text.split('\n').zip(1..) {
        for line in line.split('\r') {
            if line.trim_start().starts_with([';', '#']) {
                continue;
            }
            if is_section(line) {
                in_section = true;
            } else if !in_section {
                settings.extend(setting(line, number, variable));
            }
        }
    }
    settings
}

fn is_section(line: &str) -> bool {
    let inside = line.trim_end().strip_prefix('[');
    let inside = inside.and_then(|it| it.strip_suffix(']'));
    inside.is_some_and(|it| !it.contains(']'))
}

fn setting(
    line: &str,
    number: usize,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<NpmrcSetting> {
    let (key, value) = match line.split_once('=') {
        Some((key, value)) => (key, unquoted(value)),
        None => (line, "true".to_owned()),
    };
    let key = unquoted(key);
    let element = key.strip_suffix("[]").filter(|it| !it.is_empty());
    let (name, is_list) = element.map_or((&*key, false), |it| (it, true));
    let setting = NpmrcSetting {
        key: replaced(name, variable),
        value: replaced(value.trim(), variable),
        line: number,
        is_list,
    };
    (!name.is_empty() && name != "__proto__").then_some(setting)
}

/// A key or value without quotes, or up to its comment.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let quoted = |quote| text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') {
        let single = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        let inner = single.unwrap_or(text);
        return match serde_json::from_str::<Value<'_>>(inner) {
            Ok(Value::Text(it)) => it.into_owned(),
            _ => inner.to_owned(),
        };
    }
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            ';' | '#' => break,
            '\\' => plain.push(
                rest.next_if(|it| matches!(it, '\\' | ';' | '#'))
                    .unwrap_or('\\'),
            ),
            _ => plain.push(it),
        }
    }
    plain.trim().to_owned()
}

/// `text` with `${NAME}` and `${NAME?}` replaced; a backslash before it keeps it.
fn replaced(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let plain = before.trim_end_matches('\\');
        let escapes = before.len() - plain.len();
        let name = after.split_once('}').filter(|(name, _)| {
            let bare = name.strip_suffix('?').unwrap_or(name);
            !bare.is_empty() && !bare.contains(['$', '{', '?'])
        });
        let Some((name, behind)) = name else {
            result.push_str(before);
            result.push_str("${");
            rest = after;
            continue;
        };
        result.push_str(plain);
        result.extend(std::iter::repeat_n('\\', escapes / 2));
        let bare = name.strip_suffix('?').unwrap_or(name);
        match variable(bare) {
            _ if escapes % 2 == 1 => result.push_str(&["${", name, "}"].concat()),
            Some(value) => result.push_str(&value),
            None if bare == name => result.push_str(&["${", name, "}"].concat()),
            None => {}
        }
        rest = behind;
    }
    result + rest
}

/// A registry that npm uses instead of the public one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfiguredRegistry {
    /// The scope whose packages it has (`@acme`); `None` for all others.
    pub scope: Option<String>,
    /// Its address, without credentials.
    pub url: String,
    /// The line, from 1.
    pub line: usize,
}

/// The registries that settings name instead of the public one, for all packages and by scope; the last setting of each counts.
pub fn configured_registries(settings: &[NpmrcSetting]) -> Vec<ConfiguredRegistry> {
    let mut found: Vec<ConfiguredRegistry> = Vec::new();
    for setting in settings {
        let scope = setting.key.strip_suffix(":registry");
        if scope.is_none_or(|it| !it.starts_with('@')) && setting.key != "registry" {
            continue;
        }
        let scope = scope.map(str::to_owned);
        found.retain(|it| it.scope != scope);
        found.push(ConfiguredRegistry {
            scope,
            url: setting.value.clone(),
            line: setting.line,
        });
    }
    found.retain(|it| !Url::parse(&it.url).is_some_and(|url| url.is_plainly_public()));
    for it in &mut found {
        it.url = redact(&it.url).into_owned();
    }
    found
}

#[cfg(test)]
mod tests;
