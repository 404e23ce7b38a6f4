//! Changes that keep JSON valid: any value becomes any other, any key is renamed, moved or taken away.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Where a value is: the keys and positions that lead to it.
type Way = Vec<Step>;

#[derive(Clone)]
enum Step {
    Key(String),
    At(usize),
}

const KEYS: [&str; 22] = [
    "",
    "a",
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "packages/a",
    "../a",
    "/etc/a",
    "node_modules/@s/a",
    "node_modules",
    "node_modules/",
    "a/../b",
    "version",
    "resolved",
    "integrity",
    "link",
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "optionalDependencies",
    "peerDependenciesMeta",
    "requires",
    "workspaces",
];
const TEXTS: [&str; 30] = [
    "",
    "a",
    "*",
    "^1.0.0",
    "1.0.0",
    "npm:b@^1",
    "file:../a",
    "file:packages/a",
    "workspace:*",
    "link:../a",
    "latest",
    "git+ssh://git@example.com/a/b.git#0123456789012345678901234567890123456789",
    "a/b#semver:^1",
    "https://user:secret@npm.example.com/a/-/a-1.0.0.tgz",
    "https://example.com/a b\"<>.tgz",
    "http://[::1",
    "$a",
    "sha512-",
    "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "md5-x sha512-y?z",
    "MIT",
    "(MIT OR",
    "SEE LICENSE IN x",
    "\u{0}",
    "\u{202e}",
    "\u{feff}a",
    "packages/*",
    "!packages/b",
    "node_modules/a",
    "99999999999999999999.0.0",
];

/// `text` with one to four changes of its values, where it is JSON.
pub(crate) fn changed(random: &mut Random, text: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(text).ok()?;
    let other: Value = serde_json::from_slice(other).unwrap_or_default();
    for _ in 0..=random.below(4) {
        let ways = ways(&value);
        let way = random.pick(&ways).clone();
        change(random, at(&mut value, &way)?, &other);
    }
    serde_json::to_vec(&value).ok()
}

/// The ways to all values.
fn ways(value: &Value) -> Vec<Way> {
    let mut found = Vec::new();
    let mut open: Vec<(Way, &Value)> = vec![(Way::new(), value)];
    while let Some((way, value)) = open.pop() {
        let inside: Vec<(Step, &Value)> = match value {
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (Step::Key(key.clone()), value))
                .collect(),
            Value::Array(list) => list
                .iter()
                .enumerate()
                .map(|(index, value)| (Step::At(index), value))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        let longer = |step| way.iter().cloned().chain([step]).collect();
        open.extend(
            inside
                .into_iter()
                .map(|(step, value)| (longer(step), value)),
        );
        found.push(way);
    }
    found
}

fn at<'v>(value: &'v mut Value, way: &[Step]) -> Option<&'v mut Value> {
    way.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::At(index) => value.get_mut(index),
    })
}

fn change(random: &mut Random, value: &mut Value, other: &Value) {
    match (random.below(3), value) {
        (0, Value::Object(map)) => change_keys(random, map),
        (0, Value::Array(list)) => {
            let one = any(random, other);
            list.insert(random.below(list.len() + 1), one);
        }
        (_, value) => *value = any(random, other),
    }
}

fn change_keys(random: &mut Random, map: &mut Map<String, Value>) {
    let keys: Vec<String> = map.keys().cloned().collect();
    let taken = (!keys.is_empty())
        .then(|| random.pick(&keys))
        .and_then(|key| map.remove(key));
    if random.below(3) > 0 {
        let key = (*random.pick(&KEYS)).to_owned();
        map.insert(key, taken.unwrap_or_default());
    }
}

fn any(random: &mut Random, other: &Value) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => json!(random.below(2) == 1),
        2 => random
            .pick(&[
                json!(-1),
                json!(0),
                json!(1e300),
                json!(3),
                json!(u64::MAX),
                json!(0.5),
            ])
            .clone(),
        3 => json!([random.pick(&TEXTS), random.pick(&TEXTS)]),
        4 => json!({ *random.pick(&KEYS): random.pick(&TEXTS), "name": random.pick(&TEXTS) }),
        5 => {
            // A piece of another input.
            let ways = ways(other);
            let mut other = other.clone();
            at(&mut other, random.pick::<Way>(&ways))
                .map(Value::take)
                .unwrap_or_default()
        }
        _ => json!(random.pick(&TEXTS)),
    }
}
