//! Every rule in one table: what it is called, how bad it is unless a policy says otherwise, and who looks.

mod approvals;
mod graph;
mod license;
mod lock;
mod outside;
mod own;
mod source;

pub use approvals::words;
pub use own::manifest_allows;

use crate::finding::Look;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nobody looks.
    Allow,
    /// Told.
    Warn,
    /// Told, and the check fails.
    Deny,
}

impl Verdict {
    /// The name used in policies and documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The verdict of a name used in policies.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Allow, Self::Warn, Self::Deny];
        all.into_iter().find(|it| it.name() == name)
    }
}

/// A rule. Its id is part of the stable interface.
#[derive(Debug)]
pub struct Rule {
    /// Stable id, `area/kebab-case`.
    pub id: &'static str,
    /// How bad it is unless a policy says otherwise.
    pub default: Verdict,
    /// What is wrong, in one sentence fragment.
    pub about: &'static str,
    /// What to do.
    pub help: &'static str,
    /// The practice of the Secure Supply Chain Consumption Framework it serves (S2C2F), or nothing.
    pub practice: &'static str,
    pub(crate) look: fn(&mut Look<'_>),
}

impl Rule {
    /// Its position in the table, by which findings are sorted.
    pub(crate) fn position(&self) -> usize {
        RULES
            .iter()
            .position(|it| it.id == self.id)
            .unwrap_or(RULES.len())
    }
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.id == id)
}

/// The id that shares most letters at its beginning or end with what was written.
pub(crate) fn closest(id: &str) -> &'static str {
    let shared = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let reversed = |it: &str| it.chars().rev().collect::<String>();
    let rule = RULES
        .iter()
        .max_by_key(|it| shared(it.id, id) + shared(&reversed(it.id), &reversed(id)));
    rule.map_or("", |it| it.id)
}

macro_rules! rules {
    ($($id:literal $default:ident $practice:literal $look:path: $about:literal, $help:literal;)*) => {
        /// Every rule, the worst first.
        pub static RULES: &[Rule] = &[$(Rule {
            id: $id,
            default: Verdict::$default,
            about: $about,
            help: $help,
            practice: $practice,
            look: $look,
        }),*];
    };
}

rules! {
    "approvals/unreviewed" Deny "AUD-2" approvals::unreviewed: "a package that nobody has approved",
        "review it, then `bomtrail approve` it; or remove it";
    "approvals/denied" Deny "ING-3" approvals::denied: "a package that an approvals list refuses, or whose bytes are not the reviewed ones",
        "remove it, or take another version; `bomtrail approvals explain` tells who refuses it";
    "lock/identity-mismatch" Deny "AUD-3" lock::identity: "a lockfile entry that installs another package than it says",
        "find out who changed the lockfile before anything is installed from it, then make the entry anew with npm";
    "lock/not-as-npm-writes" Deny "AUD-3" lock::not_as_npm_writes: "something in a lockfile that npm never writes, but may read",
        "find out who changed the lockfile, then recreate the entry with npm";
    "lock/integrity-missing" Deny "AUD-3" lock::integrity_missing: "a package that is fetched without a digest to compare with",
        "make the entry anew: remove it from the lockfile and run `npm install --package-lock-only`";
    "lock/integrity-weak" Deny "AUD-3" lock::integrity_weak: "a package whose only digest is SHA-1 or MD5",
        "make the entry anew: remove it from the lockfile and run `npm install --package-lock-only`";
    "lock/insecure-url" Deny "ENF-1" lock::insecure: "a package that is fetched over a connection anyone on the way can change",
        "use https";
    "lock/both-lockfiles" Deny "ENF-1" lock::both: "two lockfiles side by side, of which npm reads the shrinkwrap",
        "remove the one that is not maintained";
    "lock/out-of-sync" Deny "ENF-1" lock::out_of_sync: "a lockfile that does not fit the manifest, so that an install may resolve anew",
        "run `npm install --package-lock-only` and check again";
    "lock/own-shrinkwrap" Deny "AUD-2" lock::shrinkwrap: "a package whose own npm-shrinkwrap.json, which is in its archive, decides what is installed beneath it",
        "read that file and set an exception, or take a version or a package without it";
    "source/unknown-registry" Deny "ENF-2" source::unknown_registry: "a package from a registry that the policy does not know",
        "add it to `registries` of `[policy]` if it is yours";
    "provenance/failed" Deny "AUD-1" outside::disproved: "a package whose signatures or attestations were checked and do not hold",
        "find out where it is from before anything of it runs; `bomtrail verify` tells which check failed";
    "source/only-registry" Warn "ENF-2" source::only_registry: "a package that is from no registry",
        "ask its author to publish it, or replace it with `overrides`";
    "source/no-git" Warn "ENF-2" source::git: "a package from a git repository",
        "use a published version";
    "source/git-ref-not-sha" Warn "AUD-3" source::git_ref: "a package from a branch or tag, which can move",
        "pin the full commit";
    "source/no-remote-tarball" Warn "ENF-2" source::remote: "a package from an archive at an arbitrary address",
        "use a published version";
    "scripts/unapproved" Warn "ENF-1" own::scripts: "a package that runs a script when it is installed, which nobody has allowed",
        "allow it in `allowScripts` of package.json or in its review, or install with `--ignore-scripts`";
    "graph/overridden" Warn "" graph::overridden: "a dependency whose range the project overrides",
        "remove the override when it is needed no more";
    "graph/overridden-out-of-range" Warn "" graph::out_of_range: "a dependency that does not satisfy the range it is asked for with",
        "check that the package works with it, or change the override";
    "graph/override-unused" Warn "" graph::override_unused: "an override of the project that no dependency comes under",
        "remove it, or correct its name or range";
    "approvals/expiring" Warn "AUD-2" approvals::expiring: "an approval that is about to run out",
        "review the package anew";
    "approvals/stale-entry" Warn "" approvals::stale: "an approval that nothing needs",
        "`bomtrail approvals prune` removes it";
    "approvals/bulk-basis" Warn "AUD-2" approvals::bulk: "an approval of what was there when the list was started, which nobody has read",
        "review the package and `bomtrail approve` it again";
    "lock/alias" Warn "" lock::alias: "a package that is asked for by another name",
        "make sure that the name it goes by misleads nobody";
    "lock/command-clash" Warn "" lock::command_clash: "two packages that install a command under the same name",
        "make sure that the right one is installed";
    "lock/bundled" Warn "" lock::bundled: "a package in the archive of another, which no registry lists and no audit sees",
        "approve its carrier with a pinned digest";
    "pkg/deprecated" Warn "" own::deprecated: "a package that its author has deprecated",
        "replace it";
    "policy/contradiction" Warn "" own::contradiction: "a policy that contradicts itself",
        "change one of the two settings";
    "policy/unused-exception" Warn "" own::nothing: "an exception that sets nothing aside, or is over",
        "remove it";
    "graph/singleton" Allow "" graph::singleton: "several versions of a package of which there may be one",
        "bring the ranges together, or use `overrides`";
    "graph/duplicate-versions" Allow "" graph::duplicates: "several versions of one package",
        "`npm dedupe`, or bring the ranges together";
    "graph/max-depth" Allow "" graph::depth: "a chain of dependencies that is too long",
        "replace the dependency that brings it";
    "graph/max-packages" Allow "" graph::count: "too many packages",
        "replace the dependency that brings most of them";
    "license/allow-only" Allow "" license::allow: "a licence that is not among those allowed",
        "replace the package, or allow its licence";
    "license/deny" Allow "" license::deny: "a licence that is refused",
        "replace the package";
    "provenance/required" Allow "AUD-1" outside::provenance: "a package whose provenance nobody has verified",
        "give its attestations with `--attestations`, or verified provenance with `--facts`, or take a version that has it";
    "age/min-release" Allow "ENF-2" outside::age: "a version that was published only just now",
        "wait, or take an older version";
    "pkg/scope-allow" Allow "ENF-2" own::scope: "a package whose name is not among those allowed",
        "replace it, or allow its name";
    "platform/variants" Allow "" own::platform: "a package that installs on some platforms only",
        "approve every variant that a colleague or a server may install";
}
