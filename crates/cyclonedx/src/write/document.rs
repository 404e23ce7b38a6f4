//! The document as views over a graph, for every encoding: each value is made when it is needed and dropped after it is
//! printed.

use std::borrow::Cow;

use bomtrail_graph::{
    Bom, Completeness, Details, Diagnostics, Kind, Lifecycle, NodeId, NodeRef, ProductFacts, Purl,
    Service,
};
use serde::Serialize;

use crate::diags;
use crate::name;
use crate::spec::SpecVersion;
use crate::spec::table::{COMPONENT, DOCUMENT, METADATA, TOOLS_CASES};
use crate::write::bom_refs::{self, BomRefs};
use crate::write::citation::Citations;
use crate::write::external::{self, ExternalComponents, is_external_need};
use crate::write::loss::{Loss, Losses};
use crate::write::property::Subject;
use crate::write::references::Extent;
use crate::write::wire::{
    self, Annotation, Citation, Composition, Declarations, Dependency, Entity, Formula, Hashes,
    Joined, LegacyTool, Metadata, Phase, Standard, Tools,
};
use crate::write::{
    annotation, approval, archive, declaration, gitlab, license, person, product, property,
    provenance, references, service,
};

/// A graph as a CycloneDX document of one version.
pub(crate) struct Document<'g> {
    bom: &'g Bom<'g>,
    format: &'static str,
    version: SpecVersion,
    /// The only root, which the document is about.
    main: Option<NodeId>,
    /// What the document is about, when there are several roots and the project names its product.
    /// The bom-refs of a large graph in one text.
    bom_refs: Option<BomRefs>,
    /// Whether an edge leads to each node.
    required: Vec<bool>,
    /// Names that edges give to nodes besides their own, sorted by node.
    aliases: Vec<(NodeId, &'g str)>,
    /// Components that are needed and not there; empty before 1.7.
    external: ExternalComponents<'g>,
    /// The services with their references.
    services: Vec<(String, &'g Service)>,
    /// Dependencies that are not edges, sorted by node: services and external components of nodes.
    extra_dependencies: Vec<(NodeId, String)>,
    /// What each input gave; absent before 1.7.
    citations: Option<Citations<'g>>,
    losses: Losses,
    fields: ComponentFields,
}

/// Fields of components that not all versions have, looked up once for all components.
#[derive(Clone, Copy)]
struct ComponentFields {
    authors: bool,
    manufacturer: bool,
    version_range: bool,
}

impl ComponentFields {
    fn of(version: SpecVersion) -> Self {
        let [authors, manufacturer, version_range] =
            ["authors", "manufacturer", "versionRange"].map(|it| COMPONENT.has(it, version));
        Self {
            authors,
            manufacturer,
            version_range,
        }
    }
}

impl<'g> Document<'g> {
    /// The document of `bom`; `format` names the encoding.
    pub(crate) fn new(bom: &'g Bom<'g>, format: &'static str, version: SpecVersion) -> Self {
        let losses = Losses::default();
        let has_external = COMPONENT.has("isExternal", version);
        let mut aliases = Vec::new();
        let mut required = vec![false; bom.graph.nodes().len()];
        for edge in bom.graph.edges() {
            let Some(to) = edge.to() else {
                if !has_external && is_external_need(edge) {
                    losses.add(Loss::External);
                }
                continue;
            };
            if let Some(slot) = required.get_mut(to.id().index()) {
                *slot = true;
            }
            if let Some(alias) = edge.detail().and_then(|it| it.alias.as_deref()) {
                aliases.push((to.id(), alias));
            }
        }
        aliases.sort_unstable();
        aliases.dedup();
        let mut roots = bom.graph.roots();
        let main = match (roots.next(), roots.next()) {
            (Some(root), None) => Some(root.id()),
            _ => None,
        };
        let can_cite = DOCUMENT.has("citations", version);
        let citations = can_cite.then(|| Citations::of(bom, main)).flatten();
        let inputs = bom.graph.inputs().len();
        if citations.is_none() && (can_cite || inputs > 1) {
            let loss = if can_cite {
                Loss::Undated
            } else {
                Loss::Citation
            };
            (0..inputs).for_each(|_| losses.add(loss));
        }
        let external = if has_external {
            ExternalComponents::of(bom.graph)
        } else {
            ExternalComponents::default()
        };
        let services = service::of(bom);
        let needed = external.required_by();
        let needed = needed.map(|(id, it)| (id, it.to_owned()));
        let used = main.into_iter().flat_map(|main| {
            let services = services.iter();
            services.map(move |(reference, _)| (main, reference.clone()))
        });
        let mut extra_dependencies: Vec<(NodeId, String)> = needed.chain(used).collect();
        extra_dependencies.sort_unstable();
        Self {
            bom,
            format,
            version,
            main,
            bom_refs: BomRefs::of_large(bom.graph),
            required,
            aliases,
            external,
            services,
            extra_dependencies,
            citations,
            losses,
            fields: ComponentFields::of(version),
        }
    }

    /// `serialNumber`: the same for the same content, options and tool.
    pub(crate) fn serial_number(&self) -> String {
        if let Some(serial) = self.bom.document.serial {
            return serial.to_owned();
        }
        format!(
            "urn:uuid:{}",
            self.bom.uuid(self.format, self.version.name())
        )
    }

    /// `version`: which version of the same document this is.
    pub(crate) fn bom_version(&self) -> u32 {
        self.bom.document.version
    }

    /// `metadata`.
    pub(crate) fn metadata(&self) -> Metadata<'g> {
        let main = self.main.and_then(|id| self.bom.graph.node(id));
        let mut metadata = Metadata {
            timestamp: self.bom.document.timestamp,
            lifecycles: self.lifecycles(),
            tools: self.tools(),
            component: main.map(|node| self.component(node)),
            properties: provenance::with_basis(
                property::of_inputs(self.bom.graph.inputs()),
                self.bom.tables.provenance_basis,
            ),
            authors: Vec::new(),
            manufacture: None,
            manufacturer: None,
            supplier: None,
        };
        product::add_to_metadata(&mut metadata, self.bom, self.version);
        if self.bom.has_extra(gitlab::NAME) {
            gitlab::add_to_metadata(&mut metadata, self.bom);
        }
        metadata
    }

    fn lifecycles(&self) -> Vec<Phase> {
        let mut lifecycles: Vec<Lifecycle> = self
            .bom
            .graph
            .inputs()
            .iter()
            .map(|it| it.lifecycle)
            .filter(|it| *it != Lifecycle::Unknown)
            .collect();
        lifecycles.sort_unstable();
        lifecycles.dedup();
        if !METADATA.has("lifecycles", self.version) {
            for _ in lifecycles.drain(..) {
                self.losses.add(Loss::Lifecycle);
            }
        }
        let phase = |it: Lifecycle| Phase { phase: it.name() };
        lifecycles.into_iter().map(phase).collect()
    }

    fn tools(&self) -> Tools<'g> {
        let tool = self.bom.tool;
        if !TOOLS_CASES.has_object(self.version) {
            return Tools::Names(LegacyTool {
                name: tool.name,
                version: tool.version,
            });
        }
        Tools::Components(Box::new(wire::Component {
            kind: Kind::Application.name(),
            name: Cow::Borrowed(tool.name),
            version: Some(tool.version),
            ..wire::Component::default()
        }))
    }

    /// `components`: every node but the main component, in the order of their references.
    /// External components follow.
    pub(crate) fn components(&self) -> impl Iterator<Item = wire::Component<'_>> {
        self.bom
            .graph
            .nodes_ahead()
            .filter(|node| Some(node.id()) != self.main)
            .map(|node| self.component(node))
            .chain(self.external.components())
    }

    fn component(&self, node: NodeRef<'g>) -> wire::Component<'g> {
        let component = node.component();
        let details = component.details.as_deref();
        let hashes = Hashes::sorted(&component.hashes);
        let licenses = component.licenses.known().map_or(&[][..], |it| &**it);
        let (group, name) = name::split(node);
        let (authors, author) = self.people(details);
        let is_main = Some(node.id()) == self.main;
        let product = self.bom.tables.product.filter(|_| is_main);
        let stated = product.and_then(ProductFacts::kind);
        let subject = Subject {
            node,
            is_main,
            is_named: name::is_full_name(group.as_deref(), &name, node.name()),
            is_required: self.required.get(node.id().index()) == Some(&true),
            detail: self.bom.document.detail,
        };
        let mut view = wire::Component {
            kind: self.kind(stated.unwrap_or(component.kind)),
            bom_ref: Some(node.reference()),
            authors,
            author,
            group,
            name,
            version: node.version(),
            is_external: false,
            version_range: None,
            description: details.and_then(|it| it.description.as_deref()),
            scope: node.scope().name().filter(|_| !is_main),
            licenses: license::choices(licenses, details, self.version, &self.losses),
            supplier: details
                .and_then(|it| it.supplier.as_ref())
                .map(|it| Entity::of_person(it, &self.losses)),
            manufacturer: self.manufacturer(details),
            copyright: details.and_then(|it| it.copyright.as_deref()),
            cpe: details.and_then(|it| it.cpes.first()).map(|it| &**it),
            purl: node.purl().map(Purl::as_str),
            swhid: Vec::new(),
            pedigree: details.and_then(|it| references::pedigree(&it.patches)),
            external_references: references::of_component(
                component,
                &hashes,
                self.references(),
                (self.version, &self.losses),
            ),
            hashes,
            properties: property::of_node(subject, self.aliases_of(node.id())),
        };
        let texts = license::other_texts(licenses, details, self.version);
        let count = view.properties.len();
        view.properties.extend(texts);
        if view.properties.len() > count {
            view.properties.sort_unstable();
        }
        self.add_tables(&mut view, (node, product));
        if self.fields.version_range {
            external::use_fields(&mut view, component.kind, is_main);
        }
        view
    }

    fn manufacturer(&self, details: Option<&'g Details>) -> Option<Entity<'g>> {
        let manufacturer = details?.manufacturer.as_ref()?;
        if self.fields.manufacturer {
            return Some(Entity::of_person(manufacturer, &self.losses));
        }
        self.losses.add(Loss::Manufacturer);
        None
    }

    /// Adds what the side tables say about a node; `product` for the main component.
    fn add_tables(
        &self,
        view: &mut wire::Component<'g>,
        (node, product): (NodeRef<'g>, Option<&'g ProductFacts>),
    ) {
        if let Some(it) = self.bom.tables.provenance.and_then(|it| it.get(node.id())) {
            provenance::add(view, it, self.version);
        }
        if let Some(it) = self.bom.tables.archives.and_then(|it| it.get(node.id())) {
            archive::add(view, it, self.version);
        }
        if let Some(it) = self.bom.tables.approvals.and_then(|it| it.get(node.id())) {
            approval::add(view, it);
        }
        if let Some(product) = product {
            product::add_to_main(view, product, self.version);
        }
        if let Some(it) = self.bom.tables.statements.and_then(|it| it.get(node.id())) {
            product::add_statement(view, it, (self.version, &self.losses));
        }
        if self.bom.has_extra("bsi") && self.fields.manufacturer {
            product::add_bsi(view, node, self.bom);
        }
        if self.bom.has_extra(gitlab::NAME) && Some(node.id()) != self.main {
            gitlab::add_to_component(view, node, self.bom);
        }
    }

    /// Which references components have.
    fn references(&self) -> Extent {
        Extent {
            funding: self.bom.is_full(),
            hashes: self.bom.is_full() || self.bom.has_extra("bsi"),
        }
    }

    fn people(&self, details: Option<&'g Details>) -> (Vec<wire::Contact<'g>>, Option<String>) {
        match details {
            None => (Vec::new(), None),
            Some(it) if self.fields.authors => (person::contacts(it, &self.losses), None),
            Some(it) => (Vec::new(), person::author(it, &self.losses)),
        }
    }

    fn kind(&self, kind: Kind) -> &'static str {
        let near = match kind {
            // Every version has the two that nearly all components are.
            Kind::Application | Kind::Library => return kind.name(),
            kind if COMPONENT.has_word("type", kind.name(), self.version) => return kind.name(),
            Kind::Platform => Kind::Application,
            _ => Kind::Library,
        };
        self.losses.add(Loss::Kind);
        near.name()
    }

    fn aliases_of(&self, id: NodeId) -> impl Iterator<Item = &'g str> {
        let start = self.aliases.partition_point(|(node, _)| *node < id);
        self.aliases
            .iter()
            .skip(start)
            .take_while(move |(node, _)| *node == id)
            .map(|(_, alias)| *alias)
    }

    /// `dependencies`: one entry for every node, the main component included.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = Dependency<'_, impl Serialize>> {
        let nodes = bom_refs::read_ahead(self.bom_refs.as_ref(), self.bom.graph.nodes());
        nodes.map(|node| Dependency {
            reference: self.reference(node),
            depends_on: Joined(
                node.dependencies().map(|it| self.reference(it)),
                self.extra_dependencies(node.id()),
            ),
        })
    }

    fn reference(&self, node: NodeRef<'g>) -> Cow<'_, str> {
        let kept = self.bom_refs.as_ref();
        kept.map_or_else(|| node.reference(), |it| Cow::Borrowed(it.get(node.id())))
    }

    /// The dependencies of a node that are not edges.
    fn extra_dependencies(&self, node: NodeId) -> impl Iterator<Item = Cow<'_, str>> + Clone {
        let start = self
            .extra_dependencies
            .partition_point(|(it, _)| *it < node);
        let these = self
            .extra_dependencies
            .get(start..)
            .unwrap_or_default()
            .iter();
        these
            .take_while(move |(it, _)| *it == node)
            .map(|(_, reference)| Cow::Borrowed(&**reference))
    }

    /// `services`: what the product uses.
    pub(crate) fn services(&self) -> Option<impl Iterator<Item = wire::Service<'_>>> {
        (!self.services.is_empty()).then(|| {
            let services = self.services.iter();
            services.map(|(reference, it)| service::service(reference, it, &self.losses))
        })
    }

    /// `annotations`, if requested.
    pub(crate) fn annotations(&self) -> Option<Vec<Annotation<'g>>> {
        let asked = self.bom.document.annotations && self.bom.tables.approvals.is_some();
        if !asked || !DOCUMENT.has("annotations", self.version) {
            let count = self
                .bom
                .tables
                .approvals
                .iter()
                .flat_map(|it| it.iter())
                .count();
            (0..count)
                .filter(|_| asked)
                .for_each(|_| self.losses.add(Loss::Annotation));
            return None;
        }
        let all: Vec<_> = annotation::of(self.bom).collect();
        (!all.is_empty()).then_some(all)
    }

    /// `declarations` and `definitions.standards`, if requested.
    pub(crate) fn declarations(&self) -> Option<(Declarations<'g>, Vec<Standard>)> {
        if !self.bom.document.declarations {
            return None;
        }
        let all = declaration::of(self.bom);
        if !DOCUMENT.has("declarations", self.version) {
            let count = all.map_or(0, |(it, _)| it.claims.len());
            (0..count).for_each(|_| self.losses.add(Loss::Declaration));
            return None;
        }
        all
    }

    /// `compositions`: for each degree of completeness that occurs, the nodes whose dependencies are known to it. Those of an
    /// external component are unknown.
    pub(crate) fn compositions(&self) -> impl Iterator<Item = Composition<impl Serialize>> {
        let graph = self.bom.graph;
        let aggregates = [
            (Completeness::Complete, "complete"),
            (Completeness::Incomplete, "incomplete"),
            (Completeness::Unknown, "unknown"),
        ];
        let composition = move |(completeness, aggregate)| {
            let nodes = graph
                .nodes()
                .filter(move |node| node.component().dependencies == completeness)
                .map(|it| self.reference(it));
            let others: Vec<Cow<'_, str>> = match completeness {
                Completeness::Complete | Completeness::Incomplete => Vec::new(),
                Completeness::Unknown => self.external.references().collect(),
            };
            let dependencies = Joined(others.into_iter(), nodes);
            (!dependencies.is_empty()).then_some(Composition {
                aggregate,
                dependencies,
            })
        };
        aggregates.into_iter().filter_map(composition)
    }

    /// `formulation`: the inputs, where they are cited.
    pub(crate) fn formulation(&self) -> Option<[Formula<'_>; 1]> {
        self.citations.as_ref().map(|it| [it.formula()])
    }

    /// `citations`: what each input gave.
    pub(crate) fn citations(&self) -> Option<impl Iterator<Item = Citation<'g>>> {
        self.citations.as_ref().map(Citations::each)
    }

    /// Reports what was left out or weakened; called when everything is printed.
    pub(crate) fn report(self, diagnostics: &mut Diagnostics) {
        for (loss, count) in self.losses.into_counts() {
            diagnostics.push(diags::lossy(self.format, self.version, loss, count));
        }
    }
}
