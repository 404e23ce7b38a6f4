//! Adding many SBOMs: they are read in parallel and written by one writer, many in one transaction.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::record::Record;
use crate::store::{Added, Rejected, Store, StoreError};

/// How many packages are written in one transaction; an SBOM is never split.
const BATCH: usize = 200_000;
/// How many SBOMs may wait for the writer.
const WAITING: usize = 64;

/// What became of an input when it was read.
#[derive(Debug)]
pub enum Read {
    /// An SBOM.
    Sbom(Box<Record>),
    /// A document that is stored already.
    Known,
    /// Not an SBOM that can be stored.
    Rejected(Rejected),
}

/// How far the work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many inputs were read.
    pub read: usize,
    /// How many there are.
    pub total: usize,
}

/// What was added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ingested {
    /// SBOMs that are new.
    pub added: usize,
    /// Documents that were stored before.
    pub known: usize,
    /// How many packages the new SBOMs have together.
    pub packages: usize,
    /// What could not be added, in the order of the inputs.
    pub rejected: Vec<Rejected>,
}

/// Reads inputs with so many threads and adds them to a store. What is acknowledged in the result is stored.
///
/// # Errors
/// [`StoreError`] when the store cannot be written. SBOMs of finished transactions stay.
pub fn ingest<I: Sync>(
    store: &mut Store,
    inputs: &[I],
    jobs: NonZero<usize>,
    read: &(dyn Fn(&I) -> Read + Sync),
    progress: &mut dyn FnMut(Progress),
) -> Result<Ingested, StoreError> {
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let (sender, receiver) = sync_channel(WAITING);
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(inputs.len()) {
            let sender: SyncSender<(usize, Read)> = sender.clone();
            let (next, stopped) = (&next, &stopped);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(input) = inputs.get(number) else {
                        return;
                    };
                    if sender.send((number, read(input))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let written = write(store, inputs.len(), &receiver, progress);
        // Readers that wait for the writer see that it is gone.
        stopped.store(true, Ordering::Relaxed);
        drop(receiver);
        written
    })
}

fn write(
    store: &mut Store,
    total: usize,
    receiver: &Receiver<(usize, Read)>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ingested, StoreError> {
    let mut ingested = Ingested::default();
    let mut rejected = Vec::new();
    let mut batch: Vec<Record> = Vec::new();
    let mut size = 0;
    for (read, (number, input)) in receiver.iter().enumerate() {
        match input {
            Read::Sbom(record) => {
                size += record.len();
                batch.push(*record);
            }
            Read::Known => ingested.known += 1,
            Read::Rejected(it) => rejected.push((number, it)),
        }
        if size >= BATCH {
            flush(store, &mut batch, &mut ingested)?;
            size = 0;
        }
        progress(Progress {
            read: read + 1,
            total,
        });
    }
    flush(store, &mut batch, &mut ingested)?;
    rejected.sort_by_key(|(number, _)| *number);
    ingested.rejected = rejected.into_iter().map(|(_, it)| it).collect();
    store.reject(&ingested.rejected)?;
    Ok(ingested)
}

fn flush(
    store: &mut Store,
    batch: &mut Vec<Record>,
    ingested: &mut Ingested,
) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let added = store.add(batch)?;
    for (record, added) in batch.drain(..).zip(added) {
        match added {
            Added::New => {
                ingested.added += 1;
                ingested.packages += record.len();
            }
            Added::Known => ingested.known += 1,
        }
    }
    Ok(())
}
