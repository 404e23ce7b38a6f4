//! What bomtrail costs, how it compares with other tools, and synthetic inputs to measure with. `cargo xtask bench`,
//! `cargo xtask compare`, `cargo xtask instructions` and `cargo xtask synth` run this program.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's command prints its answer"
)]

mod bench;
mod checkout;
mod compare;
mod synth;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// What a task ends with: its verdict, or why it could not be done.
type Outcome = Result<ExitCode, Box<dyn Error>>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match &args[..] {
        ["bench", options @ ..] => bench::run(options),
        ["compare", options @ ..] => compare::run(options),
        ["instructions", options @ ..] => bench::instructions::run(options),
        ["synth", "--entries", count, "-o", file] => synth::run(count, file),
        ["synth", "--fleet", numbers, "-o", folder] => synth::fleet::run(numbers, folder),
        ["archives", binary] => bench::archives_of(binary),
        ["commands", binary] => bench::commands_of(binary),
        ["fleet", binary, options @ ..] => bench::fleet_of(Some(Path::new(binary)), options),
        ["shapes", binary] => bench::shapes_of(binary),
        [bench::shapes::WRITE_ALONE, shape, count, folder] => {
            bench::shapes::write_alone(shape, count, folder)
        }
        [bench::halves::WRITE_ALONE, folder] => bench::halves::write_alone(folder),
        [bench::USE_MEMORY, bytes] => bench::use_memory(bytes),
        [bench::PARSE_ALONE, file] => bench::parse_alone(file),
        [bench::managers::EVENTS_ALONE, file] => bench::managers::events_alone(file),
        [bench::managers::LINES_ALONE, file] => bench::managers::lines_alone(file),
        [bench::managers::JSON_ALONE, file] => bench::managers::json_alone(file),
        _ => Err("usage: cargo xtask bench | cargo xtask compare | cargo xtask instructions | cargo xtask synth --entries N -o FILE | cargo xtask synth --fleet FIRST..END -o DIR \
                  | benches archives|commands|shapes BINARY | benches fleet BINARY [--sboms N,…]"
            .into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("benches: {error}");
        ExitCode::from(2)
    })
}
