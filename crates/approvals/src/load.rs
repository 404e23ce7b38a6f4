//! Reads a list and everything it extends. Remote lists come from the vendored copies, or from the caller's `fetch`.

mod reference;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use bomtrail_graph::{Diagnostics, Files, Hash, Level, Text};

use crate::diags;
use crate::document::Document;
use crate::entry::Extends;
use crate::integrity;
use crate::key::Key;
use crate::list::List;
use crate::lock::{self, LOCK_FILE, RemoteLock};
use reference::Reference;

/// The largest file that is read and written, in bytes: some 250,000 approvals with their digests.
pub(crate) const LARGEST: usize = 64 << 20;
/// The deepest chain of lists.
const DEEPEST: usize = 16;
/// The most lists.
const MOST: usize = 256;

/// Fetches the bytes of a URL; the error says why it could not.
pub type Fetch<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// How lists are loaded.
pub struct LoadOptions<'a> {
    /// How deep lists may extend each other; more than 16 is 16.
    pub max_depth: usize,
    /// Fetches the bytes of remote lists; without it they must be vendored.
    pub fetch: Option<&'a Fetch<'a>>,
}

impl Default for LoadOptions<'_> {
    fn default() -> Self {
        Self {
            max_depth: DEEPEST,
            fetch: None,
        }
    }
}

/// A list, and the remote lists in it with the bytes that were fetched.
#[derive(Debug)]
pub struct Loaded {
    /// The list with everything it extends.
    pub list: List,
    /// The remote lists in use.
    pub lock: RemoteLock,
    /// The bytes to vendor, by path relative to the list; empty unless they were fetched.
    pub vendored: BTreeMap<String, Vec<u8>>,
}

/// Reads the text of one list, without what it extends.
///
/// # Errors
/// Every problem of the file, each with line and column.
pub fn parse(path: &str, text: &str) -> Result<Document, Diagnostics> {
    Document::parse(path, text)
}

/// Reads the list at `root`, which is a path in the project or a URL, and everything it extends.
///
/// # Errors
/// Every problem of the files, each with file, line and column.
pub fn load(
    root: &str,
    files: &dyn Files,
    options: &LoadOptions<'_>,
) -> Result<Loaded, Diagnostics> {
    let mut loader = Loader {
        files,
        options,
        base: reference::folder(root),
        old: RemoteLock::default(),
        loaded: Loaded {
            list: List::default(),
            lock: RemoteLock::default(),
            vendored: BTreeMap::new(),
        },
        documents: BTreeMap::new(),
        diagnostics: Diagnostics::new(),
    };
    if options.fetch.is_none() {
        loader.old = lock::read(&reference::join(&loader.base, LOCK_FILE), files)?;
    }
    match Reference::root(root) {
        Ok(reference) => loader.all(reference),
        Err(why) => {
            let place = bomtrail_graph::Place::file(root);
            loader.diagnostics.push(diags::invalid(place, why, None));
        }
    }
    let Loader {
        mut loaded,
        diagnostics,
        ..
    } = loader;
    if diagnostics.worst() == Some(Level::Error) {
        return Err(diagnostics);
    }
    loaded.list.diagnostics = diagnostics;
    Ok(loaded)
}

struct Loader<'a> {
    files: &'a dyn Files,
    options: &'a LoadOptions<'a>,
    /// The folder of the root list, in which remote ones are vendored.
    base: String,
    old: RemoteLock,
    loaded: Loaded,
    documents: BTreeMap<String, Option<Rc<Document>>>,
    diagnostics: Diagnostics,
}

/// One chain of `extends` that leads to a list.
struct Visit {
    reference: Reference,
    chain: Vec<String>,
    exclude: Vec<Key>,
    integrity: Option<Hash>,
}

impl Loader<'_> {
    /// Visits lists in the order they are extended, each once for each set of excluded packages.
    fn all(&mut self, root: Reference) {
        let mut seen: BTreeSet<(String, Vec<Key>)> = BTreeSet::new();
        let mut open = VecDeque::from([Visit {
            reference: root,
            chain: Vec::new(),
            exclude: Vec::new(),
            integrity: None,
        }]);
        while let Some(visit) = open.pop_front() {
            let name = visit.reference.name().to_owned();
            if let Some(start) = visit.chain.iter().position(|it| *it == name) {
                let mut cycle = visit.chain.clone();
                cycle.drain(..start);
                cycle.push(name);
                let from = visit.chain.last().map_or("", String::as_str);
                self.diagnostics.push(diags::cycle(from, &cycle));
                continue;
            }
            let limit = self.options.max_depth.min(DEEPEST);
            if visit.chain.len() > limit {
                self.diagnostics.push(diags::too_deep(&name, limit));
                continue;
            }
            let Some(document) = self.document(&visit) else {
                continue;
            };
            if !seen.insert((name.clone(), visit.exclude.clone())) {
                // It was added already. If this chain led to a cycle, the first one did too.
                continue;
            }
            if seen.len() > MOST {
                self.diagnostics.push(diags::too_many(&name, MOST));
                return;
            }
            let all = document.extends.clone();
            self.add(&visit, Rc::unwrap_or_clone(document));
            let mut chain = visit.chain;
            chain.push(name);
            for extends in &all {
                open.extend(self.step(&visit.reference, &chain, &visit.exclude, extends));
            }
        }
    }

    fn add(&mut self, visit: &Visit, document: Document) {
        let names = visit.chain.iter().map(String::as_str);
        let chain = names.chain([visit.reference.name()]).map(Text::from);
        let dropped = self
            .loaded
            .list
            .add(document, chain.collect(), &visit.exclude);
        if let Some(from) = visit.chain.last().filter(|_| !dropped.is_empty()) {
            let names: Vec<&str> = dropped.iter().map(Key::as_str).collect();
            let note = diags::excluded(from, visit.reference.name(), &names);
            self.diagnostics.push(note);
        }
    }

    fn step(
        &mut self,
        base: &Reference,
        chain: &[String],
        exclude: &[Key],
        extends: &Extends,
    ) -> Option<Visit> {
        let from = base.name();
        match base.follow(&extends.reference) {
            Ok(reference) => {
                if reference.is_outside() {
                    let it = diags::outside(reference.name(), from);
                    self.diagnostics.push(it);
                }
                let mut exclude: Vec<Key> = exclude.to_vec();
                exclude.extend(extends.exclude.iter().cloned());
                exclude.sort_unstable();
                exclude.dedup();
                Some(Visit {
                    reference,
                    chain: chain.to_vec(),
                    exclude,
                    integrity: extends.integrity.clone(),
                })
            }
            Err(why) => {
                let place = bomtrail_graph::Place::line(from, extends.line, None);
                self.diagnostics.push(diags::invalid(place, why, None));
                None
            }
        }
    }

    /// The list of a visit, read once.
    fn document(&mut self, visit: &Visit) -> Option<Rc<Document>> {
        let name = visit.reference.name();
        // A digest is compared for every list that asks for one.
        if let (Some(known), None) = (self.documents.get(name), &visit.integrity) {
            return known.clone();
        }
        let document = self.read(visit);
        // Every chain begins with the root, so that none leads to it again.
        if !visit.chain.is_empty() {
            self.documents.insert(name.to_owned(), document.clone());
        }
        document
    }

    fn read(&mut self, visit: &Visit) -> Option<Rc<Document>> {
        let name = visit.reference.name();
        let from = visit.chain.last().map(String::as_str);
        let bytes = if visit.reference.is_remote() {
            self.remote(name, from.unwrap_or(name))?
        } else {
            let bytes = self.files.read(name).filter(|it| it.len() <= LARGEST);
            if bytes.is_none() {
                self.diagnostics.push(diags::unreadable(name, from));
            }
            bytes?
        };
        let pinned = visit.integrity.as_ref();
        if pinned.is_some_and(|pin| integrity::sha512(&bytes).as_ref() != Some(pin)) {
            let why = "does not match the digest pinned in `extends`";
            let it = diags::unlocked(name, from.unwrap_or(name), why);
            self.diagnostics.push(it);
            return None;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            let place = bomtrail_graph::Place::file(name);
            let message = "the file is not valid UTF-8".to_owned();
            self.diagnostics.push(diags::invalid(place, message, None));
            return None;
        };
        match Document::parse(name, &text) {
            Ok(document) => Some(Rc::new(document)),
            Err(problems) => {
                self.diagnostics.append(problems);
                None
            }
        }
    }

    fn remote(&mut self, url: &str, from: &str) -> Option<Vec<u8>> {
        let found = match self.options.fetch {
            Some(fetch) => self.fetched(url, fetch),
            None => self.vendored(url),
        };
        match found {
            Ok(bytes) => Some(bytes),
            Err(why) => {
                self.diagnostics.push(diags::unlocked(url, from, &why));
                None
            }
        }
    }

    fn fetched(&mut self, url: &str, fetch: &Fetch<'_>) -> Result<Vec<u8>, String> {
        let bytes = fetch(url)?;
        if bytes.len() > LARGEST {
            return Err("is larger than 64 MiB".to_owned());
        }
        if let Some(locked) = self.loaded.lock.note(url, &bytes) {
            let path = locked.path.clone();
            self.loaded.vendored.insert(path, bytes.clone());
        }
        Ok(bytes)
    }

    fn vendored(&mut self, url: &str) -> Result<Vec<u8>, String> {
        let locked = self.old.0.get(url).cloned();
        let locked = locked.ok_or_else(|| format!("is not in `{LOCK_FILE}`"))?;
        let path = reference::join(&self.base, &locked.path);
        let bytes = self.files.read(&path).filter(|it| it.len() <= LARGEST);
        let bytes = bytes.ok_or_else(|| format!("is locked, but `{path}` cannot be read"))?;
        if integrity::sha512(&bytes).as_ref() != Some(&locked.integrity) {
            return Err(format!(
                "is locked, but `{path}` has another digest than the locked one"
            ));
        }
        self.loaded.lock.0.insert(url.to_owned(), locked);
        Ok(bytes)
    }
}
