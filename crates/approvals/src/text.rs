//! Written JSON.

use bomtrail_document::{Layout, print};
use serde_json::Value;

/// A value as a file: indented by two spaces, with a line feed at its end.
pub(crate) fn pretty(value: &Value) -> String {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    drop(print(value, Layout::Pretty, &mut bytes));
    String::from_utf8(bytes).unwrap_or_default()
}
