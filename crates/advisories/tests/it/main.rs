//! Advisories as their users see them: records in, matches out.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, and reads what it is held against"
)]

mod hostile;
mod make;
mod properties;
mod vex;
