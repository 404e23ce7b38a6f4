//! Optional features: what a distribution requires only for features that its user chooses. They are listed, and added to the
//! dependencies when they are asked for by name.

use bomtrail_graph::{Diagnostics, Feature, LocalId};

use super::{Meta, old_prereqs};
use crate::formats::meta::spec::Spec;
use crate::formats::prereq::{self, Prereqs};
use crate::formats::value::Value;

impl Meta<'_> {
    /// The features by name, in order. In the oldest files they are a list of maps with one key each.
    fn stated_features(&self) -> Vec<(&str, &Value)> {
        let stated = self.value.get("optional_features");
        let maps: Vec<&Value> = match stated {
            Value::List(list) => list.iter().collect(),
            single => vec![single],
        };
        let pairs = maps.into_iter().filter_map(Value::map).flatten();
        pairs
            .map(|(name, feature)| (name.as_str(), feature))
            .collect()
    }

    /// The name and description of each feature.
    pub(super) fn feature_list(&self) -> impl Iterator<Item = String> {
        self.stated_features().into_iter().map(|(name, feature)| {
            let description = feature.get("description").filled();
            description.map_or_else(|| name.to_owned(), |it| [name, ": ", it].concat())
        })
    }

    /// What each feature requires.
    pub(super) fn features(&self, root: LocalId, diagnostics: &mut Diagnostics) -> Vec<Feature> {
        let mut features = Vec::new();
        for (name, feature) in self.stated_features() {
            let mut prereqs = Prereqs::default();
            match self.spec {
                Spec::V2 => prereq::read_phases(
                    feature.get("prereqs"),
                    self.path,
                    &mut prereqs,
                    diagnostics,
                ),
                Spec::V1(_) => old_prereqs(feature, self.path, &mut prereqs, diagnostics),
            }
            features.push(Feature {
                name: name.into(),
                links: prereqs.links(root).collect(),
            });
        }
        features
    }
}
