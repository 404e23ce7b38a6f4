//! Archives of the fixtures, with changed bytes before and after compression.

use std::io::{Read, Write};
use std::path::Path;

use bomtrail_fuzz::archive;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::bytes;
use crate::random::Random;
use crate::tried::{iterations, must_hold};

fn seeds() -> Vec<Vec<u8>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/archives/pinned/mirror");
    let names = [
        "swapped-3.0.0.tgz",
        "tiny-pad-1.0.0.tgz",
        "two-faced-2.0.0.tgz",
    ];
    names
        .map(|it| std::fs::read(folder.join(it)).unwrap())
        .into()
}

fn unpacked(archive: &[u8]) -> Vec<u8> {
    let mut tar = Vec::new();
    GzDecoder::new(archive).read_to_end(&mut tar).unwrap();
    tar
}

fn packed(tar: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(tar).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn every_archive_holds() {
    for seed in seeds() {
        must_hold("archive", &seed, || archive(&seed));
    }
}

#[test]
fn changed_archives_hold() {
    let seeds = seeds();
    let tars: Vec<Vec<u8>> = seeds.iter().map(|it| unpacked(it)).collect();
    let mut random = Random::new(11);
    for number in 0..iterations() {
        let changed = if number % 4 == 0 {
            let (seed, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
            bytes::changed(&mut random, &seed, &other)
        } else {
            let (tar, other) = (random.pick(&tars).clone(), random.pick(&tars).clone());
            packed(&bytes::changed(&mut random, &tar, &other))
        };
        must_hold("archive", &changed, || archive(&changed));
    }
}
