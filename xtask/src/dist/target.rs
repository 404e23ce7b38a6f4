//! What each channel calls a target of the compiler.

/// A target, and its names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The name of the compiler.
    pub(crate) triple: &'static str,
    /// npm: `os`, `cpu` and `libc` of package.json.
    pub(crate) os: &'static str,
    pub(crate) cpu: &'static str,
    pub(crate) libc: Option<&'static str>,
    /// The platform tag of a wheel; `{floor}` is the oldest glibc that the program runs with.
    pub(crate) wheel: &'static str,
    /// The architecture of a Debian package.
    pub(crate) debian: Option<&'static str>,
}

/// All targets of a release.
pub(crate) static TARGETS: &[Target] = &[
    Target {
        triple: "x86_64-unknown-linux-gnu",
        os: "linux",
        cpu: "x64",
        libc: Some("glibc"),
        wheel: "manylinux_{floor}_x86_64",
        debian: Some("amd64"),
    },
    Target {
        triple: "aarch64-unknown-linux-gnu",
        os: "linux",
        cpu: "arm64",
        libc: Some("glibc"),
        wheel: "manylinux_{floor}_aarch64",
        debian: Some("arm64"),
    },
    Target {
        triple: "x86_64-unknown-linux-musl",
        os: "linux",
        cpu: "x64",
        libc: Some("musl"),
        wheel: "musllinux_1_2_x86_64",
        debian: None,
    },
    Target {
        triple: "aarch64-unknown-linux-musl",
        os: "linux",
        cpu: "arm64",
        libc: Some("musl"),
        wheel: "musllinux_1_2_aarch64",
        debian: None,
    },
    Target {
        triple: "x86_64-apple-darwin",
        os: "darwin",
        cpu: "x64",
        libc: None,
        wheel: "macosx_10_12_x86_64",
        debian: None,
    },
    Target {
        triple: "aarch64-apple-darwin",
        os: "darwin",
        cpu: "arm64",
        libc: None,
        wheel: "macosx_11_0_arm64",
        debian: None,
    },
    Target {
        triple: "x86_64-pc-windows-msvc",
        os: "win32",
        cpu: "x64",
        libc: None,
        wheel: "win_amd64",
        debian: None,
    },
];

impl Target {
    /// The target of a name of the compiler.
    pub(crate) fn named(triple: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|it| it.triple == triple)
    }

    /// The target of this machine.
    pub(crate) fn here() -> Option<&'static Self> {
        let tail = match std::env::consts::OS {
            "linux" if cfg!(target_env = "musl") => "-unknown-linux-musl",
            "linux" => "-unknown-linux-gnu",
            "macos" => "-apple-darwin",
            "windows" => "-pc-windows-msvc",
            _ => return None,
        };
        Self::named(&[std::env::consts::ARCH, tail].concat())
    }

    /// The file name of the program.
    pub(crate) fn program(&self) -> &'static str {
        if self.os == "win32" {
            "bomtrail.exe"
        } else {
            "bomtrail"
        }
    }

    /// The npm package with the program: `@bomtrail/cli-linux-x64`.
    pub(crate) fn npm_package(&self) -> String {
        let libc = self.libc.filter(|it| *it == "musl");
        let libc = libc.map_or(String::new(), |it| ["-", it].concat());
        ["@bomtrail/cli-", self.os, "-", self.cpu, &libc].concat()
    }
}
