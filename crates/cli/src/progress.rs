//! What a command is busy with: one line on a terminal, replaced by the next and gone at the end. Nothing where standard
//! error is no terminal, so that logs and pipes hold nothing of it.

use std::io::{IsTerminal, Write, stderr};

use crate::report::Verbosity;

/// Shows stages, one at a time.
pub(crate) struct Progress {
    is_shown: bool,
    is_dirty: bool,
}

impl Progress {
    /// Shows stages where somebody looks at them.
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Self {
            is_shown: !verbosity.is_quiet() && !dumb && stderr().is_terminal(),
            is_dirty: false,
        }
    }

    /// Shows what is done now.
    pub(crate) fn stage(&mut self, what: &str) {
        if self.is_shown {
            self.is_dirty = true;
            // Where nobody listens, there is nobody to tell.
            drop(write!(stderr().lock(), "\r\u{1b}[K{what} …"));
        }
    }

    /// Takes the line away.
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
