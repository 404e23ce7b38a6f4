//! The dependency fields of a package as one list, in npm's order and precedence.

use std::collections::HashMap;

use bomtrail_graph::{Need, Phase};
use foldhash::fast::RandomState;

use crate::package::entry::Declared;
use crate::package::value::Str;

/// One dependency a package declares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'e> {
    /// The name it is declared under, which is the folder name: an alias if there is one.
    pub(crate) name: &'e str,
    /// The specifier as declared.
    pub(crate) spec: &'e str,
    /// The phase that needs it.
    pub(crate) phase: Phase,
    /// The strength of the need.
    pub(crate) need: Need,
    /// True for a workspace of the root, which no other request replaces.
    pub(crate) workspace: bool,
}

/// A list with one request for each name; a later one replaces an earlier one.
#[derive(Default)]
pub(crate) struct Requests<'e> {
    list: Vec<Request<'e>>,
    by_name: HashMap<&'e str, usize, RandomState>,
}

/// The number of requests up to which a linear search is faster than a table.
const FEW: usize = 12;

impl<'e> Requests<'e> {
    /// Clears the list for the next package, keeping its capacity.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.by_name.clear();
    }

    /// The requests, in order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Request<'e>> {
        self.list.iter()
    }

    /// The requests, in order.
    pub(crate) fn as_slice(&self) -> &[Request<'e>] {
        &self.list
    }

    /// Adds a request. A workspace is never replaced.
    pub(crate) fn add(&mut self, request: Request<'e>) {
        self.put(request, self.list.len());
    }

    /// Adds a request; one of the same name can only be among that many.
    fn put(&mut self, request: Request<'e>, among: usize) {
        match self
            .position(request.name, among)
            .and_then(|index| self.list.get_mut(index))
        {
            Some(earlier) if earlier.workspace => {}
            Some(earlier) => *earlier = request,
            None => {
                self.list.push(request);
                self.note(request.name);
            }
        }
    }

    fn position(&self, name: &str, among: usize) -> Option<usize> {
        if among == 0 {
            None
        } else if self.list.len() <= FEW {
            self.list.iter().take(among).position(|it| it.name == name)
        } else {
            self.by_name.get(name).copied()
        }
    }

    fn note(&mut self, name: &'e str) {
        let count = self.list.len();
        if count == FEW + 1 {
            self.by_name
                .extend(self.list.iter().map(|it| it.name).zip(0..));
        } else if count > FEW {
            self.by_name.insert(name, count - 1);
        }
    }

    /// Adds everything that an entry declares, in npm's precedence: peers, dependencies, optional ones, and for top-level packages
    /// development ones.
    pub(crate) fn of_entry(&mut self, declared: Declared<'e>, top: bool) {
        let Declared {
            dependencies,
            extras,
        } = declared;
        if let Some(extras) = extras {
            for (name, spec) in &extras.peer_dependencies {
                let optional = extras.optional_peers.contains(name);
                let need = if optional {
                    Need::OptionalPeer
                } else {
                    Need::Peer
                };
                self.add(Request {
                    name,
                    spec,
                    phase: Phase::Runtime,
                    need,
                    workspace: false,
                });
            }
        }
        self.all(dependencies, Phase::Runtime, Need::Required);
        if let Some(extras) = extras {
            self.all(
                &extras.optional_dependencies,
                Phase::Runtime,
                Need::Optional,
            );
            if top {
                self.all(&extras.dev_dependencies, Phase::Develop, Need::Required);
            }
        }
    }

    fn all(&mut self, pairs: &'e [(Str<'_>, Str<'_>)], phase: Phase, need: Need) {
        let earlier = self.list.len();
        let mut last: Option<&str> = None;
        let mut is_sorted = true;
        for (name, spec) in pairs {
            is_sorted = is_sorted && last.is_none_or(|it| it < &**name);
            last = Some(name);
            let request = Request {
                name,
                spec,
                phase,
                need,
                workspace: false,
            };
            // Names in order are all different, as npm writes them.
            let among = if is_sorted { earlier } else { self.list.len() };
            self.put(request, among);
        }
    }
}
