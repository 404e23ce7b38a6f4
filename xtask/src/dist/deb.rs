//! The Debian package (deb(5)).

use std::collections::BTreeSet;
use std::error::Error;

use super::Asset;
use super::archive::{gzip, tar_gz};
use super::payload::{Entry, Payload};
use super::release::{Release, SUMMARY};

/// Where Debian's shells look for completions.
const FOLDERS: [(&str, &str); 3] = [
    ("bash", "./usr/share/bash-completion/completions/"),
    ("zsh", "./usr/share/zsh/vendor-completions/"),
    ("fish", "./usr/share/fish/vendor_completions.d/"),
];

/// The package; `None` for a target that Debian does not have.
pub(crate) fn of(release: &Release, payload: &Payload) -> Result<Option<Asset>, Box<dyn Error>> {
    let Some(architecture) = release.target.debian else {
        return Ok(None);
    };
    let mut files = files(payload)?;
    let length: usize = files.iter().map(|it| it.bytes.len()).sum();
    let libc = payload.glibc.map_or_else(
        || "libc6".to_owned(),
        |(major, minor)| format!("libc6 (>= {major}.{minor})"),
    );
    let control = format!(
        "Package: bomtrail\nVersion: {}\nArchitecture: {architecture}\nMaintainer: bomtrail\nInstalled-Size: {}\nDepends: {libc}, libgcc-s1\nSection: devel\nPriority: optional\nDescription: {SUMMARY}\n",
        release.version,
        length.div_ceil(1024),
    );
    let control = [Entry::new("./control", control)];
    let folders = folders(&files);
    files.extend(folders.into_iter().map(Entry::folder));
    let parts: [(&[u8], Vec<u8>); 3] = [
        (b"debian-binary", b"2.0\n".to_vec()),
        (b"control.tar.gz", tar_gz(&control, release.seconds)?),
        (b"data.tar.gz", tar_gz(&files, release.seconds)?),
    ];
    let mut package = ar::Builder::new(Vec::new());
    for (name, bytes) in parts {
        let mut header = ar::Header::new(name.to_vec(), u64::try_from(bytes.len())?);
        header.set_mode(0o100_644);
        header.set_mtime(u64::try_from(release.seconds)?);
        package.append(&header, &*bytes)?;
    }
    let name = format!("bomtrail_{}_{architecture}.deb", release.version);
    Ok(Some(Asset::new(name, package.into_inner()?)))
}

fn files(payload: &Payload) -> Result<Vec<Entry>, Box<dyn Error>> {
    let mut files = vec![payload.program.at("./usr/bin/bomtrail")];
    for (shell, folder) in FOLDERS {
        let own = payload.completions.iter().filter(|(it, _)| *it == shell);
        files.extend(own.map(|(_, it)| it.at([folder, &it.path].concat())));
    }
    for page in &payload.pages {
        let path = ["./usr/share/man/man1/", &page.path, ".gz"].concat();
        files.push(Entry::new(path, gzip(&page.bytes)?));
    }
    let licenses: Vec<&[u8]> = payload.licenses.iter().map(|it| &*it.bytes).collect();
    let copyright = licenses.join(&b"\n\n"[..]);
    files.push(Entry::new("./usr/share/doc/bomtrail/copyright", copyright));
    Ok(files)
}

/// The folders above the files: dpkg does not create one that the package does not list.
fn folders(files: &[Entry]) -> BTreeSet<String> {
    let ends = files.iter().flat_map(|it| {
        let slashes = it.path.match_indices('/');
        slashes.filter_map(|(at, _)| it.path.get(..=at))
    });
    ends.map(str::to_owned).collect()
}
