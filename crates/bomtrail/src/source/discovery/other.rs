//! Files of tools that are not read, so that a search can say so.

/// A file name and the tool it belongs to. Those that a reader claims are read all the same.
pub(super) const OTHER: [(&str, &str); 26] = [
    ("Gemfile.lock", "Bundler"),
    ("Package.resolved", "Swift"),
    ("Pipfile.lock", "Pipenv"),
    ("Podfile.lock", "CocoaPods"),
    ("build.gradle", "Gradle"),
    ("build.gradle.kts", "Gradle"),
    ("bun.lock", "Bun"),
    ("bun.lockb", "Bun"),
    ("composer.lock", "Composer"),
    ("conan.lock", "Conan"),
    ("deno.lock", "Deno"),
    ("flake.lock", "Nix"),
    ("go.mod", "Go"),
    ("gradle.lockfile", "Gradle"),
    ("mix.lock", "Mix"),
    ("npm-shrinkwrap.yaml", "pnpm"),
    ("packages.lock.json", "NuGet"),
    ("pdm.lock", "PDM"),
    ("pnpm-lock.yaml", "pnpm"),
    ("poetry.lock", "Poetry"),
    ("pom.xml", "Maven"),
    ("pubspec.lock", "Dart"),
    ("requirements.txt", "pip"),
    ("shrinkwrap.yaml", "pnpm"),
    ("uv.lock", "uv"),
    ("yarn.lock", "Yarn"),
];

/// The tool of a file.
pub(super) fn tool_of(name: &str) -> Option<&'static str> {
    let found = OTHER.iter().find(|(it, _)| *it == name);
    found.map(|(_, tool)| *tool)
}
