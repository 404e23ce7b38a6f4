//! Finds the records that apply to the packages of a graph, by the identity of their Package URLs. First-party packages are
//! never looked up: a private package named `app` is not the registry's `app`.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Advisories, Coverage, Date, Diagnostics, Graph, Match, NodeRef, Origin, Places, Text, Timestamp,
};

use crate::codec::Entry;
use crate::database::Database;
use crate::diags;
use crate::ecosystem::{self, CPAN, EVALUATED};
use crate::index::IndexError;
use crate::reach::Reaches;
use crate::record::Hit;
use crate::severity;

/// Finds what a database says about a graph on a day. What is odd about records that are looked at is reported.
///
/// # Errors
/// [`IndexError`] when an index cannot be read.
pub fn find(
    graph: &Graph,
    places: &Places,
    database: &Database,
    today: Date,
    diagnostics: &mut Diagnostics,
) -> Result<Advisories, IndexError> {
    let path = graph.inputs().first().map_or("", |it| &*it.path);
    let mut search = Search {
        path,
        database,
        diagnostics,
        sources: database.sources(),
        matches: Vec::new(),
        coverage: BTreeMap::new(),
    };
    for node in graph.nodes() {
        search.node(node)?;
    }
    let Search {
        sources,
        mut matches,
        coverage,
        ..
    } = search;
    matches.sort_by(|a, b| {
        let rank = |it: &Match| (it.node, it.module.clone(), it.id.clone());
        rank(a).cmp(&rank(b))
    });
    let reaches = Reaches::of(graph, places);
    for it in &mut matches {
        it.reach = reaches.of_match(it);
    }
    let mut coverage: Vec<Coverage> = coverage.into_values().collect();
    for it in &mut coverage {
        let own = sources
            .iter()
            .filter(|source| source.ecosystems.contains(&it.ecosystem));
        it.newest = own.clone().filter_map(|source| source.newest).max();
        it.is_known = own.count() > 0;
        if !it.is_known {
            diagnostics.push(diags::no_data(path, &it.ecosystem, it.packages));
        } else if it.without_version > 0 {
            diagnostics.push(diags::no_version(path, &it.ecosystem, it.without_version));
        }
    }
    Ok(Advisories::default().with(|it| {
        it.matches = matches;
        it.sources = sources;
        it.coverage = coverage;
        it.today = Some(today);
    }))
}

/// Marks the sources whose newest record is more days old than the limit at a time. A source without a date is too old.
pub fn mark_old(advisories: &mut Advisories, now: Timestamp, days: i64) {
    let age = |newest: Timestamp| (now.seconds() - newest.seconds()).max(0) / 86_400;
    let sources = advisories.sources.iter().enumerate();
    // A source that only marks matches says nothing about how old the records are.
    let feeds = sources.filter(|(_, it)| !it.ecosystems.is_empty());
    let ages = feeds.map(|(number, it)| (number, it.newest.map_or(i64::MAX, age)));
    advisories.too_old = ages.filter(|(_, age)| *age > days).collect();
}

struct Search<'s> {
    /// The first input, which problems of the whole graph are located at.
    path: &'s str,
    database: &'s Database,
    diagnostics: &'s mut Diagnostics,
    sources: Vec<bomtrail_graph::AdvisorySource>,
    matches: Vec<Match>,
    coverage: BTreeMap<Text, Coverage>,
}

/// A package version that is looked up.
struct Subject<'g> {
    node: NodeRef<'g>,
    package_type: &'static str,
    name: String,
    version: String,
    /// The core module of Perl that it is, where the node is Perl.
    module: Option<Text>,
}

impl Search<'_> {
    fn node(&mut self, node: NodeRef<'_>) -> Result<(), IndexError> {
        let Some(purl) = node.purl() else {
            return Ok(());
        };
        if node.component().role.is_first_party() || purl.package_type() == "generic" {
            return Ok(());
        }
        let version = ecosystem::version(node);
        let coverage = self
            .coverage
            .entry(purl.package_type().into())
            .or_insert_with(|| Coverage {
                ecosystem: purl.package_type().into(),
                packages: 0,
                without_version: 0,
                newest: None,
                is_known: false,
            });
        coverage.packages += 1;
        coverage.without_version += usize::from(version.is_none());
        let known = EVALUATED.into_iter().find(|it| *it == purl.package_type());
        let (Some(package_type), Some(version)) = (known, version) else {
            return Ok(());
        };
        let subject = Subject {
            node,
            package_type,
            name: ecosystem::feed_name(purl),
            version,
            module: None,
        };
        self.subject(&subject)?;
        if package_type == CPAN && subject.name == "perl" {
            self.core_modules(node)?;
        }
        Ok(())
    }

    /// The core modules that the project uses of its Perl, each by its own version.
    fn core_modules(&mut self, node: NodeRef<'_>) -> Result<(), IndexError> {
        let mut seen: Vec<(String, String)> = Vec::new();
        for it in &node.component().provides {
            let Some(version) = it.version.as_deref() else {
                continue;
            };
            let Some(name) = self.database.distribution(&it.name)? else {
                continue;
            };
            // Modules of one distribution that have its version are one subject.
            let key = (name.clone(), version.to_owned());
            if name == "perl" || seen.contains(&key) {
                continue;
            }
            seen.push(key);
            self.subject(&Subject {
                node,
                package_type: CPAN,
                name,
                version: version.to_owned(),
                module: Some(it.name.clone()),
            })?;
        }
        Ok(())
    }

    fn subject(&mut self, subject: &Subject<'_>) -> Result<(), IndexError> {
        let entries = self.database.entries(subject.package_type, &subject.name)?;
        if entries.is_empty() {
            return Ok(());
        }
        if subject.package_type != CPAN
            && bomtrail_version::SemVer::parse(&subject.version).is_none()
        {
            let reference = subject.node.reference();
            self.diagnostics
                .push(diags::version(self.path, &reference, &subject.version));
        }
        let mut by_id: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for it in &entries {
            by_id.entry(&it.id).or_default().push(it);
        }
        for (id, entries) in by_id {
            let hits = entries
                .iter()
                .map(|it| (*it, it.versions.hits(&subject.version)));
            let hits: Vec<(&Entry, Hit)> = hits
                .flat_map(|(entry, hits)| hits.into_iter().map(move |hit| (entry, hit)))
                .collect();
            if let Some((entry, _)) = hits.first() {
                let found = self.matched(subject, entry, &entries, &hits)?;
                self.matches.push(found);
            } else if let Some(it) = entries
                .iter()
                .find(|it| it.versions.is_ambiguous(&subject.version))
            {
                let source = self.sources.get(it.source).map_or("", |it| &*it.name);
                self.diagnostics
                    .push(diags::ambiguous(source, id, &subject.version));
            }
        }
        Ok(())
    }

    fn matched(
        &self,
        subject: &Subject<'_>,
        entry: &Entry,
        entries: &[&Entry],
        hits: &[(&Entry, Hit)],
    ) -> Result<Match, IndexError> {
        let aliases = self.database.aliases(&entry.id)?;
        let mut ids: Vec<&str> = aliases.iter().map(String::as_str).collect();
        ids.push(&entry.id);
        let known_exploited = self.database.is_exploited(&ids)?;
        let is_affected = |version: &str| {
            entries
                .iter()
                .any(|it| !it.versions.hits(version).is_empty())
        };
        let mut fixed: Vec<Text> = Vec::new();
        for version in hits.iter().flat_map(|(_, hit)| &hit.fixed) {
            if !is_affected(version) && !fixed.iter().any(|it| **it == **version) {
                fixed.push(version.as_str().into());
            }
        }
        let malicious = entry.malicious || aliases.iter().any(|it| it.starts_with("MAL-"));
        let found = Match::new(
            subject.node.id(),
            &entry.id,
            &subject.name,
            &subject.version,
        );
        Ok(found.with(|it| {
            it.module.clone_from(&subject.module);
            it.aliases = aliases.into_iter().map(Into::into).collect();
            it.range = hits.first().map_or("", |(_, hit)| &*hit.range).into();
            it.fixed = fixed;
            it.summary = entry.summary.as_str().into();
            it.severity = severity::of(entry);
            it.cwes.clone_from(&entry.cwes);
            it.references = entry
                .references
                .iter()
                .map(|it| it.as_str().into())
                .collect();
            it.modified = entry.modified.time;
            it.source = entry.source;
            it.malicious = malicious;
            it.known_exploited = known_exploited;
            it.embedded = entry.embedded.as_deref().map(Into::into);
            it.by_name = is_by_name(subject.node);
        }))
    }
}

/// True for a package that is not from the public registry or a mirror of it, so that only its name says which package it is.
fn is_by_name(node: NodeRef<'_>) -> bool {
    match node.component().origin {
        Origin::Git | Origin::RemoteArchive | Origin::LocalArchive | Origin::Directory => true,
        Origin::OtherRegistry => {
            let purl = node.purl();
            purl.is_some_and(|it| it.qualifier("repository_url").is_some())
        }
        Origin::Registry | Origin::Bundle | Origin::Unknown => false,
    }
}
