//! `.npmrc` as npm reads it: the grammar of npm's `ini` package, and the registries that it names. What a lockfile has from
//! the public registry, npm fetches from a registry that is named here (`replace-registry-host`).

use crate::package::url::{Url, redact};
use crate::package::value::Value;
use crate::text;
use bomtrail_document::from_json;

/// A setting of a `.npmrc`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NpmrcSetting {
    /// The key, without the `[]` of a list.
    pub key: String,
    /// The value; `true` when the line has no `=`.
    pub value: String,
    /// The value for messages: variables are not replaced, because they may be secrets.
    pub shown: String,
    /// The line, from 1; 0 for a setting of the environment.
    pub line: usize,
    /// True for one element of a list (`key[]=value`).
    pub is_list: bool,
}

impl NpmrcSetting {
    /// The value as the address of a registry. Variables in its path are not replaced: they may be secrets, and an address
    /// is part of the identity of packages.
    pub(crate) fn address(&self) -> String {
        let is_secret = self.shown != self.value;
        let path = self.shown.split_once("://").filter(|_| is_secret);
        let path = path.map(|(_, rest)| rest.find('/').and_then(|it| rest.get(it..)));
        let host = self.value.split_once("://").map(|(scheme, rest)| {
            let host = rest.split('/').next().unwrap_or_default();
            [scheme, "://", host].concat()
        });
        match (host, path) {
            (Some(host), Some(path)) => host + path.unwrap_or_default(),
            _ => self.value.clone(),
        }
    }
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

/// The settings in the variables `npm_config_…` of an environment, in any case, each with the number of its variable.
/// npm ignores empty variables.
pub fn environment_settings(variables: &[(String, String)]) -> Vec<(usize, NpmrcSetting)> {
    const PREFIX: &str = "npm_config_";
    let variable = |name: &str| {
        let found = variables.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.clone())
    };
    let settings = variables
        .iter()
        .enumerate()
        .filter_map(|(number, (name, value))| {
            let (prefix, name) = name.split_at_checked(PREFIX.len())?;
            let is_setting = prefix.eq_ignore_ascii_case(PREFIX) && !value.is_empty();
            let setting = NpmrcSetting {
                key: replaced(&key_of_variable(name), &variable),
                value: replaced(value.trim(), &variable),
                shown: value.trim().to_owned(),
                line: 0,
                is_list: false,
            };
            is_setting.then_some((number, setting))
        });
    settings.collect()
}

/// The key of a setting from the name of its variable: in lower case, with `-` for each `_` but a leading one. The keys of
/// credentials, which begin with `//`, stay as they are.
fn key_of_variable(name: &str) -> String {
    if name.starts_with("//") {
        return name.to_owned();
    }
    let rest = name.trim_start_matches('_');
    let leading = name.strip_suffix(rest).unwrap_or_default();
    let mut key = leading.chars().take(1).collect::<String>();
    key.extend(leading.chars().skip(1).map(|_| '-'));
    key + &rest.replace('_', "-").to_lowercase()
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
    let value = value.trim();
    let setting = NpmrcSetting {
        key: replaced(name, variable),
        value: replaced(value, variable),
        shown: value.to_owned(),
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
        return match from_json::<Value<'_>>(inner) {
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
    /// Its address, without credentials, and without the values of variables in its path.
    pub url: String,
    /// The number of the setting that names it, from 0.
    pub setting: usize,
}

/// The registries that settings name instead of the public one, for all packages and by scope; the last setting of each counts.
pub fn configured_registries(settings: &[NpmrcSetting]) -> Vec<ConfiguredRegistry> {
    let mut found: Vec<ConfiguredRegistry> = Vec::new();
    for (setting, number) in settings.iter().zip(0..) {
        let Some(scope) = registry_scope(&setting.key) else {
            continue;
        };
        let scope = (!scope.is_empty()).then(|| scope.to_owned());
        found.retain(|it| it.scope != scope);
        found.push(ConfiguredRegistry {
            scope,
            url: setting.address(),
            setting: number,
        });
    }
    found.retain(|it| !Url::parse(&it.url).is_some_and(|url| url.is_plainly_public()));
    for it in &mut found {
        it.url = redact(&it.url).into_owned();
    }
    found
}

/// The scope whose registry the setting of a key names, empty for all packages; `None` for any other setting.
pub(crate) fn registry_scope(key: &str) -> Option<&str> {
    let scope = key.strip_suffix(":registry");
    match scope.filter(|it| it.starts_with('@')) {
        Some(scope) => Some(scope),
        None => (key == "registry").then_some(""),
    }
}

#[cfg(test)]
mod tests;
