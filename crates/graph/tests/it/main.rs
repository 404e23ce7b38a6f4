//! The promises of the graph, and the rules of linking, scopes, selection and walking, one test each.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests")]

mod conflict;
mod make;
mod naming;
mod properties;
mod scopes;
mod select;
mod values;
mod walk;
