//! What a store of many SBOMs costs: adding generated SBOMs of a thousand packages to an empty store and to a full one, asking
//! where a package is, and the bytes of the store. `cargo xtask bench fleet --sboms 2000,20000` measures two sizes and
//! extrapolates to a million.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::measure::{Cost, least, once};
use super::table::{Table, mib};
use crate::synth;

/// How many SBOMs are generated, added and deleted at a time.
const PART: u64 = 1000;
/// How many SBOMs must be added in a second of one processor.
const LEAST_RATE: f64 = 150.0;
/// How many bytes of the store a package of an SBOM may take.
const MOST_BYTES: f64 = 60.0;
/// Questions with the seconds that their answers may take.
const QUESTIONS: [(&str, f64); 2] = [
    ("pkg:npm/package-1@2.1.1", 0.050),
    ("package-1@>=2.1", 0.200),
];
/// How often each question is asked; the quickest run counts.
const RUNS: usize = 5;
/// The size that the figures are extrapolated to.
const LARGE: f64 = 1e6;

/// The figures of one number of SBOMs.
struct Figures {
    sboms: u64,
    components: u64,
    bytes: u64,
    /// SBOMs for each CPU second: the first part, all parts, and the last part.
    rates: [f64; 3],
    /// For each question: products and packages found, and CPU and wall seconds.
    answers: Vec<(usize, Cost)>,
    peak: u64,
}

/// Whether a store of each size is as quick and small as it must be; sizes must ascend.
pub(super) fn run(bomtrail: Option<&Path>, sizes: &[u64]) -> Result<bool, Box<dyn Error>> {
    let Some(bomtrail) = bomtrail else {
        let mut table = Table::new(["a store of many SBOMs"]);
        table.note("bomtrail", "absent");
        print!("{table}");
        return Ok(true);
    };
    let folder = tempfile::tempdir()?;
    let bench = Bench {
        bomtrail,
        folder: folder.path(),
    };
    let mut measured = Vec::new();
    for &size in sizes {
        let before = measured.last();
        measured.push(bench.grow(before, size)?);
    }
    Ok(show(&measured))
}

struct Bench<'p> {
    bomtrail: &'p Path,
    folder: &'p Path,
}

impl Bench<'_> {
    fn store(&self) -> PathBuf {
        self.folder.join("fleet.db")
    }

    fn fleet(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.bomtrail);
        command
            .args(["--quiet", "fleet", "--store"])
            .arg(self.store());
        command.args(arguments).current_dir(self.folder);
        command.env("SOURCE_DATE_EPOCH", "1767225600");
        command
    }

    /// Adds SBOMs up to a number, and measures.
    fn grow(&self, before: Option<&Figures>, sboms: u64) -> Result<Figures, Box<dyn Error>> {
        let mut number = before.map_or(0, |it| it.sboms);
        let parts = self.folder.join("part");
        let (mut cpu, mut added, mut peak) = (0.0, 0, 0);
        let (mut first, mut last) = (0.0, 0.0);
        while number < sboms {
            let end = (number + PART).min(sboms);
            synth::fleet::write(number..end, &parts)?;
            let cost = once(self.fleet(&["add", "part"]).stdout(Stdio::null()))?;
            fs::remove_dir_all(&parts)?;
            let count = end - number;
            last = rate(count, cost.cpu());
            if added == 0 {
                first = last;
            }
            (cpu, added, peak) = (cpu + cost.cpu(), added + count, cost.peak.max(peak));
            number = end;
        }
        let mut answers = Vec::new();
        for (question, _) in QUESTIONS {
            answers.push(self.ask(question)?);
        }
        Ok(Figures {
            sboms,
            components: sboms * synth::fleet::COMPONENTS,
            bytes: self.bytes()?,
            rates: [first, rate(added, cpu), last],
            answers,
            peak,
        })
    }

    /// The size of everything that belongs to the store.
    fn bytes(&self) -> Result<u64, Box<dyn Error>> {
        let mut bytes = 0;
        for entry in self.folder.read_dir()? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("fleet.db") {
                bytes += entry.metadata()?.len();
            }
        }
        Ok(bytes)
    }

    /// How many products and packages an answer has, and what it costs as a command.
    fn ask(&self, question: &str) -> Result<(usize, Cost), Box<dyn Error>> {
        let output = self.fleet(&["where", question, "-f", "json"]).output()?;
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let found = answer.pointer("/answer/found").and_then(|it| it.as_array());
        let found = found.map_or(0, Vec::len);
        if found == 0 {
            return Err(format!("`where {question}` finds nothing").into());
        }
        let cost = least(&mut self.fleet(&["where", question]), RUNS)?;
        Ok((found, cost))
    }
}

fn rate(sboms: u64, seconds: f64) -> f64 {
    number(sboms) / seconds.max(f64::EPSILON)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts and bytes far below 2^52"
)]
fn number(count: u64) -> f64 {
    count as f64
}

/// Prints a row for each figure and a column for each size; true when the last size keeps the limits.
fn show(measured: &[Figures]) -> bool {
    let mut fits = true;
    for (at, it) in measured.iter().enumerate() {
        let title = format!("a store of {} SBOMs", it.sboms);
        let mut table = Table::new([title.as_str(), "measured", "limit", "found", "peak MiB"]);
        let names = ["first part", "all parts", "last part"];
        for (name, rate) in names.into_iter().zip(it.rates) {
            let keeps = rate >= LEAST_RATE;
            fits &= keeps;
            table.row([
                format!("add, SBOMs a CPU second, {name}"),
                format!("{rate:.0}"),
                format!("{LEAST_RATE}{}", over(keeps)),
                String::new(),
                mib(it.peak),
            ]);
        }
        for ((question, limit), (found, cost)) in QUESTIONS.into_iter().zip(&it.answers) {
            let keeps = cost.cpu() < limit;
            fits &= keeps;
            table.row([
                format!("where {question}, CPU s (wall {:.3})", cost.wall()),
                format!("{:.3}", cost.cpu()),
                format!("{limit}{}", over(keeps)),
                found.to_string(),
                mib(cost.peak),
            ]);
        }
        let bytes = number(it.bytes) / number(it.components);
        let keeps = bytes <= MOST_BYTES;
        fits &= keeps;
        table.row([
            "bytes of the store for each package".to_owned(),
            format!("{bytes:.1}"),
            format!("{MOST_BYTES}{}", over(keeps)),
            String::new(),
            String::new(),
        ]);
        print!("{table}");
        println!();
        if let Some(before) = at.checked_sub(1).and_then(|it| measured.get(it)) {
            extrapolate(before, it);
        }
    }
    fits
}

fn over(keeps: bool) -> &'static str {
    if keeps { "" } else { " MISSED" }
}

/// What a million SBOMs would cost when everything goes on as between two sizes: a calculation, not a measurement.
fn extrapolate(smaller: &Figures, larger: &Figures) {
    let title = "1000000 SBOMs, not measured";
    let mut table = Table::new([title, "extrapolated"]);
    let line = |less: f64, more: f64| {
        let (a, b) = (number(smaller.sboms), number(larger.sboms));
        more + (more - less) / (b - a) * (LARGE - b)
    };
    let [_, _, last] = larger.rates;
    table.row([
        "add, CPU hours at the rate of the last part".to_owned(),
        format!("{:.1}", LARGE / last / 3600.0),
    ]);
    let asked = smaller.answers.iter().zip(&larger.answers);
    for ((question, _), ((_, less), (_, more))) in QUESTIONS.into_iter().zip(asked) {
        table.row([
            format!("where {question}, CPU s, on a straight line"),
            format!("{:.1}", line(less.cpu(), more.cpu())),
        ]);
    }
    let bytes = line(number(smaller.bytes), number(larger.bytes));
    table.row([
        "GB of the store, on a straight line".to_owned(),
        format!("{:.0}", bytes / 1e9),
    ]);
    print!("{table}");
    println!();
}
