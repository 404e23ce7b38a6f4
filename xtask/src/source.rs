//! Rust source as a flat row of tokens with their lines, so that a check matches code and never a comment or a
//! string that only mentions code. Has no grammar above tokens.

use proc_macro2::{Delimiter, LexError, Spacing, TokenStream, TokenTree};

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// The word or sign as written; of a text, what it says.
    pub(crate) text: String,
    /// From 1.
    pub(crate) line: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier or keyword.
    Word,
    /// One sign, an opening or a closing bracket.
    Sign,
    /// A string literal.
    Text,
    /// Any other literal or a lifetime.
    Other,
}

/// The tokens of a file. Comments are gone; doc comments are `doc` attributes.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, LexError> {
    let stream: TokenStream = text.parse()?;
    let mut flat = Vec::new();
    let mut open = vec![(stream.into_iter(), None)];
    while let Some((trees, closing)) = open.last_mut() {
        match trees.next() {
            Some(TokenTree::Group(group)) => {
                let (start, end) = brackets(group.delimiter());
                flat.extend(start.map(|sign| sign_token(sign, group.span_open().start().line)));
                let closing = end.map(|sign| sign_token(sign, group.span_close().start().line));
                open.push((group.stream().into_iter(), closing));
            }
            Some(leaf) => flat.push(leaf_token(&leaf)),
            None => {
                flat.extend(closing.take());
                open.pop();
            }
        }
    }
    Ok(flat)
}

/// Every suffix of the row, so that a pattern is tried at each place.
pub(crate) fn tails(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    (0..tokens.len()).filter_map(|start| tokens.get(start..))
}

/// Whether the row begins with these words and signs. A string literal never matches.
pub(crate) fn begins(tokens: &[Token], pattern: &[&str]) -> bool {
    let same = |(token, wanted): (&Token, &&str)| token.kind != Kind::Text && token.text == *wanted;
    tokens.len() >= pattern.len() && tokens.iter().zip(pattern).all(same)
}

/// What stands between the bracket that precedes `tokens` and its closing partner.
pub(crate) fn bracketed(tokens: &[Token]) -> &[Token] {
    let mut depth = 1_usize;
    let closes = |token: &Token| {
        depth = step(depth, token);
        depth == 0
    };
    let end = tokens.iter().position(closes).unwrap_or(tokens.len());
    tokens.get(..end).unwrap_or_default()
}

/// Splits at the commas that no bracket holds.
pub(crate) fn arguments(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    let separates = |token: &Token| {
        depth = step(depth, token);
        depth == 0 && token.kind == Kind::Sign && token.text == ","
    };
    tokens
        .split(separates)
        .filter(|part| !part.is_empty())
        .collect()
}

fn step(depth: usize, token: &Token) -> usize {
    match (token.kind, token.text.as_str()) {
        (Kind::Sign, "(" | "[" | "{") => depth + 1,
        (Kind::Sign, ")" | "]" | "}") => depth.saturating_sub(1),
        _ => depth,
    }
}

fn brackets(delimiter: Delimiter) -> (Option<&'static str>, Option<&'static str>) {
    match delimiter {
        Delimiter::Parenthesis => (Some("("), Some(")")),
        Delimiter::Brace => (Some("{"), Some("}")),
        Delimiter::Bracket => (Some("["), Some("]")),
        Delimiter::None => (None, None),
    }
}

fn sign_token(sign: &str, line: usize) -> Token {
    Token {
        kind: Kind::Sign,
        text: sign.to_owned(),
        line,
    }
}

fn leaf_token(leaf: &TokenTree) -> Token {
    let line = leaf.span().start().line;
    let written = leaf.to_string();
    let (kind, text) = match leaf {
        TokenTree::Ident(_) => (Kind::Word, written),
        TokenTree::Punct(sign) if sign.as_char() == '\'' && sign.spacing() == Spacing::Joint => {
            (Kind::Other, written)
        }
        TokenTree::Punct(_) | TokenTree::Group(_) => (Kind::Sign, written),
        TokenTree::Literal(_) => match said(&written) {
            Some(said) => (Kind::Text, said),
            None => (Kind::Other, written),
        },
    };
    Token { kind, text, line }
}

/// The value of a string literal; `None` for another literal.
fn said(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        return Some(
            raw.trim_matches('#')
                .strip_prefix('"')?
                .strip_suffix('"')?
                .to_owned(),
        );
    }
    literal.strip_prefix('"')?.strip_suffix('"').map(unescaped)
}

fn unescaped(inner: &str) -> String {
    let mut said = String::new();
    let mut rest = inner.chars().peekable();
    while let Some(next) = rest.next() {
        if next != '\\' {
            said.push(next);
            continue;
        }
        match rest.next() {
            Some('n') => said.push('\n'),
            Some('t') => said.push('\t'),
            Some('u') => {
                let hex: String = rest.by_ref().skip(1).take_while(|it| *it != '}').collect();
                said.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
            }
            Some('\n') => while rest.next_if(|it| it.is_whitespace()).is_some() {},
            Some(escaped) => said.push(escaped),
            None => {}
        }
    }
    said
}

#[cfg(test)]
mod tests;
