//! Which folder of a repository a package is: the one that is asked for, else the one whose manifest has its name.

use bomtrail_archive::SourceTree;
use serde_json::Value;

use super::Package;
use crate::source::Repository;

/// The folder of a package, empty for the top; the error says why it is unknown, as a lower-case fragment.
pub(super) fn choose(
    package: &Package<'_>,
    repository: &Repository,
    tree: &SourceTree,
    asked: Option<&str>,
) -> Result<String, String> {
    if let Some(asked) = asked {
        let plain = plain(asked);
        return if has(tree, &plain) {
            Ok(plain)
        } else {
            Err(format!("the commit has no folder `{asked}`"))
        };
    }
    let stated = package.manifest.and_then(|it| it.directory.as_deref());
    if let Some(stated) = stated.map(plain).filter(|it| has(tree, it)) {
        return Ok(stated);
    }
    let manifest = package.kind.manifests.first().copied().unwrap_or_default();
    let is_named = |bytes: &[u8]| {
        let value: Option<Value> = serde_json::from_slice(bytes).ok();
        value.is_some_and(|it| it.get("name").and_then(Value::as_str) == Some(&*package.name))
    };
    let mut folders = repository.folders_with(tree, manifest, is_named);
    // Of a copy in tests and the package itself, the package is nearer to the top.
    folders.sort_by_key(|it| (it.matches('/').count(), it.len()));
    Ok(folders.into_iter().next().unwrap_or_default())
}

fn plain(path: &str) -> String {
    let parts = path.split('/').filter(|it| !it.is_empty() && *it != ".");
    parts.collect::<Vec<_>>().join("/")
}

fn has(tree: &SourceTree, folder: &str) -> bool {
    let prefix = [folder, "/"].concat();
    let mut after = tree.files.range(prefix.clone()..);
    folder.is_empty()
        || after
            .next()
            .is_some_and(|(path, _)| path.starts_with(&prefix))
}
