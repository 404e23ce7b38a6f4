//! Writes a large graph as CycloneDX 1.5, with this crate or with `cyclonedx-bom`, for `cargo xtask bench` to measure each in
//! a process of its own: `large ours|theirs|graph COUNT`. All make the same graph; `graph` writes nothing of it. The bytes are
//! counted and dropped, because a disk costs both the same.

#![expect(clippy::unwrap_used, reason = "a program that measures may panic")]

#[path = "large/ours.rs"]
mod ours;
#[path = "large/theirs.rs"]
mod theirs;

use std::io::{self, Write};

/// How many components each of them depends on.
const DEPENDENCIES: u32 = 4;

/// What is written of a component.
struct Made {
    name: String,
    version: String,
    purl: String,
    archive: String,
    place: String,
    sha512: [u8; 64],
}

fn made(number: u32) -> Made {
    let name = format!("package-{number:06}");
    let version = format!("{}.{}.0", number % 7, number % 13);
    let mut sha512 = [0; 64];
    for (index, byte) in (0_u32..).zip(&mut sha512) {
        *byte = (number.wrapping_mul(31).wrapping_add(index * 17) % 251)
            .try_into()
            .unwrap();
    }
    Made {
        purl: ["pkg:npm/", &name, "@", &version].concat(),
        archive: format!("https://npm.example.com/{name}/-/{name}-{version}.tgz"),
        place: ["node_modules/", &name].concat(),
        name,
        version,
        sha512,
    }
}

/// The numbers of what a component depends on; no component depends on a later one.
fn needed(number: u32) -> impl Iterator<Item = u32> {
    let steps = (1..=DEPENDENCIES).map(move |it| it * (1 + number % 5));
    steps.filter_map(move |it| number.checked_sub(it))
}

/// Counts bytes.
#[derive(Default)]
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [which, count] = &*arguments else {
        panic!("large ours|theirs|graph COUNT")
    };
    let graph = ours::graph(count.parse().unwrap());
    let mut out = Counter::default();
    match which.as_str() {
        "ours" => ours::write(&graph, &mut out),
        "theirs" => theirs::write(&graph, &mut out),
        "graph" => {}
        other => panic!("`{other}` is neither ours, theirs nor graph"),
    }
    let answer = format!("{} components, {} bytes\n", graph.nodes().len(), out.0);
    io::stdout().write_all(answer.as_bytes()).unwrap();
}
