//! Statements about one vulnerability and one package, from matches and decisions. What the graph proves needs no
//! decision: a package that only development needs is not part of the product.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Advisories, Date, Justification, Match, NodeId, ReachPhase, Severity, Text, Timestamp,
    VexStatus,
};

/// What a product says about a vulnerability of one of its packages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The id that most people know: a CVE where there is one.
    pub id: Text,
    /// The other ids, sorted.
    pub aliases: Vec<Text>,
    /// The package.
    pub node: NodeId,
    /// The name that the advisories have for the package: for a core module of Perl, its distribution.
    pub package: Text,
    /// The version.
    pub version: Text,
    /// Whether it is a core module of Perl.
    pub is_module: bool,
    /// One line about the vulnerability.
    pub summary: Text,
    /// How severe it is.
    pub severity: Severity,
    /// Its weaknesses.
    pub cwes: Vec<u32>,
    /// Web pages about it.
    pub references: Vec<Text>,
    /// When its newest record was changed.
    pub modified: Option<Timestamp>,
    /// What is stated.
    pub status: VexStatus,
    /// Why the product is not affected.
    pub why: Option<Justification>,
    /// The reason, or what proves it.
    pub reason: Text,
    /// What users are to do.
    pub action: Text,
    /// The day of the decision.
    pub decided: Option<Date>,
    /// True when the graph proves the statement without a decision.
    pub is_proved: bool,
}

/// The statements about all matches, sorted by id and package. Records that are one vulnerability give one statement.
pub fn statements(advisories: &Advisories) -> Vec<Statement> {
    let mut groups: BTreeMap<(Text, NodeId, Option<Text>), Vec<&Match>> = BTreeMap::new();
    for it in &advisories.matches {
        let key = (primary(it), it.node, it.module.clone());
        groups.entry(key).or_default().push(it);
    }
    let groups = groups.into_iter();
    groups
        .filter_map(|((id, ..), group)| statement(id, &group))
        .collect()
}

/// The id that most people know.
fn primary(it: &Match) -> Text {
    let ids = || it.aliases.iter().chain([&it.id]);
    let rank = |id: &str| match id {
        id if id.starts_with("CVE-") => 0,
        id if id.starts_with("GHSA-") => 1,
        id if id.starts_with("CPANSA-") => 2,
        id if id.starts_with("x_") => 4,
        _ => 3,
    };
    let first = ids().min_by(|a, b| (rank(a), a).cmp(&(rank(b), b)));
    first.cloned().unwrap_or_default()
}

fn statement(id: Text, group: &[&Match]) -> Option<Statement> {
    let first = group.first()?;
    let worst = group.iter().max_by_key(|it| it.severity.rating)?;
    let mut aliases: Vec<Text> = group
        .iter()
        .flat_map(|it| it.aliases.iter().chain([&it.id]))
        .cloned()
        .collect();
    aliases.sort_unstable();
    aliases.dedup();
    aliases.retain(|it| *it != id);
    let mut references: Vec<Text> = group.iter().flat_map(|it| it.references.clone()).collect();
    references.sort_unstable();
    references.dedup();
    let mut cwes: Vec<u32> = group.iter().flat_map(|it| it.cwes.clone()).collect();
    cwes.sort_unstable();
    cwes.dedup();
    let described = group
        .iter()
        .find(|it| !it.summary.is_empty())
        .unwrap_or(first);
    let fixed: Vec<&str> = group
        .iter()
        .flat_map(|it| &it.fixed)
        .map(|it| &**it)
        .collect();
    let mut statement = Statement {
        id,
        aliases,
        node: first.node,
        package: first.package.clone(),
        version: first.version.clone(),
        is_module: first.module.is_some(),
        summary: described.summary.clone(),
        severity: worst.severity.clone(),
        cwes,
        references,
        modified: group.iter().filter_map(|it| it.modified).max(),
        status: VexStatus::Investigating,
        why: None,
        reason: Text::default(),
        action: action(first, &fixed).into(),
        decided: None,
        is_proved: false,
    };
    // A decision about one of several records is one about the vulnerability, because aliases are one vulnerability.
    if let Some(decision) = group.iter().find_map(|it| it.valid_decision()) {
        statement.status = decision.status;
        statement.why = decision.why;
        statement.reason = decision.reason.clone();
        statement.decided = decision.decided;
        if let Some(action) = &decision.action {
            statement.action = action.clone();
        }
    } else {
        prove(&mut statement, first.reach.phase);
    }
    Some(statement)
}

/// What the graph proves without a decision.
fn prove(statement: &mut Statement, phase: ReachPhase) {
    let reason = match phase {
        ReachPhase::Develop => {
            "only development needs the package: every chain of dependencies that leads to it has a development dependency"
        }
        ReachPhase::Unreached => "no dependency of the product leads to the package",
        ReachPhase::Runtime | ReachPhase::Unknown => {
            statement.reason = "no decision was made yet".into();
            return;
        }
    };
    statement.status = VexStatus::NotAffected;
    statement.why = Some(Justification::ComponentNotPresent);
    statement.reason = reason.into();
    statement.is_proved = true;
}

/// What users are to do where no decision says so.
fn action(it: &Match, fixed: &[&str]) -> String {
    if it.malicious {
        return format!("Remove {}.", it.package);
    }
    if fixed.is_empty() {
        return "No fixed version is known.".to_owned();
    }
    format!("Update {} to {}.", it.package, fixed.join(" or "))
}
