//! Values that an older version states in another form.

use bomtrail_document::{Json, Members};

use super::Downgrade;
use crate::spec::model::{Choice, Kind, Type};
use crate::spec::table::{COMPONENT, EVIDENCE, LICENSES, METADATA, TOOLS_CASES, VULNERABILITY};

impl Downgrade {
    /// Replaces fields of an object by those that the version has instead.
    pub(super) fn legacy(&mut self, map: &mut Members<'_>, of: &'static Type) {
        let is = |other: &'static Type| std::ptr::eq(of, other);
        if (is(&METADATA) || is(&VULNERABILITY)) && !TOOLS_CASES.has_object(self.version) {
            self.legacy_tools(map);
        }
        if is(&COMPONENT) && !COMPONENT.has("authors", self.version) {
            self.legacy_authors(map);
        }
        if is(&EVIDENCE) && !COMPONENT.has("tags", self.version) {
            self.legacy_identity(map);
        }
    }

    /// Before 1.5 tools are a list of names.
    fn legacy_tools(&mut self, map: &mut Members<'_>) {
        let Some(Json::Object(tools)) = map.get_mut("tools") else {
            return;
        };
        if tools.remove("services").is_some() {
            self.lose("`services` of `tools` are left out".to_owned());
        }
        let components = tools.remove("components");
        let components = components.as_ref().and_then(Json::as_array);
        let names: Vec<Json<'_>> = components.into_iter().flatten().map(legacy_tool).collect();
        map.insert("tools", names);
    }

    /// Before 1.6 the authors of a component are one line.
    fn legacy_authors(&mut self, component: &mut Members<'_>) {
        if component.contains_key("author") {
            return;
        }
        let Some(Json::Array(authors)) = component.remove("authors") else {
            return;
        };
        let text = |it: &Json<'_>, key: &str| it.get(key).and_then(Json::as_str).map(str::to_owned);
        let line = |it: &Json<'_>| match (text(it, "name"), text(it, "email")) {
            (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
            (name, email) => name.or(email),
        };
        let lines: Vec<String> = authors.iter().filter_map(line).collect();
        component.insert("author", lines.join(", "));
        self.lose("`authors` are one line".to_owned());
    }

    /// Before 1.6 there is one identity.
    fn legacy_identity(&mut self, evidence: &mut Members<'_>) {
        let Some(Json::Array(several)) = evidence.get_mut("identity") else {
            return;
        };
        if several.len() > 1 {
            self.lose("all but one of several `identity` are left out".to_owned());
        }
        let first = several.drain(..).next();
        match first {
            Some(first) => evidence.insert("identity", first),
            None => drop(evidence.remove("identity")),
        }
    }

    /// Before 1.7 an expression is the only item of `licenses`.
    pub(super) fn separate(&mut self, items: &mut [Json<'_>], choice: &'static Choice) {
        if !std::ptr::eq(choice, &raw const LICENSES)
            || choice.can_mix(self.version)
            || items.len() < 2
        {
            return;
        }
        for item in items {
            let Some(expression) = item.get("expression").cloned() else {
                continue;
            };
            let mut license = Members::new();
            license.insert("name", expression);
            if let Some(it) = item.get("acknowledgement") {
                license.insert("acknowledgement", it.clone());
            }
            let mut choice = Members::new();
            choice.insert("license", license);
            *item = choice.into();
            self.lose("licence expressions next to other licences are written as names".to_owned());
        }
    }

    /// The value of an older case that stands for one of a newer case.
    pub(super) fn older_case<'t>(
        &mut self,
        value: &Json<'t>,
        choice: &'static Choice,
    ) -> Option<Json<'t>> {
        let map = value.as_object()?;
        let newest = choice.cases.iter().find(|it| it.holds(value))?;
        if newest.since <= self.version {
            return None;
        }
        if choice.uniform {
            // An algorithm is a reference before 1.7.
            return map.get("algorithm").cloned();
        }
        let older = choice.cases.iter().rfind(|it| it.since <= self.version)?;
        let (None, Kind::Object(of)) = (older.under, older.kind) else {
            return None;
        };
        let mut kept = map.clone();
        kept.retain(|name, _| of.field(name).is_some());
        for name in map.keys().filter(|it| !kept.contains_key(it)) {
            self.lose(format!("`{name}` is left out"));
        }
        Some(kept.into())
    }
}

/// A component in the shape that tools had before 1.5.
fn legacy_tool<'t>(component: &Json<'t>) -> Json<'t> {
    let mut tool = Members::new();
    for key in ["name", "version", "hashes", "externalReferences"] {
        if let Some(value) = component.get(key) {
            tool.insert(key, value.clone());
        }
    }
    let vendor = component
        .get("group")
        .or_else(|| component.get("publisher"));
    if let Some(vendor) = vendor {
        tool.insert("vendor", vendor.clone());
    }
    tool.into()
}
