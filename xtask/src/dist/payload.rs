//! What every package holds: the program, its licences, completions and manual pages.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use super::options::Options;
use super::release::Release;
use crate::checkout;

/// What an entry of a package is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Program,
    Folder,
}

/// A file or folder of a package.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
}

impl Entry {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            kind: Kind::File,
            bytes: bytes.into(),
        }
    }

    pub(crate) fn program(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            kind: Kind::Program,
            ..Self::new(path, bytes)
        }
    }

    /// A folder; its path ends with a slash.
    pub(crate) fn folder(path: impl Into<String>) -> Self {
        Self {
            kind: Kind::Folder,
            ..Self::new(path, [])
        }
    }

    /// The permissions in packages.
    pub(crate) fn mode(&self) -> u32 {
        match self.kind {
            Kind::File => 0o644,
            Kind::Program | Kind::Folder => 0o755,
        }
    }

    /// The same file at another path.
    pub(crate) fn at(&self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..self.clone()
        }
    }
}

/// The parts of a package.
pub(crate) struct Payload {
    pub(crate) program: Entry,
    pub(crate) licenses: Vec<Entry>,
    /// By the name that its shell looks for.
    pub(crate) completions: Vec<(&'static str, Entry)>,
    /// The pages of section 1.
    pub(crate) pages: Vec<Entry>,
    pub(crate) readme: Entry,
    /// The SBOM of the program.
    pub(crate) sbom: Vec<u8>,
    /// The oldest glibc that the program runs with (`2.17`); `None` when it does not need one.
    pub(crate) glibc: Option<(u32, u32)>,
}

/// The name of the completions' file in each shell's folder.
const COMPLETIONS: [(&str, &str); 4] = [
    ("bash", "bomtrail"),
    ("zsh", "_bomtrail"),
    ("fish", "bomtrail.fish"),
    ("powershell", "_bomtrail.ps1"),
];

impl Payload {
    pub(crate) fn of(
        program: &Path,
        options: &Options,
        release: &Release,
    ) -> Result<Self, Box<dyn Error>> {
        let runner = options.runner.as_deref().unwrap_or(program);
        let bytes = checkout::read_bytes(program)?;
        let license = |name: &str| -> Result<Entry, Box<dyn Error>> {
            Ok(Entry::new(
                name,
                checkout::read(&checkout::root().join(name))?,
            ))
        };
        let completions = COMPLETIONS.map(|(shell, name)| {
            let script = printed(runner, &["completions", shell])?;
            Ok::<_, Box<dyn Error>>((shell, Entry::new(name, script)))
        });
        Ok(Self {
            glibc: glibc(&bytes),
            program: Entry::program(release.target.program(), bytes),
            licenses: vec![license("LICENSE-APACHE")?, license("LICENSE-MIT")?],
            completions: completions.into_iter().collect::<Result<_, _>>()?,
            pages: pages(runner)?,
            readme: Entry::new(
                "README.md",
                checkout::read(&checkout::root().join("crates/cli/README.md"))?,
            ),
            sbom: sbom(runner, release)?,
        })
    }
}

/// The SBOM of the program: the crates of `Cargo.lock` that Cargo selects for the target, with their licences.
fn sbom(runner: &Path, release: &Release) -> Result<Vec<u8>, Box<dyn Error>> {
    let cargo = Path::new(env!("CARGO"));
    let manifest = checkout::root().join("Cargo.toml");
    let metadata = printed(
        cargo,
        &[
            "metadata",
            "--locked",
            "--format-version=1",
            "--filter-platform",
            release.target.triple,
            "--manifest-path",
            &manifest.to_string_lossy(),
        ],
    )?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cargo-metadata.json");
    checkout::write(&file, &metadata)?;
    printed(
        runner,
        &[
            "sbom",
            &file.to_string_lossy(),
            "--workspace=bomtrail-cli",
            "--omit=dev",
            "--timestamp",
            &release.time()?,
        ],
    )
}

fn pages(runner: &Path) -> Result<Vec<Entry>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    printed(runner, &["man", "--out", &folder.path().to_string_lossy()])?;
    let mut pages = Vec::new();
    for file in folder.path().read_dir()? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        pages.push(Entry::new(name, checkout::read_bytes(&file.path())?));
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// What the program prints. The build folder's own settings do not count.
fn printed(runner: &Path, args: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = Command::new(runner).args(args).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{} {}` fails: {error}", runner.display(), args.join(" ")).into())
}

/// The newest version of glibc whose symbols an ELF file asks for.
pub(crate) fn glibc(bytes: &[u8]) -> Option<(u32, u32)> {
    const PREFIX: &[u8] = b"GLIBC_2.";
    let starts = bytes.windows(PREFIX.len()).enumerate();
    let starts = starts.filter(|(_, it)| *it == PREFIX);
    let minors = starts.filter_map(|(at, _)| {
        let digits = bytes.get(at + PREFIX.len()..)?;
        let length = digits.iter().take_while(|it| it.is_ascii_digit()).count();
        std::str::from_utf8(digits.get(..length)?)
            .ok()?
            .parse()
            .ok()
    });
    minors.max().map(|minor| (2, minor))
}

#[cfg(test)]
mod tests {
    use super::glibc;

    #[test]
    fn the_newest_symbol_is_the_floor() {
        assert_eq!(
            glibc(b"\0GLIBC_2.2.5\0GLIBC_2.17\0GLIBC_2.9\0"),
            Some((2, 17))
        );
        assert_eq!(glibc(b"\0GLIBC_PRIVATE\0"), None);
    }
}
