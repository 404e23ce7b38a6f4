//! The grammar of `yarn.lock` as Yarn 1 reads it: tokens, keys that share a value, and blocks by indentation.

use super::tokens::{Token, Tokens};
use crate::package::value::Str;
use crate::yarn::items::{Item, Scalar, Unreadable};

/// The deepest block that is read. Yarn itself writes two levels.
const DEEPEST: u8 = 100;

/// The items of a lockfile.
///
/// # Errors
/// The first place that Yarn 1 does not read.
pub(crate) fn parse(text: &str) -> Result<Parsed<'_>, Unreadable> {
    let mut items = Vec::with_capacity(text.len() / 40);
    let ignored = each(text, |it| items.push(it))?;
    Ok(Parsed { items, ignored })
}

/// Hands out the items of a lockfile in order, and returns the line of [`Parsed::ignored`].
///
/// # Errors
/// The first place that Yarn 1 does not read.
pub(crate) fn each<'t>(
    text: &'t str,
    take: impl FnMut(Item<'t>),
) -> Result<Option<usize>, Unreadable> {
    let mut parser = Parser {
        tokens: Tokens::new(text),
        token: Token::End,
        keys: Vec::new(),
        take,
    };
    parser.advance()?;
    parser.run()?;
    Ok((parser.token != Token::End).then_some(parser.tokens.line as usize))
}

/// What was read of a lockfile.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    /// The items.
    pub(crate) items: Vec<Item<'t>>,
    /// The line at which Yarn 1 stops reading without an error, which makes it ignore the rest of the file.
    pub(crate) ignored: Option<usize>,
}

struct Parser<'t, F> {
    tokens: Tokens<'t>,
    token: Token<'t>,
    /// The keys that share the value which is read next, but the last one, with their lines.
    keys: Vec<(u32, Str<'t>)>,
    take: F,
}

impl<'t, F: FnMut(Item<'t>)> Parser<'t, F> {
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
                    let usual = self.tokens.usual_line(depth);
                    if let Some((key, text)) = usual {
                        self.usual_item(depth, key, text);
                        self.advance()?;
                        continue;
                    }
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

    /// Hands out an item of a line that was taken as a whole.
    fn usual_item(&mut self, depth: u8, key: &'t str, text: &'t str) {
        (self.take)(Item {
            line: self.tokens.line,
            depth,
            shared: false,
            key: Str::Borrowed(key),
            value: Scalar::Text(Str::Borrowed(text)),
        });
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
        let (line, key) = loop {
            let Token::Text(key) = &mut self.token else {
                return Err(self.tokens.unreadable("expected a key after `,`"));
            };
            let key = std::mem::take(key);
            if key.is_empty() {
                return Err(self.tokens.unreadable("a key is empty"));
            }
            let line = self.tokens.line;
            self.advance()?;
            if self.token != Token::Comma {
                break (line, key);
            }
            self.keys.push((line, key));
            self.advance()?;
        };
        let value = self.value()?;
        let is_block = value == Scalar::Block;
        for (line, key) in self.keys.drain(..) {
            (self.take)(Item {
                line,
                depth,
                shared: true,
                key,
                value: value.clone(),
            });
        }
        (self.take)(Item {
            line,
            depth,
            shared: false,
            key,
            value,
        });
        Ok(is_block)
    }

    fn value(&mut self) -> Result<Scalar<'t>, Unreadable> {
        let colon = self.token == Token::Colon;
        if colon {
            self.advance()?;
        }
        let value = match &mut self.token {
            Token::Text(it) => Scalar::Text(std::mem::take(it)),
            Token::Number(it) => Scalar::Number(std::mem::take(it)),
            Token::Bool(it) => Scalar::Bool(*it),
            _ if colon => return Ok(Scalar::Block),
            _ => return Err(self.tokens.unreadable("expected a value")),
        };
        self.advance()?;
        Ok(value)
    }
}

#[cfg(test)]
mod tests;
