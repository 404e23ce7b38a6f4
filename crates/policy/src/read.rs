//! Reads `[policy]` from TOML. It is our own configuration, so an unknown key is an error.

use bomtrail_document::{FileCodes, Page, Table};
use bomtrail_graph::{Diagnostics, Purl, Rating};

use crate::diags;
use crate::policy::{Exception, Options, Policy, Scope, Setting};
use crate::rules::RULES;
use crate::verdict::Verdict;

/// The keys of `[policy]`.
const KEYS: [&str; 9] = [
    "fail-on",
    "registries",
    "max-extends-depth",
    "criteria",
    "trust-lock-version",
    "require-integrity",
    "workspace-approvals",
    "rules",
    "exceptions",
];
/// The keys of a rule that is set to a table.
const RULE_KEYS: [&str; 9] = [
    "level", "packages", "licenses", "unknown", "limit", "days", "scope", "severity", "phase",
];
const SCOPES: [(Scope, &str); 3] = [
    (Scope::All, "all"),
    (Scope::Direct, "direct"),
    (Scope::Transitive, "transitive"),
];

impl Policy {
    /// Reads the `[policy]` table of a `bomtrail.toml` and ignores the other tables.
    ///
    /// # Errors
    /// Every problem, each with its line and column.
    pub fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let mut page = Page::new(path, text, FileCodes::all(&diags::INVALID));
        let mut policy = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        if let Some(value) = page.toml()
            && let Some(mut table) = Table::document(&mut page, &value)
        {
            policy = Self::read(&mut table);
        }
        page.finish(policy)
    }

    /// Reads the `[policy]` table of a file; problems are reported on its page.
    pub fn read(file: &mut Table<'_, '_>) -> Self {
        let mut policy = Self {
            path: file.page.path().to_owned(),
            ..Self::default()
        };
        let Some(mut table) = file.table("policy") else {
            return policy;
        };
        table.only(&KEYS);
        policy.options = options(&mut table);
        if let Some(mut rules) = table.table("rules") {
            policy.settings = settings(&mut rules);
        }
        let exceptions = &mut policy.exceptions;
        table.tables("exceptions", |mut it| exceptions.extend(exception(&mut it)));
        policy
    }
}

fn options(table: &mut Table<'_, '_>) -> Options {
    let defaults = Options::default();
    let fail_on = [(Verdict::Deny, "deny"), (Verdict::Warn, "warn")];
    let members = [(false, "narrow"), (true, "additive")];
    Options {
        fail_on: table
            .one_of("fail-on", &fail_on)
            .unwrap_or(defaults.fail_on),
        registries: owned(table, "registries"),
        max_extends_depth: table
            .number("max-extends-depth")
            .map_or(defaults.max_extends_depth, |it| it as usize),
        criteria: owned(table, "criteria"),
        trust_lock_version: table.boolean("trust-lock-version").unwrap_or_default(),
        require_integrity: table.boolean("require-integrity").unwrap_or_default(),
        members_approve: table
            .one_of("workspace-approvals", &members)
            .unwrap_or_default(),
    }
}

fn owned(table: &mut Table<'_, '_>, key: &str) -> Vec<String> {
    let texts = table.texts(key).into_iter();
    texts.map(|(text, _)| text.to_owned()).collect()
}

fn settings(table: &mut Table<'_, '_>) -> Vec<(String, Setting)> {
    let ids: Vec<&str> = RULES.iter().map(|it| it.id).collect();
    let mut settings = Vec::new();
    for entry in table.iter() {
        let id = &*entry.key;
        if !ids.contains(&id) {
            let meant = bomtrail_document::nearest(id, ids.iter().copied());
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`bomtrail check --rules` lists the rules".to_owned(),
            };
            let message = format!("unknown rule `{id}`");
            table.page.wrong(entry.at, &message, Some(&help));
            continue;
        }
        let mut setting = Setting {
            line: table.page.line(entry.at),
            ..Setting::default()
        };
        if entry.value.as_entries().is_some() {
            if let Some(mut details) = Table::of(table.page, &entry.value, id) {
                describe(&mut details, &mut setting);
            }
        } else {
            setting.verdict = table.one_of(id, &Verdict::NAMES);
        }
        settings.push((id.to_owned(), setting));
    }
    settings
}

fn describe(table: &mut Table<'_, '_>, setting: &mut Setting) {
    table.only(&RULE_KEYS);
    setting.verdict = table.one_of("level", &Verdict::NAMES);
    setting.packages = owned(table, "packages");
    setting.licenses = owned(table, "licenses");
    setting.unknown = table.one_of("unknown", &Verdict::NAMES);
    setting.limit = table.number("limit");
    setting.days = table.number("days");
    setting.severity = table.one_of("severity", &Rating::NAMES);
    setting.runtime_only =
        table.one_of("phase", &[(true, "runtime"), (false, "all")]) == Some(true);
    setting.scope = table.one_of("scope", &SCOPES).unwrap_or_default();
}

fn exception(table: &mut Table<'_, '_>) -> Option<Exception> {
    table.only(&["rule", "package", "reason", "expires"]);
    let ids: Vec<(&str, &str)> = RULES.iter().map(|it| (it.id, it.id)).collect();
    table.required("rule", "the id of the rule")?;
    let rule = table.one_of("rule", &ids);
    let package = table.required("package", "the Package URL it is for");
    let package = package.and_then(|_| {
        let wanted = "a Package URL, as in `pkg:npm/lodash`";
        table.parsed("package", wanted, |it| Purl::parse(it).ok())
    });
    let reason = table.required("reason", "why it is accepted");
    if table.get("expires").is_none() {
        let about = "the last day on which it is valid";
        table.page.missing_key("expires", table.start, about);
    }
    let expires = table.date("expires");
    let mut exception = Exception::new(rule?, package?, reason?, expires?);
    exception.line = table.page.line(table.start);
    Some(exception)
}

#[cfg(test)]
mod tests;
