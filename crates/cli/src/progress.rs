//! Progress of a command: one line on a terminal, replaced by the next stage and removed at the end. Nothing is shown when
//! standard error is not a terminal, so that logs stay clean.

use std::io::{IsTerminal, Write, stderr};

use crate::report::Verbosity;

/// Shows the current stage.
pub(crate) struct Progress {
    is_shown: bool,
    is_dirty: bool,
}

impl Progress {
    /// Shows stages if standard error is a terminal.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Self {
            is_shown: !verbosity.is_quiet() && !dumb && stderr().is_terminal(),
            is_dirty: false,
        }
    }

    /// Shows the stage that begins now.
    pub(crate) fn stage(&mut self, what: &str) {
        if self.is_shown {
            self.is_dirty = true;
            // Progress that cannot be shown does not matter.
            drop(write!(stderr().lock(), "\r\u{1b}[K{what} …"));
        }
    }

    /// Removes the line.
    pub(crate) fn end(&mut self) {
        if std::mem::take(&mut self.is_dirty) {
            drop(write!(stderr().lock(), "\r\u{1b}[K"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
