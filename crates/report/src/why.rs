//! Why a package is in the graph: the shortest chains of requirers, and its other requirers.

mod json;

use bomtrail_graph::{Chains, EdgeRef, Graph, NodeRef, Purl};
use bomtrail_purl::PurlError;

use crate::mark::{self, Mark};

/// The answer to the question why a package is in the graph.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Why<'g> {
    /// The question.
    pub query: String,
    /// The packages with that name and their chains, in node order.
    pub found: Vec<Found<'g>>,
    /// Dependencies with that name that nothing provides.
    pub missing: Vec<EdgeRef<'g>>,
}

/// A package and its chains.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Found<'g> {
    /// The package.
    pub node: NodeRef<'g>,
    /// Its shortest chains of requirers.
    pub chains: Chains<'g>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhyError {
    /// The question is not a valid Package URL.
    #[error("`{query}` is not a valid Package URL: {cause}")]
    Purl {
        /// The question.
        query: String,
        /// What is wrong with it.
        #[source]
        cause: PurlError,
    },
    /// The graph does not have the package.
    #[error("no package is named `{query}`{}", suggestion(similar))]
    NotFound {
        /// The question.
        query: String,
        /// Names that differ only in case or scope, sorted.
        similar: Vec<String>,
    },
}

fn suggestion(similar: &[String]) -> String {
    if similar.is_empty() {
        String::new()
    } else {
        format!("; did you mean `{}`?", similar.join("`, `"))
    }
}

/// Finds out why a package is in the graph. `query` is a Package URL with or without a version, a name, `name@version`, or a
/// name by which a dependency requests it (an alias, a module). At most `limit` chains are returned for each package.
///
/// # Errors
/// [`WhyError`] when no package and no dependency has that name.
pub fn why<'g>(graph: &'g Graph, query: &str, limit: usize) -> Result<Why<'g>, WhyError> {
    let (nodes, asked) = named(graph, query)?;
    let asked_for = |edge: &EdgeRef<'_>| edge.name() == query;
    let missing: Vec<EdgeRef<'g>> = graph
        .edges()
        .filter(|edge| edge.to().is_none() && asked_for(edge))
        .collect();
    if nodes.is_empty() && missing.is_empty() {
        return Err(WhyError::NotFound {
            query: query.to_owned(),
            similar: similar(graph, query),
        });
    }
    let found = nodes.into_iter().map(|node| Found {
        node,
        chains: match asked {
            Asked::Package => graph.why(node.id(), limit),
            Asked::Name => graph.why_by_name(node.id(), query, limit),
        },
    });
    Ok(Why {
        query: query.to_owned(),
        found: found.collect(),
        missing,
    })
}

/// The remarks about one step of a chain.
pub fn edge_marks(edge: EdgeRef<'_>) -> Vec<Mark<'_>> {
    mark::of_edges(&[edge])
}

/// What a question names.
#[derive(Clone, Copy)]
enum Asked {
    /// A package, whatever it is required by.
    Package,
    /// A name that packages are required by (an alias, a module).
    Name,
}

/// The packages that `query` names, and how.
fn named<'g>(graph: &'g Graph, query: &str) -> Result<(Vec<NodeRef<'g>>, Asked), WhyError> {
    // A bom-ref always names its package, whether it is a Package URL or a place.
    if let Some(node) = graph.nodes().find(|node| node.reference() == query) {
        return Ok((vec![node], Asked::Package));
    }
    if query.starts_with("pkg:") {
        let purl = Purl::normalize(query).map_err(|cause| WhyError::Purl {
            query: query.to_owned(),
            cause,
        })?;
        return Ok((graph.find(&purl).collect(), Asked::Package));
    }
    let called: Vec<NodeRef<'g>> = graph
        .nodes()
        .filter(|node| is_called(*node, query))
        .collect();
    if !called.is_empty() {
        return Ok((called, Asked::Package));
    }
    let asked = graph.edges().filter(|edge| edge.name() == query);
    let mut nodes: Vec<NodeRef<'g>> = asked.filter_map(EdgeRef::to).collect();
    nodes.sort_unstable_by_key(|node| node.id());
    nodes.dedup();
    if !nodes.is_empty() {
        return Ok((nodes, Asked::Name));
    }
    let provides = |node: &NodeRef<'_>| {
        let mut provided = node.component().provides.iter();
        provided.any(|it| *it.name == *query)
    };
    Ok((graph.nodes().filter(provides).collect(), Asked::Package))
}

fn is_called(node: NodeRef<'_>, query: &str) -> bool {
    let rest = query.strip_prefix(node.name());
    let versioned = rest.and_then(|rest| rest.strip_prefix('@'));
    rest == Some("") || (versioned.is_some() && versioned == node.version())
}

/// Names that are `query` in another case, or with a scope before it.
fn similar(graph: &Graph, query: &str) -> Vec<String> {
    const MOST: usize = 5;
    let name = query.rsplit_once('@').map_or(
        query,
        |(name, _)| if name.is_empty() { query } else { name },
    );
    let alike = |node: &NodeRef<'_>| {
        let (scope, short) = node.name().rsplit_once('/').unwrap_or(("", node.name()));
        node.name().eq_ignore_ascii_case(name)
            || (!scope.is_empty() && short.eq_ignore_ascii_case(name))
    };
    let mut names: Vec<String> = graph
        .nodes()
        .filter(alike)
        .map(|node| String::from(node.name()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST);
    names
}

#[cfg(test)]
mod tests;
