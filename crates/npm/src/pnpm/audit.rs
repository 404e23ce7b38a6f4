//! A strict view of a pnpm lockfile: everything in it that pnpm itself never writes. pnpm reads more than it writes, so such a
//! lockfile can install something else than it seems to say. The tolerant reader accepts all of it.

mod fields;

use bomtrail_document::{Entry, FileCodes, Page, Value};
use bomtrail_graph::{Diagnostics, Input};

use super::configuration;
use super::key::{Key, Style};
use super::links;
use super::lock::Lock;
use super::manifests::SECTIONS;
use crate::diags;
use crate::paths;
use crate::text;
use fields::Fields;

/// Every problem of the text is a deviation.
const CODES: FileCodes = FileCodes::all(&diags::NOT_AS_MANAGER_WRITES);

/// The deviations of one lockfile while they are collected.
struct Audit<'a, 'p, 't> {
    path: &'a str,
    page: &'p Page<'t>,
    diagnostics: &'a mut Diagnostics,
}

/// Reports everything in a lockfile that pnpm does not write.
pub(crate) fn audit(input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let (text, repairs) = text::decode(input.bytes);
    if repairs.invalid_utf8 {
        let message = "the file is not valid UTF-8";
        diagnostics.push(diags::not_as_written(input.path, 0, message));
    }
    if let Some(line) = text::all_conflict_markers(&text) {
        let message = "it has conflict markers, and pnpm merges the sides in its own way";
        diagnostics.push(diags::not_as_written(input.path, line, message));
        return;
    }
    let mut page = Page::new(input.path, &text, CODES);
    let documents = page.yaml();
    let Some(documents) = documents else {
        diagnostics.append(page.into_problems());
        return;
    };
    let mut audit = Audit {
        path: input.path,
        page: &page,
        diagnostics,
    };
    audit.stream(&text, &documents);
    if let Some(lock) = Lock::of(&documents) {
        let place = (input.path, paths::project_of(input.path));
        configuration::report(&lock, place, input.files, audit.diagnostics);
        let project = documents.last().into_iter();
        let linked = project.flat_map(|it| links::deviations(&lock, it, place.1, input.files));
        for (at, message) in linked {
            audit.deviation(at, &message);
        }
    }
    for document in &documents {
        audit.document(document);
    }
    diagnostics.append(page.into_problems());
}

impl<'v> Audit<'_, '_, '_> {
    fn deviation(&mut self, at: usize, message: &str) {
        let line = self.page.line(at);
        self.diagnostics
            .push(diags::not_as_written(self.path, line, message));
    }

    /// The documents of the file: the last one is about the project, the one before it about pnpm itself.
    fn stream(&mut self, text: &str, documents: &'v [Value<'v>]) {
        if self.page.has_aliases() {
            self.deviation(0, "it has anchors or merge keys, which pnpm does not write");
        }
        let second = documents.get(1).map_or(0, |it| it.start);
        let has_environment = Lock::of(documents).is_some_and(|it| it.environment.is_some());
        match documents.len() {
            0 => self.deviation(0, "the file is empty"),
            1 => {}
            2 if has_environment => {}
            2 => self.deviation(
                second,
                "its first document is not about pnpm itself, and is ignored",
            ),
            _ => self.deviation(second, "it has more than two documents"),
        }
        // pnpm splits the text at the first such line, whatever YAML has there.
        let begins = text.strip_prefix("---\n");
        let splits = begins.is_some_and(|it| it.contains("\n---\n"));
        if documents.len() > 1 && !splits {
            self.deviation(second, "pnpm does not read its documents apart");
        }
    }

    fn document(&mut self, document: &'v Value<'v>) {
        if document.as_entries().is_none() {
            self.deviation(document.start, "the document has no sections");
            return;
        }
        let documents = std::slice::from_ref(document);
        let Some(lock) = Lock::of(documents) else {
            return;
        };
        self.fields(&fields::TOP, "the lockfile", document);
        if lock.version.is_empty() {
            self.deviation(document.start, "`lockfileVersion` is missing");
        }
        let is_plain = lock.style == Style::Plain;
        for importer in document.get("importers").map_or(&[][..], Value::pairs) {
            self.fields(&fields::IMPORTER, "an importer", &importer.value);
            self.declared(&importer.value);
        }
        self.declared(document);
        for entry in document.get("packages").map_or(&[][..], Value::pairs) {
            let known: &Fields = if is_plain {
                &fields::PACKAGE
            } else {
                &fields::OLD_PACKAGE
            };
            self.fields(known, "a package", &entry.value);
            self.package(entry, lock.style);
        }
        for entry in document.get("snapshots").map_or(&[][..], Value::pairs) {
            self.fields(&fields::SNAPSHOT, "a snapshot", &entry.value);
        }
        if is_plain {
            self.pairs(document);
        }
        self.references(&lock, document);
    }

    /// The fields of a map that pnpm does not write there, and those of another type than it writes.
    fn fields(&mut self, known: &Fields, of: &str, value: &'v Value<'v>) {
        if value.as_entries().is_none() {
            self.deviation(value.start, &format!("{of} is not a map"));
        }
        for entry in value.pairs() {
            match known.iter().find(|(name, _)| *name == entry.key) {
                None => {
                    let message = format!("`{}` is not a field of {of}", entry.key);
                    self.deviation(entry.at, &message);
                }
                Some((_, shape)) if !shape.fits(&entry.value) => {
                    let message = format!("`{}` must be {}", entry.key, shape.name());
                    self.deviation(entry.at, &message);
                }
                Some(_) => {}
            }
        }
    }

    /// The dependencies of an importer: each has a specifier and what it leads to.
    fn declared(&mut self, importer: &'v Value<'v>) {
        let specifiers = importer.get("specifiers");
        for section in SECTIONS {
            for entry in importer.get(section).map_or(&[][..], Value::pairs) {
                let inline = entry.value.as_entries().is_some();
                if inline {
                    self.fields(&fields::DECLARED, "a dependency", &entry.value);
                }
                let is_complete = if inline {
                    entry.value.get("specifier").is_some() && entry.value.get("version").is_some()
                } else {
                    entry.value.as_scalar().is_some() && specifiers.is_some()
                };
                if !is_complete {
                    let message = format!("`{}` has no specifier or no version", entry.key);
                    self.deviation(entry.at, &message);
                }
            }
        }
    }

    /// A package: its key, and where it comes from.
    fn package(&mut self, entry: &'v Entry<'v>, style: Style) {
        let key = Key::parse(&entry.key, style);
        let stated = |field: &str| entry.value.get(field).and_then(Value::as_scalar);
        for (field, of_key) in [("name", key.name), ("version", key.version)] {
            let Some((stated, of_key)) = stated(field).zip(of_key) else {
                continue;
            };
            if stated != of_key {
                let message = format!("`{field}` is `{stated}`, but the key says `{of_key}`");
                self.deviation(entry.at, &message);
            }
        }
        if style == Style::Plain && (key.name.is_none() || !key.suffix.is_empty()) {
            self.deviation(entry.at, "the key is not a name and a version");
        }
        let Some(resolution) = entry.value.get("resolution") else {
            self.deviation(entry.at, "`resolution` is missing");
            return;
        };
        self.fields(&fields::RESOLUTION, "a resolution", resolution);
        let has = |field: &str| resolution.get(field).is_some();
        let kind = resolution.get("type").and_then(Value::as_scalar);
        let of_registry = key.version.is_some();
        let message = match kind {
            None if of_registry && !has("integrity") => {
                "a package of a registry has no `integrity`"
            }
            None if !has("integrity") && !has("tarball") => "the resolution says nothing",
            Some(_) if of_registry => {
                "the key names a package of a registry, but its resolution does not"
            }
            Some("git") if !has("repo") || !has("commit") => "`repo` or `commit` is missing",
            Some("directory") if !has("directory") => "`directory` is missing",
            _ => return,
        };
        self.deviation(resolution.start, message);
    }

    /// Packages without an instance, and instances without a package.
    fn pairs(&mut self, document: &'v Value<'v>) {
        let of = |section: &str| document.get(section).map_or(&[][..], Value::pairs);
        let keys = |entries: &'v [Entry<'v>]| -> std::collections::HashSet<&'v str> {
            let keys = entries.iter();
            keys.map(|it| Key::parse(&it.key, Style::Plain).package)
                .collect()
        };
        let (packages, snapshots) = (of("packages"), of("snapshots"));
        let (of_packages, of_snapshots) = (keys(packages), keys(snapshots));
        for entry in packages
            .iter()
            .filter(|it| !of_snapshots.contains(&*it.key))
        {
            let message = format!("`{}` has no snapshot, so that pnpm ignores it", entry.key);
            self.deviation(entry.at, &message);
        }
        for entry in snapshots {
            let key = Key::parse(&entry.key, Style::Plain);
            let is_folder = key.address.is_some_and(|it| it.starts_with("file:"));
            if !of_packages.contains(key.package) && !is_folder {
                let message = format!("`{}` has no entry in `packages`", entry.key);
                self.deviation(entry.at, &message);
            }
        }
    }

    /// Dependencies that lead to no entry.
    fn references(&mut self, lock: &Lock<'v>, document: &'v Value<'v>) {
        let section = if document.get("snapshots").is_some() {
            "snapshots"
        } else {
            "packages"
        };
        let entries = document.get(section).map_or(&[][..], Value::pairs);
        let keys: std::collections::HashSet<&str> = entries.iter().map(|it| &*it.key).collect();
        let importers = document
            .get("importers")
            .map_or(&[][..], Value::pairs)
            .iter();
        let all = entries.iter().map(|it| &it.value);
        let all = all.chain(importers.map(|it| &it.value)).chain([document]);
        for value in all {
            let sections = SECTIONS.iter().filter_map(|it| value.get(it));
            for pair in sections.flat_map(Value::pairs) {
                let reference = super::manifests::reference(&pair.value);
                let key =
                    reference.and_then(|it| super::key::of_reference(it, &pair.key, lock.style));
                if key.is_some_and(|it| !keys.contains(&*it)) {
                    let message = format!("`{}` leads to no entry", pair.key);
                    self.deviation(pair.at, &message);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
