//! How many inputs are tried, and what is printed when a property fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bomtrail_testkit::cases;

/// `BOMTRAIL_FUZZ_ITERATIONS`, or a few.
pub(crate) fn iterations() -> usize {
    let asked = std::env::var("BOMTRAIL_FUZZ_ITERATIONS").ok();
    asked
        .and_then(|it| it.parse().ok())
        .unwrap_or_else(|| cases(8, 400))
}

/// How deep or long the inputs are that are made to harm.
pub(crate) fn many() -> usize {
    cases(5_000, 20_000)
}

/// Runs `check`; where it panics, saves the input and says where.
pub(crate) fn must_hold<T>(target: &str, input: &[u8], check: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| {
        let path =
            std::env::temp_dir().join(format!("bomtrail-fuzz-{target}-{}", std::process::id()));
        std::fs::write(&path, input).unwrap();
        let shown = String::from_utf8_lossy(input);
        panic!(
            "target `{target}` fails (above) for the input saved as {}:\n{shown}",
            path.display()
        );
    })
}
