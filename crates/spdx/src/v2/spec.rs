//! SPDX 2.2 and 2.3 written down once: every field of every class, its type, whether it is required, and its tag in tag-value form.
//! The validator, the tag-value reader and the tag-value writer follow this table.

use Kind::{Any, Boolean, Integer, List, NonEmpty, Object, OneOf, String};
use Tag::{Free, Line, None, Text};

/// A version whose fields are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// 2.2 (2020), and its patches 2.2.1 (ISO/IEC 5962:2021) and 2.2.2.
    V2_2,
    /// 2.3 (2022): fewer required fields; purposes and dates of packages.
    V2_3,
}

impl Version {
    /// The version of a document that states `spdxVersion`.
    pub(crate) fn of(stated: &str) -> Option<Self> {
        match stated {
            "SPDX-2.2" => Some(Self::V2_2),
            "SPDX-2.3" => Some(Self::V2_3),
            _ => Option::None,
        }
    }

    /// The name in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V2_2 => "2.2",
            Self::V2_3 => "2.3",
        }
    }
}

/// A class of the JSON encoding.
#[derive(Debug)]
pub(crate) struct Class {
    /// Its fields, those with a tag first and in the order of tag-value form.
    pub(crate) fields: &'static [Field],
}

impl Class {
    /// The field with a name.
    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|it| it.key == key)
    }

    /// The field with a tag.
    pub(crate) fn tagged(&self, tag: &str) -> Option<&'static Field> {
        self.fields.iter().find(|it| it.tag.name() == Some(tag))
    }
}

/// A field of a class.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in JSON.
    pub(crate) key: &'static str,
    /// The type of its value.
    pub(crate) kind: Kind,
    /// The versions in which every object of the class has it.
    required: &'static [Version],
    /// The first version that has it.
    since: Version,
    /// Its tag.
    pub(crate) tag: Tag,
}

impl Field {
    /// True for a field that every object of the class has.
    pub(crate) fn is_required(&self, version: Version) -> bool {
        self.required.contains(&version)
    }

    /// True for a field that the version has.
    pub(crate) fn exists_in(&self, version: Version) -> bool {
        self.since <= version
    }
}

/// The words that a field may hold.
#[derive(Debug)]
pub(crate) struct Words {
    /// Those of both versions.
    all: &'static [&'static str],
    /// Those of 2.2 alone.
    old: &'static [&'static str],
    /// Those that came with 2.3.
    new: &'static [&'static str],
}

impl Words {
    const fn new(all: &'static [&'static str]) -> Self {
        Self {
            all,
            old: &[],
            new: &[],
        }
    }

    /// The words of a version.
    pub(crate) fn of(&self, version: Version) -> impl Iterator<Item = &'static str> {
        let own = match version {
            Version::V2_2 => self.old,
            Version::V2_3 => self.new,
        };
        self.all.iter().chain(own).copied()
    }
}

/// The type of a value.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Any value.
    Any,
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// One of some words.
    OneOf(&'static Words),
    /// An object of a class.
    Object(&'static Class),
    /// A list.
    List(&'static Self),
    /// A list with at least one value.
    NonEmpty(&'static Self),
}

/// How a field is written in tag-value form. A list is written once for each of its values.
#[derive(Debug)]
pub(crate) enum Tag {
    /// Not on its own.
    None,
    /// On one line.
    Line(&'static str),
    /// As a text, which may have several lines.
    Text(&'static str),
    /// As a text, or as one of the words `NONE` and `NOASSERTION`.
    Free(&'static str),
}

impl Tag {
    /// Its name.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            None => Option::None,
            Line(name) | Text(name) | Free(name) => Some(name),
        }
    }
}

const fn optional(key: &'static str, kind: Kind, tag: Tag) -> Field {
    Field {
        key,
        kind,
        required: &[],
        since: Version::V2_2,
        tag,
    }
}

const fn required(key: &'static str, kind: Kind, tag: Tag) -> Field {
    Field {
        required: &[Version::V2_2, Version::V2_3],
        ..optional(key, kind, tag)
    }
}

/// A field that 2.3 does not require any more.
const fn required_before(key: &'static str, kind: Kind, tag: Tag) -> Field {
    Field {
        required: &[Version::V2_2],
        ..optional(key, kind, tag)
    }
}

/// A field that came with 2.3.
const fn new(key: &'static str, kind: Kind, tag: Tag) -> Field {
    Field {
        since: Version::V2_3,
        ..optional(key, kind, tag)
    }
}

static ALGORITHMS: Words = Words {
    all: &[
        "MD2", "MD4", "MD5", "MD6", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512",
    ],
    old: &[],
    new: &[
        "ADLER32",
        "BLAKE2b-256",
        "BLAKE2b-384",
        "BLAKE2b-512",
        "BLAKE3",
        "SHA3-256",
        "SHA3-384",
        "SHA3-512",
    ],
};

static ANNOTATION_TYPES: Words = Words::new(&["OTHER", "REVIEW"]);

static PURPOSES: Words = Words::new(&[
    "APPLICATION",
    "ARCHIVE",
    "CONTAINER",
    "DEVICE",
    "FILE",
    "FIRMWARE",
    "FRAMEWORK",
    "INSTALL",
    "LIBRARY",
    "OPERATING_SYSTEM",
    "OTHER",
    "SOURCE",
]);

static CATEGORIES: Words = Words {
    all: &["OTHER", "PACKAGE-MANAGER", "PERSISTENT-ID", "SECURITY"],
    old: &["PERSISTENT_ID", "PACKAGE_MANAGER"],
    new: &[],
};

static FILE_TYPES: Words = Words::new(&[
    "APPLICATION",
    "ARCHIVE",
    "AUDIO",
    "BINARY",
    "DOCUMENTATION",
    "IMAGE",
    "OTHER",
    "SOURCE",
    "SPDX",
    "TEXT",
    "VIDEO",
]);

static RELATIONSHIPS: Words = Words {
    all: &[
        "AMENDS",
        "ANCESTOR_OF",
        "BUILD_DEPENDENCY_OF",
        "BUILD_TOOL_OF",
        "CONTAINED_BY",
        "CONTAINS",
        "COPY_OF",
        "DATA_FILE_OF",
        "DEPENDENCY_MANIFEST_OF",
        "DEPENDENCY_OF",
        "DEPENDS_ON",
        "DESCENDANT_OF",
        "DESCRIBED_BY",
        "DESCRIBES",
        "DEV_DEPENDENCY_OF",
        "DEV_TOOL_OF",
        "DISTRIBUTION_ARTIFACT",
        "DOCUMENTATION_OF",
        "DYNAMIC_LINK",
        "EXAMPLE_OF",
        "EXPANDED_FROM_ARCHIVE",
        "FILE_ADDED",
        "FILE_DELETED",
        "FILE_MODIFIED",
        "GENERATED_FROM",
        "GENERATES",
        "HAS_PREREQUISITE",
        "METAFILE_OF",
        "OPTIONAL_COMPONENT_OF",
        "OPTIONAL_DEPENDENCY_OF",
        "OTHER",
        "PACKAGE_OF",
        "PATCH_APPLIED",
        "PATCH_FOR",
        "PREREQUISITE_FOR",
        "PROVIDED_DEPENDENCY_OF",
        "RUNTIME_DEPENDENCY_OF",
        "STATIC_LINK",
        "TEST_CASE_OF",
        "TEST_DEPENDENCY_OF",
        "TEST_OF",
        "TEST_TOOL_OF",
        "VARIANT_OF",
    ],
    old: &[],
    new: &["REQUIREMENT_DESCRIPTION_FOR", "SPECIFICATION_FOR"],
};

/// A whole document.
pub(crate) static DOCUMENT: Class = Class {
    fields: &[
        required("spdxVersion", String, Line("SPDXVersion")),
        required("dataLicense", String, Line("DataLicense")),
        required("SPDXID", String, Line("SPDXID")),
        required("name", String, Line("DocumentName")),
        required_before("documentNamespace", String, Line("DocumentNamespace")),
        optional(
            "externalDocumentRefs",
            List(&Object(&EXTERNAL_DOCUMENT_REF)),
            Line("ExternalDocumentRef"),
        ),
        optional("comment", String, Text("DocumentComment")),
        optional("annotations", List(&Object(&ANNOTATION)), None),
        required("creationInfo", Object(&CREATION_INFO), None),
        optional(
            "hasExtractedLicensingInfos",
            List(&Object(&EXTRACTED_LICENSE)),
            None,
        ),
        optional("revieweds", List(&Object(&REVIEW)), None),
        optional("documentDescribes", List(&String), None),
        optional("packages", List(&Object(&PACKAGE)), None),
        optional("files", List(&Object(&FILE)), None),
        optional("snippets", List(&Object(&SNIPPET)), None),
        optional("relationships", List(&Object(&RELATIONSHIP)), None),
    ],
};

/// A reference to another document (clause 6.6).
pub(crate) static EXTERNAL_DOCUMENT_REF: Class = Class {
    fields: &[
        required("checksum", Object(&CHECKSUM), None),
        required("externalDocumentId", String, None),
        required("spdxDocument", String, None),
    ],
};

/// A digest.
pub(crate) static CHECKSUM: Class = Class {
    fields: &[
        required("algorithm", OneOf(&ALGORITHMS), None),
        required("checksumValue", String, None),
    ],
};

/// A note about an element (clause 12).
pub(crate) static ANNOTATION: Class = Class {
    fields: &[
        required("annotator", String, Line("Annotator")),
        required("annotationDate", String, Line("AnnotationDate")),
        required(
            "annotationType",
            OneOf(&ANNOTATION_TYPES),
            Line("AnnotationType"),
        ),
        required("comment", String, Text("AnnotationComment")),
    ],
};

/// The creation of the document (clause 6.8).
pub(crate) static CREATION_INFO: Class = Class {
    fields: &[
        required("creators", NonEmpty(&String), Line("Creator")),
        required("created", String, Line("Created")),
        optional("comment", String, Text("CreatorComment")),
        optional("licenseListVersion", String, Line("LicenseListVersion")),
    ],
};

/// A licence that is not on the SPDX list (clause 10).
pub(crate) static EXTRACTED_LICENSE: Class = Class {
    fields: &[
        required("licenseId", String, Line("LicenseID")),
        required("extractedText", String, Text("ExtractedText")),
        optional("name", String, Line("LicenseName")),
        optional("seeAlsos", List(&String), Line("LicenseCrossReference")),
        optional("comment", String, Text("LicenseComment")),
        optional("crossRefs", List(&Object(&CROSS_REF)), None),
    ],
};

/// A web page of a licence.
pub(crate) static CROSS_REF: Class = Class {
    fields: &[
        optional("isLive", Boolean, None),
        optional("isValid", Boolean, None),
        optional("isWayBackLink", Boolean, None),
        optional("match", String, None),
        optional("order", Integer, None),
        optional("timestamp", String, None),
        required("url", String, None),
    ],
};

/// A review of the document (clause 13).
pub(crate) static REVIEW: Class = Class {
    fields: &[
        optional("reviewer", String, Line("Reviewer")),
        required("reviewDate", String, Line("ReviewDate")),
        optional("comment", String, Text("ReviewComment")),
    ],
};

/// A package (clause 7).
pub(crate) static PACKAGE: Class = Class {
    fields: &[
        required("name", String, Line("PackageName")),
        required("SPDXID", String, Line("SPDXID")),
        optional("versionInfo", String, Line("PackageVersion")),
        optional("packageFileName", String, Line("PackageFileName")),
        optional("supplier", String, Line("PackageSupplier")),
        optional("originator", String, Line("PackageOriginator")),
        required("downloadLocation", String, Line("PackageDownloadLocation")),
        optional("filesAnalyzed", Boolean, Line("FilesAnalyzed")),
        optional(
            "packageVerificationCode",
            Object(&VERIFICATION_CODE),
            Line("PackageVerificationCode"),
        ),
        optional(
            "checksums",
            List(&Object(&CHECKSUM)),
            Line("PackageChecksum"),
        ),
        optional("homepage", String, Line("PackageHomePage")),
        optional("sourceInfo", String, Text("PackageSourceInfo")),
        required_before("licenseConcluded", String, Line("PackageLicenseConcluded")),
        optional(
            "licenseInfoFromFiles",
            List(&String),
            Line("PackageLicenseInfoFromFiles"),
        ),
        required_before("licenseDeclared", String, Line("PackageLicenseDeclared")),
        required_before("copyrightText", String, Free("PackageCopyrightText")),
        new(
            "primaryPackagePurpose",
            OneOf(&PURPOSES),
            Line("PrimaryPackagePurpose"),
        ),
        new("validUntilDate", String, Line("ValidUntilDate")),
        new("releaseDate", String, Line("ReleaseDate")),
        new("builtDate", String, Line("BuiltDate")),
        optional("licenseComments", String, Text("PackageLicenseComments")),
        optional("summary", String, Text("PackageSummary")),
        optional("description", String, Text("PackageDescription")),
        optional("comment", String, Text("PackageComment")),
        optional(
            "attributionTexts",
            List(&String),
            Text("PackageAttributionText"),
        ),
        optional(
            "externalRefs",
            List(&Object(&EXTERNAL_REF)),
            Line("ExternalRef"),
        ),
        optional("annotations", List(&Object(&ANNOTATION)), None),
        optional("hasFiles", List(&String), None),
    ],
};

/// A digest of all files of a package (clause 7.9).
pub(crate) static VERIFICATION_CODE: Class = Class {
    fields: &[
        optional("packageVerificationCodeExcludedFiles", List(&String), None),
        required("packageVerificationCodeValue", String, None),
    ],
};

/// A reference to a place outside the document (clause 7.21).
pub(crate) static EXTERNAL_REF: Class = Class {
    fields: &[
        optional("comment", String, Text("ExternalRefComment")),
        required("referenceCategory", OneOf(&CATEGORIES), None),
        required("referenceLocator", String, None),
        required("referenceType", String, None),
    ],
};

/// A file (clause 8).
pub(crate) static FILE: Class = Class {
    fields: &[
        required("fileName", String, Line("FileName")),
        required("SPDXID", String, Line("SPDXID")),
        optional("fileTypes", List(&OneOf(&FILE_TYPES)), Line("FileType")),
        required(
            "checksums",
            NonEmpty(&Object(&CHECKSUM)),
            Line("FileChecksum"),
        ),
        required_before("licenseConcluded", String, Line("LicenseConcluded")),
        required_before(
            "licenseInfoInFiles",
            List(&String),
            Line("LicenseInfoInFile"),
        ),
        optional("licenseComments", String, Text("LicenseComments")),
        required_before("copyrightText", String, Free("FileCopyrightText")),
        optional("comment", String, Text("FileComment")),
        optional("noticeText", String, Text("FileNotice")),
        optional("fileContributors", List(&String), Line("FileContributor")),
        optional(
            "attributionTexts",
            List(&String),
            Text("FileAttributionText"),
        ),
        optional("fileDependencies", List(&String), Line("FileDependency")),
        optional("annotations", List(&Object(&ANNOTATION)), None),
        optional("artifactOfs", List(&Any), None),
    ],
};

/// A part of a file (clause 9).
pub(crate) static SNIPPET: Class = Class {
    fields: &[
        required("SPDXID", String, Line("SnippetSPDXID")),
        required("snippetFromFile", String, Line("SnippetFromFileSPDXID")),
        required(
            "ranges",
            NonEmpty(&Object(&RANGE)),
            Line("SnippetByteRange"),
        ),
        required_before("licenseConcluded", String, Line("SnippetLicenseConcluded")),
        optional(
            "licenseInfoInSnippets",
            List(&String),
            Line("LicenseInfoInSnippet"),
        ),
        optional("licenseComments", String, Text("SnippetLicenseComments")),
        required_before("copyrightText", String, Free("SnippetCopyrightText")),
        optional("comment", String, Text("SnippetComment")),
        Field {
            required: &[Version::V2_3],
            ..optional("name", String, Line("SnippetName"))
        },
        optional(
            "attributionTexts",
            List(&String),
            Text("SnippetAttributionText"),
        ),
        optional("annotations", List(&Object(&ANNOTATION)), None),
    ],
};

/// A range of a file.
pub(crate) static RANGE: Class = Class {
    fields: &[
        required("endPointer", Object(&POINTER), None),
        required("startPointer", Object(&POINTER), None),
    ],
};

/// A position in a file.
pub(crate) static POINTER: Class = Class {
    fields: &[
        required("reference", String, None),
        optional("offset", Integer, None),
        optional("lineNumber", Integer, None),
    ],
};

/// A relationship of two elements (clause 11).
pub(crate) static RELATIONSHIP: Class = Class {
    fields: &[
        optional("comment", String, Text("RelationshipComment")),
        required("spdxElementId", String, None),
        required("relatedSpdxElement", String, None),
        required("relationshipType", OneOf(&RELATIONSHIPS), None),
    ],
};
