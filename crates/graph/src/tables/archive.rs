//! The archives side table: what the bytes of a node's archive show. Values only; who reads archives lies elsewhere.

use std::borrow::Cow;
use std::fmt;

use crate::model::facts::Text;
use crate::tables::provenance::{Evidence, EvidenceState};

/// One thing that the lockfile and the archive's own manifest state differently.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Contradiction {
    /// Which field of the manifest.
    pub field: &'static str,
    /// The name within it; empty for a field with one value.
    pub key: Text,
    /// What the lockfile states; `None` for nothing.
    pub locked: Option<Text>,
    /// What the archive states; `None` for nothing.
    pub archived: Option<Text>,
}

impl fmt::Display for Contradiction {
    /// A lower-case fragment with literals in backticks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |it: &Option<Text>| {
            let text = it.as_deref().map(|it| format!("`{}`", it.escape_debug()));
            text.unwrap_or_else(|| "nothing".to_owned())
        };
        write!(f, "`{}", self.field)?;
        if !self.key.is_empty() {
            write!(f, ".{}", self.key.escape_debug())?;
        }
        let (locked, archived) = (value(&self.locked), value(&self.archived));
        write!(
            f,
            "` is {locked} in the lockfile and {archived} in the archive"
        )
    }
}

/// What was compared with the bytes of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArchiveState {
    /// No archive was found.
    #[default]
    Missing,
    /// The archive has the digest that the project pins.
    Pinned,
    /// An archive with the package's name was read; nothing pins its digest.
    Unpinned,
    /// The files of the package were read from a store that does not keep the archive.
    Unpacked,
    /// An archive with the package's name has other bytes than those that the project pins.
    Mismatch,
    /// The archive could not be read, or has entries that no honest tool writes.
    Refused,
}

impl ArchiveState {
    /// Every state, the one that proves most first.
    pub const ALL: [Self; 6] = [
        Self::Pinned,
        Self::Unpinned,
        Self::Unpacked,
        Self::Missing,
        Self::Mismatch,
        Self::Refused,
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Pinned => "pinned",
            Self::Unpinned => "unpinned",
            Self::Unpacked => "unpacked",
            Self::Mismatch => "mismatch",
            Self::Refused => "refused",
        }
    }
}

/// What the archive of a node shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ArchiveFacts {
    /// What was compared.
    pub state: ArchiveState,
    /// Why no more is known, as a lower-case fragment; empty when the state says all.
    pub reason: Text,
    /// The name of the archive, or its place in a store; never an absolute path.
    pub place: Text,
    /// Its length in bytes.
    pub size: u64,
    /// How many bytes it unpacks to.
    pub unpacked: u64,
    /// How many files are in it.
    pub files: usize,
    /// SWHIDs (ISO/IEC 18670) of the archive as a content and of what it unpacks to as a directory.
    pub swhids: Vec<Text>,
    /// What the lockfile states and the archive contradicts.
    pub contradictions: Vec<Contradiction>,
    /// The scripts that an installation runs, by name, as they are in the bytes.
    pub install_scripts: Vec<(Text, Text)>,
    /// The source commit that the publisher's tool wrote into the manifest.
    pub commit: Option<Text>,
    /// Licence texts by their paths in the archive.
    pub license_texts: Vec<(Text, Text)>,
    /// How the files match a source repository; `None` when they were not compared.
    pub source: Option<Box<SourceMatch>>,
}

impl ArchiveFacts {
    /// Facts of a state.
    pub fn new(state: ArchiveState, reason: &str) -> Self {
        Self {
            state,
            reason: reason.into(),
            ..Self::default()
        }
    }

    /// Sets fields by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// The evidence on the axis `archive-checked`: the bytes are those that are pinned, and their manifest states what the
    /// lockfile does.
    pub fn evidence(&self) -> Evidence {
        if let Some(first) = self.contradictions.first() {
            let more = match self.contradictions.len() {
                1 => String::new(),
                count => format!(" (and {} more)", count - 1),
            };
            return Evidence::new(EvidenceState::Failed, &format!("{first}{more}"));
        }
        let state = match self.state {
            ArchiveState::Missing => EvidenceState::Absent,
            ArchiveState::Pinned => EvidenceState::Verified,
            ArchiveState::Unpinned | ArchiveState::Unpacked => EvidenceState::Unverifiable,
            ArchiveState::Mismatch | ArchiveState::Refused => EvidenceState::Failed,
        };
        Evidence::new(state, &self.reason)
    }
}

impl ArchiveFacts {
    /// Everything that documents say of it, as `(name, text)` in a fixed order; a name may occur several times.
    pub fn statements(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut all = vec![("provenance:archive-checked", verdict(self.evidence()))];
        let contradictions = self.contradictions.iter();
        all.extend(contradictions.map(|it| ("archive:contradiction", Cow::Owned(it.to_string()))));
        let scripts = self.install_scripts.iter();
        let scripts = scripts.map(|(name, text)| Cow::Owned(format!("{name}: {text}")));
        all.extend(scripts.map(|it| ("archive:install-script", it)));
        if self.files > 0 {
            all.push(("archive:files", Cow::Owned(self.files.to_string())));
        }
        let commit = self.commit.as_deref();
        all.extend(commit.map(|it| ("archive:commit", Cow::Borrowed(it))));
        if let Some(source) = &self.source {
            all.push(("provenance:source-matched", verdict(source.evidence())));
            all.push(("source:commit", Cow::Borrowed(&*source.commit)));
            all.push(("source:folder", Cow::Borrowed(&*source.folder)));
        }
        all.retain(|(_, text)| !text.is_empty());
        all
    }
}

/// A state with its reason.
fn verdict(evidence: Evidence) -> Cow<'static, str> {
    let Evidence { state, reason } = evidence;
    if reason.is_empty() {
        return Cow::Borrowed(state.name());
    }
    Cow::Owned(format!("{}: {reason}", state.name()))
}

/// How a file of an archive relates to a source tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileVerdict {
    /// No rule explains it.
    Unexplained,
    /// The source has other content at its path.
    Changed,
    /// A rule explains it: it was made from the source.
    Generated,
    /// Its content is in an older or newer state of the repository only.
    History,
    /// Its content is elsewhere in the tree.
    Moved,
    /// It is the same.
    Same,
}

impl FileVerdict {
    /// Every verdict, the one that needs a look first.
    pub const ALL: [Self; 6] = [
        Self::Unexplained,
        Self::Changed,
        Self::Generated,
        Self::History,
        Self::Moved,
        Self::Same,
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unexplained => "unexplained",
            Self::Changed => "changed",
            Self::Generated => "generated",
            Self::History => "history",
            Self::Moved => "moved",
            Self::Same => "same",
        }
    }
}

/// How the files of an archive match a source repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SourceMatch {
    /// The commit that was compared with, in hexadecimal; empty when none was found.
    pub commit: Text,
    /// Where that commit was named (`gitHead`, a tag).
    pub named_by: Text,
    /// The folder of the repository that is the package; empty for its top.
    pub folder: Text,
    /// How many files have each verdict, in the order of [`FileVerdict::ALL`].
    pub counts: [usize; 6],
    /// How many of the generated files only a build map explains, so that their compilation would have to be repeated.
    pub compiled: usize,
    /// Unexplained and changed files that run or are loaded, as `(path, role)`, the most dangerous first.
    pub unexplained_code: Vec<(Text, Text)>,
    /// Why nothing was compared, as a lower-case fragment; empty when it was.
    pub reason: Text,
}

impl SourceMatch {
    /// A comparison that was not made.
    pub fn not_found(reason: &str) -> Self {
        Self {
            reason: reason.into(),
            ..Self::default()
        }
    }

    /// Sets fields by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// How many files have a verdict.
    pub fn count(&self, verdict: FileVerdict) -> usize {
        let all = FileVerdict::ALL.into_iter().zip(self.counts);
        let found = all.filter(|(it, _)| *it == verdict);
        found.map(|(_, count)| count).sum()
    }

    /// The counts that are not zero, as `same 12, changed 1`.
    pub fn summary(&self) -> String {
        let all = FileVerdict::ALL.into_iter().rev();
        let counts = all.map(|it| (it.name(), self.count(it)));
        let some = counts.filter(|(_, count)| *count > 0);
        let words: Vec<String> = some
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        words.join(", ")
    }

    /// The evidence on the axis `source-matched`.
    pub fn evidence(&self) -> Evidence {
        if !self.reason.is_empty() {
            return Evidence::new(EvidenceState::Unverifiable, &self.reason);
        }
        let unclear = [FileVerdict::Unexplained, FileVerdict::Changed];
        let state = if unclear.iter().all(|it| self.count(*it) == 0) {
            if self.compiled > 0 {
                let reason = format!("{}; the compilation was not repeated", self.summary());
                return Evidence::new(EvidenceState::Unverifiable, &reason);
            }
            EvidenceState::Verified
        } else if self.unexplained_code.is_empty() {
            EvidenceState::Unverifiable
        } else {
            EvidenceState::Failed
        };
        Evidence::new(state, &self.summary())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contradiction_fails_an_archive_with_the_pinned_digest() {
        let facts = ArchiveFacts::new(ArchiveState::Pinned, "");
        assert_eq!(facts.evidence().state, EvidenceState::Verified);
        let facts = facts.with(|it| {
            it.contradictions = vec![Contradiction {
                field: "scripts",
                key: "install".into(),
                locked: None,
                archived: Some("node x".into()),
            }];
        });
        let evidence = facts.evidence();
        assert_eq!(evidence.state, EvidenceState::Failed);
        let wanted = "`scripts.install` is nothing in the lockfile and `node x` in the archive";
        assert_eq!(&*evidence.reason, wanted);
    }

    #[test]
    fn what_was_not_compared_is_never_verified() {
        let states = |it: &SourceMatch| it.evidence().state;
        let none = SourceMatch::not_found("there is no such commit");
        assert_eq!(states(&none), EvidenceState::Unverifiable);
        let same = SourceMatch::default().with(|it| it.counts = [0, 0, 1, 1, 1, 9]);
        assert_eq!(states(&same), EvidenceState::Verified);
        assert_eq!(same.summary(), "same 9, moved 1, history 1, generated 1");
        let compiled = same.with(|it| it.compiled = 1);
        assert_eq!(states(&compiled), EvidenceState::Unverifiable);
        let open = SourceMatch::default().with(|it| it.counts = [1, 0, 0, 0, 0, 9]);
        assert_eq!(states(&open), EvidenceState::Unverifiable);
        let code = open.with(|it| it.unexplained_code = vec![("x.js".into(), "bin".into())]);
        assert_eq!(states(&code), EvidenceState::Failed);
    }
}
