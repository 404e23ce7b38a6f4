//! Facts about dependencies that CycloneDX has no field for, as one property of the component (`bomtrail:edges`): a clause for
//! each edge that is more than an entry of `dependsOn`.
//!
//! A clause is the bom-ref of what is reached, or `-` when nothing provides it, and then `key=value` words in a fixed order,
//! separated by single spaces. Clauses are separated by `; ` (a property in XML cannot hold a line feed). In each word, spaces, semicolons, percent signs and control characters are percent-encoded.

use std::fmt::Write as _;

use bomtrail_graph::{EdgeRef, LinkDetail, Need, NodeRef, Override, Phase, Problem, Text};

/// The name of the property.
pub(crate) const PROPERTY: &str = "bomtrail:edges";
/// The name of the property for a dependency that is required and not there.
pub(crate) const MISSING: &str = "bomtrail:edge:missing";
/// The name of the property for a dependency whose version is not accepted.
pub(crate) const INVALID: &str = "bomtrail:edge:invalid";

/// The separator of clauses.
const SEPARATOR: &str = "; ";

/// The target of an edge that nothing provides.
const ABSENT: &str = "-";

/// The clauses of a node; `None` when its entry in `dependsOn` is enough.
pub(crate) fn lines(node: NodeRef<'_>) -> Option<String> {
    let mut lines = String::new();
    let mut edges = node.edges().peekable();
    let mut last = None;
    while let Some(edge) = edges.next() {
        let to = edge.to().map(NodeRef::id);
        let next = edges.peek().and_then(|it| it.to()).map(NodeRef::id);
        let alone = to.is_some() && to != last && to != next;
        last = to;
        let start = lines.len();
        if start > 0 {
            lines.push_str(SEPARATOR);
        }
        if !line(&mut lines, edge) && alone {
            lines.truncate(start);
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// Writes a clause; false when it holds nothing but the target.
fn line(out: &mut String, edge: EdgeRef<'_>) -> bool {
    let to = edge.to();
    match to {
        Some(node) if node.reference() == ABSENT => out.push_str("%2D"),
        Some(node) => escape(out, &node.reference()),
        None => out.push_str(ABSENT),
    }
    let start = out.len();
    let mut word = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push(' ');
            out.push_str(key);
            out.push('=');
            escape(out, value);
        }
    };
    let name = Some(edge.name()).filter(|name| to.is_none_or(|it| it.name() != *name));
    let phase = Some(edge.phase()).filter(|it| *it != Phase::Runtime);
    let need = Some(edge.need()).filter(|it| *it != Need::Required);
    word("name", name);
    word("range", edge.range());
    word("phase", phase.map(Phase::name));
    word("need", need.map(Need::name));
    word("problem", edge.problem().map(Problem::name));
    if let Some(detail) = edge.detail() {
        word("alias", detail.alias.as_deref());
        let rule = detail.overridden.as_ref();
        word("override", rule.map(|it| &*it.rule));
        word("effective", rule.map(|it| &*it.effective));
        word("added-by", detail.added_by.as_deref());
        word("condition", detail.condition.as_deref());
    }
    out.len() > start || to.is_none()
}

fn escape(out: &mut String, text: &str) {
    // Nearly every word consists of these characters, and comparing bytes is faster.
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'%' | b';');
    if text.bytes().all(plain) {
        out.push_str(text);
        return;
    }
    let special = |c: char| matches!(c, ' ' | '%' | ';') || c.is_control();
    for c in text.chars() {
        if special(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
}

/// A clause that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// The bom-ref of what is reached; `None` when nothing provides it.
    pub(crate) to: Option<String>,
    pub(crate) name: Option<Text>,
    pub(crate) range: Option<Text>,
    pub(crate) phase: Phase,
    pub(crate) need: Need,
    pub(crate) problem: Option<Problem>,
    pub(crate) detail: Option<Box<LinkDetail>>,
}

/// Reads the clauses of a property; `None` for one that bomtrail did not write.
pub(crate) fn parse(text: &str) -> impl Iterator<Item = Option<Line>> {
    text.split(SEPARATOR).map(parse_line)
}

fn parse_line(text: &str) -> Option<Line> {
    let mut words = text.split(' ');
    let first = words.next().filter(|it| !it.is_empty())?;
    let mut line = Line {
        to: (first != ABSENT).then(|| unescape(first)),
        ..Line::default()
    };
    let mut detail = LinkDetail::default();
    let (mut rule, mut effective) = (None, None);
    for word in words {
        let (key, value) = word.split_once('=')?;
        let value = unescape(value);
        match key {
            "phase" => line.phase = Phase::from_name(&value)?,
            "need" => line.need = Need::from_name(&value)?,
            "problem" => line.problem = Some(problem(&value)?),
            "name" => line.name = Some(value.into()),
            "range" => line.range = Some(value.into()),
            "alias" => detail.alias = Some(value.into()),
            "override" => rule = Some(value.into()),
            "effective" => effective = Some(value.into()),
            "added-by" => detail.added_by = Some(value.into()),
            "condition" => detail.condition = Some(value.into()),
            // A word of a later version of this program.
            _ => {}
        }
    }
    detail.overridden = rule
        .zip(effective)
        .map(|(rule, effective)| Override { rule, effective });
    line.detail = detail.boxed();
    Some(line)
}

/// Reads the value of [`MISSING`]: name, range and need.
pub(crate) fn parse_missing(value: &str) -> Option<Line> {
    let (name, rest) = value.split_once(' ')?;
    let (range, need) = rest.rsplit_once(' ')?;
    Some(Line {
        name: Some(name.into()),
        range: Some(range.into()),
        need: Need::from_name(need)?,
        problem: Some(Problem::Missing),
        ..Line::default()
    })
}

fn problem(name: &str) -> Option<Problem> {
    [Problem::Missing, Problem::Invalid]
        .into_iter()
        .find(|it| it.name() == name)
}

/// Percent-decodes; invalid encodings stay as they are.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        match rest {
            [] => break,
            [b'%', high, low, tail @ ..] => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let code = digit(*high).zip(digit(*low));
                match code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
                    Some(byte) => bytes.push(byte),
                    None => bytes.extend([b'%', *high, *low]),
                }
                rest = tail;
            }
            [byte, tail @ ..] => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_whatever_they_hold() {
        for text in [
            "",
            "a b",
            "100%",
            "%41",
            "\n\r\t",
            "é\u{202e}🦀",
            "a=b",
            "-",
            "a; b",
        ] {
            let mut out = String::new();
            escape(&mut out, text);
            assert!(!out.contains([' ', ';', '\n']), "{out:?}");
            assert_eq!(unescape(&out), text);
        }
    }

    #[test]
    fn what_is_missing_is_read() {
        let line = parse_missing("a ^1 || ^2 peer").unwrap_or_default();
        assert_eq!(line.name.as_deref(), Some("a"));
        assert_eq!(line.range.as_deref(), Some("^1 || ^2"));
        assert_eq!(
            (line.need, line.problem),
            (Need::Peer, Some(Problem::Missing))
        );
        assert_eq!(parse_missing("a b c"), None);
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let read: Vec<_> =
            parse("pkg:npm/a@1 name=b range=^1%20||%20^2 need=peer; - name=c; x y").collect();
        let [Some(first), Some(second), None] = &*read else {
            panic!("{read:?}")
        };
        assert_eq!(first.to.as_deref(), Some("pkg:npm/a@1"));
        assert_eq!(first.range.as_deref(), Some("^1 || ^2"));
        assert_eq!(first.need, Need::Peer);
        assert_eq!(
            (second.to.as_deref(), second.name.as_deref()),
            (None, Some("c"))
        );
    }
}
