//! The lines of a tree: a depth-first walk with one frame for each open level.

use bomtrail_graph::{Flags, NodeRef};

use super::children::Children;
use super::plan::{Top, Way};
use super::{Tree, TreeLine, TreeOptions};
use crate::label;
use crate::mark::Mark;

/// The levels with guide lines; deeper levels are numbered, so that lines stay short.
const DRAWN_LEVELS: usize = 100;

/// The lines of a [`Tree`], from the top.
#[derive(Debug)]
pub struct TreeLines<'t, 'g> {
    tree: &'t Tree<'g>,
    next_top: usize,
    open: Vec<Level<'g>>,
    /// The guide lines, one piece for each open level except the last.
    guides: String,
}

/// A package whose children are being listed.
#[derive(Debug)]
struct Level<'g> {
    of: usize,
    children: Children<'g>,
    next: usize,
}

impl<'t, 'g> TreeLines<'t, 'g> {
    pub(super) fn new(tree: &'t Tree<'g>) -> Self {
        Self {
            tree,
            next_top: 0,
            open: Vec::new(),
            guides: String::new(),
        }
    }

    fn top(&mut self) -> Option<TreeLine<'g>> {
        let Top { node, is_root } = self.tree.plan.tops.get(self.next_top).copied()?;
        self.next_top += 1;
        self.unfold(node);
        let mut marks = Vec::new();
        if is_extraneous(node) {
            marks.push(Mark::Extraneous);
        } else if !is_root {
            marks.push(Mark::NoRequirer);
        }
        Some(TreeLine {
            depth: 0,
            prefix: String::new(),
            node: Some(node),
            label: label::of_node(node),
            marks,
        })
    }

    /// Opens the level below `node`; true when it has children.
    fn unfold(&mut self, node: NodeRef<'g>) -> bool {
        let TreeOptions { depth, all } = self.tree.options;
        if depth.is_some_and(|depth| self.open.len() >= depth) {
            return false;
        }
        let children = Children::of(node, all);
        if children.is_empty() {
            return false;
        }
        if let Some(parent) = self.open.last().filter(|_| self.open.len() <= DRAWN_LEVELS) {
            let more = !parent.children.ends_at(parent.next);
            self.guides.push_str(if more { "│ " } else { "  " });
        }
        self.open.push(Level {
            of: node.id().index(),
            children,
            next: 0,
        });
        true
    }

    fn close(&mut self) {
        self.open.pop();
        if !self.open.is_empty() && self.open.len() <= DRAWN_LEVELS {
            let rest = self.guides.chars().count().saturating_sub(2);
            let kept: usize = self.guides.chars().take(rest).map(char::len_utf8).sum();
            self.guides.truncate(kept);
        }
    }

    fn child(&mut self) -> Option<TreeLine<'g>> {
        let depth = self.open.len();
        let level = self.open.last_mut()?;
        let (child, after) = level.children.at(level.next)?;
        let way = Way::From(level.of, child.name());
        let (node, label, mut marks) = (child.node(), child.label(), child.marks());
        level.next = after;
        let last = level.children.ends_at(after);
        let mut prefix = self.guides.clone();
        if depth > DRAWN_LEVELS {
            prefix.extend(["(", &depth.to_string(), ") "]);
        }
        prefix.push_str(if last { "└─" } else { "├─" });
        let mut below = false;
        if let Some(node) = node {
            if is_extraneous(node) {
                marks.push(Mark::Extraneous);
            }
            if self.tree.plan.unfolds(node, way) {
                below = self.unfold(node);
            } else {
                marks.insert(0, Mark::Deduped);
            }
        }
        prefix.push_str(if below { "┬ " } else { "─ " });
        Some(TreeLine {
            depth,
            prefix,
            node,
            label,
            marks,
        })
    }
}

fn is_extraneous(node: NodeRef<'_>) -> bool {
    node.flags().has(Flags::EXTRANEOUS)
}

impl<'g> Iterator for TreeLines<'_, 'g> {
    type Item = TreeLine<'g>;

    fn next(&mut self) -> Option<TreeLine<'g>> {
        while !self.open.is_empty() {
            if let Some(line) = self.child() {
                return Some(line);
            }
            self.close();
        }
        self.top()
    }
}
