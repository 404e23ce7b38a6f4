//! The path that leads to each package, computed when an SBOM is stored, so that no question needs recursion. For each root,
//! the paths at run time are searched first, then those of other phases; of one phase, the shortest path counts.

use bomtrail_graph::{EdgeRef, Graph, Need, NodeRef, Phase};

use super::{PHASES, SCOPES, number};

/// The greatest depth that is stored; what is deeper has this one.
pub(crate) const DEEPEST: u32 = 1000;
/// The most steps of one SBOM. With more, all roots are searched as one, and each package has one path.
const MOST_STEPS: usize = 1_000_000;
/// The number of the phase of what no root reaches.
pub(crate) const NO_PHASE: u8 = 5;

/// How one package is reached from one root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) package: u32,
    /// The position of the root among the roots; 0 for what none reaches.
    pub(crate) root: u16,
    /// The position of the phase in [`PHASES`], or [`NO_PHASE`].
    pub(crate) phase: u8,
    /// The position of the scope in [`SCOPES`].
    pub(crate) scope: u8,
    /// How many dependencies lead to it, 0 for the root; `None` when no root reaches it.
    pub(crate) depth: Option<u32>,
    /// The package before it on the path.
    pub(crate) via: Option<u32>,
    /// The direct dependency of the root that the path goes through.
    pub(crate) direct: Option<u32>,
}

/// The position of a phase in [`PHASES`].
pub(crate) fn class(phase: Phase) -> u8 {
    let found = PHASES.iter().position(|it| *it == phase);
    u8::try_from(found.unwrap_or(0)).unwrap_or(0)
}

/// The steps of a graph: one for each root that reaches a package, and one for each package that none reaches.
pub(crate) fn steps(graph: &Graph) -> Vec<Step> {
    let roots: Vec<u32> = graph.roots().map(|it| number(it.id().index())).collect();
    let nodes: Vec<NodeRef<'_>> = graph.nodes().collect();
    let apart = roots.len().saturating_mul(nodes.len()) <= MOST_STEPS;
    let apart = apart && roots.len() < usize::from(u16::MAX);
    let groups: Vec<&[u32]> = if apart {
        roots.chunks(1).collect()
    } else {
        vec![&roots]
    };
    let mut is_reached = vec![false; nodes.len()];
    let mut steps = Vec::with_capacity(nodes.len());
    for (group, ordinal) in groups.into_iter().zip(0_u16..) {
        let search = Search::run(&nodes, group, ordinal);
        for (slot, reached) in search.steps.into_iter().zip(&mut is_reached) {
            if let Some(step) = slot {
                *reached = true;
                steps.push(step);
            }
        }
    }
    let unreached = is_reached.iter().zip(&nodes).filter(|(it, _)| !**it);
    steps.extend(unreached.map(|(_, node)| Step {
        package: number(node.id().index()),
        root: 0,
        phase: NO_PHASE,
        scope: scope(*node),
        depth: None,
        via: None,
        direct: None,
    }));
    steps
}

/// One search from some roots.
struct Search<'g> {
    nodes: &'g [NodeRef<'g>],
    steps: Vec<Option<Step>>,
    /// The packages that were reached, by depth.
    levels: Vec<Vec<u32>>,
}

impl<'g> Search<'g> {
    fn run(nodes: &'g [NodeRef<'g>], roots: &[u32], ordinal: u16) -> Self {
        let mut search = Self {
            nodes,
            steps: vec![None; nodes.len()],
            levels: vec![Vec::new()],
        };
        for (root, offset) in roots.iter().zip(0_u16..) {
            search.reach(*root, ordinal.saturating_add(offset), 0, None);
        }
        let mut used = [true, false, false, false, false];
        for edge in nodes.iter().flat_map(|it| it.edges()) {
            if let Some(slot) = used.get_mut(usize::from(class(edge.phase()))) {
                *slot = true;
            }
        }
        let classes = (0_u8..).zip(used).filter(|(_, used)| *used);
        classes.for_each(|(phase, _)| search.spread(phase));
        search
    }

    /// Follows the edges of this phase and of those before it.
    fn spread(&mut self, phase: u8) {
        let mut depth = 0;
        while let Some(level) = self.levels.get(depth).cloned() {
            for from in level {
                let node = self.nodes.get(from as usize);
                let edges = node.into_iter().flat_map(|it| it.edges());
                let followed =
                    |it: &EdgeRef<'_>| it.need() != Need::Conflicts && class(it.phase()) <= phase;
                for to in edges.filter(followed).filter_map(EdgeRef::to) {
                    self.reach(number(to.id().index()), 0, phase, Some(from));
                }
            }
            depth += 1;
        }
    }

    /// Notes the first path to a package.
    fn reach(&mut self, package: u32, root: u16, phase: u8, from: Option<u32>) {
        let before = from.and_then(|it| *self.steps.get(it as usize)?);
        let node = self.nodes.get(package as usize);
        let (Some(slot @ None), Some(node)) = (self.steps.get_mut(package as usize), node) else {
            return;
        };
        let depth = before.map_or(0, |it| it.depth.unwrap_or(0) + 1);
        *slot = Some(Step {
            package,
            root: before.map_or(root, |it| it.root),
            phase: before.map_or(phase, |it| it.phase.max(phase)),
            scope: scope(*node),
            depth: Some(depth),
            via: from,
            direct: before.map(|it| it.direct.unwrap_or(package)),
        });
        let depth = depth as usize;
        if self.levels.len() <= depth {
            self.levels.push(Vec::new());
        }
        if let Some(level) = self.levels.get_mut(depth) {
            level.push(package);
        }
    }
}

/// The position of a scope in [`SCOPES`].
fn scope(node: NodeRef<'_>) -> u8 {
    let found = SCOPES.iter().position(|it| *it == node.scope());
    u8::try_from(found.unwrap_or(3)).unwrap_or(3)
}
