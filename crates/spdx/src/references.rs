//! References to places outside of a document: the words of the graph, which are those of CycloneDX, in each version of SPDX.

use bomtrail_graph::{Component, Reference};

use crate::location::is_locator;

/// Category and type in version 2 of references that are not of the category `OTHER`, and their word.
const CATEGORIES: [(&str, &str, &str); 11] = [
    ("SECURITY", "advisory", "advisories"),
    ("SECURITY", "fix", "security-fix"),
    ("SECURITY", "url", "security"),
    ("SECURITY", "swid", "swid"),
    ("PERSISTENT-ID", "swh", "swh"),
    ("PERSISTENT-ID", "gitoid", "gitoid"),
    ("PACKAGE-MANAGER", "purl", "purl"),
    ("PACKAGE-MANAGER", "maven-central", "maven-central"),
    ("PACKAGE-MANAGER", "npm", "npm"),
    ("PACKAGE-MANAGER", "nuget", "nuget"),
    ("PACKAGE-MANAGER", "bower", "bower"),
];

/// The type in version 3 of a word.
const TYPES: [(&str, &str); 27] = [
    ("advisories", "securityAdvisory"),
    ("adversary-model", "securityAdversaryModel"),
    ("attestation", "secureSoftwareAttestation"),
    ("bower", "bower"),
    ("build-meta", "buildMeta"),
    ("build-system", "buildSystem"),
    ("certification-report", "certificationReport"),
    ("chat", "chat"),
    ("component-analysis-report", "componentAnalysisReport"),
    ("distribution", "altDownloadLocation"),
    ("documentation", "documentation"),
    ("dynamic-analysis-report", "dynamicAnalysisReport"),
    (
        "exploitability-statement",
        "vulnerabilityExploitabilityAssessment",
    ),
    ("license", "license"),
    ("mailing-list", "mailingList"),
    ("maven-central", "mavenCentral"),
    ("npm", "npm"),
    ("nuget", "nuget"),
    ("pentest-report", "securityPenTestReport"),
    ("quality-metrics", "metrics"),
    ("release-notes", "releaseNotes"),
    ("risk-assessment", "riskAssessment"),
    ("runtime-analysis-report", "runtimeAnalysisReport"),
    ("security-fix", "securityFix"),
    ("static-analysis-report", "staticAnalysisReport"),
    ("support", "support"),
    ("threat-model", "securityThreatModel"),
];

/// Words that are the same in version 3, or that the graph has a field for.
const MORE_TYPES: [(&str, &str); 5] = [
    ("issue-tracker", "issueTracker"),
    ("social", "socialMedia"),
    ("source-distribution", "sourceArtifact"),
    ("vcs", "vcs"),
    ("website", "altWebPage"),
];

/// Separates a word that version 3 has no type for from the comment.
const WORD_END: &str = ": ";

/// The further references of a component.
pub(crate) fn of(component: &Component) -> &[Reference] {
    component
        .details
        .as_deref()
        .map_or(&[][..], |it| &it.references)
}

/// True for a reference that an external reference of version 2 holds whole.
pub(crate) fn fits_v2(it: &Reference) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_word = !it.kind.is_empty() && it.kind.chars().all(allowed);
    is_word && fits_v3(it)
}

/// True for a reference that an external reference of version 3 holds whole.
pub(crate) fn fits_v3(it: &Reference) -> bool {
    is_locator(&it.url) && it.hashes.is_empty() && !it.kind.contains(':')
}

/// Category and type of version 2.
pub(crate) fn category(kind: &str) -> (&'static str, &str) {
    let found = CATEGORIES.iter().find(|(.., it)| *it == kind);
    found.map_or(("OTHER", kind), |(category, kind, _)| (*category, *kind))
}

/// The word for a category and type of version 2, in any spelling of the category.
pub(crate) fn of_category<'t>(category: &str, kind: &'t str) -> &'t str {
    let category = category.replace('_', "-");
    let is_it = |it: &&(&str, &str, &str)| it.0 == category && it.1 == kind;
    CATEGORIES.iter().find(is_it).map_or(kind, |(.., it)| *it)
}

/// The type of version 3 and the comment.
pub(crate) fn v3_type(it: &Reference) -> (&'static str, Option<String>) {
    let comment = it.comment.as_deref();
    let mut all = TYPES.iter().chain(&MORE_TYPES);
    if let Some((_, kind)) = all.find(|(word, _)| *word == &*it.kind) {
        return (kind, comment.map(str::to_owned));
    }
    let words = [&it.kind, WORD_END, comment.unwrap_or_default()].concat();
    ("other", Some(words))
}

/// The word and the comment of a type of version 3.
pub(crate) fn of_v3_type<'t>(
    kind: &'t str,
    comment: Option<&'t str>,
) -> (&'t str, Option<&'t str>) {
    if let ("other", Some((word, rest))) = (kind, comment.and_then(|it| it.split_once(WORD_END))) {
        let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
        if is_word {
            return (word, Some(rest).filter(|it| !it.is_empty()));
        }
    }
    let mut all = TYPES.iter().chain(&MORE_TYPES);
    let found = all.find(|(_, it)| *it == kind);
    (found.map_or(kind, |(word, _)| *word), comment)
}
