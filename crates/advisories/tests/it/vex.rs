//! VEX documents of others: the official examples where the shared corpus is at hand.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bomtrail_advisories::vex::read::read;

/// What our reader says of every document in a folder of the corpus: its name, and whether it is refused.
fn verdicts(folder: &str) -> Option<Vec<(String, bool)>> {
    let folder = bomtrail_testkit::shared("corpus/vex")?.join(folder);
    let mut names: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    names.sort();
    let verdict = |path: &Path| {
        let mut bytes = Vec::new();
        File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name.clone(), read(&name, &bytes).is_err())
    };
    Some(names.iter().map(|it| verdict(it)).collect())
}

#[test]
fn valid_documents_are_read() {
    for folder in [
        "openvex/valid",
        "openvex/read-only",
        "cyclonedx/valid",
        "csaf/valid",
        "csaf/mandatory-pass",
    ] {
        let refused = verdicts(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, refused)| *refused);
        let refused: Vec<String> = refused.map(|(name, _)| name).collect();
        assert_eq!(refused, Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn invalid_documents_are_refused() {
    for folder in [
        "openvex/invalid",
        "cyclonedx/invalid",
        "cyclonedx/dangling",
        "csaf/mandatory-fail",
    ] {
        let read = verdicts(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, refused)| !*refused);
        let read: Vec<String> = read.map(|(name, _)| name).collect();
        assert_eq!(read, Vec::<String>::new(), "{folder}");
    }
}
