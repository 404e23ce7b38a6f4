//! Every SBOM of every real project validates against the official schema, and the same input gives the same bytes.

use std::path::{Path, PathBuf};

use bomtrail::{Bom, Diagnostics, Scan, ScanError, ScanOptions, Tool, Writer, writer};
use bomtrail_testkit::{cases, sample, shared, validate_cyclonedx, validate_spdx23};

const TOOL: Tool<'_> = Tool {
    name: "bomtrail",
    version: "0.0.0",
};

fn write(scan: &Scan, writer: &dyn Writer) -> String {
    let bom = Bom::new(scan.graph(), TOOL)
        .timestamp(Some("2026-11-21T00:00:00Z"))
        .compact(true);
    let mut out = Vec::new();
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    String::from_utf8(out).unwrap()
}

/// The folders of a corpus that hold a lockfile, as its table of sources names them.
fn projects(corpus: &Path) -> Vec<PathBuf> {
    let table = std::fs::read_to_string(corpus.join("SOURCES.tsv")).unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| header.iter().position(|it| *it == name).unwrap();
    let (slug, folder) = (column("slug"), column("project_dir"));
    let rows = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    let folders = rows.map(|row| corpus.join(row[slug]).join(row[folder]));
    sample(folders.filter(|folder| folder.is_dir()).collect(), 20)
}

/// The SBOMs of a project are valid, repeatable, and name no path of this machine.
fn check_documents(folder: &Path, scan: &Scan) {
    let cyclonedx = write(scan, writer("cyclonedx-json").unwrap());
    assert_eq!(
        validate_cyclonedx("1.6", &cyclonedx),
        Some(Vec::new()),
        "{}",
        folder.display()
    );
    let spdx = write(scan, writer("spdx-json").unwrap());
    assert_eq!(
        validate_spdx23(&spdx),
        Some(Vec::new()),
        "{}",
        folder.display()
    );
    let again = Scan::with(folder, &ScanOptions::default()).unwrap();
    assert_eq!(
        write(&again, writer("cyclonedx-json").unwrap()),
        cyclonedx,
        "{}",
        folder.display()
    );
    let here = folder.to_string_lossy();
    assert!(
        !cyclonedx.contains(&*here) && !spdx.contains(&*here),
        "an absolute path leaked"
    );
}

#[test]
fn every_sbom_of_other_package_managers_is_valid_and_repeatable() {
    let mut count = 0;
    for manager in ["pnpm", "yarn-classic", "yarn-berry", "bun"] {
        let Some(corpus) = shared(&["corpus/", manager].concat()) else {
            return;
        };
        let slugs = std::fs::read_dir(corpus).unwrap();
        let folders = slugs.map(|it| it.unwrap().path().join("project"));
        let mut folders: Vec<PathBuf> = folders.filter(|it| it.is_dir()).collect();
        folders.sort();
        for folder in sample(folders, 20) {
            let Ok(scan) = Scan::with(&folder, &ScanOptions::default()) else {
                // A reader that is not part of this build.
                assert_ne!(manager, "pnpm", "{}", folder.display());
                continue;
            };
            check_documents(&folder, &scan);
            count += 1;
        }
    }
    assert!(count > cases(1, 17), "only {count} projects were written");
}

#[test]
fn every_sbom_of_the_npm_corpus_is_valid_and_repeatable() {
    let Some(corpus) = shared("corpus/npm") else {
        return;
    };
    let mut count = 0;
    for folder in projects(&corpus) {
        // One file is broken on purpose; that it is refused with a place is a fixture of ours.
        let Ok(scan) = Scan::with(&folder, &ScanOptions::default()) else {
            assert!(
                folder.ends_with("syft-corrupt/project"),
                "{}",
                folder.display()
            );
            continue;
        };
        check_documents(&folder, &scan);
        count += 1;
    }
    assert!(
        count > cases(3, 70),
        "only {count} projects of the corpus were written"
    );
}

/// The inputs of the CPAN corpus: every file that is one, and every folder as a whole.
fn cpan_inputs(corpus: &Path) -> Vec<PathBuf> {
    const FILES: [&str; 6] = [
        "META.json",
        "META.yml",
        "cpanfile",
        "cpanfile.snapshot",
        "cpm.yml",
        "",
    ];
    let table = std::fs::read_to_string(corpus.join("SOURCES.tsv")).unwrap();
    let slugs = table
        .lines()
        .skip(1)
        .filter_map(|row| row.split('\t').next());
    let paths = slugs.flat_map(|slug| FILES.map(|file| corpus.join(slug).join(file)));
    sample(paths.filter(|path| path.exists()).collect(), 9)
}

#[test]
fn every_sbom_of_the_cpan_corpus_is_valid_and_nothing_is_refused_without_a_reason() {
    let Some(corpus) = shared("corpus/cpan") else {
        return;
    };
    let mut count = 0;
    for path in cpan_inputs(&corpus) {
        let name = path.display();
        let scan = match Scan::with(&path, &ScanOptions::default()) {
            Ok(scan) => scan,
            Err(ScanError::Unreadable { diagnostics, .. }) => {
                assert!(!diagnostics.is_empty(), "{name}");
                continue;
            }
            // A folder with an index alone is not a project.
            Err(ScanError::NothingToRead { .. }) => continue,
            Err(error) => panic!("{name}: {error}"),
        };
        let cyclonedx = write(&scan, writer("cyclonedx-json").unwrap());
        assert_eq!(
            validate_cyclonedx("1.6", &cyclonedx),
            Some(Vec::new()),
            "{name}"
        );
        let spdx = write(&scan, writer("spdx-json").unwrap());
        assert_eq!(validate_spdx23(&spdx), Some(Vec::new()), "{name}");
        count += 1;
    }
    assert!(
        count > cases(35, 350),
        "only {count} inputs of the corpus were written"
    );
}

#[test]
fn a_folder_of_both_ecosystems_is_one_product_with_both_projects() {
    let Some(folder) = shared("corpus/mixed/metacpan-web") else {
        return;
    };
    let scan = Scan::with(&folder, &ScanOptions::default()).unwrap();
    let roots: Vec<_> = scan
        .graph()
        .roots()
        .map(|it| it.reference().into_owned())
        .collect();
    // The project of the cpanfile is named after the folder, as the product is.
    assert_eq!(roots, ["pkg:generic/metacpan-web"]);
    let product = scan.graph().roots().next().unwrap();
    assert!(
        product
            .dependencies()
            .any(|it| it.reference() == "pkg:npm/metacpan-web@1.0.0")
    );
    let types = |name: &str| {
        let purls = scan.graph().nodes().filter_map(bomtrail::NodeRef::purl);
        purls.filter(|it| it.package_type() == name).count()
    };
    assert!(types("npm") > 100 && types("cpan") > 200);
    for (format, version) in [("cyclonedx-json", "1.6"), ("cyclonedx-json@1.4", "1.4")] {
        let document = write(&scan, writer(format).unwrap());
        assert_eq!(validate_cyclonedx(version, &document), Some(Vec::new()));
    }
    let spdx = write(&scan, writer("spdx-json").unwrap());
    assert_eq!(validate_spdx23(&spdx), Some(Vec::new()));
    let both = bomtrail::views::why(scan.graph(), "Moo", 1).unwrap();
    assert!(both.found.iter().any(|it| it.chains.from_roots));
}
