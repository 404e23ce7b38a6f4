//! The entries of a yarn lockfile, made of its items.

use std::collections::{BTreeMap, HashMap};

use bomtrail_document::find_byte;
use foldhash::fast::RandomState;

use super::items::{Item, Scalar};
use crate::package::entry::Pairs;
use crate::package::value::Str;

/// One entry: the packages that are asked for, and the one that they lead to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record<'t> {
    /// The line of the key, from 1.
    pub(crate) line: u32,
    /// `name@range`, once for each range.
    pub(crate) keys: Vec<Str<'t>>,
    /// The key that has the entry instead (Yarn 1 follows a text in place of an entry).
    pub(crate) instead: Option<Str<'t>>,
    /// The name of the package, where it differs from that of the key (Yarn 1).
    pub(crate) name: Option<Str<'t>>,
    pub(crate) version: Option<Str<'t>>,
    /// `resolved` of Yarn 1, `resolution` of later ones.
    pub(crate) resolution: Option<Str<'t>>,
    /// A digest of the archive (Yarn 1).
    pub(crate) integrity: Option<Str<'t>>,
    /// A digest of the archive that Yarn makes itself (Yarn 2 and later).
    pub(crate) checksum: Option<Str<'t>>,
    /// The platforms that it is installed on (Yarn 2 and later).
    pub(crate) conditions: Option<Str<'t>>,
    pub(crate) dependencies: Pairs<'t>,
    pub(crate) optional_dependencies: Pairs<'t>,
    pub(crate) peer_dependencies: Pairs<'t>,
    /// The dependencies that `dependenciesMeta` marks as optional.
    pub(crate) optional: Vec<Str<'t>>,
    /// The peers that `peerDependenciesMeta` marks as optional.
    pub(crate) optional_peers: Vec<Str<'t>>,
}

impl Record<'_> {
    /// How many requirements it states, peers among them.
    pub(crate) fn requests(&self) -> usize {
        self.dependencies.len() + self.optional_dependencies.len() + self.peer_dependencies.len()
    }
}

/// The block that an item at the third or fourth level is in.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Dependencies,
    OptionalDependencies,
    PeerDependencies,
    DependenciesMeta,
    PeerDependenciesMeta,
    Other,
}

/// The entries. The last value of a repeated key counts, as in JavaScript.
pub(crate) fn records(items: Vec<Item<'_>>) -> Vec<Record<'_>> {
    let mut builder = Builder::new(items.len() / 5);
    for item in items {
        builder.take(item);
    }
    builder.finish()
}

/// Makes entries of items, one after another.
pub(crate) struct Builder<'t> {
    records: Vec<Record<'t>>,
    block: Block,
    /// The name that the items at the deepest level are about.
    named: Option<Str<'t>>,
    /// True when the next key is another one of the last entry.
    continued: bool,
}

/// How many parts of a lockfile are looked at to estimate how many entries it has, and how long each is.
const SAMPLES: usize = 4;
const SAMPLE: usize = 8 * 1024;

/// About how many bytes of a lockfile an entry takes, where the samples do not show it; most take more.
const BYTES_OF_ENTRY: usize = 240;

/// About how many entries a text has, by the empty lines between them. Room for many more would cost the time in which the system
/// clears that memory.
fn estimated(text: &str) -> usize {
    let (mut entries, mut bytes) = (0, 0);
    for number in 0..SAMPLES {
        let start = text.len() / SAMPLES * number;
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let sample = rest.get(..SAMPLE).unwrap_or(rest);
        bytes += sample.len();
        let mut at = 0;
        while let Some(end) = find_byte(sample, at, 0, [b'\n']) {
            entries += usize::from(end == at);
            at = end + 1;
        }
    }
    if entries < 2 * SAMPLES {
        return text.len() / BYTES_OF_ENTRY;
    }
    text.len() / (bytes / entries).max(1) * 17 / 16
}

impl<'t> Builder<'t> {
    /// No entry yet, with room for about this many.
    fn new(entries: usize) -> Self {
        Self {
            records: Vec::with_capacity(entries),
            block: Block::Other,
            named: None,
            continued: false,
        }
    }

    /// No entry yet of a text.
    pub(crate) fn of_text(text: &str) -> Self {
        Self::new(estimated(text))
    }

    /// Adds the next item.
    pub(crate) fn take(&mut self, item: Item<'t>) {
        if item.depth == 0 {
            self.key(item);
            return;
        }
        let Some(record) = self.records.last_mut() else {
            return;
        };
        match item.depth {
            1 => self.block = field(record, item),
            2 => {
                if matches!(
                    self.block,
                    Block::DependenciesMeta | Block::PeerDependenciesMeta
                ) {
                    self.named = Some(item.key);
                } else {
                    pair(record, self.block, item);
                }
            }
            3 => meta(record, self.block, self.named.as_ref(), &item),
            _ => {}
        }
    }

    fn key(&mut self, item: Item<'t>) {
        self.block = Block::Other;
        if !self.continued {
            self.records.push(Record {
                line: item.line,
                ..Record::default()
            });
        }
        self.continued = item.shared;
        if let Some(record) = self.records.last_mut() {
            // Nearly all entries have one key, or one text with all of them.
            if record.keys.is_empty() {
                record.keys.reserve_exact(1);
            }
            record.instead = item.value.into_text();
            record.keys.push(item.key);
        }
    }

    /// All entries.
    pub(crate) fn finish(self) -> Vec<Record<'t>> {
        self.records
    }
}

/// A field of an entry; the block that it opens.
fn field<'t>(record: &mut Record<'t>, item: Item<'t>) -> Block {
    let text = item.value.into_text();
    match &*item.key {
        "name" => record.name = text,
        "version" => record.version = text,
        "resolved" | "resolution" => record.resolution = text,
        "integrity" => record.integrity = text,
        "checksum" => record.checksum = text,
        "conditions" => record.conditions = text,
        "dependencies" => {
            record.dependencies = Pairs::new();
            return Block::Dependencies;
        }
        "optionalDependencies" => {
            record.optional_dependencies = Pairs::new();
            return Block::OptionalDependencies;
        }
        "peerDependencies" => {
            record.peer_dependencies = Pairs::new();
            return Block::PeerDependencies;
        }
        "dependenciesMeta" => {
            record.optional = Vec::new();
            return Block::DependenciesMeta;
        }
        "peerDependenciesMeta" => {
            record.optional_peers = Vec::new();
            return Block::PeerDependenciesMeta;
        }
        _ => {}
    }
    Block::Other
}

fn pair<'t>(record: &mut Record<'t>, block: Block, item: Item<'t>) {
    let pairs = match block {
        Block::Dependencies => &mut record.dependencies,
        Block::OptionalDependencies => &mut record.optional_dependencies,
        Block::PeerDependencies => &mut record.peer_dependencies,
        Block::DependenciesMeta | Block::PeerDependenciesMeta | Block::Other => return,
    };
    if let Some(range) = item.value.into_text() {
        pairs.push((item.key, range));
    }
}

fn meta<'t>(record: &mut Record<'t>, block: Block, name: Option<&Str<'t>>, item: &Item<'t>) {
    let names = match block {
        Block::DependenciesMeta => &mut record.optional,
        Block::PeerDependenciesMeta => &mut record.optional_peers,
        Block::Dependencies
        | Block::OptionalDependencies
        | Block::PeerDependencies
        | Block::Other => return,
    };
    let is_on = match &item.value {
        Scalar::Text(it) => it == "true",
        Scalar::Bool(it) => *it,
        Scalar::Number(_) | Scalar::Block => false,
    };
    if let (true, true, Some(name)) = (item.key == "optional", is_on, name) {
        names.push(name.clone());
    }
}

/// Splits the key of each entry into its descriptors, as Yarn 2 and later do.
pub(crate) fn split_keys(records: &mut [Record<'_>]) {
    for record in records {
        let [Str::Borrowed(whole)] = &*record.keys else {
            let all = record.keys.iter();
            let parts = all.flat_map(|it| keys_in(it).map(|it| Str::Owned(it.to_owned())));
            record.keys = parts.collect();
            continue;
        };
        if find_byte(whole.as_bytes(), 0, 0, [b',']).is_some() {
            record.keys = keys_in(whole).map(Str::Borrowed).collect();
        }
    }
}

/// The keys in a text. Spaces around the commas are not part of them, and those at both ends of the text are.
fn keys_in(whole: &str) -> impl Iterator<Item = &str> {
    let last = whole.matches(',').count();
    whole.split(',').enumerate().map(move |(number, key)| {
        let key = if number == 0 {
            key
        } else {
            key.trim_start_matches(' ')
        };
        if number == last {
            key
        } else {
            key.trim_end_matches(' ')
        }
    })
}

/// The entry of each key; of several the last, as in JavaScript.
pub(crate) struct Index<'r> {
    by_key: HashMap<&'r str, usize, RandomState>,
}

impl<'r> Index<'r> {
    pub(crate) fn new(records: &'r [Record<'r>]) -> Self {
        let mut by_key =
            HashMap::with_capacity_and_hasher(records.len() * 2, RandomState::default());
        for (number, record) in records.iter().enumerate() {
            by_key.extend(record.keys.iter().map(|it| (&**it, number)));
        }
        Self { by_key }
    }

    /// The number of the entry of a key.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// True when an entry has this key, and no later entry has it too.
    pub(crate) fn owns(&self, number: usize, key: &str) -> bool {
        self.get(key) == Some(number)
    }
}

/// The line of each entry by its keys and by its resolution, which are the places of packages.
pub(crate) fn lines(items: &[Item<'_>]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut entry = 0;
    for item in items {
        match (item.depth, &item.value) {
            (0, _) => {
                entry = item.line as usize;
                found.insert(item.key.to_string(), entry);
            }
            (1, Scalar::Text(text)) if item.key == "resolution" => {
                found.insert(text.to_string(), entry);
            }
            _ => {}
        }
    }
    found
}
