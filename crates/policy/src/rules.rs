//! The table of all rules: id, verdict, function and texts.

mod advisories;
mod approvals;
mod archive;
mod evidence;
mod graph;
mod license;
mod lock;
mod package;
mod policy;
mod source;

use crate::rule::Rule;
use crate::verdict::Verdict;

pub use approvals::words;
pub use package::manifest_allows;

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.id == id)
}

macro_rules! rules {
    ($($id:literal $default:ident $practice:literal $run:path: $about:literal, $help:literal $(, $advice:literal)?;)*) => {
        /// Every rule, the most severe first.
        pub static RULES: &[Rule] = &[$(Rule {
            id: $id,
            default: Verdict::$default,
            about: $about,
            help: $help,
            advice: concat!($($advice)?),
            practice: $practice,
            run: $run,
        }),*];
    };
}

rules! {
    "approvals/no-list" Deny "AUD-2" approvals::no_list: "a project without an approvals list",
        "run `bomtrail approve --all-current-packages` to start one with the packages that are locked now, and commit `package-approvals.json`; or set `\"approvals/unreviewed\" = \"allow\"` in `[policy.rules]` to check without one";
    "approvals/unreviewed" Deny "AUD-2" approvals::unreviewed: "a package that is not approved",
        "review it and run `bomtrail approve`, or remove it";
    "approvals/denied" Deny "ING-3" approvals::denied: "a package that an approvals list denies, or whose digest is not the reviewed one",
        "remove it or use another version; `bomtrail approvals explain` shows which list denies it";
    "advisory/malicious" Deny "AUD-1" advisories::malicious: "a package that an advisory calls malicious",
        "remove it, and find out what it did where it was installed";
    "advisory/known-exploited" Deny "UPD-1" advisories::exploited: "a vulnerability that is known to be exploited",
        "update now, and record a decision with `bomtrail decide`; Article 14 of the CRA sets a time limit for reporting";
    "advisory/affected" Deny "UPD-1" advisories::affected: "a known vulnerability without a decision that closes it",
        "update the package, or record a decision with `bomtrail decide`";
    "advisory/decision-expired" Deny "UPD-1" advisories::expired: "a decision about a vulnerability whose last day is over",
        "look at the vulnerability again and record a decision with `bomtrail decide`";
    "advisory/decision-void" Deny "UPD-1" advisories::void: "a decision about a vulnerability whose condition does not hold",
        "look at the vulnerability again and record a decision with `bomtrail decide`";
    "advisory/data-too-old" Deny "UPD-1" advisories::too_old: "advisories that are older than `--max-age` allows",
        "get the files of advisories again";
    "advisory/data-incomplete" Deny "UPD-1" advisories::incomplete: "packages that were not compared with advisories",
        "give complete files of advisories for every ecosystem with `--advisories`";
    "lock/identity-mismatch" Deny "AUD-3" lock::identity: "a lockfile entry that installs another package than it names",
        "find out who changed the lockfile before you install from it, then create the entry again with the package manager",
        "find out who changed the lockfile before you install from it, then delete the entry and run `{update}`";
    "lock/not-as-npm-writes" Deny "AUD-3" lock::not_as_npm_writes: "something in a lockfile that the package manager never writes, but may read",
        "find out who changed the lockfile, then create the entry again with the package manager",
        "find out who changed the lockfile, then delete the entry and run `{update}`";
    "lock/integrity-missing" Deny "AUD-3" lock::integrity_missing: "a package without a digest to verify what is fetched",
        "delete the lockfile entry and let the package manager create it again; if it writes no digest, pin one in an approval or make an exception",
        "delete the lockfile entry and run `{update}`; if {name} writes no digest, make an exception";
    "lock/integrity-weak" Deny "AUD-3" lock::integrity_weak: "a package whose only digest is SHA-1 or MD5",
        "delete the lockfile entry and let the package manager create it again",
        "delete the lockfile entry and run `{update}`";
    "lock/insecure-url" Deny "ENF-1" lock::insecure: "a package that is fetched over an unencrypted connection",
        "use https";
    "lock/both-lockfiles" Deny "ENF-1" lock::both: "two lockfiles in one folder; package managers may read either",
        "remove the one that is not maintained";
    "lock/missing" Deny "ENF-1" lock::missing: "a manifest without a lockfile, so every install may choose other versions",
        "create the lockfile with the package manager and commit it",
        "run `{update}` and commit `{lockfile}`";
    "lock/out-of-sync" Deny "ENF-1" lock::out_of_sync: "a lockfile that does not match the manifest, so an install may choose other packages",
        "update the lockfile with the package manager and check again",
        "run `{update}` and check again";
    "lock/unsafe-setting" Deny "AUD-3" lock::unsafe_setting: "a setting of the project under which an install is not that of the lockfile",
        "remove the setting from the file that the finding names; a machine that needs it has it in its own settings";
    "lock/own-shrinkwrap" Deny "AUD-2" lock::shrinkwrap: "a package with an npm-shrinkwrap.json in its archive, which decides what is installed below it",
        "read that file and add an exception, or use a version or a package without it";
    "source/unknown-registry" Deny "ENF-2" source::unknown_registry: "a package from a registry that the policy does not name",
        "if the registry is yours, add it to `registries` in `[policy]`";
    "provenance/failed" Deny "AUD-1" evidence::failed: "a package whose signatures or attestations were checked and are not valid",
        "find out where it is from before you run it; `bomtrail verify` shows which check failed";
    "archive/digest-mismatch" Deny "AUD-3" archive::digest: "a package whose archive has other bytes than those that the lockfile pins",
        "delete the archive and fetch it again; if the digest still differs, find out who changed the lockfile or the registry";
    "archive/refused" Deny "AUD-3" archive::refused: "an archive that cannot be read within limits, or has entries that no honest tool writes",
        "look at the archive before you unpack it, and report it to the registry";
    "archive/manifest-mismatch" Deny "AUD-3" archive::manifest: "a package whose archive states something else about it than the lockfile",
        "read the manifest in the archive: it is what is installed and run; report the package to the registry, and use another version";
    "source/unexplained-code" Warn "AUD-1" archive::unexplained_code: "a package with entry points, scripts or native binaries that its source repository does not explain",
        "read these files; `bomtrail source` shows all of them";
    "source/not-found" Warn "AUD-1" archive::not_found: "a package whose source could not be compared with its archive",
        "clone its repository with all tags, or set the rule to `allow` for packages without a public repository";
    "archive/missing" Warn "AUD-3" archive::missing: "a package whose archive was not found in the folders that were given",
        "fetch it (`npm cache add`), and give the folder with `--archives`";
    "source/only-registry" Warn "ENF-2" source::only_registry: "a package that is not from a registry",
        "ask its author to publish it, or replace it",
        "ask its author to publish it, or replace it with {replace}";
    "source/no-git" Warn "ENF-2" source::git: "a package from a git repository",
        "use a published version";
    "source/git-ref-not-sha" Warn "AUD-3" source::git_ref: "a package from a branch or tag, which can move",
        "pin the full commit";
    "source/no-remote-tarball" Warn "ENF-2" source::remote: "a package from an archive that is not in a registry",
        "use a published version";
    "scripts/unapproved" Warn "ENF-1" package::scripts: "a package that runs a script when it is installed, without permission",
        "allow it in its review (`installScripts`) or in the manifest (`allowScripts`), or install without scripts";
    "graph/overridden" Warn "" graph::overridden: "a dependency whose range the project overrides",
        "remove the override when it is no longer needed";
    "graph/overridden-out-of-range" Warn "" graph::out_of_range: "a dependency outside the requested range",
        "check that the package works with it, or change the override";
    "graph/override-unused" Warn "" graph::override_unused: "an override that matches no dependency",
        "remove it, or correct its name or range";
    "approvals/expiring" Warn "AUD-2" approvals::expiring: "an approval that expires soon",
        "review the package again";
    "approvals/stale-entry" Warn "" approvals::stale: "an approval that is not used",
        "`bomtrail approvals prune` removes it";
    "approvals/bulk-basis" Warn "AUD-2" approvals::bulk: "packages that were approved when the list was started, without a review",
        "review them and run `bomtrail approve` again";
    "advisory/decision-unused" Warn "" advisories::unused: "a decision about a vulnerability that the project does not have",
        "remove it from the file of decisions";
    "lock/alias" Warn "" lock::alias: "a package that is requested under another name",
        "make sure that the other name is not misleading";
    "lock/command-clash" Warn "" lock::command_clash: "two packages that install a command under the same name",
        "make sure that the right one is installed";
    "lock/bundled" Warn "" lock::bundled: "a package in the archive of another, which audits do not see",
        "approve the package that bundles it, with a pinned digest";
    "pkg/deprecated" Warn "" package::deprecated: "a package that its author has deprecated",
        "replace it";
    "policy/contradiction" Warn "" policy::contradiction: "a policy that contradicts itself",
        "change one of the two settings";
    "policy/unused-exception" Warn "" policy::unused_exception: "an exception that covers no finding or has expired",
        "remove it";
    "graph/singleton" Allow "" graph::singleton: "several versions of a package that may have only one",
        "make the ranges compatible, or replace one of the packages",
        "make the ranges compatible, or use {replace}";
    "graph/duplicate-versions" Allow "" graph::duplicates: "several versions of one package",
        "make the ranges compatible",
        "run `{dedupe}`, or make the ranges compatible";
    "graph/max-depth" Allow "" graph::depth: "a chain of dependencies longer than the limit",
        "replace the dependency that brings it";
    "graph/max-packages" Allow "" graph::count: "more packages than the limit",
        "replace the dependency that brings most of them";
    "license/allow-only" Allow "" license::allow: "a licence that is not in `licenses`",
        "replace the package, or allow its licence";
    "license/deny" Allow "" license::deny: "a denied licence",
        "replace the package";
    "provenance/required" Allow "AUD-1" evidence::provenance: "a package without verified provenance",
        "give its attestations with `--attestations`, or verified provenance with `--facts`, or use a version that has it";
    "age/min-release" Allow "ENF-2" evidence::age: "a version that was published too recently",
        "wait, or use an older version";
    "pkg/scope-allow" Allow "ENF-2" package::scope: "a package whose name is not in `packages`",
        "replace it, or allow its name";
    "platform/variants" Allow "" package::platform: "a package for some platforms only",
        "approve every variant that a developer or a server may install";
}

#[cfg(test)]
mod tests;
