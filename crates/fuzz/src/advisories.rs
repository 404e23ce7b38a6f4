//! Files of advisories, indexes, decisions and VEX documents of others.

use bomtrail::Diagnostics;
use bomtrail::graph::Files;
use bomtrail_advisories::decisions::load;
use bomtrail_advisories::vex::read::read;
use bomtrail_advisories::{Builder, Index, feed};

/// A project with one file, whatever it is called.
struct Only<'b>(&'b [u8]);

impl Files for Only<'_> {
    fn read(&self, _path: &str) -> Option<Vec<u8>> {
        Some(self.0.to_vec())
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }
}

/// Checks everything that must hold for these bytes as each of the files.
pub fn advisories(data: &[u8]) {
    let index = |name: &str| {
        let mut builder = Builder::new();
        let mut diagnostics = Diagnostics::new();
        feed::begin(&mut builder, name, "");
        feed::read_json(&mut builder, name, data, &mut diagnostics);
        let is_odd = !diagnostics.is_empty();
        (builder.finish(), is_odd)
    };
    let (first, is_odd) = index("a.json");
    let (second, _) = index("a.json");
    assert_eq!(first, second, "the same bytes give another index");
    let opened = Index::open(Box::new(first)).unwrap();
    let source = opened.sources().first().unwrap();
    assert_eq!(
        source.damaged > 0,
        is_odd,
        "what is damaged is not reported"
    );
    let mut builder = Builder::new();
    drop(feed::read_archive(
        &mut builder,
        "a.zip",
        std::io::Cursor::new(data),
        &mut Diagnostics::new(),
    ));
    drop(Index::open(Box::new(data.to_vec())));
    drop(read("vex.json", data));
    drop(load("package-advisories.json", &Only(data)));
}
