//! The files of a dataset: each appears complete or not at all, whatever happens in between.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use parquet::errors::Result as ParquetResult;

use super::DatasetError;
use super::columns::Rows;
use super::export::Layout;
use super::tables::Schema;

/// What says how the folder is laid out. Engines ignore names that begin with `_`.
const MANIFEST: &str = "_fleet.json";
/// Where files are written before they are moved to their places.
const UNFINISHED: &str = "_unfinished";
/// How old what a killed program left behind is when it is removed: longer than any program writes one file.
const ABANDONED: Duration = Duration::from_hours(24);
const SCHEMA: &str = "bomtrail/fleet-dataset/v1";

/// The folder of a dataset.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder for writing, and makes it when it is missing.
    pub(super) fn create(path: &Path, layout: Layout) -> Result<Self, DatasetError> {
        let folder = Self {
            path: path.to_path_buf(),
        };
        let unfinished = path.join(UNFINISHED);
        if let Some(found) = folder.layout()? {
            if found != layout.name() {
                return Err(DatasetError::Layout {
                    path: path.to_path_buf(),
                    found,
                    wanted: layout.name(),
                });
            }
        } else if is_used(path).map_err(DatasetError::file(path))? {
            let path = path.to_path_buf();
            return Err(DatasetError::Other { path });
        }
        fs::create_dir_all(&unfinished).map_err(DatasetError::file(&unfinished))?;
        if folder.layout()?.is_none() {
            let manifest = serde_json::json!({"schema": SCHEMA, "files": layout.name()});
            let text = [manifest.to_string(), "\n".to_owned()].concat();
            folder.place(&path.join(MANIFEST), |file| file.write_all(text.as_bytes()))?;
        }
        folder.forget_abandoned();
        Ok(folder)
    }

    /// Opens the folder of a dataset for reading.
    pub(super) fn open(path: &Path) -> Result<Self, DatasetError> {
        let folder = Self {
            path: path.to_path_buf(),
        };
        match folder.layout()? {
            Some(_) => Ok(folder),
            None => Err(DatasetError::Other { path: folder.path }),
        }
    }

    /// What its files are for; `None` when it is not a dataset.
    fn layout(&self) -> Result<Option<String>, DatasetError> {
        let path = self.path.join(MANIFEST);
        let bytes = match File::open(&path).and_then(io::read_to_string) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(DatasetError::file(&path)(error)),
        };
        let value: serde_json::Value = serde_json::from_str(&bytes).unwrap_or_default();
        let is_ours = value.get("schema").and_then(|it| it.as_str()) == Some(SCHEMA);
        let files = value.get("files").and_then(|it| it.as_str());
        match files.filter(|_| is_ours) {
            Some(files) => Ok(Some(files.to_owned())),
            None => Err(DatasetError::Other {
                path: self.path.clone(),
            }),
        }
    }

    /// The folder of a month of a table.
    fn month(&self, schema: &Schema, month: &str) -> PathBuf {
        let partition = ["month=", month].concat();
        self.path.join(schema.name).join(partition)
    }

    /// Writes a file of a table in place of the one that is there.
    pub(super) fn write(
        &self,
        schema: &'static Schema,
        (month, name): (&str, &str),
        rows: impl FnOnce(&mut Rows) -> ParquetResult<()>,
    ) -> Result<(), DatasetError> {
        let folder = self.month(schema, month);
        fs::create_dir_all(&folder).map_err(DatasetError::file(&folder))?;
        let target = folder.join(name);
        let unfinished = self.unfinished(&[schema.name, "-", month, "-", name].concat());
        let file = File::create(&unfinished).map_err(DatasetError::file(&unfinished))?;
        let written = Rows::new(schema, file).and_then(|mut it| {
            rows(&mut it)?;
            it.finish()
        });
        let file = written.map_err(DatasetError::parquet(&target))?;
        Self::move_to(&target, &unfinished, &file)
    }

    fn place(
        &self,
        target: &Path,
        content: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), DatasetError> {
        let unfinished = self.unfinished("manifest");
        let failed = DatasetError::file(target);
        let mut file = File::create(&unfinished).map_err(&failed)?;
        content(&mut file).map_err(&failed)?;
        Self::move_to(target, &unfinished, &file)
    }

    fn move_to(target: &Path, unfinished: &Path, file: &File) -> Result<(), DatasetError> {
        let failed = DatasetError::file(target);
        file.sync_all().map_err(&failed)?;
        fs::rename(unfinished, target).map_err(&failed)
    }

    /// The place of a file that is being written; no other program has the same.
    fn unfinished(&self, name: &str) -> PathBuf {
        let process = std::process::id().to_string();
        let name = [&process, "-", name, ".part"].concat();
        self.path.join(UNFINISHED).join(name)
    }

    /// Removes what killed programs left behind. The age is measured with a new file, because the folder may be on a machine
    /// with another clock; what cannot be removed stays.
    fn forget_abandoned(&self) {
        let folder = self.path.join(UNFINISHED);
        let probe = self.unfinished("age");
        let created = File::create(&probe).and_then(|it| it.metadata());
        let now = created.and_then(|it| it.modified());
        drop(fs::remove_file(&probe));
        let (Ok(now), Ok(entries)) = (now, fs::read_dir(&folder)) else {
            return;
        };
        for entry in entries.flatten() {
            let modified = entry.metadata().and_then(|it| it.modified());
            let age = modified.ok().and_then(|it| now.duration_since(it).ok());
            if age.is_some_and(|it| it > ABANDONED) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }

    /// The files of a table with their months, sorted.
    pub(super) fn files(&self, schema: &Schema) -> Result<Vec<(String, PathBuf)>, DatasetError> {
        let table = self.path.join(schema.name);
        let mut files = Vec::new();
        for month in names(&table)? {
            let Some(value) = month.strip_prefix("month=") else {
                continue;
            };
            let folder = table.join(&month);
            for name in names(&folder)? {
                if name.ends_with(".parquet") {
                    files.push((value.to_owned(), folder.join(name)));
                }
            }
        }
        files.sort_unstable();
        Ok(files)
    }
}

/// Removes a file of a table.
pub(super) fn remove(path: &Path) -> Result<(), DatasetError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(DatasetError::file(path)(error))
        }
        _ => Ok(()),
    }
}

fn is_used(path: &Path) -> io::Result<bool> {
    match fs::read_dir(path) {
        // A program that was killed may have left nothing but this folder.
        Ok(entries) => Ok(entries.flatten().any(|it| it.file_name() != UNFINISHED)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The names in a folder; none for a folder that is missing.
fn names(folder: &Path) -> Result<Vec<String>, DatasetError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(DatasetError::file(folder)(error)),
    };
    let names = entries.flatten();
    Ok(names
        .filter_map(|it| it.file_name().into_string().ok())
        .collect())
}
