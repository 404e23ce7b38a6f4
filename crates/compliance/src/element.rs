//! The facts about a component that profiles ask for. Values only.

/// A fact about a component that profiles ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    /// Its maker or supplier, by name or contact.
    Producer,
    /// An e-mail address or web page of its maker.
    ProducerContact,
    /// Its name.
    Name,
    /// Its version.
    Version,
    /// Its name, and its version or an identifier: enough to identify the component.
    Identified,
    /// An identifier that databases use.
    Identifier,
    /// Its licence.
    License,
    /// Its licence as an identifier or an expression.
    LicenseExpression,
    /// The licence its makers declare.
    DeclaredLicense,
    /// The licence that the user of the component has chosen.
    EffectiveLicense,
    /// A digest of it.
    Hash,
    /// The SHA-512 of its deployable file.
    Sha512,
    /// The name of its deployable file.
    FileName,
    /// Whether its file is executable, an archive, structured.
    Nature,
    /// Its dependencies, and whether they are complete.
    Dependencies,
    /// The location of its source code.
    SourceCode,
    /// The location of its deployable form.
    Distribution,
}

impl Element {
    /// Every element with the name by which `bomtrail.toml` states it to be unknown or withheld. Variants of one fact share
    /// a name.
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

    /// All names, each once, in order.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = Self::NAMES.iter().map(|(_, name)| *name).collect();
        names.dedup();
        names
    }
}
