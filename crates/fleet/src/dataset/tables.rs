//! The tables of the dataset. Names and columns are those of the views of the store.

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text that every row has.
    Text,
    /// Text that may be absent.
    Maybe,
    /// A number that may be absent.
    Number,
    /// True or false.
    Truth,
}

/// A table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schema {
    /// Its folder.
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
    /// The positions of the columns that rows are sorted by.
    pub(super) order: &'static [i32],
    /// The column that a filter is written for, so that engines skip files without a value.
    pub(super) filter: Option<&'static str>,
}

pub(super) const SBOMS: Schema = Schema {
    name: "sboms",
    columns: &[
        ("sbom_id", Kind::Text),
        ("digest", Kind::Text),
        ("product", Kind::Text),
        ("release", Kind::Maybe),
        ("released_at", Kind::Text),
        ("repository", Kind::Maybe),
        ("commit_id", Kind::Maybe),
        ("tool", Kind::Maybe),
        ("source", Kind::Text),
        ("components", Kind::Number),
        ("contents", Kind::Text),
    ],
    order: &[2, 4],
    filter: None,
};

pub(super) const COMPONENTS: Schema = Schema {
    name: "components",
    columns: &[
        ("sbom_id", Kind::Text),
        ("ref", Kind::Text),
        ("purl", Kind::Maybe),
        ("type", Kind::Maybe),
        ("name", Kind::Text),
        ("version", Kind::Maybe),
        ("license", Kind::Maybe),
        ("deprecated", Kind::Maybe),
        ("root", Kind::Maybe),
        ("phase", Kind::Text),
        ("depth", Kind::Number),
        ("via", Kind::Maybe),
        ("direct", Kind::Maybe),
        ("scope", Kind::Text),
        ("approval", Kind::Maybe),
        ("decision", Kind::Maybe),
        ("is_dependency", Kind::Truth),
    ],
    order: &[2, 1],
    filter: Some("purl"),
};

pub(super) const EDGES: Schema = Schema {
    name: "edges",
    columns: &[
        ("sbom_id", Kind::Text),
        ("from_ref", Kind::Text),
        ("to_ref", Kind::Text),
        ("phase", Kind::Text),
        ("need", Kind::Text),
    ],
    order: &[],
    filter: None,
};
