//! The products of a CSAF document: where their ids are defined, and the Package URLs that they have.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::Purl;
use serde_json::Value;

use super::Checker;

/// The products and the groups of a document.
#[derive(Debug, Default)]
pub(super) struct Products<'v> {
    purls: BTreeMap<&'v str, Option<Purl>>,
    /// For a product that is a part of another one: the two products.
    parts: BTreeMap<&'v str, (&'v str, &'v str)>,
    pub(super) groups: BTreeMap<&'v str, Vec<&'v str>>,
}

impl<'v> Products<'v> {
    /// Reads the tree; ids that are defined more than once, missing or circular are reported (tests 6.1.1 to 6.1.5).
    pub(super) fn of(value: &'v Value, checker: &mut Checker) -> Self {
        let mut products = Self::default();
        let Some(tree) = value.get("product_tree") else {
            return products;
        };
        let list = |key: &str| {
            tree.get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        for it in list("full_product_names") {
            products.define(it, checker);
        }
        let mut open: Vec<&Value> = list("branches").collect();
        while let Some(branch) = open.pop() {
            if let Some(product) = branch.get("product") {
                products.define(product, checker);
            }
            let inner = branch.get("branches").and_then(Value::as_array);
            open.extend(inner.into_iter().flatten());
        }
        for it in list("relationships") {
            let text = |key: &str| it.get(key).and_then(Value::as_str);
            let name = it.get("full_product_name");
            if let Some(product) = name {
                products.define(product, checker);
            }
            let id = name.and_then(|it| it.get("product_id")?.as_str());
            let ends = text("product_reference").zip(text("relates_to_product_reference"));
            if let (Some(id), Some(ends)) = (id, ends) {
                products.parts.insert(id, ends);
            }
        }
        products.check_parts(checker);
        for it in list("product_groups") {
            let members = it.get("product_ids").and_then(Value::as_array);
            let members = members
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            if let Some(id) = it.get("group_id").and_then(Value::as_str)
                && products.groups.insert(id, members).is_some()
            {
                checker.wrong(
                    "/product_tree",
                    &format!("the group `{id}` is defined more than once"),
                );
            }
        }
        products
    }

    fn define(&mut self, product: &'v Value, checker: &mut Checker) {
        let Some(id) = product.get("product_id").and_then(Value::as_str) else {
            checker.wrong("/product_tree", "a product has no `product_id`");
            return;
        };
        let purl = product.pointer("/product_identification_helper/purl");
        let purl = purl.and_then(Value::as_str).map(|text| {
            let parsed = Purl::normalize(text).ok();
            if parsed.is_none() {
                checker.wrong("/product_tree", &format!("`{text}` is not a Package URL"));
            }
            parsed
        });
        if self.purls.insert(id, purl.flatten()).is_some() {
            checker.wrong(
                "/product_tree",
                &format!("the product `{id}` is defined more than once"),
            );
        }
    }

    /// The products that parts consist of are defined, and no part consists of itself.
    fn check_parts(&self, checker: &mut Checker) {
        for (id, (own, whole)) in &self.parts {
            for end in [own, whole] {
                if !self.purls.contains_key(end) {
                    checker.wrong(
                        "/product_tree",
                        &format!("the product `{end}` is not defined"),
                    );
                }
            }
            let mut seen = BTreeSet::new();
            let mut open = vec![*own, *whole];
            while let Some(here) = open.pop() {
                if here == *id {
                    checker.wrong(
                        "/product_tree",
                        &format!("the product `{id}` is defined by itself"),
                    );
                    break;
                }
                if seen.insert(here) {
                    open.extend(self.parts.get(here).into_iter().flat_map(|(a, b)| [*a, *b]));
                }
            }
        }
    }

    /// True when a product is defined.
    pub(super) fn has(&self, id: &str) -> bool {
        self.purls.contains_key(id)
    }

    /// The Package URLs of a product: of the part, where it is a part of another product.
    pub(super) fn packages(&self, id: &str) -> Vec<Purl> {
        let mut here = id;
        for _ in 0..=self.parts.len() {
            if let Some(Some(purl)) = self.purls.get(here) {
                return vec![purl.clone()];
            }
            match self.parts.get(here) {
                Some((own, _)) => here = own,
                None => break,
            }
        }
        Vec::new()
    }
}
