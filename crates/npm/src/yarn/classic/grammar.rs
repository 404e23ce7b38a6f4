//! The grammar of `yarn.lock` as Yarn 1 reads it: tokens, keys that share a value, and blocks by indentation.

use super::tokens::{Token, Tokens};
use crate::yarn::items::{Item, Scalar, Unreadable};

/// The deepest block that is read. Yarn itself writes two levels.
const DEEPEST: u8 = 100;

/// The items of a lockfile.
///
/// # Errors
/// The first place that Yarn 1 does not read.
pub(crate) fn parse(text: &str) -> Result<Parsed<'_>, Unreadable> {
    let mut parser = Parser {
        tokens: Tokens::new(text),
        token: Token::End,
        items: Vec::with_capacity(text.len() / 48),
    };
    parser.advance()?;
    parser.run()?;
    let ignored = (parser.token != Token::End).then_some(parser.tokens.line as usize);
    Ok(Parsed {
        items: parser.items,
        ignored,
    })
}

/// What was read of a lockfile.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    /// The items.
    pub(crate) items: Vec<Item<'t>>,
    /// The line at which Yarn 1 stops reading without an error, which makes it ignore the rest of the file.
    pub(crate) ignored: Option<usize>,
}

struct Parser<'t> {
    tokens: Tokens<'t>,
    token: Token<'t>,
    items: Vec<Item<'t>>,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<(), Unreadable> {
        loop {
            self.token = self.tokens.next()?;
            if !matches!(self.token, Token::Comment) {
                return Ok(());
            }
        }
    }

    /// Reads items until the end, or until the indentation ends even the outermost block.
    fn run(&mut self) -> Result<(), Unreadable> {
        let mut depth: u8 = 0;
        loop {
            match &self.token {
                Token::Newline => {
                    self.advance()?;
                    if depth > 0 && !self.enter(depth)? && !self.leave(&mut depth) {
                        return Ok(());
                    }
                }
                Token::Indent(_) => {
                    if !self.enter(depth)? && !self.leave(&mut depth) {
                        return Ok(());
                    }
                }
                Token::Text(_) => {
                    if self.property(depth)? {
                        if depth == DEEPEST {
                            return Err(self.tokens.unreadable("the blocks are nested too deep"));
                        }
                        depth += 1;
                    }
                }
                Token::End => return Ok(()),
                Token::Number(_)
                | Token::Bool(_)
                | Token::Colon
                | Token::Comma
                | Token::Comment => {
                    return Err(self.tokens.unreadable("expected a key"));
                }
            }
        }
    }

    /// Takes the indentation of a block; false when the block has ended.
    fn enter(&mut self, depth: u8) -> Result<bool, Unreadable> {
        let here = matches!(self.token, Token::Indent(it) if it == usize::from(depth));
        if here {
            self.advance()?;
        }
        Ok(here)
    }

    /// Ends a block, and the blocks around it that Yarn ends with it; false when the outermost one ends.
    fn leave(&self, depth: &mut u8) -> bool {
        loop {
            let Some(outer) = depth.checked_sub(1) else {
                return false;
            };
            *depth = outer;
            // A block that is not the outermost one ends too, unless an indentation follows.
            if outer == 0 || matches!(self.token, Token::Indent(_)) {
                return true;
            }
        }
    }

    /// Reads one key or several with their value; true when a block follows.
    fn property(&mut self, depth: u8) -> Result<bool, Unreadable> {
        let first = self.items.len();
        loop {
            let Token::Text(key) = &mut self.token else {
                return Err(self.tokens.unreadable("expected a key after `,`"));
            };
            let key = std::mem::take(key);
            if key.is_empty() {
                return Err(self.tokens.unreadable("a key is empty"));
            }
            self.items.push(Item {
                line: self.tokens.line,
                depth,
                shared: true,
                key,
                value: Scalar::Block,
            });
            self.advance()?;
            if self.token != Token::Comma {
                break;
            }
            self.advance()?;
        }
        let colon = self.token == Token::Colon;
        if colon {
            self.advance()?;
        }
        let value = match &mut self.token {
            Token::Text(it) => Scalar::Text(std::mem::take(it)),
            Token::Number(it) => Scalar::Number(std::mem::take(it)),
            Token::Bool(it) => Scalar::Bool(*it),
            _ if colon => Scalar::Block,
            _ => return Err(self.tokens.unreadable("expected a value")),
        };
        let is_block = value == Scalar::Block;
        if !is_block {
            self.advance()?;
        }
        if let Some(last) = self.items.last_mut() {
            last.shared = false;
        }
        for it in self.items.iter_mut().skip(first) {
            it.value = value.clone();
        }
        Ok(is_block)
    }
}

#[cfg(test)]
mod tests;
