//! What makes packages risky to approve without reading them.

use bomtrail_graph::{Flags, NodeRef, Origin};

/// A reason to read a package before it is approved; the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Risk {
    /// It runs a script when it is installed.
    InstallScript,
    /// It comes from git or from a URL.
    NoRegistry,
    /// It comes from another registry than the public one.
    OtherRegistry,
    /// It has no digest, or only a weak one.
    NoStrongDigest,
    /// Its publisher marked it as deprecated.
    Deprecated,
}

impl Risk {
    /// All risks, the worst first.
    pub const ALL: [Self; 5] = [
        Self::InstallScript,
        Self::NoRegistry,
        Self::OtherRegistry,
        Self::NoStrongDigest,
        Self::Deprecated,
    ];

    /// Whether a package has this risk.
    pub fn concerns(self, node: NodeRef<'_>) -> bool {
        let component = node.component();
        let flags = node.flags();
        match self {
            Self::InstallScript => flags.has(Flags::INSTALL_SCRIPT),
            Self::NoRegistry => matches!(component.origin, Origin::Git | Origin::RemoteArchive),
            Self::OtherRegistry => {
                matches!(component.origin, Origin::OtherRegistry | Origin::Unknown)
            }
            Self::NoStrongDigest => flags.has(Flags::UNVERIFIED) || flags.has(Flags::WEAK_DIGEST),
            Self::Deprecated => {
                let details = component.details.as_ref();
                details.is_some_and(|it| it.deprecated.is_some())
            }
        }
    }
}
