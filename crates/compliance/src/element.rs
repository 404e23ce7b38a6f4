//! The facts about a component that profiles ask for. Values only.

/// A fact about a component that profiles ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    /// Who made or supplies it, by name or by a way to reach them.
    Producer,
    /// An e-mail address or a web page of who made it.
    ProducerContact,
    /// Its name.
    Name,
    /// Its version.
    Version,
    /// Its name, and its version or an identifier: enough to tell which component it is.
    Identified,
    /// An identifier that databases know.
    Identifier,
    /// Its licence.
    License,
    /// Its licence as an identifier or an expression.
    LicenseExpression,
    /// The licence its makers declare.
    DeclaredLicense,
    /// The licence the user of it goes by.
    EffectiveLicense,
    /// A digest of it.
    Hash,
    /// The SHA-512 of its deployable file.
    Sha512,
    /// The name of its deployable file.
    FileName,
    /// Whether its file is executable, an archive, structured.
    Nature,
    /// What it depends on, and whether that is all.
    Dependencies,
    /// Where its source code is.
    SourceCode,
    /// Where its deployable form is.
    Distribution,
}

impl Element {
    /// Every element with the name by which `bomtrail.toml` states it to be unknown or withheld. Kinds of one thing share
    /// its name.
    pub const NAMES: [(Self, &'static str); 17] = [
        (Self::Producer, "producer"),
        (Self::ProducerContact, "producer"),
        (Self::Name, "name"),
        (Self::Version, "version"),
        (Self::Identified, "identifier"),
        (Self::Identifier, "identifier"),
        (Self::License, "license"),
        (Self::LicenseExpression, "license"),
        (Self::DeclaredLicense, "license"),
        (Self::EffectiveLicense, "effective-license"),
        (Self::Hash, "hash"),
        (Self::Sha512, "hash"),
        (Self::FileName, "filename"),
        (Self::Nature, "nature"),
        (Self::Dependencies, "dependencies"),
        (Self::SourceCode, "source-code"),
        (Self::Distribution, "distribution"),
    ];

    /// The name by which it is stated to be unknown or withheld.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }

    /// The names there are, each once, in order.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = Self::NAMES.iter().map(|(_, name)| *name).collect();
        names.dedup();
        names
    }
}
