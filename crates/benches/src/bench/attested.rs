//! What verification costs: a project of a thousand attested packages, whose real attestations are read from the corpus and
//! are repeated. Each is verified again; on one core for the cost, on all for the time to wait.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::measure::{Cost, least};
use super::table::{Table, seconds, times};
use crate::checkout;

/// The attestations, next to the checkout.
pub(super) const CORPUS: &str = "../shared/corpus/provenance";
/// How many packages.
const PACKAGES: usize = 1_000;
/// The bundles that each core must verify in a second of its time.
const LEAST: f64 = 500.0;
/// More runs tell nothing new.
const MOST_RUNS: usize = 5;
/// File, name, version and digest of packages with a build's provenance and the registry's own attestation.
const ATTESTED: [(&str, &str, &str, &str); 6] = [
    (
        "npm/cli/valid-sigstore-attestations.json",
        "sigstore",
        "1.0.0",
        "sha512-e+qfbn/zf1+rCza/BhIA//Awmf0v1pa5HQS8Xk8iXrn9bgytytVLqYD0P7NSqZ6IELTgq+tcDvLPkQjNHyWLNg==",
    ),
    (
        "npm/pacote/valid-attestations.json",
        "sigstore",
        "0.4.0",
        "sha512-KCwMX6k20mQyFkNYG2XT3lwK9u1P36wS9YURFd85zCXPrwrSLZCEh7/vMBFNYcJXRiBtGDS+T4/RZZF493zABA==",
    ),
    (
        "npm/slsa-verifier-unit/npm-attestations.intoto.sigstore",
        "@laurentsimon/provenance-npm-test",
        "1.0.0",
        "sha512-KdGfJiM/REEyhBKzT9c+0QTs/vYvFAl4kMzPdFW1IbZcWs/4UYSfqoXIU5WqItQBQ28B86+2GxnHgOkGyIx/IA==",
    ),
    (
        "npm/slsa-verifier/gundam-visor-cli-v1-tag.tgz.json",
        "gundam-visor",
        "1.0.1",
        "sha512-jZ15cvZ2UWx1AUqgdOEa5gTZjwtk7Gclph4oOP89qxYhGPpxQz+zHhVQ0wvQ3snQhs4DK5RFe1g5AMUHrPOcQA==",
    ),
    (
        "npm/slsa-verifier/provenance-npm-test-cli-v1-prega.tgz.json",
        "sigstore",
        "2.3.1",
        "sha512-8G+/XDU8wNsJOQS5ysDVO0Etg9/2uA5gR9l4ZwijjlwxBcrU6RPfwi2+jJmbP+Ap1Hlp/nVAaEO4Fj22/SL2gQ==",
    ),
    (
        "npm/slsa-verifier/provenance-npm-test-ossf.tgz.json",
        "@laurentsimon/provenance-npm-test",
        "1.0.5",
        "sha512-VjvG2Ix8xgkXsTz0g4Rz7upux+oEMPJnKxb0PCpcgsI5lJx8rn/hO747MNBXHD5W3mJKox6kPJjBLx8ZC4p8oA==",
    ),
];

/// Whether each core verifies as much as it must.
pub(super) fn run(bomtrail: Option<&Path>, runs: usize) -> Result<bool, Box<dyn Error>> {
    let corpus = checkout::root().join(CORPUS);
    let head = format!("{PACKAGES} attested packages");
    let mut table = Table::new([
        head.as_str(),
        "CPU s",
        "bundles/core s",
        "wall s",
        "to one core",
    ]);
    let Some(bomtrail) = bomtrail.filter(|_| corpus.exists()) else {
        table.note("bomtrail verify", "absent");
        print!("{table}");
        return Ok(true);
    };
    let runs = runs.min(MOST_RUNS);
    let scratch = tempfile::tempdir()?;
    let bundles = write_project(&corpus, scratch.path())?;
    let one = one_core().then(|| {
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(bomtrail);
        verify(command, scratch.path(), runs)
    });
    let one = one.transpose()?;
    let all = verify(Command::new(bomtrail), scratch.path(), runs)?;
    let rate = |cost: &Cost| f64::from(bundles) / cost.cpu();
    let mut row = |name: &str, cost: &Cost, speed: String| {
        let short = if rate(cost) < LEAST { " TOO FEW" } else { "" };
        let rate = format!("{:.0}{short}", rate(cost));
        let name = format!("{name}, {bundles} bundles");
        table.row([name, seconds(cost.cpu()), rate, seconds(cost.wall()), speed]);
    };
    if let Some(one) = &one {
        row("one core", one, times(one.wall(), Some(one.wall())));
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let speed = one.map_or_else(String::new, |one| times(one.wall(), Some(all.wall())));
    row(&format!("{cores} cores"), &all, speed);
    print!("{table}");
    Ok(rate(&all) >= LEAST)
}

/// Whether a process can be kept on one core.
fn one_core() -> bool {
    let tried = Command::new("taskset").args(["-c", "0", "true"]).output();
    tried.is_ok_and(|it| it.status.success())
}

/// The cost of verifying all. What does not prove all that it should was not worth measuring.
fn verify(mut command: Command, project: &Path, runs: usize) -> Result<Cost, Box<dyn Error>> {
    let report = project.join("report.json");
    command.args(["verify", "--quiet", "-f", "json", "-o"]);
    command.arg(&report).arg(project).arg("--attestations");
    let cost = least(command.arg(project.join("attestations.jsonl")), runs)?;
    let report: Value = serde_json::from_str(&checkout::read(&report)?)?;
    let packages = report.get("packages").and_then(Value::as_array);
    let levels = packages
        .into_iter()
        .flatten()
        .filter_map(|it| it.get("level"));
    let proved = levels.filter(|it| *it == "E4" || *it == "E5").count();
    if proved == ATTESTED.len() {
        Ok(cost)
    } else {
        Err(format!("of {} packages {proved} are verified", ATTESTED.len()).into())
    }
}

/// A lockfile and a file of attestations; how many bundles are in it.
pub(super) fn write_project(corpus: &Path, folder: &Path) -> Result<u32, Box<dyn Error>> {
    let mut packages = serde_json::Map::new();
    packages.insert(String::new(), json!({"name": "app", "version": "1.0.0"}));
    let mut answers = Vec::new();
    for (number, (file, name, version, integrity)) in ATTESTED.into_iter().enumerate() {
        let place = format!("node_modules/carrier-{number}/node_modules/{name}");
        packages.insert(place, json!({"version": version, "integrity": integrity}));
        let answer: Value = serde_json::from_str(&checkout::read(&corpus.join(file))?)?;
        let bundles = answer.get("attestations").and_then(Value::as_array);
        answers.push((answer.to_string(), bundles.map_or(0, Vec::len)));
    }
    let lock =
        json!({"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": packages});
    checkout::write(&folder.join("package-lock.json"), &lock.to_string())?;
    let all = answers.iter().cycle().take(PACKAGES);
    let lines: Vec<&str> = all.clone().map(|(answer, _)| answer.as_str()).collect();
    checkout::write(&folder.join("attestations.jsonl"), &lines.join("\n"))?;
    Ok(u32::try_from(
        all.map(|(_, bundles)| bundles).sum::<usize>(),
    )?)
}
