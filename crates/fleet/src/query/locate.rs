//! `where`: which products have a package, by which path, since when, and which release no longer has it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Seen;
use super::path::References;
use super::timeline::{Timeline, Views};
use super::wanted::{QueryError, Subject};
use crate::answer::{Answer, Cell, Table, path_text};
use crate::store::{Store, StoreError};

/// Where a package is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Where {
    /// What was asked for.
    #[serde(skip)]
    pub query: String,
    /// Each product and package, sorted.
    pub found: Vec<Found>,
    /// Packages of the name whose versions cannot be compared with the range, because the versions of their ecosystem are
    /// not known here.
    pub unevaluated: Vec<String>,
}

/// A package in a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Found {
    /// The product.
    pub product: String,
    /// What names the package: its Package URL, decoded.
    pub package: String,
    /// Its version.
    pub version: Option<String>,
    /// The first release that has it.
    pub first: Seen,
    /// The last release that has it.
    pub last: Seen,
    /// How many releases have it.
    pub releases: usize,
    /// True when the newest release of the product has it.
    pub current: bool,
    /// The first release after the last one that has it; `None` while the newest release has it.
    pub fixed: Option<Seen>,
    /// How it is reached in the last release that has it, one for each root of the product.
    pub sightings: Vec<Sighting>,
}

/// How a package is reached from one root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Sighting {
    /// When it is needed: runtime, configure, build, test or develop; `unknown` when no root reaches it.
    pub phase: &'static str,
    /// How it takes part in the product: required, optional, excluded or unknown.
    pub scope: &'static str,
    /// How many dependencies lead to it; `None` when no root reaches it.
    pub depth: Option<u32>,
    /// The direct dependency that leads to it; `None` for the product itself and for what no root reaches.
    pub direct: Option<String>,
    /// The packages from the root to the package; empty when no root reaches it.
    pub path: Vec<String>,
    /// What approvals say, `claimed:` before it when an imported SBOM says so.
    pub approval: Option<String>,
    /// The reason of it.
    pub decision: Option<String>,
}

impl Store {
    /// Where the packages of a question are: those of a Package URL, of a name, `name@range`, or the id of an advisory.
    ///
    /// # Errors
    /// [`QueryError`] when the question has no meaning, or the store cannot be read.
    pub fn locate(&self, query: &str) -> Result<Where, QueryError> {
        let wanted = self.wanted(query)?;
        let mut timelines = Timelines::default();
        let mut found = Vec::new();
        for package in &wanted.packages {
            found.extend(self.found_of(package, &mut timelines)?);
        }
        let order = |it: &Found| (it.product.clone(), it.package.clone());
        found.sort_by_cached_key(order);
        Ok(Where {
            query: query.trim().to_owned(),
            found,
            unevaluated: wanted.unevaluated,
        })
    }

    /// The products that have a package, in order.
    pub(super) fn found_of(
        &self,
        package: &Subject,
        timelines: &mut Timelines,
    ) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        for (product, documents) in self.products_with(package.id, timelines)? {
            let timeline = timelines.of(self, &product)?;
            let Some(mut it) = found_in(package, timeline, &documents) else {
                continue;
            };
            let document = it.last.document;
            it.sightings = self.sightings(document, package.id, &mut timelines.references)?;
            found.push(it);
        }
        Ok(found)
    }

    /// The SBOMs that have a package, by product.
    pub(super) fn products_with(
        &self,
        package: i64,
        timelines: &mut Timelines,
    ) -> Result<BTreeMap<String, Vec<i64>>, StoreError> {
        let select = "SELECT document FROM block CROSS JOIN sighting ON block = block.id WHERE package = ? \
                      ORDER BY block.id, document";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([package])?;
        let mut products: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let document = row.get(0)?;
            let product = timelines.product_of(self, document)?;
            products.entry(product).or_default().push(document);
        }
        Ok(products)
    }

    pub(super) fn sightings(
        &self,
        document: i64,
        package: i64,
        references: &mut References,
    ) -> Result<Vec<Sighting>, StoreError> {
        let mut sightings = Vec::new();
        for place in self.places(document, package)? {
            let (approval, decision) = self.judged(&place)?;
            sightings.push(Sighting {
                phase: place.facts.phase_name(),
                scope: place.facts.scope_name(),
                depth: place.facts.depth,
                direct: self.direct(&place, references)?,
                path: self.path_to(document, package, &place, references)?,
                approval,
                decision: decision.filter(|it| !it.is_empty()),
            });
        }
        Ok(sightings)
    }
}

/// A package in the releases of one product, without its paths; `None` when none of them has it.
fn found_in(package: &Subject, timeline: &Timeline, documents: &[i64]) -> Option<Found> {
    let releases = timeline.releases.iter().enumerate();
    let mut seen = releases.filter_map(|(at, it)| Some((at, it.with(documents)?)));
    let (at, first) = seen.next()?;
    let (mut releases, mut last) = (1, (at, first));
    for it in seen {
        releases += 1;
        last = it;
    }
    let (at, last) = last;
    let fixed = timeline.releases.get(at + 1).and_then(Views::first);
    Some(Found {
        product: timeline.product.clone(),
        package: package.reference.clone(),
        version: package.version.clone(),
        first: first.clone(),
        last: last.clone(),
        releases,
        current: fixed.is_none(),
        fixed: fixed.cloned(),
        sightings: Vec::new(),
    })
}

/// What a question comes across, read once: the releases of products, and the references of packages.
#[derive(Default)]
pub(super) struct Timelines {
    references: References,
    products: BTreeMap<String, Timeline>,
    of_document: BTreeMap<i64, String>,
}

impl Timelines {
    /// The product of an SBOM; the releases of a product are read when its first SBOM is come across.
    fn product_of(&mut self, store: &Store, document: i64) -> Result<String, StoreError> {
        if let Some(product) = self.of_document.get(&document) {
            return Ok(product.clone());
        }
        let product = store.product_of(document)?;
        let product = product.ok_or_else(|| {
            StoreError::Damaged(format!("there is no SBOM with the number {document}"))
        })?;
        let timeline = self.of(store, &product)?;
        let documents: Vec<i64> = timeline.sboms().map(|it| it.document).collect();
        for it in documents {
            self.of_document.insert(it, product.clone());
        }
        Ok(product)
    }

    pub(super) fn of(&mut self, store: &Store, product: &str) -> Result<&Timeline, StoreError> {
        if !self.products.contains_key(product) {
            let timeline = store.timeline(product)?;
            self.products.insert(product.to_owned(), timeline);
        }
        let found = self.products.get(product);
        found.ok_or_else(|| StoreError::Damaged(format!("there is no product `{product}`")))
    }
}

impl Answer for Where {
    const QUESTION: &'static str = "where";

    fn query(&self) -> String {
        self.query.clone()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "product",
            "package",
            "releases",
            "first seen",
            "last seen",
            "fixed in",
            "phase",
            "approval",
            "decision",
            "path",
        ])
        .releases(&["first seen", "last seen", "fixed in"]);
        for it in &self.found {
            for sighting in &it.sightings {
                table.row(vec![
                    Cell::text(&it.product),
                    Cell::text(&it.package),
                    Cell::text(&it.releases.to_string()),
                    Cell::release(Some(&it.first)),
                    Cell::release(Some(&it.last)),
                    Cell::release(it.fixed.as_ref()),
                    Cell::text(sighting.phase),
                    Cell::or_none(sighting.approval.as_deref()),
                    Cell::or_none(sighting.decision.as_deref()),
                    Cell::text(&path_text(&sighting.path)),
                ]);
            }
        }
        table
    }

    fn notes(&self) -> Vec<String> {
        let count = self.unevaluated.len();
        let note = format!(
            "{count} more of this name cannot be compared with the range: {}",
            self.unevaluated.join(", ")
        );
        (count > 0).then_some(note).into_iter().collect()
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
