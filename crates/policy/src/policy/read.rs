//! Reads the policy from TOML, with the line of whatever is wrong.

use bomtrail_graph::{Date, Diagnostics, Place, Purl};
use toml_edit::{Document, Item, TableLike, Value};

use super::{Exception, Options, Policy, Scope, Setting};
use crate::diags;
use crate::rules::{self, Verdict};

/// The file while it is read.
struct Page<'t> {
    path: &'t str,
    text: &'t str,
    problems: Diagnostics,
}

impl Page<'_> {
    fn line(&self, item: &Item) -> usize {
        self.line_at(item.span().map_or(0, |it| it.start))
    }

    fn line_at(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        before.bytes().filter(|it| *it == b'\n').count() + 1
    }

    fn wrong(&mut self, line: usize, message: String) {
        let place = Place::line(self.path, line, None);
        self.problems.push(diags::invalid(place, message));
    }

    fn expected(&mut self, key: &str, item: &Item, what: &str) {
        self.wrong(self.line(item), format!("`{key}` must be {what}"));
    }

    fn text(&mut self, key: &str, item: &Item) -> Option<String> {
        let found = item.as_str().map(str::to_owned);
        if found.as_ref().is_none_or(String::is_empty) {
            self.expected(key, item, "a string that is not empty");
        }
        found
    }

    fn truth(&mut self, key: &str, item: &Item) -> bool {
        let found = item.as_bool();
        if found.is_none() {
            self.expected(key, item, "`true` or `false`");
        }
        found.unwrap_or_default()
    }

    fn number(&mut self, key: &str, item: &Item) -> Option<u32> {
        let found = item.as_integer().and_then(|it| u32::try_from(it).ok());
        if found.is_none() {
            self.expected(key, item, "a whole number from 0 on");
        }
        found
    }

    fn texts(&mut self, key: &str, item: &Item) -> Vec<String> {
        let array = item.as_array();
        let all = array.map(|it| it.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        if let Some(texts) = all.flatten() {
            return texts.into_iter().map(str::to_owned).collect();
        }
        self.expected(key, item, "a list of strings");
        Vec::new()
    }

    fn verdict(&mut self, key: &str, item: &Item) -> Option<Verdict> {
        let found = item.as_str().and_then(Verdict::from_name);
        if found.is_none() {
            self.expected(key, item, "`deny`, `warn` or `allow`");
        }
        found
    }

    fn table<'i>(&mut self, key: &str, item: &'i Item) -> Option<&'i dyn TableLike> {
        let table = item.as_table_like();
        if table.is_none() {
            self.expected(key, item, "a table");
        }
        table
    }

    fn unknown(&mut self, key: &str, table: &dyn TableLike, known: &str) {
        let at = table.key(key).and_then(toml_edit::Key::span);
        let line = self.line_at(at.map_or(0, |it| it.start));
        self.wrong(line, format!("`{key}` is not known here; known is {known}"));
    }
}

pub(super) fn policy(path: &str, text: &str) -> Result<Policy, Diagnostics> {
    let mut page = Page {
        path,
        text,
        problems: Diagnostics::new(),
    };
    let mut policy = Policy {
        path: path.to_owned(),
        ..Policy::default()
    };
    match Document::parse(text) {
        Ok(document) => {
            if let Some(item) = document.as_table().get("policy")
                && let Some(table) = page.table("policy", item)
            {
                whole(&mut page, table, &mut policy);
            }
        }
        Err(error) => {
            let line = page.line_at(error.span().map_or(0, |it| it.start));
            page.wrong(line, format!("not readable as TOML: {}", error.message()));
        }
    }
    if page.problems.is_empty() {
        Ok(policy)
    } else {
        Err(page.problems)
    }
}

fn whole(page: &mut Page<'_>, table: &dyn TableLike, policy: &mut Policy) {
    for (key, item) in table.iter() {
        let options = &mut policy.options;
        match key {
            "fail-on" => options.fail_on = page.verdict(key, item).unwrap_or(Verdict::Deny),
            "registries" => options.registries = page.texts(key, item),
            "max-extends-depth" => {
                let depth = page.number(key, item).map(|it| it as usize);
                options.max_extends_depth = depth.unwrap_or(Options::default().max_extends_depth);
            }
            "criteria" => options.criteria = page.texts(key, item),
            "trust-lock-version" => options.trust_lock_version = page.truth(key, item),
            "require-integrity" => options.require_integrity = page.truth(key, item),
            "workspace-approvals" => match item.as_str() {
                Some("narrow") => options.members_approve = false,
                Some("additive") => options.members_approve = true,
                _ => page.expected(key, item, "`narrow` or `additive`"),
            },
            "rules" => {
                if let Some(rules) = page.table(key, item) {
                    policy.settings = settings(page, rules);
                }
            }
            "exceptions" => policy.exceptions = exceptions(page, item),
            other => page.unknown(
                other,
                table,
                "`fail-on`, `registries`, `max-extends-depth`, `criteria`, `trust-lock-version`, `require-integrity`, \
                 `workspace-approvals`, `rules`, `exceptions`",
            ),
        }
    }
    if policy.options.fail_on == Verdict::Allow {
        page.wrong(1, "`fail-on` must be `deny` or `warn`".to_owned());
    }
}

fn settings(page: &mut Page<'_>, table: &dyn TableLike) -> Vec<(String, Setting)> {
    let mut settings = Vec::new();
    for (id, item) in table.iter() {
        if rules::rule(id).is_none() {
            page.unknown(
                id,
                table,
                &format!(
                    "every rule of `bomtrail check --rules`, such as `{}`",
                    rules::closest(id)
                ),
            );
            continue;
        }
        let mut setting = Setting {
            line: page.line(item),
            ..Setting::default()
        };
        match item.as_table_like() {
            Some(table) => detailed(page, table, &mut setting),
            None => setting.verdict = page.verdict(id, item),
        }
        settings.push((id.to_owned(), setting));
    }
    settings
}

fn detailed(page: &mut Page<'_>, table: &dyn TableLike, setting: &mut Setting) {
    for (key, item) in table.iter() {
        match key {
            "level" => setting.verdict = page.verdict(key, item),
            "packages" => setting.packages = page.texts(key, item),
            "licenses" => setting.licenses = page.texts(key, item),
            "unknown" => setting.unknown = page.verdict(key, item),
            "limit" => setting.limit = page.number(key, item),
            "days" => setting.days = page.number(key, item),
            "scope" => match item.as_str() {
                Some("all") => setting.scope = Scope::All,
                Some("direct") => setting.scope = Scope::Direct,
                Some("transitive") => setting.scope = Scope::Transitive,
                _ => page.expected(key, item, "`all`, `direct` or `transitive`"),
            },
            other => page.unknown(
                other,
                table,
                "`level`, `packages`, `licenses`, `unknown`, `limit`, `days`, `scope`",
            ),
        }
    }
}

fn exceptions(page: &mut Page<'_>, item: &Item) -> Vec<Exception> {
    let tables: Vec<&dyn TableLike> = match (item.as_array_of_tables(), item.as_array()) {
        (Some(tables), _) => tables.iter().map(|it| it as &dyn TableLike).collect(),
        (None, Some(array)) if array.iter().all(Value::is_inline_table) => array
            .iter()
            .filter_map(|it| it.as_inline_table().map(|it| it as &dyn TableLike))
            .collect(),
        _ => {
            page.expected(
                "exceptions",
                item,
                "a list of tables (`[[policy.exceptions]]`)",
            );
            return Vec::new();
        }
    };
    tables
        .into_iter()
        .filter_map(|it| exception(page, it))
        .collect()
}

fn exception(page: &mut Page<'_>, table: &dyn TableLike) -> Option<Exception> {
    let (mut rule, mut package, mut reason, mut expires) = (None, None, None, None);
    let mut line = None;
    for (key, item) in table.iter() {
        line.get_or_insert(page.line(item));
        match key {
            "rule" => {
                rule = page.text(key, item);
                if rule.as_ref().is_some_and(|it| rules::rule(it).is_none()) {
                    page.expected(key, item, "the id of a rule");
                }
            }
            "package" => {
                package = page.text(key, item).and_then(|it| Purl::parse(&it).ok());
                if package.is_none() {
                    page.expected(key, item, "a Package URL");
                }
            }
            "reason" => reason = page.text(key, item),
            "expires" => {
                // TOML has dates of its own, and people write both.
                let text = item.as_datetime().map(ToString::to_string);
                let text = text.or_else(|| item.as_str().map(str::to_owned));
                expires = text.and_then(|it| Date::parse(&it));
                if expires.is_none() {
                    page.expected(key, item, "a date, as in `2026-11-21`");
                }
            }
            other => page.unknown(other, table, "`rule`, `package`, `reason`, `expires`"),
        }
    }
    let line = line.unwrap_or(1);
    if let (Some(rule), Some(package), Some(reason), Some(expires)) =
        (rule, package, reason, expires)
    {
        return Some(Exception {
            rule,
            package,
            reason,
            expires,
            line,
        });
    }
    let message = "an exception has a `rule`, a `package`, a `reason` and a day it `expires`";
    page.wrong(line, message.to_owned());
    None
}
