//! What stays the same about a finding from one run to the next.

use bomtrail_policy::Finding;
use sha2::{Digest as _, Sha256};

/// Identifies a finding by its rule and subject, independent of its line: 128 bits of SHA-256 in hexadecimal.
pub(super) fn fingerprint(finding: &Finding) -> String {
    let mut hasher = Sha256::new();
    hasher.update(finding.rule.id.as_bytes());
    hasher.update([0]);
    hasher.update(finding.subject.as_bytes());
    let digest = hasher.finalize();
    let bytes = digest.iter().take(16);
    bytes.fold(String::with_capacity(32), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
        text
    })
}
