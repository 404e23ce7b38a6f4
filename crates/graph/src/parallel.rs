//! Work on all cores, with results in the order of the work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The results of `work` for all items, in their order. Uses as many threads as the machine has cores, and no more than give each
/// of them `least` items; a single one is the caller's own.
///
/// ```
/// let squares = bomtrail_graph::on_all_cores(&[1, 2, 3], 1, |it| it * it);
/// assert_eq!(squares, [1, 4, 9]);
/// ```
///
/// # Panics
/// When `work` panics.
pub fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(items.len() / least.max(1));
    on_threads(items, threads, work)
}

/// Like [`on_all_cores`], with this number of threads.
///
/// # Panics
/// When `work` panics.
pub fn on_threads<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    if threads < 2 || items.len() < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else {
                return done;
            };
            done.push((number, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let threads = 0..threads.min(items.len());
        let all: Vec<_> = threads.map(|_| scope.spawn(take)).collect();
        // A result that is missing must not look as if there were nothing to do.
        let ended = all.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .flat_map(|it| it.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            let twice = on_threads(&items, threads, |it| it * 2);
            assert!(twice.iter().zip(&items).all(|(it, item)| *it == item * 2));
            assert_eq!(twice.len(), items.len());
        }
        assert_eq!(on_all_cores(&[0_u8; 0], 1, |it| *it), [0_u8; 0]);
    }

    #[test]
    #[should_panic(expected = "five")]
    fn a_panic_is_not_a_missing_result() {
        on_threads(&[4, 5, 6], 2, |it| assert_ne!(*it, 5, "five"));
    }
}
