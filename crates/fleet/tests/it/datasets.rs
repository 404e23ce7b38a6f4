//! Datasets: what is exported comes back as it was, and nothing counts twice.

use std::fs;
use std::path::Path;

use bomtrail_fleet::{DatasetError, Layout, Store};

use crate::make::{fleet, record};

const NOW: &str = "2026-11-29T00:00:00Z";

fn store(folder: &Path) -> Store {
    let mut store = Store::create(&folder.join("fleet.db")).unwrap();
    store.add(&fleet()).unwrap();
    store
}

#[test]
fn an_import_restores_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(folder.path());
    for layout in [Layout::Month, Layout::Sbom] {
        let data = folder.path().join(format!("{layout:?}"));
        first.export(&data, layout).unwrap();
        let mut other = Store::create(&folder.path().join(format!("{layout:?}.db"))).unwrap();
        let imported = other.import(&data, NOW).unwrap();
        assert_eq!((imported.added, imported.rejected), (4, Vec::new()));
        assert_eq!(other.list().unwrap(), first.list().unwrap());
        assert_eq!(other.verify().unwrap().damages, []);
        for query in ["bad", "lonely", "web@>=1"] {
            assert_eq!(
                other.locate(query).unwrap().found.len(),
                first.locate(query).unwrap().found.len()
            );
        }
        assert_eq!(other.import(&data, NOW).unwrap().known, 4);
    }
}

#[test]
fn a_month_without_sboms_has_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = store(folder.path());
    let data = folder.path().join("data");
    first.export(&data, Layout::Month).unwrap();
    assert!(
        data.join("components/month=2026-01/compacted.parquet")
            .is_file()
    );
    let gone = first.selected("shop@1.0.0").unwrap();
    first.remove(&[&gone[0]]).unwrap();
    first.export(&data, Layout::Month).unwrap();
    for table in ["sboms", "components", "edges"] {
        assert!(
            !data
                .join(table)
                .join("month=2026-01/compacted.parquet")
                .exists()
        );
    }
}

#[test]
fn files_of_sboms_never_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = store(folder.path());
    let data = folder.path().join("data");
    assert_eq!(first.export(&data, Layout::Sbom).unwrap().sboms, 4);
    first
        .add(&[record("new", "1", "2026-03-01", &["new@1.0.0"])])
        .unwrap();
    let second = first.export(&data, Layout::Sbom).unwrap();
    assert_eq!((second.sboms, second.known), (1, 4));
}

#[test]
fn a_folder_in_other_use_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(folder.path());
    let data = folder.path().join("data");
    first.export(&data, Layout::Month).unwrap();
    assert!(matches!(
        first.export(&data, Layout::Sbom),
        Err(DatasetError::Layout { .. })
    ));
    assert!(matches!(
        first.export(folder.path(), Layout::Month),
        Err(DatasetError::Other { .. })
    ));
    let mut other = Store::create(&folder.path().join("other.db")).unwrap();
    assert!(matches!(
        other.import(folder.path(), NOW),
        Err(DatasetError::Other { .. })
    ));
}

/// An export that was not finished: without its row in `sboms`, an SBOM is not there; with rows missing, it is rejected.
#[test]
fn unfinished_exports_add_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(folder.path());
    let data = folder.path().join("data");
    first.export(&data, Layout::Month).unwrap();
    fs::remove_file(data.join("sboms/month=2026-01/compacted.parquet")).unwrap();
    fs::remove_file(data.join("edges/month=2026-03/compacted.parquet")).unwrap();
    let mut other = Store::create(&folder.path().join("other.db")).unwrap();
    let imported = other.import(&data, NOW).unwrap();
    assert_eq!((imported.added, imported.rejected.len()), (2, 1));
    assert!(
        other.list().unwrap().rejected[0]
            .reason
            .contains("differ from its digest")
    );
}

/// A month in several files has the same rows, and a change of their number leaves no SBOM twice.
#[test]
fn a_large_month_has_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Store::create(&folder.path().join("fleet.db")).unwrap();
    let records: Vec<_> = (0..40)
        .map(|it| {
            let name = format!("app-{it}");
            let line = format!("{name}@1.0.0 > bad@1.0.0");
            record(&name, "1", "2026-01-10", &[&line])
        })
        .collect();
    first.add(&records).unwrap();
    let data = folder.path().join("data");
    let files = || {
        let month = data.join("components/month=2026-01");
        fs::read_dir(month).unwrap().count()
    };
    for (packages, expected) in [(1000, 1), (30, 4), (15, 8), (30, 4), (1000, 1)] {
        let packages = std::num::NonZero::new(packages).unwrap();
        let exported = first.export_months(&data, packages).unwrap();
        assert_eq!((exported.sboms, exported.packages), (40, 80));
        assert_eq!(files(), expected);
        let path = folder.path().join("copy.db");
        let mut copy = Store::create(&path).unwrap();
        let imported = copy.import(&data, NOW).unwrap();
        assert_eq!((imported.added, imported.known), (40, 0));
        assert_eq!(copy.verify().unwrap().sboms, 40);
        drop(copy);
        fs::remove_file(path).unwrap();
    }
    // Another program may have put the files of one table together.
    let packages = std::num::NonZero::new(15).unwrap();
    first.export_months(&data, packages).unwrap();
    for entry in fs::read_dir(data.join("edges/month=2026-01")).unwrap() {
        let path = entry.unwrap().path();
        fs::rename(&path, path.with_extension("other.parquet")).unwrap();
    }
    let mut copy = Store::create(&folder.path().join("copy.db")).unwrap();
    assert_eq!(copy.import(&data, NOW).unwrap().added, 40);
}
