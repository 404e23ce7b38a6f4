//! Signals that end the program: unfinished files are removed first.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use bomtrail::write::{abandon_unfinished, before_first_unfinished};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};

/// Sees to it that unfinished files are removed when the program is asked to end. A file that exceeds the size limit of the
/// shell is an error of the write instead of a signal.
pub(crate) fn clean_up_on_signals() {
    // Without a handler the program ends as usual, and the next run removes what it left.
    drop(flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))));
    before_first_unfinished(watch);
}

/// Waits for signals in a thread of its own, and removes unfinished files at the first.
fn watch() {
    let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            abandon_unfinished();
            drop(low_level::emulate_default_handler(signal));
        }
    });
}
