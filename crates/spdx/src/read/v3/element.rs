//! The elements of a document, and what every one is asked for. A document has hundreds of thousands of them, which are looked at
//! several times, and the text of each is far from that of the next.

use bomtrail_document::{Json, Object, Session};

/// What an element is, as far as reading depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Package,
    File,
    Sbom,
    Bom,
    Document,
    CreationInfo,
    Annotation,
    /// A relationship of any kind.
    Relationship,
    Build,
    Person,
    Organization,
    /// One that says nothing that the graph has a place for, or is looked up from others.
    Quiet,
    Other,
}

impl Class {
    fn of(name: &str) -> Self {
        match name {
            "software_Package" => Self::Package,
            "software_File" => Self::File,
            "software_Sbom" => Self::Sbom,
            "Bom" => Self::Bom,
            "SpdxDocument" => Self::Document,
            "CreationInfo" => Self::CreationInfo,
            "Annotation" => Self::Annotation,
            "Relationship" | "LifecycleScopedRelationship" => Self::Relationship,
            "build_Build" => Self::Build,
            "Person" => Self::Person,
            "Organization" => Self::Organization,
            "IndividualElement"
            | "SoftwareAgent"
            | "Tool"
            | "Agent"
            | "simplelicensing_LicenseExpression"
            | "simplelicensing_SimpleLicensingText"
            | "expandedlicensing_ListedLicense" => Self::Quiet,
            _ => Self::Other,
        }
    }
}

/// The type of a relationship, as far as others than the relationship depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    DistributionArtifact,
    Generates,
    ConcludedLicense,
    Output,
    Other,
}

impl Relation {
    fn of(name: &str) -> Self {
        match name {
            "hasDistributionArtifact" => Self::DistributionArtifact,
            "generates" => Self::Generates,
            "hasConcludedLicense" => Self::ConcludedLicense,
            "hasOutput" => Self::Output,
            _ => Self::Other,
        }
    }
}

/// An element, whose members are looked at once for what every element is asked for.
pub(super) struct Element<'v> {
    pub(super) object: Object<'v>,
    /// [`Class::Other`] where it is absent or not a string.
    pub(super) class: Class,
    /// The class is a string.
    pub(super) has_class: bool,
    /// `None` where it is absent or not a string.
    pub(super) relation: Option<Relation>,
    /// The relationship has a type that is not a string.
    pub(super) has_odd_relation: bool,
    /// `None` where it is absent or its member not a string.
    id: Option<&'v str>,
}

impl<'v> Element<'v> {
    pub(super) fn new(object: Object<'v>) -> Self {
        let (mut class, mut relation) = (None, None);
        let (mut own, mut plain) = (None, None);
        let mut has_odd_relation = false;
        for (key, value) in object.members() {
            match key {
                "type" => class = value.as_str(),
                "relationshipType" => {
                    relation = value.as_str();
                    has_odd_relation = relation.is_none();
                }
                "spdxId" => own = Some(value),
                "@id" => plain = Some(value),
                _ => {}
            }
        }
        Self {
            object,
            class: class.map_or(Class::Other, Class::of),
            has_class: class.is_some(),
            relation: relation.map(Relation::of),
            has_odd_relation,
            id: own.or(plain).and_then(Json::as_str),
        }
    }

    /// Its class; one that is not a string is reported.
    pub(super) fn class(&self, session: &mut Session<'_>) -> Class {
        if !self.has_class {
            self.object.text("type", session);
        }
        self.class
    }

    /// Its identifier; one that is not a string is reported.
    pub(super) fn id(&self, session: &mut Session<'_>) -> Option<&'v str> {
        let own = || self.object.text("spdxId", session);
        let id = self.id.or_else(own);
        id.or_else(|| self.object.text("@id", session))
    }
}
