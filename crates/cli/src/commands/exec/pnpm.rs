//! Which commands of pnpm may run after a check: `pnpm install --frozen-lockfile` with flags that do not change what is
//! installed from where.

/// The flags that are known to be harmless. They are switches: with a value, even `=false`, they are refused.
const SWITCHES: [&str; 13] = [
    "--frozen-lockfile",
    "--ignore-scripts",
    "--offline",
    "--prefer-offline",
    "--prod",
    "-P",
    "--dev",
    "-D",
    "--no-optional",
    "--silent",
    "-s",
    "--no-color",
    "--strict-peer-dependencies",
];

/// The flags that say only how pnpm reports, with their values.
const REPORTING: [&str; 3] = ["--reporter=", "--loglevel=", "--color"];

/// Why arguments of pnpm are refused; `None` when they are allowed.
pub(super) fn refusal(arguments: &[&str]) -> Option<String> {
    let Some((verb, flags)) = arguments.split_first() else {
        return Some("`pnpm` alone installs nothing".to_owned());
    };
    if !matches!(*verb, "install" | "i") {
        return Some(format!(
            "`pnpm {verb}` may install packages that were not checked"
        ));
    }
    if !flags.contains(&"--frozen-lockfile") {
        return Some("without `--frozen-lockfile`, pnpm may change the lockfile".to_owned());
    }
    let is_known =
        |flag: &str| SWITCHES.contains(&flag) || REPORTING.iter().any(|it| flag.starts_with(it));
    let unknown = flags.iter().find(|it| !is_known(it));
    unknown.map(|it| {
        format!("`{it}` is not known to keep pnpm from installing packages that were not checked")
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
            "i --frozen-lockfile --ignore-scripts --prod",
            "install --reporter=append-only --frozen-lockfile",
        ] {
            assert!(allows(text), "{text}");
        }
        for text in [
            "",
            "install",
            "add x --frozen-lockfile",
            "install x --frozen-lockfile",
            "install --frozen-lockfile=false",
            "install --frozen-lockfile --frozen-lockfile=false",
            "install --frozen-lockfile --no-frozen-lockfile",
            "install --frozen-lockfile --lockfile-dir=x",
            "install --frozen-lockfile --dir x",
            "install --frozen-lockfile -C x",
            "install --frozen-lockfile --force",
            "install --frozen-lockfile --fix-lockfile",
            "install --frozen-lockfile --no-lockfile",
            "install --frozen-lockfile --config.lockfile=false",
            "install --frozen-lockfile --global",
            "install --frozen-lockfile --ignore-workspace",
            "install --frozen-lockfile --node-linker=hoisted",
            "-r install --frozen-lockfile",
            "dlx x",
        ] {
            assert!(!allows(text), "{text}");
        }
    }
}
