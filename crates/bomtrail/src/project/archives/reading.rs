//! Reads one archive, and decides whether its bytes are those that the project pins.

use std::path::Path;

use bomtrail_archive::{
    ArchiveKind, Client, Contents, Manifest, ReadOptions, Unpacked, copyright_lines, digests,
    license_files, read as read_archive,
};
use bomtrail_graph::{ArchiveFacts, ArchiveState, Component, Hash, HashAlgorithm};
use bomtrail_provenance::Checksums;

use super::{Job, facts};
use crate::source::archives::{
    ArchiveStore, PINNED, Place, Wanted, checksums_of, open_file, stored_content, stored_files,
};

/// The most licence text that is kept of one archive, in bytes.
const MOST_TEXT: usize = 256 << 10;

/// What came of one archive.
pub(crate) struct Reading {
    pub(super) kind: &'static ArchiveKind,
    pub(super) facts: ArchiveFacts,
    pub(super) place: Option<Place>,
    /// Who unpacks it.
    pub(super) client: Client,
    pub(super) manifest: Option<Manifest>,
    /// What its manifest states, as a component without identity.
    pub(super) described: Option<Component>,
    /// The copyright lines of its licences.
    pub(super) copyright: Option<Box<str>>,
}

impl Reading {
    fn without_contents(kind: &'static ArchiveKind, state: ArchiveState, reason: &str) -> Self {
        Self {
            kind,
            facts: ArchiveFacts::new(state, reason),
            place: None,
            client: kind.client,
            manifest: None,
            described: None,
            copyright: None,
        }
    }

    /// True when the component may be completed from it: its bytes are, as far as is known, those that are installed.
    pub(super) fn is_used(&self) -> bool {
        match self.facts.state {
            ArchiveState::Pinned | ArchiveState::Unpinned | ArchiveState::Unpacked => true,
            ArchiveState::Missing | ArchiveState::Mismatch | ArchiveState::Refused => false,
        }
    }

    /// True when it is the archive of a package with the same name in another scope.
    fn is_of_namesake(&self, job: &Job) -> bool {
        let wanted = &*job.component.name;
        let name = self.manifest.as_ref().and_then(|it| it.name.as_deref());
        let bare = |it: &str| it.rsplit('/').next().unwrap_or_default().to_owned();
        name.is_some_and(|it| it != wanted && bare(it) == bare(wanted))
    }

    /// True when an installation runs a script that npm's flag is about.
    pub(super) fn runs_scripts(&self) -> bool {
        self.kind.package_type == "npm" && !self.facts.install_scripts.is_empty()
    }
}

/// Reads the archive of a package.
pub(super) fn read(store: &ArchiveStore, job: &Job, keep_texts: bool) -> Reading {
    let hashes = &*job.component.hashes;
    let wanted = Wanted {
        hashes,
        url: job.component.source.as_deref(),
        names: job.names.clone(),
        cached: job.cached.as_ref(),
        author: job.author.as_deref(),
    };
    let mut worst: Option<Reading> = None;
    for place in store.places(&wanted) {
        let reading = read_at(&place, job, keep_texts);
        if reading.is_used() || reading.facts.state == ArchiveState::Refused {
            return reading;
        }
        if !reading.is_of_namesake(job) {
            worst.get_or_insert(reading);
        }
    }
    // An archive with another name may have the pinned digest.
    if !hashes.is_empty()
        && let Some(place) = store.by_digest(hashes)
    {
        return read_at(&place, job, keep_texts);
    }
    worst.unwrap_or_else(|| Reading::without_contents(job.kind, ArchiveState::Missing, ""))
}

fn read_at(place: &Place, job: &Job, keep_texts: bool) -> Reading {
    let keep = |path: &str, size: u64| job.kind.keeps(path, size);
    let cached = job.cached.as_ref().filter(|_| is_zip(place));
    let client = match cached {
        Some(_) => Client::Yarn,
        None => job.kind.client,
    };
    let pinned = match cached {
        Some(cached) => vec![cached.hash.clone()],
        None => strongest(&job.component.hashes),
    };
    // A CHECKSUMS file has SHA-256.
    let algorithm = pinned
        .first()
        .map_or(HashAlgorithm::Sha256, Hash::algorithm);
    let options = ReadOptions::of(client).with(|it| {
        it.digests = std::slice::from_ref(&algorithm);
        it.keep = &keep;
    });
    let contents = match read_place(place, &options) {
        Ok(contents) => contents,
        Err(reason) => {
            let (state, reason) = refused(place, &pinned, reason);
            let mut reading = Reading::without_contents(job.kind, state, &reason);
            reading.facts.place = place.label().into();
            return reading;
        }
    };
    let (state, reason) = state_of(place, &contents, &pinned);
    let mut reading = Reading::without_contents(job.kind, state, &reason);
    reading.place = Some(place.clone());
    reading.client = client;
    describe(&mut reading, &contents, keep_texts);
    reading.facts.place = place.label().into();
    reading
}

/// Whether a place is a zip file, by its name.
fn is_zip(place: &Place) -> bool {
    match place {
        Place::File(path) => path.extension().is_some_and(|it| it == "zip"),
        Place::Pnpm { .. } => false,
    }
}

/// Reads what is at a place.
pub(crate) fn read_place(place: &Place, options: &ReadOptions<'_>) -> Result<Contents, String> {
    match place {
        Place::File(path) => {
            let (file, size) = open_file(path).map_err(|it| it.to_string())?;
            read_archive(file, size, options).map_err(|it| it.to_string())
        }
        Place::Pnpm { list, files } => {
            let stored = stored_files(list, files);
            let stored = stored.ok_or("the list of its files cannot be read")?;
            let mut unpacked = Unpacked::new(*options);
            for file in stored {
                let content = stored_content(&file).ok_or_else(|| {
                    format!("the store does not have the content of `{}`", file.path)
                })?;
                unpacked.add(&file.path, file.is_executable, content);
            }
            Ok(unpacked.finish())
        }
    }
}

/// The digests of the strongest algorithm that is computed, as npm compares them.
fn strongest(hashes: &[Hash]) -> Vec<Hash> {
    let known = hashes.iter().filter(|it| PINNED.contains(&it.algorithm()));
    let algorithm = known.clone().map(Hash::algorithm).max();
    let same = known.filter(|it| Some(it.algorithm()) == algorithm);
    same.cloned().collect()
}

/// What an archive that cannot be unpacked is: other bytes than those that are pinned, or refused.
fn refused(place: &Place, pinned: &[Hash], reason: String) -> (ArchiveState, String) {
    let Place::File(path) = place else {
        return (ArchiveState::Refused, reason);
    };
    let found = open_file(path).and_then(|(file, _)| digests(file, &PINNED));
    match found {
        Ok(found) if !pinned.is_empty() && !pinned.iter().any(|it| found.contains(it)) => {
            (ArchiveState::Mismatch, other_digest(pinned, &found))
        }
        Ok(_) | Err(_) => (ArchiveState::Refused, reason),
    }
}

fn other_digest(pinned: &[Hash], found: &[Hash]) -> String {
    let wanted = pinned.first();
    let found = found
        .iter()
        .find(|it| wanted.is_some_and(|wanted| wanted.algorithm() == it.algorithm()));
    let text = |it: Option<&Hash>| it.map(Hash::hex).unwrap_or_default();
    let name = wanted.map_or("", |it| it.algorithm().name());
    format!(
        "its {name} is `{}`, and `{}` is pinned",
        text(found),
        text(wanted)
    )
}

fn state_of(place: &Place, contents: &Contents, pinned: &[Hash]) -> (ArchiveState, String) {
    if let Some(hostile) = contents.first_hostile() {
        return (ArchiveState::Refused, hostile.to_string());
    }
    match place {
        Place::Pnpm { .. } => {
            let reason =
                "pnpm's store has the files and not the archive, so its digest cannot be computed";
            (ArchiveState::Unpacked, reason.to_owned())
        }
        Place::File(path) if pinned.is_empty() => listed(path, contents),
        Place::File(_) if pinned.iter().any(|it| contents.digests.contains(it)) => {
            (ArchiveState::Pinned, String::new())
        }
        Place::File(_) => {
            let reason = other_digest(pinned, &contents.digests);
            (ArchiveState::Mismatch, reason)
        }
    }
}

/// An archive whose digest nothing pins, compared with the CHECKSUMS file next to it.
fn listed(path: &Path, contents: &Contents) -> (ArchiveState, String) {
    let name = path
        .file_name()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    let checksums = checksums_of(path).and_then(|it| Checksums::parse(&it).ok());
    let stated = checksums
        .as_ref()
        .and_then(|it| it.file(name)?.sha256.as_ref());
    let Some(stated) = stated else {
        let reason = "the project pins no digest of it";
        return (ArchiveState::Unpinned, reason.to_owned());
    };
    debug_assert_eq!(stated.algorithm(), HashAlgorithm::Sha256);
    if contents.digests.contains(stated) {
        let reason =
            "the project pins no digest of it; it has the digest in the CHECKSUMS file next to it";
        return (ArchiveState::Unpinned, reason.to_owned());
    }
    let reason = other_digest(std::slice::from_ref(stated), &contents.digests);
    (ArchiveState::Mismatch, reason)
}

/// The facts in an archive.
fn describe(reading: &mut Reading, contents: &Contents, keep_texts: bool) {
    let kind = reading.kind;
    let facts = &mut reading.facts;
    facts.size = contents.size;
    facts.unpacked = contents.unpacked;
    facts.files = contents.file_count();
    // A zip file of Yarn is made on each machine, so that no archive of sources has it.
    let archive = contents
        .archive_id
        .filter(|_| reading.client != Client::Yarn);
    let archive = archive.and_then(|it| it.content_swhid());
    let folder = contents.directory_id.directory_swhid();
    facts.swhids = archive.into_iter().chain(folder).map(Box::from).collect();
    let texts = license_files(contents);
    let lines = copyright_lines(&texts);
    reading.copyright = (!lines.is_empty()).then(|| lines.join("\n").into());
    if keep_texts {
        let mut room = MOST_TEXT;
        for it in texts {
            if let Some(left) = room.checked_sub(it.text.len()) {
                room = left;
                facts.license_texts.push((it.path.into(), it.text.into()));
            }
        }
    }
    let Some(manifest) = kind.manifest(contents) else {
        if facts.state == ArchiveState::Pinned || facts.state == ArchiveState::Unpinned {
            facts.state = ArchiveState::Refused;
            let names = kind.manifests.join("` or `");
            facts.reason = format!("it has no readable `{names}`").into();
        }
        return;
    };
    let scripts = manifest.install_commands();
    facts.install_scripts = scripts
        .map(|(name, text)| (name.into(), text.into()))
        .collect();
    facts.commit = manifest.commit.as_deref().map(Box::from);
    let bytes = contents.content(&manifest.path);
    reading.described =
        bytes.and_then(|it| facts::described(kind.package_type, &manifest.path, it));
    reading.manifest = Some(manifest);
}
