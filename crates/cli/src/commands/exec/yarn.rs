//! Which commands of Yarn may run after a check: `yarn install --immutable` for Yarn 2 and later, `yarn install --frozen-lockfile`
//! for Yarn 1, with flags that do not change what is installed from where.

use bomtrail::install::YarnGeneration;

/// The flags that are known to be harmless. They are switches: with a value, they are refused.
const SWITCHES: [&str; 17] = [
    "--immutable",
    "--immutable-cache",
    "--check-cache",
    "--check-files",
    "--frozen-lockfile",
    "--ignore-optional",
    "--ignore-scripts",
    "--inline-builds",
    "--json",
    "--mode=skip-build",
    "--no-progress",
    "--non-interactive",
    "--offline",
    "--prefer-offline",
    "--prod",
    "--production",
    "--silent",
];

/// Why arguments of Yarn are refused; `None` when they are allowed.
pub(super) fn refusal(arguments: &[&str]) -> Option<String> {
    let flags = match arguments.split_first() {
        Some((&"install", flags)) => flags,
        Some((flag, _)) if flag.starts_with('-') => arguments,
        Some((verb, _)) => {
            return Some(format!(
                "`yarn {verb}` may install packages that were not checked"
            ));
        }
        None => &[],
    };
    if !["--immutable", "--frozen-lockfile"]
        .iter()
        .any(|it| flags.contains(it))
    {
        let message = "without `--immutable` or, for Yarn 1, `--frozen-lockfile`, Yarn may change the lockfile";
        return Some(message.to_owned());
    }
    let unknown = flags.iter().find(|it| !SWITCHES.contains(it));
    unknown.map(|it| {
        format!("`{it}` is not known to keep Yarn from installing packages that were not checked")
    })
}

/// Why arguments or a version of Yarn do not fit the lockfile; `None` when they do.
pub(super) fn misfit(
    generation: YarnGeneration,
    arguments: &[&str],
    version: &str,
) -> Option<String> {
    let is_classic = version.starts_with("1.") || version.starts_with("0.");
    let (needed, fits) = match generation {
        YarnGeneration::Classic => ("--frozen-lockfile", is_classic),
        YarnGeneration::Berry => ("--immutable", !is_classic && !version.is_empty()),
    };
    if !arguments.contains(&needed) {
        return Some(format!("this yarn.lock needs `yarn install {needed}`"));
    }
    (!fits).then(|| match version {
        "" => "`yarn --version` does not say which Yarn this is".to_owned(),
        version => {
            format!("this yarn.lock is not of Yarn {version}, which would not install from it")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_frozen_installation_is_run() {
        let allows = |text: &str| {
            let words: Vec<&str> = text.split(' ').filter(|it| !it.is_empty()).collect();
            refusal(&words).is_none()
        };
        for text in [
            "install --immutable",
            "install --frozen-lockfile --ignore-scripts",
            "--immutable --mode=skip-build",
            "install --frozen-lockfile --production --non-interactive",
        ] {
            assert!(allows(text), "{text}");
        }
        for text in [
            "",
            "install",
            "add x --frozen-lockfile",
            "install x --immutable",
            "install --immutable=false",
            "install --frozen-lockfile --frozen-lockfile=false",
            "install --frozen-lockfile --cwd x",
            "install --frozen-lockfile --modules-folder x",
            "install --frozen-lockfile --no-lockfile",
            "install --frozen-lockfile --update-checksums",
            "install --immutable --no-immutable",
            "install --immutable --mode=update-lockfile",
            "workspaces focus --immutable",
            "dlx x",
        ] {
            assert!(!allows(text), "{text}");
        }
    }

    #[test]
    fn yarn_fits_the_lockfile() {
        let fits =
            |generation, flag, version| misfit(generation, &["install", flag], version).is_none();
        assert!(fits(
            YarnGeneration::Classic,
            "--frozen-lockfile",
            "1.22.22"
        ));
        assert!(fits(YarnGeneration::Berry, "--immutable", "4.9.1"));
        assert!(!fits(YarnGeneration::Berry, "--immutable", "1.22.22"));
        assert!(!fits(YarnGeneration::Classic, "--frozen-lockfile", "4.9.1"));
        assert!(!fits(YarnGeneration::Berry, "--frozen-lockfile", "4.9.1"));
        assert!(!fits(YarnGeneration::Berry, "--immutable", ""));
    }
}
