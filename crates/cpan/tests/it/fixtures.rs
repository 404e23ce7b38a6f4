//! Every folder of `fixtures/cpan` is a project. Its inputs, with the core of Perl and an index next to them, give what the
//! files `expected.*` of the folder say.

use std::fs;

use bomtrail_cpan::{
    Cpanfile, CpanfileSnapshot, Cpm, Index, InstalledTree, MetaFile, Perl, PerlEnvironment,
    core_and_index, installed_trees,
};
use bomtrail_graph::{Diagnostics, Graph, Input, Reader, link};
use bomtrail_testkit::{Case, run_fixtures};

/// Where a case keeps an index of CPAN.
const INDEX: &str = "02packages.details.txt";

/// All readers; a file is read by the first that claims it.
const READERS: &[&dyn Reader] = &[&CpanfileSnapshot, &MetaFile, &Cpanfile, &Cpm];

#[test]
fn every_rule_holds() {
    run_fixtures("cpan", read);
}

fn read(case: &Case) -> (Graph, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut fragments = Vec::new();
    for (path, reader) in inputs(case) {
        let bytes = fs::read(case.folder.path().join(&path)).unwrap_or_default();
        let input = Input {
            path: &path,
            bytes: &bytes,
            files: &case.folder,
        };
        fragments.push(reader.read(&input, &mut diagnostics));
    }
    let index = fs::read(case.folder.path().join(INDEX)).ok();
    let environment = PerlEnvironment {
        perl: Perl::of_project(&case.folder),
        index: index.map(|bytes| Index::read(INDEX, &bytes).unwrap()),
        core: None,
    };
    core_and_index(&mut fragments, &environment, &mut diagnostics);
    let graph = link(fragments, &mut diagnostics);
    (graph, diagnostics)
}

/// The inputs of a case. Installed modules are not projects of their own, and a snapshot includes its cpanfile.
fn inputs(case: &Case) -> Vec<(String, &'static dyn Reader)> {
    let files = case.folder.all();
    let locked = files.iter().any(|path| path == "cpanfile.snapshot");
    let own = files.into_iter().filter(|path| {
        let installed = path.contains("/lib/") || path.starts_with("lib/");
        !(installed || locked && matches!(path.as_str(), "cpanfile" | "cpm.yml"))
    });
    let claimed = own.filter_map(|path| {
        let reader = READERS.iter().find(|it| it.claims(&path))?;
        Some((path, *reader))
    });
    let installed = installed_trees(&case.folder).into_iter();
    let installed = installed.map(|it| (it, &InstalledTree as &dyn Reader));
    claimed.chain(installed).collect()
}
