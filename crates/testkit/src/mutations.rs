//! Every single-field mutation of a JSON document: what a forger, or a bad disk, could change.

use serde_json::Value;

/// A document in which one value is another.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// Where (RFC 6901), with array positions as they were before.
    pub pointer: String,
    /// What was done there.
    pub what: &'static str,
    /// The document.
    pub document: Value,
}

/// Every mutation of `document`: each string with a character changed near its start, middle and end, each number and
/// string of digits one more and one less, each truth turned round, and each value left out unless it
/// is empty, which says the same.
pub fn mutations(document: &Value) -> Vec<Mutation> {
    let mut all = Vec::new();
    for pointer in leaves(document) {
        let leaf = document.pointer(&pointer).unwrap();
        for (what, changed) in changes(leaf) {
            let mut copy = document.clone();
            *copy.pointer_mut(&pointer).unwrap() = changed;
            all.push(Mutation {
                pointer: pointer.clone(),
                what,
                document: copy,
            });
        }
        if is_empty(leaf) {
            continue;
        }
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let mut copy = document.clone();
        match copy.pointer_mut(parent).unwrap() {
            Value::Object(it) => drop(it.remove(&key.replace("~1", "/").replace("~0", "~"))),
            Value::Array(it) => drop(it.remove(key.parse().unwrap())),
            _ => continue,
        }
        all.push(Mutation {
            pointer,
            what: "left out",
            document: copy,
        });
    }
    all
}

/// The places of all values that hold no others, in order.
fn leaves(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(it) if !it.is_empty() => {
                for (key, value) in it.iter().rev() {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    open.push((format!("{pointer}/{key}"), value));
                }
            }
            Value::Array(it) if !it.is_empty() => {
                for (index, value) in it.iter().enumerate().rev() {
                    open.push((format!("{pointer}/{index}"), value));
                }
            }
            _ if pointer.is_empty() => {}
            _ => found.push(pointer),
        }
    }
    found
}

fn is_empty(leaf: &Value) -> bool {
    match leaf {
        Value::Null | Value::Array(_) | Value::Object(_) => true,
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn changes(leaf: &Value) -> Vec<(&'static str, Value)> {
    match leaf {
        Value::String(text) => of_text(text),
        Value::Number(number) => number.as_i64().map_or_else(Vec::new, |it| {
            vec![("one more", (it + 1).into()), ("one less", (it - 1).into())]
        }),
        Value::Bool(it) => vec![("turned round", (!it).into())],
        Value::Null | Value::Array(_) | Value::Object(_) => Vec::new(),
    }
}

fn of_text(text: &str) -> Vec<(&'static str, Value)> {
    if let Ok(number) = text.parse::<i64>() {
        let of = |it: i64| Value::String(it.to_string());
        return vec![("one more", of(number + 1)), ("one less", of(number - 1))];
    }
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return vec![("filled", "x".into())];
    }
    let last = letters.len() - 1;
    let places = [
        ("changed near its start", 1.min(last)),
        ("changed in its middle", last / 2),
        ("changed near its end", last.saturating_sub(3)),
    ];
    let changed = |at: usize| -> Value {
        let other = |it: char| if it == 'A' { 'B' } else { 'A' };
        let it = letters.iter().enumerate();
        let text: String = it
            .map(|(index, letter)| if index == at { other(*letter) } else { *letter })
            .collect();
        text.into()
    };
    places
        .into_iter()
        .map(|(what, at)| (what, changed(at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_is_changed_and_left_out() {
        let document = serde_json::json!({"a": [{"b/c": "xyz"}, 3], "d": "7", "e": true, "f": {}});
        let all = mutations(&document);
        assert!(all.iter().all(|it| it.document != document));
        let count = |pointer: &str| all.iter().filter(|it| it.pointer == pointer).count();
        let places = ["/a/0/b~1c", "/a/1", "/d", "/e", "/f"];
        assert_eq!(places.map(count), [4, 3, 3, 2, 0]);
        assert_eq!(all.len(), 12);
    }
}
