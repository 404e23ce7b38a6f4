//! The severity of a record: the score of its CVSS vector, else the word that its database has for it.

use bomtrail_graph::{Rating, Severity};
use cvss::Cvss;

use crate::codec::Entry;

/// The severity of what an index says about a package. Of several vectors, the one of the newest version of CVSS counts.
pub(crate) fn of(entry: &Entry) -> Severity {
    let parsed = entry.vectors.iter().filter_map(|text| {
        let vector: Cvss = text.parse().ok()?;
        Some((text, vector))
    });
    let newest = parsed.max_by(|(a, _), (b, _)| version(a).cmp(version(b)));
    let Some((text, vector)) = newest else {
        return Severity {
            rating: entry.rating,
            tenths: None,
            vector: entry.vectors.first().map(|it| it.as_str().into()),
        };
    };
    let tenths = tenths(vector.score());
    Severity {
        rating: rating(tenths),
        tenths: Some(tenths),
        vector: Some(text.as_str().into()),
    }
}

/// The text before the metrics (`CVSS:3.1`); empty for version 2, which has none.
fn version(vector: &str) -> &str {
    let start = vector.split('/').next().unwrap_or_default();
    if start.starts_with("CVSS:") {
        start
    } else {
        ""
    }
}

/// A score in tenths, read from its text because it has one decimal.
fn tenths(score: f64) -> u16 {
    let text = format!("{score:.1}");
    let digits = text.bytes().filter(u8::is_ascii_digit);
    digits.fold(0, |sum: u16, it| {
        sum.saturating_mul(10).saturating_add(u16::from(it - b'0'))
    })
}

/// The qualitative scale of CVSS 3.1, section 5.
fn rating(tenths: u16) -> Rating {
    match tenths {
        0 => Rating::None,
        1..=39 => Rating::Low,
        40..=69 => Rating::Medium,
        70..=89 => Rating::High,
        _ => Rating::Critical,
    }
}

#[cfg(test)]
mod tests {
    use super::{rating, tenths};
    use bomtrail_graph::Rating;

    #[test]
    fn scores_are_rated_as_cvss_says() {
        for (score, want) in [
            (0.0, Rating::None),
            (3.9, Rating::Low),
            (4.0, Rating::Medium),
            (8.9, Rating::High),
            (10.0, Rating::Critical),
        ] {
            assert_eq!(rating(tenths(score)), want, "{score}");
        }
    }
}
