//! A fleet over graphs that are made here.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests"
)]

mod datasets;
mod make;
mod pages;
mod questions;
mod stores;
