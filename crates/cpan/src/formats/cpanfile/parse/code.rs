//! Code that is not part of the language: it is reported, and skipped up to the next possible start of a statement.

use super::super::token::Kind;
use super::Parser;
use crate::formats::diags;

/// The longest code in a message, in characters.
const SHOWN: usize = 60;

impl Parser<'_, '_> {
    /// Reports the statement here, and moves past it.
    pub(super) fn code(&mut self) {
        let start = self.at;
        let block = self.starts_block();
        // A closing sign without an opening one.
        if self.is_sign(0, ')') || self.is_sign(0, ']') {
            self.at += 1;
        } else if block {
            self.skip_block();
        } else {
            self.skip_statement();
        }
        self.report(start);
    }

    /// Reports the code from token `start` on.
    pub(super) fn report(&mut self, start: usize) {
        self.requirements.partial = true;
        let Some(first) = self.tokens.get(start) else {
            return;
        };
        let last = self.at.checked_sub(1).filter(|at| *at >= start);
        let end = last.and_then(|at| self.tokens.get(at)).unwrap_or(first).end;
        let written = self.text.get(first.start..end).unwrap_or_default();
        let code: Vec<&str> = written.split_whitespace().collect();
        let code = code.join(" ");
        let mut shown: String = code.chars().take(SHOWN).collect();
        if shown.len() < code.len() {
            shown.push('…');
        }
        let line = first.line;
        self.diagnostics
            .push(diags::partly(self.path, line, &shown));
    }

    /// True for a statement that ends with its block instead of a semicolon.
    fn starts_block(&self) -> bool {
        matches!(
            self.word(0),
            "for"
                | "foreach"
                | "while"
                | "until"
                | "if"
                | "unless"
                | "sub"
                | "package"
                | "BEGIN"
                | "END"
                | "else"
                | "elsif"
                | "continue"
        )
    }

    /// Moves past the block of a statement, or its semicolon if that comes first.
    fn skip_block(&mut self) {
        while let Some(token) = self.token(0) {
            if token.is_sign('}') {
                return;
            }
            let ends = token.is_sign(';') || token.is_sign('{');
            self.skip_balanced();
            if ends && !matches!(self.word(0), "else" | "elsif" | "continue") {
                return;
            }
        }
    }

    /// Moves past the semicolon of a statement, or to the brace that closes the block it is in.
    pub(super) fn skip_statement(&mut self) {
        while let Some(token) = self.token(0) {
            if token.is_sign('}') {
                return;
            }
            let ends = token.is_sign(';');
            self.skip_balanced();
            if ends {
                return;
            }
        }
    }

    /// Moves past one token, or past everything it opens.
    pub(super) fn skip_balanced(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.token(0) {
            match &token.kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Kind::Sign(_)
                | Kind::Word
                | Kind::Text(_)
                | Kind::Interpolated
                | Kind::Number(_)
                | Kind::Words(_)
                | Kind::Comma
                | Kind::Other => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Moves past a parenthesis; returns the text in it if it is closed.
    pub(super) fn parenthesised(&mut self) -> Option<String> {
        let start = self.token(0).filter(|it| it.is_sign('('))?.end;
        self.skip_balanced();
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at))?;
        let closed = last.is_sign(')') && last.start >= start;
        let inner = self.text.get(start..last.start).filter(|_| closed)?;
        Some(inner.trim().to_owned())
    }
}
