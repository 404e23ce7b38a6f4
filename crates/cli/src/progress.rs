//! Progress of a command that takes more than a second: one line on a terminal, replaced by the next stage and removed at the
//! end. Nothing is shown when standard error is not a terminal, so that logs stay clean.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::report::Verbosity;

/// Commands that end before do not show progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows the current stage.
pub(crate) struct Progress(Option<Arc<Shared>>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    ends: Condvar,
}

#[derive(Default)]
struct State {
    stage: String,
    is_shown: bool,
    has_ended: bool,
}

impl Progress {
    /// Shows stages after a second if standard error is a terminal.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        if verbosity.is_quiet() || dumb || !stderr().is_terminal() {
            return Self(None);
        }
        let shared = Arc::new(Shared::default());
        let waiting = Arc::clone(&shared);
        // It ends with the command, which has its result without it.
        drop(std::thread::Builder::new().spawn(move || waiting.show_later()));
        Self(Some(shared))
    }

    /// Names the stage that begins now.
    pub(crate) fn stage(&mut self, what: &str) {
        if let Some(shared) = &self.0 {
            shared.change(|state| {
                what.clone_into(&mut state.stage);
                if state.is_shown {
                    show(what);
                }
            });
        }
    }

    /// Removes the line.
    pub(crate) fn end(&mut self) {
        if let Some(shared) = self.0.take() {
            shared.change(|state| {
                state.has_ended = true;
                if state.is_shown {
                    write("");
                }
            });
            shared.ends.notify_all();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits, then shows the stage unless the command has ended.
    fn show_later(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .ends
            .wait_timeout_while(state, PATIENCE, |it| !it.has_ended);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.has_ended {
            state.is_shown = true;
            show(&state.stage);
        }
    }
}

fn show(stage: &str) {
    write(&[stage, " …"].concat());
}

/// Replaces the line. Progress that cannot be shown does not matter.
fn write(text: &str) {
    drop(write!(stderr().lock(), "\r\u{1b}[K{text}"));
}
