//! A `package.json` alone: what a project asks for. Nothing is resolved, so no package is known.

use std::borrow::Cow;

use bomtrail_document::from_json;
use bomtrail_graph::{
    Completeness, Diagnostics, Files, Fragment, Input, Lifecycle, PackageManager, Problem, Reader,
    Target,
};

use crate::diags;
use crate::lockfile::entries::Entries;
use crate::manager::NPM;
use crate::package::entry::{Entry, EntryFlags};
use crate::package::value::Value;
use crate::{paths, read, text};

/// Reads a `package.json` for which there is no lockfile.
#[derive(Clone, Copy, Debug, Default)]
pub struct PackageJson;

/// The name of the file.
const NAME: &str = "package.json";

impl Reader for PackageJson {
    fn name(&self) -> &'static str {
        "npm/package-json"
    }

    fn claims(&self, path: &str) -> bool {
        let installed = path.split('/').any(|it| it == "node_modules");
        !installed && path.rsplit('/').next() == Some(NAME)
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&NPM)
    }

    fn is_manifest(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::PreBuild;
        });
        let (decoded, _) = text::decode(input.bytes);
        let object = from_json::<Value<'_>>(&decoded);
        match object {
            Err(error) => {
                diagnostics.push(diags::unreadable(input.path, &error));
                return fragment;
            }
            Ok(Value::Map(_)) => {}
            Ok(_) => {
                diagnostics.push(diags::no_lockfile_object(input.path));
                return fragment;
            }
        }
        let mut entry = Entry::default();
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
        let mut entries = Entries::default();
        entries.push(Cow::Borrowed(""), entry);
        let root = read::root_entry(&mut entries, None, None);
        let files = WithManifest {
            input,
            base: paths::project_of(input.path),
        };
        let input = Input {
            files: &files,
            ..*input
        };
        // What a lockfile would lack is not a problem of one that is not there.
        let mut unsaid = Diagnostics::new();
        read::fill(&mut fragment, (entries, root), &input, &mut unsaid);
        for link in &mut fragment.links {
            if link.to == Target::Absent && link.problem == Some(Problem::Missing) {
                link.problem = None;
            }
        }
        if let Some(root) = fragment.components.first_mut() {
            root.dependencies = Completeness::Incomplete;
        }
        diagnostics.push(diags::not_resolved(input.path));
        fragment
    }
}

/// The files of the project, with the manifest that is read: it may be the only one that is given.
struct WithManifest<'a> {
    input: &'a Input<'a>,
    base: &'a str,
}

impl Files for WithManifest<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if Some(path) == paths::join(self.base, NAME).as_deref() {
            return Some(self.input.bytes.to_vec());
        }
        self.input.files.read(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        self.input.files.is_dir(path)
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.input.files.list(path)
    }

    fn folder_name(&self) -> Option<&str> {
        self.input.files.folder_name()
    }
}
