//! How many random cases a test tries.

use std::env;

/// `thorough` cases when the environment variable `BOMTRAIL_THOROUGH` is `1`, else `usual`: `cargo test` stays quick on a
/// developer's machine, and CI tries all.
pub fn cases<N>(usual: N, thorough: N) -> N {
    let all = env::var("BOMTRAIL_THOROUGH").is_ok_and(|value| value == "1");
    if all { thorough } else { usual }
}

/// Every `nth` of `all`, or all of them when the environment variable `BOMTRAIL_THOROUGH` is `1`.
pub fn sample<T>(all: Vec<T>, nth: usize) -> Vec<T> {
    all.into_iter().step_by(cases(nth, 1)).collect()
}
