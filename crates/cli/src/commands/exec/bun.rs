//! Which commands of Bun may run after a check: `bun install --frozen-lockfile` and `bun ci`, with flags that do not change what is
//! installed from where.

/// The flags that are known to be harmless. They are switches: with a value, they are refused.
const SWITCHES: [&str; 11] = [
    "--frozen-lockfile",
    "--ignore-scripts",
    "--no-progress",
    "--no-summary",
    "--omit=dev",
    "--omit=optional",
    "--omit=peer",
    "--production",
    "-p",
    "--silent",
    "--verbose",
];

/// Why arguments of Bun are refused; `None` when they are allowed.
pub(super) fn refusal(arguments: &[&str]) -> Option<String> {
    let Some((verb, flags)) = arguments.split_first() else {
        return Some("`bun` alone installs nothing".to_owned());
    };
    match *verb {
        "ci" => {}
        "install" | "i" if flags.contains(&"--frozen-lockfile") => {}
        "install" | "i" => {
            return Some("without `--frozen-lockfile`, Bun may change the lockfile".to_owned());
        }
        verb => {
            return Some(format!(
                "`bun {verb}` may install packages that were not checked"
            ));
        }
    }
    let unknown = flags.iter().find(|it| !SWITCHES.contains(it));
    unknown.map(|it| {
        format!("`{it}` is not known to keep Bun from installing packages that were not checked")
    })
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn only_a_frozen_installation_is_run() {
        let allows = |text: &str| refusal(&text.split(' ').collect::<Vec<_>>()).is_none();
        for text in [
            "install --frozen-lockfile",
            "i --frozen-lockfile --ignore-scripts",
            "ci",
            "ci --production",
        ] {
            assert!(allows(text), "{text}");
        }
        for text in [
            "",
            "install",
            "add x --frozen-lockfile",
            "install x --frozen-lockfile",
            "install --frozen-lockfile=false",
            "install --frozen-lockfile --no-frozen-lockfile",
            "install --frozen-lockfile --cwd=x",
            "install --frozen-lockfile -g",
            "install --frozen-lockfile --force",
            "install --frozen-lockfile --backend=symlink",
            "install --frozen-lockfile --no-verify",
            "install --frozen-lockfile --config=x",
            "ci --registry=x",
            "x y",
        ] {
            assert!(!allows(text), "{text}");
        }
    }
}
