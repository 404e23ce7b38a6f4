//! Measures the store: `fleet_speed add STORE FOLDER JOBS` adds the CycloneDX documents of a folder, `fleet_speed read FOLDER`
//! only reads them, `fleet_speed ask STORE QUESTION…` asks each question ten times, `fleet_speed export STORE FOLDER` writes the
//! dataset.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a developer's command measures and prints"
)]

use std::error::Error;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bomtrail::source::Memory;
use bomtrail::{Document, TOOL};
use bomtrail_fleet::{Layout, Read, Record, Rejected, Release, Stated, Store, digest, ingest};

/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        ["add", store, folder, jobs] => add(Path::new(store), Path::new(folder), jobs.parse()?),
        ["read", folder] => read(Path::new(folder)),
        ["ask", store, questions @ ..] => ask(Path::new(store), questions),
        ["export", store, folder] => {
            let start = Instant::now();
            let exported =
                Store::read(Path::new(store))?.export(Path::new(folder), Layout::Month)?;
            println!("{exported:?} in {:.1?}", start.elapsed());
            Ok(())
        }
        _ => Err(
            "usage: fleet_speed add STORE FOLDER JOBS | read FOLDER | ask STORE QUESTION… | export STORE FOLDER"
                .into(),
        ),
    }
}

fn add(store: &Path, folder: &Path, jobs: NonZero<usize>) -> Result<(), Box<dyn Error>> {
    let mut inputs: Vec<PathBuf> = Vec::new();
    for entry in folder.read_dir()? {
        inputs.push(entry?.path());
    }
    inputs.sort_unstable();
    let start = Instant::now();
    let mut store = Store::create(store)?;
    let read = |path: &PathBuf| match record(path) {
        Ok(record) => Read::Sbom(Box::new(record)),
        Err(error) => Read::Rejected(Rejected::new(
            &path.to_string_lossy(),
            &error.to_string(),
            "",
        )),
    };
    let ingested = ingest(&mut store, &inputs, jobs, &read, &mut |_| {})?;
    let (added, packages) = (ingested.added, ingested.packages);
    println!(
        "added {added} SBOMs with {packages} packages, {} rejected, in {:.1?}",
        ingested.rejected.len(),
        start.elapsed()
    );
    Ok(())
}

/// The time of each step without the store.
fn read(folder: &Path) -> Result<(), Box<dyn Error>> {
    let [mut digested, mut opened, mut made] = [Duration::ZERO; 3];
    let mut count = 0_u32;
    for entry in folder.read_dir()? {
        let bytes = std::fs::read(entry?.path())?;
        let start = Instant::now();
        let digest = digest(&bytes);
        digested += start.elapsed();
        let start = Instant::now();
        let document = Document::open(Memory::input("sbom.cdx.json", bytes))?;
        opened += start.elapsed();
        let start = Instant::now();
        let time = Stated::of(document.graph()).time.ok_or("no time")?;
        let release = Release::new("p", time).with(|it| it.digest = digest);
        drop(Record::new(&document.scan().bom(TOOL), release));
        made += start.elapsed();
        count += 1;
    }
    let count = count.max(1);
    println!(
        "digest {:.2?}, reading {:.2?}, record {:.2?} for each of {count}",
        digested / count,
        opened / count,
        made / count
    );
    Ok(())
}

fn record(path: &Path) -> Result<Record, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let digest = digest(&bytes);
    let document = Document::open(Memory::input("sbom.cdx.json", bytes))?;
    let stated = Stated::of(document.graph());
    let time = stated.time.ok_or("no time")?;
    let release = Release::new(&stated.product.ok_or("no product")?, time).with(|it| {
        it.release = stated.release;
        it.digest = digest;
    });
    Ok(Record::new(&document.scan().bom(TOOL), release))
}

fn ask(store: &Path, questions: &[&str]) -> Result<(), Box<dyn Error>> {
    let opened = Instant::now();
    let store = Store::read(store)?;
    println!("opened in {:.2?}", opened.elapsed());
    for question in questions {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..10 {
            let start = Instant::now();
            found = store.locate(question)?.found.len();
            times.push(start.elapsed());
        }
        let first = times.first().copied().unwrap_or_default();
        times.sort_unstable();
        let best = times.first().copied().unwrap_or_default();
        println!("{question}: {found} found, first {first:.2?}, best {best:.2?}");
    }
    Ok(())
}
