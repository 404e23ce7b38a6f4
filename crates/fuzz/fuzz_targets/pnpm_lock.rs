//! The fuzz target `pnpm_lock`; without a fuzzer it tries the files it is given.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| bomtrail_fuzz::pnpm_lock(data));

#[cfg(not(fuzzing))]
fn main() {
    bomtrail_fuzz::replay(bomtrail_fuzz::pnpm_lock);
}
