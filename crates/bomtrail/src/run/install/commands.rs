//! The commands in a `node_modules/.bin`: each leads to a file that its package declares as this command.

use std::path::{Component, Path};

use super::difference::{Difference, What};
use super::manifest::Manifest;

/// The commands in the `.bin` of a `node_modules` that no package there declares.
pub(super) fn stray(project: &Path, modules: &str, names: &[String]) -> Vec<Difference> {
    let all = names.iter().filter(|it| !is_declared(project, modules, it));
    all.map(|it| Difference::new(&format!("{modules}/.bin/{it}"), What::StrayCommand))
        .collect()
}

fn is_declared(project: &Path, modules: &str, command: &str) -> bool {
    let folder = project.join(modules);
    let link = folder.join(".bin").join(command);
    let Ok(target) = std::fs::read_link(&link) else {
        return cfg!(windows) && has_shim(&folder, &link, command);
    };
    let Some((package, file)) = owner(&target) else {
        return false;
    };
    Manifest::read(&folder.join(package)).is_some_and(|it| it.declares(command, &file))
}

/// The package that a link of the form `../name/file` leads into, and the file in it.
fn owner(target: &Path) -> Option<(String, String)> {
    let mut parts = target.components();
    if parts.next()? != Component::ParentDir {
        return None;
    }
    let rest: Option<Vec<&str>> = parts
        .map(|it| match it {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let rest = rest?;
    let length = if rest.first()?.starts_with('@') { 2 } else { 1 };
    let (package, file) = rest.split_at_checked(length)?;
    (!file.is_empty()).then(|| (package.join("/"), file.join("/")))
}

/// On Windows a command is a script that names its file, as `"%dp0%\..\name\file"` or `"$basedir/../name/file"`.
fn has_shim(folder: &Path, shim: &Path, command: &str) -> bool {
    let bytes = crate::source::Disk::open(folder, 1 << 16);
    let name = shim.strip_prefix(folder).ok().and_then(Path::to_str);
    let read = bytes.ok().zip(name);
    let text = read.and_then(|(disk, name)| disk.load(&name.replace('\\', "/")).ok());
    let text = String::from_utf8_lossy(&text.unwrap_or_default()).replace('\\', "/");
    let command = command.trim_end_matches(".cmd").trim_end_matches(".ps1");
    let target = text.lines().find_map(|line| {
        let (_, rest) = line.split_once("/../")?;
        let (path, _) = rest.split_once('"')?;
        owner(&Path::new("..").join(path))
    });
    target.is_some_and(|(package, file)| {
        Manifest::read(&folder.join(package)).is_some_and(|it| it.declares(command, &file))
    })
}
