//! The commands that a package installs, as npm reads them from its `bin` (`npm-normalize-package-bin`).

/// The name under which npm installs a command: what follows the last `/`, `\` or `:` of its key in `bin`. `None` for a key
/// that npm ignores.
///
/// ```
/// use bomtrail_npm::command_name;
/// assert_eq!(command_name("@scope/tool"), Some("tool"));
/// assert_eq!(command_name("tool/"), Some("tool"));
/// assert_eq!(command_name(".."), None);
/// ```
pub fn command_name(key: &str) -> Option<&str> {
    const SEPARATORS: [char; 3] = ['/', '\\', ':'];
    let key = key.trim_end_matches(SEPARATORS);
    let name = key.rsplit(SEPARATORS).next()?;
    (!matches!(name, "" | "." | "..")).then_some(name)
}

/// The file that a command runs, from the folder of its package, without `.`, `..` and repeated separators: npm does not let
/// it leave the package. `None` for a value that npm ignores.
///
/// ```
/// use bomtrail_npm::command_file;
/// assert_eq!(command_file("./bin//run.js").as_deref(), Some("bin/run.js"));
/// assert_eq!(command_file("../../run.js").as_deref(), Some("run.js"));
/// assert_eq!(command_file("."), None);
/// ```
pub fn command_file(value: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in value.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
